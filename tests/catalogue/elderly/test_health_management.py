"""Elders: whom the two rates count, and when the results are to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.catalogue.people import counted, filled, in_period, patient, records_counted

from kangshu.declare import registry
from kangshu.declare.evaluate import EventView, PersonView, evaluate

CHECK = "records.health_check"
TESTS: dict[str, Any] = {
    **dict.fromkeys(("hb", "plt"), 130),
    **dict.fromkeys(
        ("wbc", "alt", "ast", "tbil", "creatinine", "bun", "fbg", "tc", "tg", "ldl", "hdl"), "5.0"
    ),
    **dict.fromkeys(("urine_protein", "urine_sugar", "ecg", "ultrasound_abdomen"), "1"),
}


def checked(on: str, **changes: Any) -> EventView:
    answers: dict[str, Any] = {
        "symptoms": ["1"],
        "sbp_right": 130,
        "dbp_right": 80,
        "height": "160",
        "weight": "60",
        "evaluation": "1",
        **TESTS,
        **changes,
    }
    return filled(CHECK, on, {name: value for name, value in answers.items() if value is not None})


def assessed(on: str, outcome: str = "able") -> EventView:
    graded = dict.fromkeys(("eating", "grooming", "dressing", "toileting", "activity"), "1")
    return filled("elderly.assessment", on, graded, outcome=outcome)


def told(on: str) -> EventView:
    return filled("elderly.results_told", on, {"told_by": "1", "result": "1"})


ALL = (checked("2026-04-01"), assessed("2026-04-01"), told("2026-04-10"))


@pytest.mark.parametrize(
    ("why", "person", "basic", "standardised"),
    [
        ("everything", patient(*ALL), True, True),
        ("never enrolled, everything", replace(patient(*ALL), case=None), True, True),
        ("results not told", patient(*ALL[:2]), True, False),
        ("not assessed", patient(ALL[0], ALL[2]), True, False),
        ("one test missing", patient(checked("2026-04-01", ecg=None), *ALL[1:]), True, False),
        ("no weight", patient(checked("2026-04-01", weight=None), *ALL[1:]), False, False),
        ("checked last year", patient(checked("2025-12-31"), *ALL[1:]), False, False),
        ("checked on the first day", patient(checked("2026-01-01"), *ALL[1:]), True, True),
        ("65 on the last day", patient(*ALL, born="1961-12-31"), True, True),
        ("65 the day after", patient(*ALL, born="1962-01-01"), False, False),
        ("no birth date", replace(patient(*ALL), birth_date=None), False, False),
    ],
)
def test_rates(why: str, person: PersonView, basic: bool, standardised: bool) -> None:
    assert counted("elderly.management_rate", person) == (True, basic), why
    assert counted("elderly.checked_people", person) == (True, basic), why
    assert counted("elderly.standardised_rate", person) == (True, standardised), why


def test_the_denominator_is_the_residents_of_65_and_more() -> None:
    estimate = registry.indicator("elderly.management_rate").estimate
    assert estimate is not None
    context = replace(in_period(PersonView()), population=lambda low, high, sex: {65: 1234}[low])
    assert evaluate(estimate, context) == 1234


def test_the_told_are_a_part_of_the_checked() -> None:
    assert counted("elderly.told_rate", patient(*ALL)) == (True, True)
    assert counted("elderly.told_rate", patient(*ALL[:2])) == (True, False)
    assert counted("elderly.told_rate", patient(told("2026-04-10"))) == (False, False)


def test_the_latest_assessment_says_who_depends_on_others() -> None:
    person = patient(assessed("2025-04-01", "unable"), assessed("2026-04-01", "mild"))
    assert counted("elderly.dependent_people", person) == (True, False)
    assert counted("elderly.dependent_people", patient(assessed("2025-04-01", "unable"))) == (True, True)
    assert records_counted("elderly.self_care_share", patient(*ALL, assessed("2026-06-01", "mild"))) == (2, 1)


def test_somebody_of_64_is_not_enrolled() -> None:
    capability = registry.capability("elderly.health_management")
    assert capability.eligible is not None
    person = PersonView(birth_date=date(1961, 5, 13))
    context = replace(in_period(person), frame=EventView(date(2026, 5, 12)), on=date(2026, 5, 12))
    assert evaluate(capability.eligible, context) is False
    assert evaluate(capability.eligible, replace(context, frame=EventView(date(2026, 5, 13)))) is True
