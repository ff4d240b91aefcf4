"""Psychological crisis: what every answer amounts to, and a case from the call to its end."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from tests.fieldwork.conftest import NOW as NOON
from tests.support.accounts import accounts, acting
from tests.support.county import small_county
from tests.support.people import NOW, resident

from kangshu.access.models import CompartmentAccess
from kangshu.access.scope import entered_as_system
from kangshu.catalogue.mental.crisis.rules import intake
from kangshu.declare import Visit
from kangshu.fieldwork.actions import enter
from kangshu.fieldwork.models import Entry
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import record_visit
from kangshu.work.models import Case, Due

QUESTIONS = ("ideation", "plan", "means", "attempted", "acting")
ORDER = ("low", "medium", "high", "imminent")


def grade(answers: dict[str, Any]) -> int:
    return ORDER.index(intake(Visit(date(2026, 5, 12), answers)).outcome)


def test_no_further_yes_ever_lowers_the_risk() -> None:
    for given in product((False, True), repeat=5):
        answers = dict(zip(QUESTIONS, given, strict=True))
        for question in QUESTIONS:
            assert grade(answers | {question: True}) >= grade(answers)


def test_a_crisis_is_taken_in_helped_and_closed(db) -> None:
    county = small_county()
    person = resident(county.clinic_a1, "吴小雨")

    def saved(form: str, on: date, **answers: Any) -> None:
        record_visit(
            form_id=f"mental.crisis.{form}",
            answers=answers,
            performed_on=on,
            record_id=new_id(),
            performed_by=None,
            institution=county.clinic_a1.pk,
            person=person.pk,
            by=by,
            now=NOW,
        )

    with entered_as_system("fixture") as by:
        risk = dict.fromkeys(QUESTIONS, False) | {"plan": True}
        saved("intake", date(2026, 5, 4), channel="1", trouble=["1"], **risk)
        case = Case.objects.get(kind="mental.crisis")
        due = Due.objects.filter(case_id=case.pk, state="open")
        assert [(one.step, one.due_on) for one in due] == [("intervene_today", date(2026, 5, 4))]
        saved("intervention", date(2026, 5, 4), mode="1", measures="陪伴倾听", risk="2", referral="2")
        assert [one.due_on for one in due.all()] == [date(2026, 5, 11)]
        saved("closing", date(2026, 5, 11), result="1")
        case.refresh_from_db()
        assert (case.state, case.compartment, due.all().count()) == ("closed", "mental_health", 0)


@pytest.mark.parametrize(("risk", "stage"), [("1", ""), ("2", "closing"), ("4", "referral")])
def test_a_call_without_a_name_is_followed_by_its_risk(db, risk, stage) -> None:
    people = accounts(small_county())
    CompartmentAccess.objects.create(
        account=people.township_worker_a, compartment="mental_health", from_at="2026-01-01T00:00+08:00"
    )
    with acting(people.township_worker_a) as by:
        entry = enter(
            logbook_id="mental.crisis_calls",
            entry_id=new_id(),
            answers={"code": "R-7", "channel": "1", "trouble": ["2"], "risk": risk, "account": "倾诉"},
            performed_on=date(2026, 9, 7),
            institution=by.institution_id,
            by=by,
            now=NOON,
        ).entry
        assert entry.next_stage == stage
    with acting(people.bureau_officer):
        assert not Entry.objects.exists()
