"""Loading in bulk as the tables' owner, as history, and from several processes at once."""

from __future__ import annotations

from datetime import date
from multiprocessing import get_context
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from tests.support.county import small_county
from tests.support.people import resident
from tests.work.conftest import ANSWERS, FOLLOW_UP, HYPERTENSION, NOW

from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.kernel.actor import SystemActor
from kangshu.work.bulk import Loaded, NewCase, NewRecord, load_cases, load_records
from kangshu.work.models import Due, DueState, Record

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "audit"])
DAYS = (date(2026, 2, 1), date(2026, 4, 20), date(2026, 7, 1))


def visits(people: list[UUID], clinic: UUID) -> list[NewRecord]:
    return [NewRecord(FOLLOW_UP, person, dict(ANSWERS), day, clinic) for person in people for day in DAYS]


@pytest.fixture
def patients() -> tuple[list[UUID], UUID]:
    county = small_county()
    people = [
        resident(county.clinic_a1, f"甲{number}", birth_date=date(1950, 1, 1), serial=number + 50).id
        for number in range(6)
    ]
    with entered_as_system("test") as system:
        cases = [NewCase(HYPERTENSION, person, date(2026, 1, 5)) for person in people]
        assert not load_cases(cases, by=system, now=NOW).refused
    return people, county.clinic_a1.id


def open_and_fulfilled() -> tuple[int, int]:
    windows = Due.objects.filter(step="follow_up")
    return (
        windows.filter(state=DueState.OPEN).count(),
        windows.filter(state=DueState.FULFILLED).count(),
    )


def test_the_owner_loads_what_a_job_would(patients: Any):
    people, clinic = patients
    loaded = load_records(visits(people, clinic), by=SystemActor("import"), now=NOW, fire=True, using="owner")
    assert (loaded.saved, loaded.refused) == (18, [])
    with entered_as_system("test"):
        assert Record.objects.count() == 18
        assert open_and_fulfilled() == (6, 18)
        assert AuditEntry.objects.filter(action="record.saved", actor_name="import").count() == 18


def test_old_records_are_history_and_nothing_becomes_due(patients: Any):
    people, clinic = patients
    with entered_as_system("import") as system:
        before = open_and_fulfilled()
        rows = visits(people, clinic)
        rows[0].answers.pop("sbp")  # type: ignore[attr-defined] # was not asked for in those days
        loaded = load_records(rows, by=system, now=NOW, fire=False)
        assert (loaded.saved, loaded.refused) == (18, [])
        assert open_and_fulfilled() == before
        assert AuditEntry.objects.filter(action="record.loaded").count() == 1
        assert not AuditEntry.objects.filter(action="record.saved").exists()


def _load(name: str, rows: list[NewRecord], queue: Any) -> None:
    for connection in connections.all():
        connection.settings_dict["NAME"] = name
    with entered_as_system("import") as system:
        loaded: Loaded = load_records(rows, by=system, now=NOW, fire=True, batch=4)
    queue.put((loaded.saved, loaded.repeated, len(loaded.refused)))


def test_several_processes_load_side_by_side_and_nothing_is_doubled(patients: Any):
    """One row is in both files: it is saved once, and known to the other."""
    people, clinic = patients
    rows = visits(people, clinic)
    parts = [rows[:10], rows[9:]]
    name = connections["default"].settings_dict["NAME"]
    connections.close_all()
    context = get_context("fork")
    queue: Any = context.Queue()
    workers = [context.Process(target=_load, args=(name, part, queue)) for part in parts]
    for worker in workers:
        worker.start()
    results = [queue.get(timeout=120) for _ in workers]
    for worker in workers:
        worker.join()
    assert sum(saved for saved, _, _ in results) == 18
    assert sum(repeated for _, repeated, _ in results) == 1
    assert sum(refused for _, _, refused in results) == 0
    with entered_as_system("test"):
        assert Record.objects.count() == 18
        assert open_and_fulfilled() == (6, 18)
