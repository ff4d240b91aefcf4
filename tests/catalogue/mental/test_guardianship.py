"""The team of five: whom the figures count, and the round that a high risk calls for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.catalogue.people import counted, filled, patient
from tests.support.county import small_county
from tests.support.people import NOW, resident

from kangshu.access.scope import entered_as_system
from kangshu.catalogue.mental.severe.rules import FUNCTIONS
from kangshu.declare import registry
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import enrol, record_visit
from kangshu.work.models import Case, Due

TEAM, ROUND = "mental.guardianship.team", "mental.guardianship.round"
SEVERE: dict[str, Any] = {
    "mode": "2",
    "result": "1",
    "symptom_state": "1",
    "insight": "1",
    **dict.fromkeys(FUNCTIONS, "1"),
    "medication_adherence": "1",
    "adverse_reaction": "1",
}


def team(on: str, outcome: str) -> Any:
    return filled(TEAM, on, {"signed": True}, outcome=outcome)


def made(on: str, *, met: bool = True) -> Any:
    return filled(ROUND, on, {"present": ["1", "3"], "met": met}, outcome="well")


@pytest.mark.parametrize(
    ("figure", "person", "expected"),
    [
        ("complete_rate", patient(team("2026-01-01", "complete")), (True, True)),
        (
            "complete_rate",
            patient(team("2025-01-01", "complete"), team("2026-01-01", "incomplete")),
            (True, False),
        ),
        ("complete_rate", patient(), (True, False)),
        ("complete_rate", patient(team("2026-01-01", "complete"), closed="2026-12-31"), (False, False)),
        ("visited_rate", patient(made("2026-02-01")), (True, True)),
        ("visited_rate", patient(made("2026-02-01", met=False)), (True, False)),
        ("visited_rate", patient(made("2025-12-31")), (True, False)),
    ],
)
def test_who_is_counted(figure: str, person: Any, expected: tuple[bool, bool]) -> None:
    assert counted(f"guardianship.{figure}", person) == expected


def test_it_lies_where_the_follow_ups_lie() -> None:
    assert registry.capability("mental.guardianship").confidentiality == "mental_health"


def test_a_follow_up_that_grades_risk_three_calls_the_five_within_three_days(db) -> None:
    county = small_county()
    person = resident(county.clinic_a1, "周大山")
    with entered_as_system("fixture") as by:
        common = {"person": person.pk, "by": by, "now": NOW}
        enrol(kind="mental.severe", on=date(2026, 1, 5), **common)
        case = enrol(kind="mental.guardianship", on=date(2026, 1, 5), **common)
        alarms = Due.objects.filter(case_id=case.pk, step="alarm_round", state="open")

        def saved(form: str, on: date, **answers: Any) -> None:
            record_visit(
                form_id=form,
                answers=answers,
                performed_on=on,
                record_id=new_id(),
                performed_by=None,
                institution=county.clinic_a1.pk,
                **common,
            )

        saved("mental.severe.follow_up", date(2026, 5, 4), **SEVERE, risk="2")
        assert not alarms.all().exists()
        saved("mental.severe.follow_up", date(2026, 6, 1), **SEVERE, risk="3")
        assert [due.due_on for due in alarms.all()] == [date(2026, 6, 4)]
        saved(
            ROUND,
            date(2026, 6, 2),
            present=["1", "2", "3"],
            met=True,
            risk="3",
            takes_drugs=True,
            guardian_able=True,
        )
        assert not alarms.all().exists()
        rounds = Due.objects.filter(case_id=case.pk, step="round", state="open")
        assert [due.due_on for due in rounds] == [date(2026, 6, 9)]
        assert Case.objects.get(pk=case.pk).compartment == "mental_health"
