"""Records loaded in bulk open and close cases as the same records saved one by one, however they are cut."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.people import resident
from tests.work.conftest import NOW, World

from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import record_visit
from kangshu.work.bulk import NewRecord, load_records
from kangshu.work.models import Case, Due, DueState, Record, Transition

SCREENING, DIAGNOSIS, CHECK = (
    "chronic.hypertension.screening",
    "chronic.hypertension.diagnosis",
    "records.health_check",
)
BIRTHS = (date(1950, 1, 1), date(1961, 7, 1), date(1992, 1, 1))  # an elder, of 64 at first, too young
days = st.integers(0, 120).map(lambda days: date(2026, 5, 1) + timedelta(days=days))
pressure = st.sampled_from([(118, 76), (150, 92), (146, 86), (184, 112), (128, 78)])
said = st.one_of(
    pressure.map(lambda read: (SCREENING, {"sbp": read[0], "dbp": read[1]})),
    st.sampled_from([(DIAGNOSIS, {"result": "1"}), (DIAGNOSIS, {"result": "2"})]),
    pressure.map(
        lambda read: (
            CHECK,
            {"symptoms": ["01"], "sbp_right": read[0], "dbp_right": read[1], "height": "165", "weight": "60",
             "evaluation": "1"},
        )
    ),
)  # fmt: skip
rows = st.lists(st.tuples(st.integers(0, 2), days, said), min_size=1, max_size=12)


def stored_state() -> dict[str, Any]:
    """Everything but the ids of the cases, which the actions make on the way."""
    return {
        "records": {
            record.id: (record.person_id, record.answers, record.assessment, bool(record.case_id))
            for record in Record.objects.all()
        },
        "cases": Counter(
            Case.objects.values_list(
                "kind", "person_id", "state", "opened_on", "closed_on", "closing_reason", "institution_id",
                "scope_path", "capability_version",
            )
        ),
        "dues": Counter(
            Due.objects.exclude(state=DueState.CANCELLED).values_list(
                "kind", "person_id", "step", "opens_on", "due_on", "overdue_on", "lapses_on", "state",
                "fulfilled_by_id",
            )
        ),
        "opened": Counter(
            Transition.objects.exclude(event="record").values_list(
                "case__kind", "person_id", "from_state", "to_state", "event", "on", "by_account"
            )
        ),
        "audit": Counter(
            AuditEntry.objects.filter(action__in=("record.saved", "case.opened", "case.closed")).values_list(
                "action", "actor_name", "roles", "object_type", "person_id", "scope_path", "compartment",
                "detail__form", "detail__kind", "detail__performed_on",
            )
        ),
    }  # fmt: skip


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows, st.integers(1, 12))
def test_bulk_opens_and_closes_what_saving_does(world: World, drawn: list[Any], batch: int):
    clinic = world.county.clinic_a1
    mark = transaction.savepoint()
    try:
        people = [
            resident(clinic, name, birth_date=birth, serial=number + 30)
            for number, (name, birth) in enumerate(zip("甲乙丙", BIRTHS, strict=True))
        ]
        records = [
            NewRecord(
                form,
                people[who].id,
                {**answers, "seen_on": day.isoformat()} if form == DIAGNOSIS else answers,
                day,
                clinic.id,
                id=new_id(),
            )
            for who, day, (form, answers) in drawn
        ]
        one_by_one = transaction.savepoint()
        refused = _save_singly(records)
        with entered_as_system("twin"):
            singly = stored_state()
        transaction.savepoint_rollback(one_by_one)
        with entered_as_system("twin") as system:
            loaded = load_records(records, by=system, now=NOW, fire=True, batch=batch)
            assert {row.id: row.refusal.code for row in loaded.refused} == refused
            assert stored_state() == singly
    finally:
        transaction.savepoint_rollback(mark)


def _save_singly(records: list[NewRecord]) -> dict[Any, str]:
    refused = {}
    with entered_as_system("twin") as system:
        for row in records:
            try:
                record_visit(
                    form_id=row.form_id,
                    person=row.person_id,
                    answers=row.answers,
                    provenance=dict.fromkeys(row.answers, "import"),
                    performed_on=row.performed_on,
                    institution=row.institution_id,
                    record_id=row.id,
                    by=system,
                    now=NOW,
                )
            except Refusal as refusal:
                refused[row.id] = refusal.code
    return refused


def test_a_raised_pressure_loaded_in_bulk_opens_the_screening(world: World):
    row = NewRecord(
        SCREENING, world.person.id, {"sbp": 150, "dbp": 92}, date(2026, 5, 1), world.county.clinic_a1.id
    )
    with entered_as_system("import") as system:
        assert load_records([row], by=system, now=NOW, fire=True).saved == 1
        case = Case.objects.get(kind="chronic.hypertension_screening")
        assert (case.state, case.opened_on) == ("suspected", date(2026, 5, 1))
        assert Due.objects.get(case=case, state=DueState.OPEN).due_on == date(2026, 5, 15)


def test_old_records_open_nothing(world: World):
    row = NewRecord(
        SCREENING, world.person.id, {"sbp": 150, "dbp": 92}, date(2026, 5, 1), world.county.clinic_a1.id
    )
    with entered_as_system("import") as system:
        assert load_records([row], by=system, now=NOW, fire=False).saved == 1
        assert not Case.objects.filter(kind="chronic.hypertension_screening").exists()
