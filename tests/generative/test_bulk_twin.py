"""The bulk load is the twin of saving one by one: the same rows leave the same records, windows, states and
refusals, however they are cut into batches."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.generative.test_replanning import LAST, OPENED, answers, filled
from tests.support.people import resident
from tests.work.conftest import FOLLOW_UP, HYPERTENSION, NOW, World

from kangshu.access.scope import entered_as_system
from kangshu.kernel.errors import Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import enrol, record_visit
from kangshu.work.bulk import NewCase, NewRecord, load_cases, load_records
from kangshu.work.models import Case, Due, DueState, Record

# Some days cannot be: before the enrolment, after today.
days = st.integers(-20, (LAST - OPENED).days + 5).map(lambda days: OPENED + timedelta(days=days))
broken = st.sampled_from([{}, {}, {}, {"sbp": "高"}, {"dbp": 199}, {"mode": None}, {"weight": "６５.5"}])
rows = st.lists(st.tuples(st.integers(0, 2), days, answers, broken), min_size=1, max_size=14)


def stored_state() -> dict[str, Any]:
    """Everything but ids made on the way and windows that were cancelled on the way."""
    return {
        "records": {
            record.id: (
                record.person_id, record.case_id, record.form_version, record.answers, record.provenance,
                record.performed_on, record.assessment, record.status, record.scope_path, record.compartment,
                record.performed_by_id, record.institution_id, record.entered_by, record.entered_at,
            )
            for record in Record.objects.all()
        },
        "dues": Counter(
            Due.objects.exclude(state=DueState.CANCELLED).values_list(
                "case_id", "step", "opens_on", "due_on", "overdue_on", "state", "fulfilled_by_id",
                "person_id", "scope_path", "institution_id", "doctor_id", "region_id", "kind", "compartment",
            )
        ),
        "cases": Counter(
            Case.objects.values_list(
                "id", "state", "kind", "opened_on", "person_id", "institution_id", "scope_path"
            )
        ),
    }  # fmt: skip


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows, st.integers(1, 15))
def test_bulk_loading_equals_saving_one_by_one(world: World, drawn: list[Any], batch: int):
    clinic = world.county.clinic_a1
    mark = transaction.savepoint()
    try:
        people = [
            resident(clinic, name, birth_date=date(1950, 1, 1), serial=number + 10)
            for number, name in enumerate(("甲", "乙", "丙"))
        ]
        cases = [NewCase(HYPERTENSION, person.id, OPENED) for person in people]
        records = [
            NewRecord(
                FOLLOW_UP,
                people[who].id,
                {name: value for name, value in {**filled(said), **extra}.items() if value is not None},
                day,
                clinic.id,
                id=new_id(),
                performed_by=world.county.doctor_a.id,
            )
            for who, day, said, extra in drawn
        ]
        one_by_one = transaction.savepoint()
        refused = _save_singly(cases, records)
        singly = stored_state()
        transaction.savepoint_rollback(one_by_one)
        with entered_as_system("twin") as system:
            assert not load_cases(cases, by=system, now=NOW, batch=batch).refused
            loaded = load_records(records, by=system, now=NOW, fire=True, batch=batch)
            assert {row.id: row.refusal.code for row in loaded.refused} == refused
            assert stored_state() == singly
    finally:
        transaction.savepoint_rollback(mark)


def _save_singly(cases: list[NewCase], records: list[NewRecord]) -> dict[Any, str]:
    refused = {}
    with entered_as_system("twin") as system:
        for case in cases:
            enrol(
                kind=case.kind, person=case.person_id, on=case.opened_on, case_id=case.id, by=system, now=NOW
            )
        for row in records:
            try:
                record_visit(
                    form_id=row.form_id,
                    person=row.person_id,
                    answers=row.answers,
                    provenance=dict.fromkeys(row.answers, "import"),
                    performed_on=row.performed_on,
                    performed_by=row.performed_by,
                    institution=row.institution_id,
                    record_id=row.id,
                    by=system,
                    now=NOW,
                )
            except Refusal as refusal:
                refused[row.id] = refusal.code
        return refused
