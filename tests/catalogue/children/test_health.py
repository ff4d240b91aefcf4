"""Child health: what holds of any check, when children are due, and whom the figures count."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.people import counted, filled, patient

from kangshu.catalogue.children.health.ages import INFANT, PRESCHOOL, TODDLER, UNDER_MONTHS, age_of_check
from kangshu.catalogue.children.health.rules import assess_infant, assess_preschool, assess_toddler
from kangshu.declare import CannotAssess, PersonFacts, Visit, registry
from kangshu.declare.evaluate import Context, EventView, PersonView, evaluate, holds
from kangshu.kernel.dates import add_months

BORN = date(2024, 1, 10)
RULES = {INFANT: assess_infant, TODDLER: assess_toddler, PRESCHOOL: assess_preschool}
INFANTS, TODDLERS, PRESCHOOLERS = (
    "children.infant_check",
    "children.toddler_check",
    "children.preschool_check",
)
NEWBORN, FOLLOW_UP = "children.newborn_visit", "children.follow_up"
WEIGHED = {"weight": "9.60", "length": "75.7"}

# ---------------------------------------------------------------- rules


@st.composite
def checks(draw: st.DrawFn) -> Visit:
    answers: dict[str, Any] = {
        "weight": Decimal(draw(st.integers(100, 6000))) / 100,
        "length": Decimal(draw(st.integers(350, 1600))) / 10,
        "hb": draw(st.none() | st.integers(20, 250)),
        "hearing": draw(st.none() | st.sampled_from("123")),
        "caries": draw(st.none() | st.integers(0, 20)),
        "vision_left": draw(st.none() | st.sampled_from([Decimal(n) / 10 for n in range(30, 54)])),
        "vision_right": draw(st.none() | st.sampled_from([Decimal(n) / 10 for n in range(30, 54)])),
        "posture": draw(st.none() | st.sampled_from("12")),
        "referral": draw(st.sampled_from("12")),
    }
    known = {name: value for name, value in answers.items() if value is not None}
    return Visit(BORN + timedelta(days=draw(st.integers(0, 2600))), known)


@given(checks(), st.sampled_from(list(RULES)), st.sampled_from("129"))
@settings(max_examples=300, deadline=None)
def test_every_check_is_decided_or_refused(visit: Visit, ages: tuple[int, ...], sex: str) -> None:
    child = PersonFacts(sex=sex, birth_date=BORN)
    too_old = visit.performed_on >= add_months(BORN, UNDER_MONTHS[ages])
    if too_old or age_of_check(BORN, visit.performed_on, ages) is None:
        with pytest.raises(CannotAssess):
            RULES[ages](visit, (), child)
        return
    found = RULES[ages](visit, (), child)
    assert found.values["contact"] == str(age_of_check(BORN, visit.performed_on, ages))
    assert found.refer == (found.outcome == "refer")
    assert visit.answers["referral"] == "1" or found.refer
    assert (found.outcome == "normal") == (not found.values["reasons"])
    if found.values.get("anaemia") not in (None, "none"):
        assert found.refer
    if sex == "9":
        assert "weight_grade" not in found.values
    if found.values.get("weight_grade") == "3":
        assert found.refer


def test_severe_anaemia_is_urgent() -> None:
    child = PersonFacts(sex="1", birth_date=BORN)
    found = assess_toddler(Visit(date(2025, 7, 10), {"hb": 59}), (), child)
    assert found.urgent
    assert not assess_toddler(Visit(date(2025, 7, 10), {"hb": 60}), (), child).urgent


# ---------------------------------------------------------------- schedule


def windows(step: str, born: date) -> list[tuple[str, str]]:
    dates = registry.capability("children.health").schedule.step(step).windows_from(born)
    return [(window.opens_on.isoformat(), window.due_on.isoformat()) for window in dates]


def test_twelve_windows_follow_the_birth() -> None:
    assert windows("infant", BORN) == [
        ("2024-02-07", "2024-02-21"),
        ("2024-04-10", "2024-05-10"),
        ("2024-07-10", "2024-08-10"),
        ("2024-09-10", "2024-10-10"),
    ]
    assert windows("toddler", BORN) == [
        ("2024-12-10", "2025-02-10"),
        ("2025-06-10", "2025-08-10"),
        ("2025-12-10", "2026-02-10"),
        ("2026-06-10", "2026-08-10"),
    ]
    assert windows("preschool", BORN) == [
        ("2026-12-10", "2027-02-10"),
        ("2028-01-10", "2029-01-10"),
        ("2029-01-10", "2030-01-10"),
        ("2030-01-10", "2031-01-10"),
    ]


def test_one_check_gives_way_to_the_next_form() -> None:
    schedule = registry.capability("children.health").schedule
    ends = [schedule.step(step).windows_from(BORN)[-1].lapses_on for step in ("infant", "toddler")]
    begins = [schedule.step(step).windows_from(BORN)[0].opens_on for step in ("toddler", "preschool")]
    assert ends == begins


@pytest.mark.parametrize(
    ("discharged", "origin"), [({}, BORN), ({"discharged_on": date(2024, 1, 20)}, date(2024, 1, 20))]
)
def test_a_newborn_is_due_from_the_discharge_if_it_is_known(discharged: dict[str, Any], origin: date) -> None:
    step = registry.capability("children.health").schedule.step("newborn")
    child = patient(born="2024-01-10", opened="2024-01-10", **discharged)
    assert step.origin is not None
    assert evaluate(step.origin, Context(child, parameters=registry.NormParameters())) == origin
    assert step.first is not None
    dates = step.first.after(origin)
    assert (dates.due_on - origin).days == 7
    assert dates.lapses_on == origin + timedelta(days=28)


def test_only_a_child_under_seven_is_enrolled() -> None:
    eligible = registry.capability("children.health").eligible
    assert eligible is not None

    def may(on: date) -> bool:
        return holds(
            eligible, Context(patient(born="2024-01-10"), EventView(on), parameters=registry.NormParameters())
        )

    assert may(date(2031, 1, 9))
    assert not may(date(2031, 1, 10))


# ---------------------------------------------------------------- figures


def check(form: str, on: str, contact: int, answers: dict[str, Any] = WEIGHED, **found: Any) -> EventView:
    return filled(form, on, answers, **{"contact": str(contact), "outcome": "normal", **found})


def visited(on: str, **found: Any) -> EventView:
    return filled(NEWBORN, on, {}, **{"outcome": "normal", "in_time": "yes", **found})


def child(
    *records: EventView, born: str = "2025-03-10", opened: str | None = None, **more: Any
) -> PersonView:
    return patient(*records, born=born, opened=opened or born, **more)


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("visited", child(visited("2026-02-05"), born="2026-02-01"), (True, True)),
        ("never visited", child(born="2026-02-01"), (True, False)),
        ("born the year before", child(visited("2026-01-03"), born="2025-12-31"), (False, False)),
        (
            "born on the last day, visited after it",
            child(visited("2027-01-05"), born="2026-12-31"),
            (True, False),
        ),
        (
            "enrolled by mistake",
            child(visited("2026-02-05"), born="2026-02-01", closed="2026-03-01", reason="wrong"),
            (False, False),
        ),
        (
            "died after the visit",
            child(visited("2026-02-05"), born="2026-02-01", closed="2026-02-10", reason="death"),
            (True, True),
        ),
    ],
)
def test_newborn_visit_rate(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted("child_health.newborn_visit_rate", person) == expected, why


def test_a_late_visit_is_not_in_time() -> None:
    late = child(visited("2026-02-20", in_time="no"), born="2026-02-01")
    assert counted("child_health.newborn_visit_rate", late) == (True, True)
    assert counted("child_health.newborn_visit_in_time_rate", late) == (True, False)


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("checked at 5", child(check(PRESCHOOLERS, "2026-06-01", 60), born="2021-01-01"), True),
        ("only visited as a newborn", child(visited("2026-02-05"), born="2026-02-01"), True),
        ("last checked the year before", child(check(TODDLERS, "2025-12-31", 12)), False),
        (
            "six years on the last day",
            child(check(PRESCHOOLERS, "2026-01-05", 72), born="2020-01-01"),
            True,
        ),
        ("seven by then", child(check(PRESCHOOLERS, "2026-01-05", 72), born="2019-12-31"), False),
        ("never", child(), False),
    ],
)
def test_management_rate(why: str, person: PersonView, expected: bool) -> None:
    assert counted("child_health.management_rate", person)[1] == expected, why


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        # Born 10 March 2025: the windows of 12 and 18 months end on 10 April and 10 October 2026.
        (
            "both checks of the second year",
            child(check(TODDLERS, "2026-03-15", 12), check(TODDLERS, "2026-09-15", 18)),
            True,
        ),
        ("one of two", child(check(TODDLERS, "2026-03-15", 12)), False),
        (
            "one of them not measured",
            child(check(TODDLERS, "2026-03-15", 12, {"weight": "9"}), check(TODDLERS, "2026-09-15", 18)),
            False,
        ),
        (
            "the four of the first year",
            child(
                check(INFANTS, "2026-02-10", 1),
                check(INFANTS, "2026-04-12", 3),
                check(INFANTS, "2026-07-12", 6),
                check(INFANTS, "2026-09-12", 8),
                born="2026-01-10",
            ),
            True,
        ),
        (
            "three of the four",
            child(
                check(INFANTS, "2026-02-10", 1),
                check(INFANTS, "2026-04-12", 3),
                check(INFANTS, "2026-07-12", 6),
                born="2026-01-10",
            ),
            False,
        ),
        ("newly born, visited", child(visited("2026-12-20"), born="2026-12-15"), True),
        ("newly born, not seen", child(born="2026-12-15"), False),
        (
            "moved here after the first window",
            child(check(TODDLERS, "2026-09-15", 18), opened="2026-05-01"),
            True,
        ),
        ("three years old", child(check(PRESCHOOLERS, "2026-12-10", 36), born="2023-12-31"), False),
    ],
)
def test_systematic_rate_under_3(why: str, person: PersonView, expected: bool) -> None:
    assert counted("child_health.systematic_rate_under_3", person)[1] == expected, why


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("below", child(check(TODDLERS, "2026-03-15", 12, weight_grade="3")), (True, True)),
        ("within", child(check(TODDLERS, "2026-03-15", 12, weight_grade="2")), (True, False)),
        ("not graded", child(check(TODDLERS, "2026-03-15", 12)), (False, False)),
        (
            "below at the infant's check, well at the toddler's",
            child(
                check(INFANTS, "2026-01-05", 8, weight_grade="3"),
                check(TODDLERS, "2026-03-15", 12, weight_grade="2"),
            ),
            (True, False),
        ),
        (
            "five years old",
            child(check(PRESCHOOLERS, "2026-03-15", 60, weight_grade="3"), born="2021-03-10"),
            (False, False),
        ),
        (
            "four at the check, five on the last day",
            child(check(PRESCHOOLERS, "2026-03-01", 48, weight_grade="3"), born="2021-03-10"),
            (True, True),
        ),
    ],
)
def test_underweight_under_5(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted("child_health.underweight_under_5", person) == expected, why


def test_anaemia_and_build_under_5() -> None:
    mild = child(check(TODDLERS, "2026-09-15", 18, anaemia="mild", build="obese", length_grade="3"))
    assert counted("child_health.anaemia_under_5", mild) == (True, True)
    assert counted("child_health.obesity_under_5", mild) == (True, True)
    assert counted("child_health.overweight_under_5", mild) == (True, True)
    assert counted("child_health.wasting_under_5", mild) == (True, False)
    assert counted("child_health.stunting_under_5", mild) == (True, True)
    well = child(check(TODDLERS, "2026-09-15", 18, anaemia="none"))
    assert counted("child_health.anaemia_under_5", well) == (True, False)
    assert counted("child_health.anaemia_under_5", child(check(TODDLERS, "2026-03-15", 12))) == (False, False)


def test_exclusive_breastfeeding_of_infants_under_six_months() -> None:
    def fed(how: str, contact: int) -> PersonView:
        return child(check(INFANTS, "2026-06-01", contact, {"feeding": how}), born="2026-02-01")

    share = "child_health.exclusive_breastfeeding"
    assert counted(share, fed("1", 3)) == (True, True)
    assert counted(share, fed("2", 3)) == (True, False)
    assert counted(share, fed("1", 6)) == (False, False)
    assert counted(share, child()) == (False, False)


def test_high_risk_and_followed() -> None:
    referred = check(TODDLERS, "2026-03-15", 12, outcome="refer")
    after = filled(FOLLOW_UP, "2026-03-25", {"seen": "2"}, outcome="continue")
    before = filled(FOLLOW_UP, "2026-03-01", {"seen": "2"}, outcome="resolved")
    share = "child_health.high_risk_followed_rate"
    assert counted(share, child(referred, after)) == (True, True)
    assert counted(share, child(before, referred)) == (True, False)
    assert counted(share, child(visited("2026-02-05", outcome="high_risk"))) == (True, False)
    assert counted(share, child(check(TODDLERS, "2026-03-15", 12))) == (False, False)
    assert counted("child_health.high_risk_people", child(referred))[1]
