"""Schistosomiasis in people: whom the year's figures count, when the positive are to be treated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.catalogue.people import counted, filled, patient

from kangshu.declare import registry
from kangshu.declare.evaluate import Context, EventView, PersonView, evaluate, holds
from kangshu.work.planning import CaseFacts, PastRecord, plan

BLOOD, TREATMENT = "schistosomiasis.blood", "schistosomiasis.treatment"
ADVANCED = "schistosomiasis.advanced"


def blood(on: str, result: str) -> EventView:
    return filled(BLOOD, on, {"group": "1", "method": "1", "result": result})


def test_800_of_800_are_examined_and_the_positive_treated():
    negative = patient(blood("2026-04-01", "1"))
    positive = patient(
        blood("2026-04-01", "2"), filled(TREATMENT, "2026-04-20", {"given": "1", "dose": 2400})
    )
    untreated = patient(blood("2026-04-01", "2"), filled(TREATMENT, "2026-04-20", {"given": "3"}))
    not_examined = patient(blood("2025-04-01", "1"))
    rate = "schistosomiasis.blood_examined_rate"
    people = (negative, positive, untreated, not_examined)
    assert [counted(rate, one) for one in people] == [(True, True)] * 3 + [(True, False)]
    assert counted("schistosomiasis.positive_rate", negative) == (True, False)
    treated = "schistosomiasis.treated_rate"
    assert [counted(treated, one) for one in people] == [
        (False, False), (True, True), (True, False), (False, False),
    ]  # fmt: skip


def test_relief_is_of_those_advanced():
    answers = {"type": "2", "condition": "2", "relief": False}
    one = patient(filled(ADVANCED, "2026-01-10", answers))
    assert counted("schistosomiasis.advanced_relief_rate", one) == (True, False)
    helped = patient(
        filled(ADVANCED, "2026-01-10", answers), filled(ADVANCED, "2026-07-10", {**answers, "relief": True})
    )
    assert counted("schistosomiasis.advanced_relief_rate", helped) == (True, True)
    assert counted("schistosomiasis.advanced_relief_rate", patient()) == (False, False)


def dues(history: Sequence[EventView]) -> dict[str, tuple[date, date]]:
    """The open windows by step: opens, due."""
    past = [
        PastRecord(
            UUID(int=number + 1), view.form, 1, view.performed_on,
            datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=number), view.answers, {},
        )
        for number, view in enumerate(history)
    ]  # fmt: skip
    person = PersonView(records=tuple(history))

    def is_true(condition: Any, record: PastRecord) -> bool:
        frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
        return holds(condition, Context(frame=frame, on=record.performed_on))

    def value(asked: Any) -> Any:
        return evaluate(asked, Context(person))

    schedule = registry.capability("endemic.schistosomiasis").schedule
    planned = plan(schedule, past, CaseFacts(date(2026, 1, 1)), is_true, value)
    return {one.step: (one.opens_on, one.due_on) for one in planned if one.fulfilled_by is None}


def test_a_positive_is_treated_within_thirty_days_and_nobody_is_followed_as_advanced_for_nothing():
    assert set(dues([])) == {"blood"}
    assert set(dues([blood("2026-04-01", "1")])) == {"blood"}
    found = dues([blood("2026-04-01", "2")])
    assert found["treatment"] == (date(2026, 4, 1), date(2026, 5, 1))
    done = [blood("2026-04-01", "2"), filled(TREATMENT, "2026-04-20", {"given": "1", "dose": 2400})]
    assert set(dues(done)) == {"blood"}
    again = [*done, blood("2027-04-01", "2")]
    assert found["treatment"] != dues(again)["treatment"] == (date(2027, 4, 1), date(2027, 5, 1))
    advanced = filled(ADVANCED, "2026-03-01", {"type": "1", "condition": "2", "relief": True})
    assert dues([advanced])["advanced"] == (date(2026, 8, 1), date(2026, 9, 1))
