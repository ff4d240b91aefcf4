"""TB: when the visits are due, whom the rates count, which way a case ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.catalogue.people import counted, filled, patient, records_counted

from kangshu.declare import registry
from kangshu.declare.answers import typed
from kangshu.declare.evaluate import Context, EventView, PersonView, evaluate, holds
from kangshu.declare.expression import Expression
from kangshu.work.planning import CaseFacts, PastRecord, plan

FIRST, FOLLOW = "tuberculosis.first_visit", "tuberculosis.follow_up"
ENDING, CONFIRMATION = "tuberculosis.ending", "tuberculosis.confirmation"
OPENED = date(2026, 1, 10)


# ---------------------------------------------------------------- what is due


def past(form: str, on: str, answers: dict[str, Any], **assessment: str) -> PastRecord:
    day = date.fromisoformat(on)
    number = (day - date(2020, 1, 1)).days * 10 + len(form) % 10
    entered = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    return PastRecord(
        UUID(int=number), form, 1, day, entered, typed(registry.form(form), answers), assessment
    )


def met(on: str, supervisor: str = "2") -> PastRecord:
    return past(FIRST, on, {"met": "1", "supervisor": supervisor}, outcome="met")


def visited(on: str, phase: str = "1", supervisor: str = "2", outcome: str = "routine") -> PastRecord:
    return past(FOLLOW, on, {"phase": phase, "supervisor": supervisor}, outcome=outcome)


def dues(history: Sequence[PastRecord]) -> dict[str, tuple[str, str]]:
    """The open windows by step: opens, due."""

    def is_true(condition: Expression, record: PastRecord) -> bool:
        frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
        return holds(condition, Context(frame=frame, on=record.performed_on))

    events = tuple(
        EventView(r.performed_on, r.form_id, r.answers, r.assessment, n) for n, r in enumerate(history)
    )
    person = PersonView(records=events)

    def value(asked: Expression) -> Any:
        return evaluate(asked, Context(person))

    schedule = registry.capability("tuberculosis.patients").schedule
    planned = plan(schedule, history, CaseFacts(OPENED), is_true, value)
    return {
        each.step: (each.opens_on.isoformat(), each.due_on.isoformat())
        for each in planned
        if each.fulfilled_by is None
    }


def test_the_first_visit_is_due_within_72_hours() -> None:
    assert dues([]) == {"first_visit": ("2026-01-10", "2026-01-13")}
    not_met = past(FIRST, "2026-01-11", {"met": "2"}, outcome="try_again")
    assert dues([not_met]) == {"first_visit": ("2026-01-11", "2026-01-12")}


@pytest.mark.parametrize(
    ("why", "history", "step", "expected"),
    [
        ("watched by the family", [met("2026-01-12")], "follow_up_family", ("2026-01-19", "2026-01-22")),
        ("watched by a doctor", [met("2026-01-12", "1")], "follow_up_doctor", ("2026-02-01", "2026-02-12")),
        (
            "family, intensive phase",
            [met("2026-01-12"), visited("2026-01-22")],
            "follow_up_family",
            ("2026-01-29", "2026-02-01"),
        ),
        (
            "family, continuation phase",
            [met("2026-01-12"), visited("2026-03-12", "2")],
            "follow_up_family",
            ("2026-04-01", "2026-04-12"),
        ),
        (
            "referred",
            [met("2026-01-12"), visited("2026-01-22", outcome="refer")],
            "follow_up_family",
            ("2026-01-23", "2026-02-05"),
        ),
    ],
)
def test_follow_ups(why: str, history: list[PastRecord], step: str, expected: tuple[str, str]) -> None:
    found = dues(history)
    assert found[step] == expected, why
    assert len([id for id in found if id.startswith("follow_up")]) == 1


def test_after_the_end_only_the_confirmation_is_due() -> None:
    ended = [met("2026-01-12"), visited("2026-06-20", "2"), past(ENDING, "2026-07-12", {"reason": "1"})]
    assert dues(ended) == {"confirmation": ("2026-07-13", "2026-07-26")}
    asked = [*ended, past(CONFIRMATION, "2026-07-20", {"went": "2"})]
    assert dues(asked) == {"confirmation": ("2026-07-21", "2026-08-03")}
    told = [*asked, past(CONFIRMATION, "2026-07-30", {"went": "1", "outcome": "1"})]
    assert dues(told) == {}


# ---------------------------------------------------------------- figures


def first(on: str, met: str = "1", in_time: str = "yes") -> EventView:
    return filled(FIRST, on, {"met": met}, outcome="met", in_time=in_time)


def ended(on: str, due: int, done: int, reason: str = "1") -> EventView:
    return filled(ENDING, on, {"reason": reason, "doses_due": due, "doses_done": done})


@pytest.mark.parametrize(
    ("why", "person", "managed", "in_time"),
    [
        ("visited in time", patient(first("2026-03-02"), opened="2026-03-01"), (True, True), (True, True)),
        (
            "visited late",
            patient(first("2026-03-09", in_time="no"), opened="2026-03-01"),
            (True, True),
            (True, False),
        ),
        ("not met", patient(first("2026-03-02", "2"), opened="2026-03-01"), (True, False), (True, False)),
        ("not visited", patient(opened="2026-03-01"), (True, False), (True, False)),
        (
            "notified last year",
            patient(first("2025-12-02"), opened="2025-12-01"),
            (False, False),
            (False, False),
        ),
        (
            "by mistake",
            patient(first("2026-03-02"), opened="2026-03-01", closed="2026-03-05", reason="wrong"),
            (False, False),
            (False, False),
        ),
    ],
)
def test_management(
    why: str, person: PersonView, managed: tuple[bool, bool], in_time: tuple[bool, bool]
) -> None:
    assert counted("tb.management_rate", person) == managed, why
    assert counted("tb.first_visit_in_time_rate", person) == in_time, why


@pytest.mark.parametrize(
    ("why", "record", "expected"),
    [
        ("90 %", ended("2026-09-01", 180, 162), (True, True)),
        ("just below", ended("2026-09-01", 180, 161), (True, False)),
        ("died", ended("2026-09-01", 180, 180, "2"), (False, False)),
        ("completed last year", ended("2025-12-31", 180, 180), (False, False)),
    ],
)
def test_regular_medication(why: str, record: EventView, expected: tuple[bool, bool]) -> None:
    person = patient(record, opened="2025-03-01", closed="2026-09-20", reason="cured")
    assert counted("tb.regular_medication_rate", person) == expected, why


def test_referrals_and_arrivals_are_counted() -> None:
    found = filled(
        "tuberculosis.referral", "2026-03-01", {"symptoms": ["1"], "referral_to": "县医院"}, outcome="refer"
    )
    nowhere = filled("tuberculosis.referral", "2026-04-01", {"symptoms": ["1"]}, outcome="refer")
    healthy = filled("tuberculosis.referral", "2026-05-01", {"symptoms": ["7"]}, outcome="none")
    assert records_counted("tb_suspects.referral_rate", patient(found, nowhere, healthy)) == (2, 1)
    went = filled("tuberculosis.arrival", "2026-03-08", {"arrived": "1", "result": "1"}, outcome="confirmed")
    did_not = filled("tuberculosis.arrival", "2026-04-08", {"arrived": "2"}, outcome="not_arrived")
    assert records_counted("tb_suspects.arrival_rate", patient(went, did_not)) == (2, 1)
