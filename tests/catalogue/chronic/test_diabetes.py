"""Diabetes: what must hold of the rule whatever is entered, whom the indicators count, what it shares."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.people import checked, counted, filled, patient, records_counted

from kangshu.catalogue.chronic.diabetes.rules import assess
from kangshu.declare import PersonFacts, Visit, registry
from kangshu.declare.evaluate import EventView, PersonView

FOLLOW_UP = "chronic.diabetes.follow_up"
DAY = date(2026, 5, 12)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    answers: dict[str, Any] = {
        "fbg": Decimal(draw(st.integers(5, 300))) / 10,
        "sbp": draw(st.none() | st.integers(90, 200)),
        "dbp": draw(st.none() | st.integers(50, 89)),
        "heart_rate": draw(st.none() | st.integers(50, 130)),
        "mode": draw(st.sampled_from("123")),
        "adverse_reaction": draw(st.sampled_from("12")),
        "complication": draw(st.sampled_from(("1", "2", None))),
        "emergency_signs": draw(st.sampled_from(((), ("1",), ("3", "5")))),
        "class": draw(st.sampled_from((None, None, None, "1", "2", "3", "4"))),
    }
    on = DAY - timedelta(days=draw(st.integers(0, 300)))
    return Visit(on, {name: value for name, value in answers.items() if value is not None})


@given(visits(), st.lists(visits(), max_size=4))
@settings(max_examples=300, deadline=None)
def test_every_visit_is_decided(visit: Visit, earlier: list[Visit]) -> None:
    found = assess(visit, earlier, PersonFacts())
    action, fbg = found.values["action"], visit.answers["fbg"]
    assert found.urgent == (action == "emergency")
    assert found.urgent or Decimal("3.9") < fbg < Decimal("16.7")
    assert found.refer == (action in ("refer", "emergency"))
    assert found.next is not None
    assert found.next.due_on <= visit.performed_on + timedelta(days=14 if action != "routine" else 92)
    assert found.values["at_target"] == (fbg < 7)
    assert (action == "routine") == (found.values["class"] == "1" and not found.urgent)
    assert found.advice


@given(visits(), st.lists(visits(), max_size=4, unique_by=lambda visit: visit.performed_on))
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_past_does_not_matter(visit: Visit, earlier: list[Visit]) -> None:
    assert assess(visit, earlier) == assess(visit, list(reversed(earlier)))


@given(visits(), st.lists(visits(), max_size=3), visits())
@settings(max_examples=100, deadline=None)
def test_what_comes_later_does_not_matter(visit: Visit, earlier: list[Visit], later: Visit) -> None:
    after = replace(later, performed_on=visit.performed_on + timedelta(days=1))
    assert assess(visit, [*earlier, after]) == assess(visit, earlier)


# ---------------------------------------------------------------- indicators


def followed(on: str, found: str = "1", fbg: str | None = "6.2", mode: str = "1", **more: Any) -> EventView:
    answers: dict[str, Any] = {
        "mode": mode,
        "symptoms": ["1"],
        "sbp": 130,
        "dbp": 80,
        "medication_adherence": "1",
        "adverse_reaction": "1",
        "hypoglycaemia": "1",
        **({} if fbg is None else {"fbg": fbg}),
        **more,
    }
    return filled(FOLLOW_UP, on, answers, **{"class": found})


FOUR = tuple(followed(on) for on in ("2026-01-10", "2026-04-05", "2026-07-05", "2026-10-05"))
YEARLY = checked("2026-05-10")


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("four visits and a check", patient(*FOUR, YEARLY), (True, True)),
        ("no check", patient(*FOUR), (True, False)),
        ("three visits", patient(*FOUR[:3], YEARLY), (True, False)),
        ("one by telephone", patient(*FOUR[:3], followed("2026-10-05", mode="3"), YEARLY), (True, False)),
        (
            "one without a glucose",
            patient(*FOUR[:3], followed("2026-10-05", fbg=None), YEARLY),
            (True, False),
        ),
        (
            "class 2, seen again after 14 days",
            patient(*FOUR, followed("2026-10-19", "2"), followed("2026-11-02"), YEARLY),
            (True, True),
        ),
        (
            "class 2, seen again after 15 days",
            patient(*FOUR, followed("2026-10-19", "2"), followed("2026-11-03"), YEARLY),
            (True, False),
        ),
        (
            "class 2 whose 14 days end next year",
            patient(*FOUR, followed("2026-12-20", "2"), YEARLY),
            (True, True),
        ),
        ("enrolled in May: 3 visits", patient(*FOUR[1:], YEARLY, opened="2026-04-20"), (True, True)),
        (
            "enrolled in April: two are too few",
            patient(*FOUR[2:], YEARLY, opened="2026-04-20"),
            (True, False),
        ),
        ("left at the end of June: two", patient(*FOUR[:2], YEARLY, closed="2026-06-30"), (True, True)),
        ("left last year", patient(*FOUR, YEARLY, closed="2025-12-31"), (False, False)),
        ("enrolled by mistake", patient(*FOUR, YEARLY, closed="2026-12-01", reason="wrong"), (False, False)),
        ("never enrolled", PersonView(records=(*FOUR, YEARLY)), (False, False)),
    ],
)
def test_standardised_management(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted("diabetes.standardised_management_rate", person) == expected, why
    if person.case is not None and expected[0]:
        assert counted("diabetes.standardised_people", person)[1] == expected[1], why


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("below the target", patient(followed("2026-10-05", fbg="6.9")), (True, True)),
        ("at the limit", patient(followed("2026-10-05", fbg="7.0")), (True, False)),
        (
            "the latest counts",
            patient(followed("2026-10-05", fbg="6.0"), followed("2026-02-05", fbg="9.0")),
            (True, True),
        ),
        ("latest without a glucose", patient(*FOUR, followed("2026-12-05", fbg=None)), (True, False)),
        ("no visit in the year", patient(followed("2025-12-31")), (True, False)),
    ],
)
def test_control(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted("diabetes.control_rate", person) == expected, why


def test_detection_counts_type_2_only() -> None:
    def diagnosed(code: str) -> PersonView:
        return PersonView(diagnoses=(EventView(date(2026, 3, 1), code=code),))

    assert counted("diabetes.detection_rate", diagnosed("E11.900")) == (True, True)
    assert counted("diabetes.detection_rate", diagnosed("E10.900")) == (True, False)


def test_glucose_tests_and_visits_are_counted() -> None:
    person = patient(*FOUR, followed("2026-11-05", fbg=None, mode="3"), followed("2025-11-05"))
    assert records_counted("diabetes.glucose_tests", person)[1] == 4
    assert records_counted("diabetes.follow_ups", person)[1] == 5
    assert records_counted("diabetes.face_to_face_share", person) == (5, 4)


def test_visits_in_time_are_counted_by_their_deadline() -> None:
    person = patient(
        followed("2025-11-20"),  # due by 20 February: kept
        followed("2026-02-18"),  # due by 18 May: missed
        followed("2026-06-01", "2"),  # due by 15 June: kept
        followed("2026-06-15"),  # due by 15 September: missed
    )
    assert records_counted("diabetes.on_time_rate", person) == (4, 2)


# ---------------------------------------------------------------- one person, two diseases


def test_what_is_asked_for_both_diseases_is_the_same_question() -> None:
    """Whatever has one name and one title in both forms is declared once, so a joined page asks it once."""
    diabetes = registry.form(FOLLOW_UP)
    hypertension = registry.form("chronic.hypertension.follow_up")
    differing = {"symptoms", "emergency_signs"}
    shared = {field.name for field in diabetes.fields} & {field.name for field in hypertension.fields}
    assert shared >= {"mode", "sbp", "dbp", "weight", "height", "smoking", "medication_adherence"}
    for name in shared - differing - {"symptoms_other"}:
        assert diabetes.field(name) == hypertension.field(name), name
    for name in differing:
        assert diabetes.field(name).choices != hypertension.field(name).choices
