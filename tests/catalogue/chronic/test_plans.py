"""The declared schedules, planned: what a history of visits makes due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from kangshu.declare import registry
from kangshu.declare.evaluate import Context, EventView, holds
from kangshu.declare.expression import Expression
from kangshu.work.planning import CaseFacts, PastRecord, plan

FOLLOW_UP, CHECK = "chronic.hypertension.follow_up", "records.health_check"
SCREENING, DIAGNOSIS = "chronic.hypertension.screening", "chronic.hypertension.diagnosis"
OPENED = date(2026, 1, 10)
Due = tuple[str, str, str, bool]  # step, opens, due, done


def record(form: str, on: str, answers: dict[str, Any] | None = None, **assessment: str) -> PastRecord:
    day = date.fromisoformat(on)
    number = (day - date(2020, 1, 1)).days * 10 + len(form) % 10
    moment = datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(minutes=number % 60)
    return PastRecord(UUID(int=number), form, 1, day, moment, answers or {}, assessment)


def visit(on: str, action: str = "routine", mode: str = "1", **answers: Any) -> PastRecord:
    return record(FOLLOW_UP, on, {"mode": mode, **answers}, action=action)


def is_true(condition: Expression, past: PastRecord) -> bool:
    frame = EventView(past.performed_on, answers=past.answers, assessment=past.assessment)
    return holds(condition, Context(frame=frame, on=past.performed_on))


def dues(kind: str, history: Sequence[PastRecord], step: str, closed: date | None = None) -> list[Due]:
    planned = plan(registry.capability(kind).schedule, history, CaseFacts(OPENED, closed), is_true)
    return [
        (due.step, due.opens_on.isoformat(), due.due_on.isoformat(), due.fulfilled_by is not None)
        for due in planned
        if due.step == step
    ]


FIRST = ("follow_up", "2026-01-10", "2026-04-10", False)
FIRST_DONE = (*FIRST[:3], True)


@pytest.mark.parametrize(
    ("why", "history", "expected"),
    [
        ("nothing yet", [], [FIRST]),
        ("controlled", [visit("2026-01-20")], [FIRST_DONE, ("follow_up", "2026-03-20", "2026-04-20", False)]),
        (
            "not controlled",
            [visit("2026-01-20", "adjust")],
            [FIRST_DONE, ("follow_up", "2026-01-21", "2026-02-03", False)],
        ),
        (
            "seen again by telephone, then routine from the last face-to-face visit",
            [visit("2026-01-20", "adjust"), visit("2026-02-01", mode="3")],
            [
                FIRST_DONE,
                ("follow_up", "2026-01-21", "2026-02-03", True),
                ("follow_up", "2026-03-20", "2026-04-20", False),
            ],
        ),
        ("a telephone visit is not the routine one", [visit("2026-01-20", mode="3")], [FIRST]),
        (
            "a dangerous pressure told by telephone",
            [visit("2026-01-20", "emergency", mode="3")],
            [("follow_up", "2026-01-21", "2026-02-03", False)],
        ),
        (
            "an appointment within the window",
            [visit("2026-01-20", next_visit_on=date(2026, 4, 1))],
            [FIRST_DONE, ("follow_up", "2026-03-20", "2026-04-01", False)],
        ),
        (
            "an appointment beyond the window does not put it off",
            [visit("2026-01-20", "adjust", next_visit_on=date(2026, 4, 1))],
            [FIRST_DONE, ("follow_up", "2026-01-21", "2026-02-03", False)],
        ),
    ],
)
def test_follow_ups(why: str, history: list[PastRecord], expected: list[Due]) -> None:
    assert dues("chronic.hypertension", history, "follow_up") == expected, why


def test_the_health_check_is_yearly() -> None:
    checked = record(CHECK, "2026-03-05", outcome="normal")
    assert dues("chronic.hypertension", [checked], "yearly_check") == [
        ("yearly_check", "2026-01-10", "2027-01-10", True),
        ("yearly_check", "2026-12-05", "2027-03-05", False),
    ]


def test_the_referral_is_asked_about_two_weeks_after_it() -> None:
    """Not two weeks after the suspicion."""
    days = [record(SCREENING, on, outcome="recheck") for on in ("2026-01-10", "2026-01-17")]
    kind = "chronic.hypertension_screening"
    assert dues(kind, days, "referral_result") == []
    assert dues(kind, days, "recheck")[-1] == ("recheck", "2026-01-18", "2026-01-31", False)

    referred = [*days, record(SCREENING, "2026-01-24", outcome="refer")]
    assert dues(kind, referred, "recheck")[-1] == ("recheck", "2026-01-18", "2026-01-31", True)
    assert dues(kind, referred, "referral_result") == [("referral_result", "2026-01-25", "2026-02-07", False)]

    urged = [*referred, record(DIAGNOSIS, "2026-02-01", outcome="not_seen")]
    assert dues(kind, urged, "referral_result")[-1] == ("referral_result", "2026-02-02", "2026-02-15", False)
    told = [*urged, record(DIAGNOSIS, "2026-02-10", outcome="confirmed")]
    assert dues(kind, told, "referral_result")[-1] == ("referral_result", "2026-02-02", "2026-02-15", True)
