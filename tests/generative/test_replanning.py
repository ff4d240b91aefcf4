"""Schedules never skip, repeat or contradict: whatever was saved, entered late, corrected or withdrawn, in
whatever order, what is stored equals a plan from scratch over the records that are left.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.work.conftest import ANSWERS, NOW, World

from kangshu.declare import registry
from kangshu.kernel.errors import Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import correct_record, withdraw_record
from kangshu.work.assessing import assess, given_answers, stored
from kangshu.work.models import Case, Due, DueState, Record, RecordStatus
from kangshu.work.parameters import LocalParameters
from kangshu.work.planning import PastRecord, PlannedDue, plan
from kangshu.work.replanning import asker, case_facts, forms_of
from kangshu.work.states import initial_state, state_after
from kangshu.work.subject import find_subject, history_of

OPENED = date(2025, 1, 10)
LAST = NOW.date()

pressures = st.sampled_from([(128, 78), (139, 89), (140, 80), (151, 84), (165, 95), (182, 100)])
answers = st.fixed_dictionaries(
    {
        "pressure": pressures,
        "mode": st.sampled_from(["1", "2", "3"]),
        "adverse_reaction": st.sampled_from(["1", "1", "2"]),
        "complication": st.sampled_from(["1", "1", "1", "2"]),
    }
)
days = st.integers(min_value=0, max_value=(LAST - OPENED).days).map(
    lambda days: OPENED + timedelta(days=days)
)
steps = st.one_of(
    st.tuples(st.just("save"), days, answers),
    st.tuples(st.just("correct"), st.integers(0, 9), answers, st.none() | days),
    st.tuples(st.just("withdraw"), st.integers(0, 9)),
)


def filled(said: dict[str, Any]) -> dict[str, Any]:
    sbp, dbp = said["pressure"]
    extra = {"adverse_reaction_text": "头晕"} if said["adverse_reaction"] == "2" else {}
    rest = {name: value for name, value in said.items() if name != "pressure"}
    return {**ANSWERS, **rest, **extra, "sbp": sbp, "dbp": dbp}


def do(world: World, step: tuple[Any, ...]) -> None:
    current = list(Record.objects.filter(status=RecordStatus.CURRENT).order_by("id"))
    try:
        match step:
            case ("save", day, said):
                world.visit(day, answers=filled(said))
            case ("correct", number, said, day) if current:
                correct_record(
                    record_id=current[number % len(current)].id,
                    new_id=new_id(),
                    answers=filled(said),
                    performed_on=day,
                    reason="写错",
                    by=world.doctor,
                    now=NOW,
                )
            case ("withdraw", number) if current:
                withdraw_record(
                    record_id=current[number % len(current)].id, reason="重复", by=world.doctor, now=NOW
                )
    except Refusal:
        pass  # the same day twice, nothing changed: refused, and nothing may have happened


def from_scratch(world: World, case: Case) -> tuple[list[PlannedDue], str, dict[Any, Any]]:
    """The plan, the state and the assessments, from the answers alone."""
    subject, parameters = find_subject(world.person.id), LocalParameters()
    capability = registry.capability(case.kind)
    chain: list[PastRecord] = []
    kept = {}
    for record in history_of(subject, forms_of(capability)):
        form = registry.form(record.form_id, record.form_version)
        given = given_answers(record)
        assessment = assess(form, given, record.performed_on, chain, subject.facts, parameters)
        kept[record.id] = stored(assessment)
        values = dict(assessment.values) if assessment else {}
        chain.append(
            PastRecord(
                record.id, record.form_id, record.form_version, record.performed_on, record.entered_at,
                record.answers, values,
            )
        )  # fmt: skip
    holds = asker(subject, case, capability, chain, parameters)
    state = state_after(capability.states, (), chain, holds) if chain else initial_state(capability.states)
    return plan(capability.schedule, chain, case_facts(case), holds), state, kept


def check_invariants(planned: list[PlannedDue], case: Case) -> None:
    for step in registry.capability(case.kind).schedule.steps:
        windows = [window for window in planned if window.step == step.id]
        open_windows = [window for window in windows if window.fulfilled_by is None]
        assert len(open_windows) == 1, "one thing to do next, never none and never two"
        assert all(window.opens_on <= window.due_on <= window.overdue_on for window in windows)
        fulfilling = Counter(window.fulfilled_by for window in windows if window.fulfilled_by)
        assert all(count == 1 for count in fulfilling.values()), "a visit fulfils one window of a step"


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(steps, min_size=1, max_size=12))
def test_any_sequence_of_actions_equals_planning_from_scratch(world: World, sequence: list[tuple[Any, ...]]):
    mark = transaction.savepoint()
    try:
        case = world.enrol(on=OPENED)
        for step in sequence:
            do(world, step)
        case.refresh_from_db()
        planned, state, assessments = from_scratch(world, case)
        check_invariants(planned, case)
        kept = Due.objects.filter(case=case).exclude(state=DueState.CANCELLED)
        assert Counter(
            PlannedDue(due.step, due.opens_on, due.due_on, due.overdue_on, due.fulfilled_by_id)
            for due in kept
        ) == Counter(planned)
        assert case.state == state
        current = Record.objects.filter(status=RecordStatus.CURRENT)
        assert {record.id: record.assessment for record in current} == assessments
    finally:
        transaction.savepoint_rollback(mark)
