"""Severe mental disorder: what must hold of the class, whom the figures count, and who may not see it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.people import checked, counted, filled, patient

from kangshu.catalogue.mental.severe.rules import FUNCTIONS, assess
from kangshu.declare import Visit, registry
from kangshu.declare.evaluate import EventView, PersonView

FORM = "mental.severe.follow_up"
DAY = date(2026, 5, 12)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    answers: dict[str, Any] = {
        "result": draw(st.sampled_from("1112")),
        "risk": draw(st.sampled_from("012345")),
        "symptom_state": draw(st.sampled_from("123")),
        "insight": draw(st.sampled_from("123")),
        "serious_reaction": draw(st.booleans()),
        "serious_illness": draw(st.booleans()),
        **{name: draw(st.sampled_from("123")) for name in FUNCTIONS},
    }
    return Visit(DAY - timedelta(days=draw(st.integers(0, 200))), answers)


@given(visits(), st.lists(visits(), max_size=4))
@settings(max_examples=300, deadline=None)
def test_every_visit_is_decided(visit: Visit, earlier: list[Visit]) -> None:
    found = assess(visit, earlier)
    assert found.next is not None
    days = (found.next.due_on - visit.performed_on).days
    if visit.answers["result"] == "2":
        assert (found.outcome, days) == ("lost", 14)
        return
    risk = int(visit.answers["risk"])
    assert risk < 3 or found.values["class"] == "1"
    assert found.values["class"] != "3" or risk == 0
    assert found.urgent == (found.values["class"] == "1")
    assert days <= {"1": 14, "2": 31, "3": 92}[found.values["class"]]


def test_the_programme_is_confidential() -> None:
    assert registry.capability("mental.severe").confidentiality == "mental_health"


# ---------------------------------------------------------------- indicators


def seen(on: str, action: str = "routine", found: str = "3", **changes: Any) -> EventView:
    answers: dict[str, Any] = {
        "mode": "2",
        "result": "1",
        "risk": "0",
        "symptom_state": "1",
        "insight": "1",
        **dict.fromkeys(FUNCTIONS, "1"),
        "medication_adherence": "1",
        "adverse_reaction": "1",
        **changes,
    }
    return filled(FORM, on, answers, action=action, **{"class": found})


def consented(check: str) -> EventView:
    return filled("mental.severe.supplement", "2024-01-05", {"consent": "1", "check_consent": check})


FOUR = tuple(seen(on) for on in ("2026-02-01", "2026-04-20", "2026-07-10", "2026-10-05"))
YEARLY = checked("2026-04-20")


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("four visits and a check", patient(*FOUR, YEARLY), (True, True)),
        ("no check", patient(*FOUR), (True, False)),
        ("no check, for it was refused", patient(consented("0"), *FOUR), (True, True)),
        ("no check, though agreed", patient(consented("1"), *FOUR), (True, False)),
        ("three visits", patient(*FOUR[:3], YEARLY), (True, False)),
        ("one of four not found", patient(*FOUR[:3], seen("2026-10-05", result="2"), YEARLY), (True, False)),
        (
            "unstable, seen again in time",
            patient(*FOUR, seen("2026-10-19", "emergency", "1"), seen("2026-11-02"), YEARLY),
            (True, True),
        ),
        (
            "unstable, not seen in time",
            patient(*FOUR, seen("2026-10-19", "emergency", "1"), seen("2026-11-03"), YEARLY),
            (True, False),
        ),
        ("closed last year", patient(*FOUR, YEARLY, closed="2025-12-31"), (False, False)),
    ],
)
def test_standardised_management(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted("mental_severe.standardised_management_rate", person) == expected, why


def test_the_latest_visit_at_which_the_patient_was_seen_decides() -> None:
    person = patient(
        seen("2026-03-01", "emergency", "1", risk="4"),
        seen("2026-06-01", medication_adherence="1"),
        seen("2026-09-01", "lost", "", result="2"),
    )
    for figure in ("stable_rate", "regular_medication_rate", "management_rate", "face_to_face_rate"):
        assert counted(f"mental_severe.{figure}", person) == (True, True), figure
    assert counted("mental_severe.high_risk_people", person) == (True, True)
    assert counted("mental_severe.high_risk_admitted_rate", person) == (True, False)
    handled = filled("mental.severe.emergency", "2026-03-01", {"result": "1", "risk": "4"})
    admitted = patient(*person.records, handled)
    assert counted("mental_severe.high_risk_admitted_rate", admitted) == (True, True)


def test_nobody_registered_in_the_past_is_prevalent() -> None:
    assert counted("mental_severe.reported_prevalence", patient()) == (True, True)
    assert counted("mental_severe.reported_prevalence", patient(closed="2026-12-31")) == (True, False)
