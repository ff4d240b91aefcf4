"""Hypertension: what must hold of the rule whatever is entered, and whom the indicators count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kangshu.catalogue.chronic.hypertension.rules import assess
from kangshu.declare import Counts, PersonFacts, Visit, registry
from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, evaluate, framed, holds

FOLLOW_UP, CHECK = "chronic.hypertension.follow_up", "records.health_check"
DAY = date(2026, 5, 12)

# ---------------------------------------------------------------- the rule

pressures = st.tuples(st.integers(60, 250), st.integers(30, 140)).filter(lambda pair: pair[0] > pair[1])


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    sbp, dbp = draw(pressures)
    answers: dict[str, Any] = {
        "sbp": sbp,
        "dbp": dbp,
        "mode": draw(st.sampled_from("123")),
        "adverse_reaction": draw(st.sampled_from("12")),
        "complication": draw(st.sampled_from(("1", "2", None))),
        "emergency_signs": draw(st.sampled_from(((), ("1",), ("2", "5")))),
        "pregnant_or_lactating": draw(st.booleans()),
        "class": draw(st.sampled_from((None, None, None, "1", "2", "3", "4"))),
    }
    on = DAY - timedelta(days=draw(st.integers(0, 300)))
    return Visit(on, {name: value for name, value in answers.items() if value is not None})


people = st.builds(
    PersonFacts,
    sex=st.sampled_from("12"),
    birth_date=st.dates(date(1930, 1, 1), date(1995, 1, 1)) | st.none(),
)


@given(visits(), st.lists(visits(), max_size=4), people)
@settings(max_examples=300, deadline=None)
def test_every_visit_is_decided(visit: Visit, earlier: list[Visit], person: PersonFacts) -> None:
    found = assess(visit, earlier, person)
    action = found.values["action"]
    dangerous = visit.answers["sbp"] >= 180 or visit.answers["dbp"] >= 110
    assert found.urgent == (action == "emergency")
    assert not dangerous or found.urgent
    assert found.refer == (action in ("refer", "emergency"))
    assert found.next is not None
    assert found.next.due_on <= visit.performed_on + timedelta(days=14 if action != "routine" else 92)
    assert found.values["suggested_class"] != "1" or (found.values["at_target"] and not found.urgent)
    assert (action == "routine") == (found.values["class"] == "1" and not found.urgent)
    assert found.advice


@given(visits(), st.lists(visits(), max_size=4, unique_by=lambda visit: visit.performed_on), people)
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_past_does_not_matter(
    visit: Visit, earlier: list[Visit], person: PersonFacts
) -> None:
    assert assess(visit, earlier, person) == assess(visit, list(reversed(earlier)), person)


@given(visits(), st.lists(visits(), max_size=3), visits(), people)
@settings(max_examples=100, deadline=None)
def test_what_comes_later_does_not_matter(
    visit: Visit, earlier: list[Visit], later: Visit, person: PersonFacts
) -> None:
    after = replace(later, performed_on=visit.performed_on + timedelta(days=1))
    assert assess(visit, [*earlier, after], person) == assess(visit, earlier, person)


@given(visits(), st.lists(visits(), max_size=3), people)
@settings(max_examples=200, deadline=None)
def test_the_rule_and_the_schedule_agree(visit: Visit, earlier: list[Visit], person: PersonFacts) -> None:
    """The day the rule tells the doctor is the day the due list shows."""
    face_to_face = replace(visit, answers={**visit.answers, "mode": "1"})
    found = assess(face_to_face, earlier, person)
    step = registry.capability("chronic.hypertension").schedule.step("follow_up")
    frame = EventView(visit.performed_on, answers=face_to_face.answers, assessment=found.values)
    context = Context(frame=frame, on=visit.performed_on)
    branch = next((branch for branch in step.branches if holds(branch.when, context)), None)
    window = step.repeat if branch is None else branch.window
    assert window is not None
    assert window.after(visit.performed_on) == found.next


# ---------------------------------------------------------------- the indicators


def followed(
    on: str, kind: str = "1", mode: str = "1", sbp: int = 130, dbp: int = 80, **more: Any
) -> EventView:
    answers = {
        "mode": mode,
        "symptoms": ("1",),
        "sbp": sbp,
        "dbp": dbp,
        "medication_adherence": "1",
        "adverse_reaction": "1",
        **more,
    }
    known = {name: value for name, value in answers.items() if value is not None}
    return EventView(date.fromisoformat(on), FOLLOW_UP, known, {"class": kind, "action": "routine"})


def checked(on: str) -> EventView:
    return EventView(date.fromisoformat(on), CHECK, {"sbp_right": 130})


FOUR = tuple(followed(on) for on in ("2026-02-01", "2026-04-20", "2026-07-10", "2026-10-05"))
YEARLY = checked("2026-04-20")


def patient(
    *records: EventView, opened: str = "2024-05-01", closed: str | None = None, **more: Any
) -> PersonView:
    case = CaseView(
        date.fromisoformat(opened),
        None if closed is None else date.fromisoformat(closed),
        more.pop("reason", None if closed is None else "moved"),
    )
    return PersonView(
        sex="1", birth_date=more.pop("born", date(1966, 3, 1)), case=case, records=records, **more
    )


def in_period(person: PersonView, first: str = "2026-01-01", last: str = "2026-12-31") -> Context:
    return Context(
        person,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        parameters=registry.NormParameters(),
    )


def counted(id: str, context: Context) -> tuple[bool, bool]:
    """Whether the person is in the denominator and in the numerator."""
    indicator = registry.indicator(id)
    belongs = indicator.denominator is None or holds(indicator.denominator, context)
    return belongs, belongs and holds(indicator.numerator, context)


STANDARDISED = "hypertension.standardised_management_rate"


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("four visits and a check", patient(*FOUR, YEARLY), (True, True)),
        ("no check", patient(*FOUR), (True, False)),
        ("check of last year", patient(*FOUR, checked("2025-12-31")), (True, False)),
        ("three visits", patient(*FOUR[:3], YEARLY), (True, False)),
        (
            "one of four by telephone",
            patient(*FOUR[:3], followed("2026-10-05", mode="3"), YEARLY),
            (True, False),
        ),
        ("four and one by telephone", patient(*FOUR, followed("2026-11-05", mode="3"), YEARLY), (True, True)),
        (
            "one without a pressure",
            patient(*FOUR[:3], followed("2026-10-05", sbp=None), YEARLY),
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
        ("class 4 and nothing after", patient(*FOUR, followed("2026-11-19", "4"), YEARLY), (True, False)),
        (
            "class 2 whose 14 days end next year",
            patient(*FOUR, followed("2026-12-20", "2"), YEARLY),
            (True, True),
        ),
        (
            "class 2 whose 14 days end on the last day",
            patient(*FOUR, followed("2026-12-17", "2"), YEARLY),
            (True, False),
        ),
        (
            "class 2, then died within 14 days",
            patient(*FOUR, followed("2026-11-19", "2"), YEARLY, closed="2026-11-25", reason="death"),
            (True, True),
        ),
        (
            "enrolled in May: 8 months begun 3 visits",
            patient(*FOUR[1:], YEARLY, opened="2026-04-20"),
            (True, True),
        ),
        (
            "enrolled in April: two are too few",
            patient(*FOUR[2:], YEARLY, opened="2026-04-20"),
            (True, False),
        ),
        (
            "enrolled on 1 October: one",
            patient(FOUR[3], checked("2026-10-05"), opened="2026-10-01"),
            (True, True),
        ),
        (
            "enrolled on 20 December: only the check",
            patient(checked("2026-12-20"), opened="2026-12-20"),
            (True, True),
        ),
        ("left at the end of June: two", patient(*FOUR[:2], YEARLY, closed="2026-06-30"), (True, True)),
        ("left at the end of June: one", patient(FOUR[1], YEARLY, closed="2026-06-30"), (True, False)),
        ("left last year", patient(*FOUR, YEARLY, closed="2025-12-31"), (False, False)),
        ("enrolled next year", patient(*FOUR, YEARLY, opened="2027-01-01"), (False, False)),
        ("enrolled by mistake", patient(*FOUR, YEARLY, closed="2026-12-01", reason="wrong"), (False, False)),
        ("never enrolled", PersonView(records=(*FOUR, YEARLY)), (False, False)),
    ],
)
def test_standardised_management(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted(STANDARDISED, in_period(person)) == expected, why


def test_a_month_is_judged_by_the_twelve_months_to_its_end() -> None:
    person = patient(*FOUR, YEARLY)
    assert counted(STANDARDISED, in_period(person, "2026-12-01", "2026-12-31")) == (True, True)
    assert counted(STANDARDISED, in_period(person, "2026-11-01", "2026-11-30")) == (True, True)
    assert counted(STANDARDISED, in_period(person, "2026-06-01", "2026-06-30")) == (True, False)


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("at target", patient(followed("2026-10-05", sbp=139, dbp=89)), (True, True)),
        ("systolic at the limit", patient(followed("2026-10-05", sbp=140, dbp=80)), (True, False)),
        ("diastolic at the limit", patient(followed("2026-10-05", sbp=130, dbp=90)), (True, False)),
        ("65 on the day", patient(followed("2026-10-05", sbp=149), born=date(1961, 10, 5)), (True, True)),
        ("65 the day after", patient(followed("2026-10-05", sbp=149), born=date(1961, 10, 6)), (True, False)),
        (
            "the latest counts",
            patient(followed("2026-10-05", sbp=130), followed("2026-02-05", sbp=160)),
            (True, True),
        ),
        ("latest without a pressure", patient(*FOUR, followed("2026-12-05", sbp=None)), (True, False)),
        ("no visit in the year", patient(followed("2025-12-31")), (True, False)),
        ("after the period", patient(followed("2026-03-01", sbp=150), followed("2027-01-02")), (True, False)),
    ],
)
def test_control(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted("hypertension.control_rate", in_period(person)) == expected, why


def test_detection_counts_the_diagnosed_too() -> None:
    diagnosed = PersonView(diagnoses=(EventView(date(2026, 3, 1), code="I10.x00x002"),))
    assert counted("hypertension.detection_rate", in_period(diagnosed)) == (True, True)
    assert counted("hypertension.management_rate", in_period(diagnosed)) == (True, False)
    dead = replace(diagnosed, death_on=date(2026, 5, 1))
    assert counted("hypertension.detection_rate", in_period(dead)) == (True, False)


def test_the_estimate_is_reckoned_from_the_population() -> None:
    indicator = registry.indicator("hypertension.management_rate")
    context = replace(in_period(PersonView()), population=lambda age_from, age_to, sex: 1000)
    assert indicator.estimate is not None
    assert evaluate(indicator.estimate, context) == 275


def records_counted(id: str, person: PersonView) -> tuple[int, int]:
    indicator = registry.indicator(id)
    assert indicator.counts is Counts.RECORDS
    found = sorted(
        (record for record in person.records if record.form == indicator.form), key=lambda r: r.performed_on
    )
    frames = [inner for _, inner in framed(found, in_period(person))]
    belong = [f for f in frames if indicator.denominator is None or holds(indicator.denominator, f)]
    return len(belong), sum(holds(indicator.numerator, frame) for frame in belong)


def test_visits_in_time_are_counted_by_their_deadline() -> None:
    person = patient(
        followed("2025-11-20"),  # due by 20 February: kept
        followed("2026-02-18"),  # due by 18 May: missed
        followed("2026-06-01", "2"),  # due by 15 June: kept
        followed("2026-06-15"),  # due by 15 September: missed
        followed("2026-12-01", "3"),  # due by 15 December: nobody came
    )
    assert records_counted("hypertension.on_time_rate", person) == (5, 2)
    assert records_counted("hypertension.follow_ups", person)[1] == 4
    gone = replace(person, case=CaseView(date(2024, 1, 1), date(2026, 12, 10), "death"))
    assert records_counted("hypertension.on_time_rate", gone) == (4, 2)


def test_face_to_face_share() -> None:
    person = patient(*FOUR, followed("2026-11-05", mode="3"), followed("2025-11-05", mode="3"))
    assert records_counted("hypertension.face_to_face_share", person) == (5, 4)
