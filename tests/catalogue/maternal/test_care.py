"""Maternal care: when the checks are due, how a case goes on, whom the rates count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.people import counted, filled, patient, records_counted

from kangshu.catalogue.maternal.care import rules
from kangshu.catalogue.maternal.care.booking import LMP
from kangshu.declare import PersonFacts, Visit, registry
from kangshu.declare.answers import typed
from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, evaluate, holds
from kangshu.declare.expression import Expression
from kangshu.work.facts import facts_after, typed_facts
from kangshu.work.joint import is_short, join
from kangshu.work.planning import CaseFacts, PastRecord, plan
from kangshu.work.states import Moved, closed_state, state_after

KIND = "maternal.care"
BOOKING, ANTENATAL, DELIVERY = "maternal.booking", "maternal.antenatal", "maternal.delivery"
POSTPARTUM, CHECK_42 = "maternal.postpartum", "maternal.check_42"
REFERRAL, ENDED = "maternal.referral_follow_up", "maternal.pregnancy_ended"
BOOKED_ON, LAST_MENSES = "2026-03-03", "2026-01-01"
WINDOWS = [
    ("2026-04-23", "2026-05-27"),
    ("2026-05-28", "2026-06-24"),
    ("2026-07-16", "2026-09-16"),
    ("2026-09-17", "2026-10-14"),
]


# ---------------------------------------------------------------- what is due


def past(form: str, on: str, answers: dict[str, Any] | None = None, **assessment: str) -> PastRecord:
    day = date.fromisoformat(on)
    number = (day - date(2020, 1, 1)).days * 100 + len(form)
    entered = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
    given_answers = typed(registry.form(form), answers or {})
    return PastRecord(UUID(int=number), form, 1, day, entered, given_answers, assessment)


def booked(on: str = BOOKED_ON, outcome: str = "normal", lmp: str = LAST_MENSES) -> PastRecord:
    return past(BOOKING, on, {"lmp_known": "1", "lmp_on": lmp}, outcome=outcome)


def checked(on: str, outcome: str = "normal") -> PastRecord:
    return past(ANTENATAL, on, {"weeks": 20}, outcome=outcome)


def delivered(on: str, discharged: str | None = None) -> PastRecord:
    left = {} if discharged is None else {"discharged_on": discharged}
    return past(DELIVERY, on, {"delivered_on": on, "live_births": 1, **left})


def dues(
    history: Sequence[PastRecord], opened: str = BOOKED_ON, facts: dict[str, Any] | None = None
) -> dict[str, list[tuple[str, str]]]:
    """The open windows by step: opens, due."""

    def is_true(condition: Expression, record: PastRecord) -> bool:
        frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
        return holds(condition, Context(frame=frame, on=record.performed_on))

    capability = registry.capability(KIND)
    case = CaseView(date.fromisoformat(opened), None, None, facts or {})
    known = facts_after(capability, case, history, PersonView())
    events = tuple(
        EventView(r.performed_on, r.form_id, r.answers, r.assessment, n) for n, r in enumerate(history)
    )
    person = PersonView(case=replace(case, facts=typed_facts(capability, known)), records=events)
    planned = plan(
        capability.schedule,
        history,
        CaseFacts(case.opened_on),
        is_true,
        lambda asked: evaluate(asked, Context(person)),
    )
    found: dict[str, list[tuple[str, str]]] = {}
    for each in planned:
        if each.fulfilled_by is None:
            found.setdefault(each.step, []).append((each.opens_on.isoformat(), each.due_on.isoformat()))
    return found


def test_the_checks_are_due_by_the_weeks_from_the_last_menstruation() -> None:
    assert dues([booked()]) == {"antenatal": WINDOWS}
    # The first day of the week 16 and the last of the week 20 belong to the window; the day before does not.
    assert dues([booked(), checked("2026-04-22")]) == {"antenatal": WINDOWS}
    assert dues([booked(), checked("2026-04-23")]) == {"antenatal": WINDOWS[1:]}
    assert dues([booked(), checked("2026-05-27")]) == {"antenatal": WINDOWS[1:]}
    assert dues([booked(), checked("2026-08-01")]) == {"antenatal": WINDOWS[3:]}


def test_who_is_booked_late_is_not_owed_what_was_over() -> None:
    late = "2026-06-10"
    assert dues([booked(late)], opened=late) == {"antenatal": WINDOWS[1:]}


def test_by_the_edc_when_the_last_menstruation_is_not_known() -> None:
    unknown = past(BOOKING, BOOKED_ON, {"lmp_known": "2", "edc_on": "2026-10-08"}, outcome="normal")
    assert dues([unknown]) == {"antenatal": WINDOWS}


def test_who_was_enrolled_without_a_booking_is_booked_within_two_weeks() -> None:
    assert dues([]) == {"booking": [("2026-03-03", "2026-03-17")]}
    assert dues([], facts={"lmp": LAST_MENSES}) == {
        "booking": [("2026-03-03", "2026-03-17")],
        "antenatal": WINDOWS,
    }


@pytest.mark.parametrize("outcome", ["refer", "emergency"])
def test_a_referral_is_followed_within_two_weeks(outcome: str) -> None:
    sent = [booked(), checked("2026-05-01", outcome)]
    assert dues(sent)["referral_follow_up"] == [("2026-05-02", "2026-05-15")]
    not_gone = [*sent, past(REFERRAL, "2026-05-10", {"arrived": "2"})]
    assert dues(not_gone)["referral_follow_up"] == [("2026-05-11", "2026-05-24")]
    gone = [*not_gone, past(REFERRAL, "2026-05-20", {"arrived": "1"})]
    assert "referral_follow_up" not in dues(gone)
    again = [*gone, checked("2026-06-10", outcome)]
    assert dues(again)["referral_follow_up"] == [("2026-06-11", "2026-06-24")]
    assert "referral_follow_up" not in dues([booked(), checked("2026-05-01", "attention")])


def test_after_the_delivery_the_visit_and_the_42_days() -> None:
    born = [booked(), delivered("2026-10-05", "2026-10-08")]
    assert dues(born) == {
        "postpartum": [("2026-10-08", "2026-10-15")],
        "check_42": [("2026-11-16", "2026-11-30")],
    }
    at_home = [booked(), delivered("2026-10-05")]
    assert dues(at_home)["postpartum"] == [("2026-10-05", "2026-10-12")]
    visited = [*born, past(POSTPARTUM, "2026-10-14", outcome="normal")]
    assert dues(visited) == {"check_42": [("2026-11-16", "2026-11-30")]}
    referred = [*visited, past(CHECK_42, "2026-11-20", {"disposal": "2"}, outcome="refer")]
    assert dues(referred) == {
        "check_42": [("2026-11-21", "2026-12-04")],
        "referral_follow_up": [("2026-11-21", "2026-12-04")],
    }


def test_the_visit_lapses_after_28_days() -> None:
    step = registry.capability(KIND).schedule.step("postpartum")
    assert step.first is not None
    assert step.first.after(date(2026, 10, 8)).lapses_on == date(2026, 11, 6)


def test_the_pregnancy_before_is_not_this_one() -> None:
    before = [booked("2024-03-01", lmp="2024-01-01"), delivered("2024-10-01", "2024-10-04")]
    assert dues([*before, booked()]) == {"antenatal": WINDOWS}


def test_nothing_of_the_pregnancy_is_due_after_it_ended() -> None:
    assert dues([booked(), past(ENDED, "2026-04-01", {"kind": "1"})]) == {}


# ---------------------------------------------------------------- states and facts


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], "booked"),
        ([booked()], "booked"),
        ([booked(), checked("2026-05-01")], "pregnant"),
        ([booked(), delivered("2026-10-05")], "delivered"),
        ([booked(), checked("2026-05-01"), delivered("2026-10-05")], "delivered"),
    ],
)
def test_states(history: list[PastRecord], expected: str) -> None:
    def is_true(condition: Expression, record: PastRecord) -> bool:
        frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
        return holds(condition, Context(frame=frame, on=record.performed_on))

    decided: list[Moved] = []
    assert state_after(registry.capability(KIND).states, decided, history, is_true) == expected


@pytest.mark.parametrize(
    ("state", "on", "reason"),
    [
        ("delivered", f"record:{CHECK_42}", "done"),
        ("booked", f"record:{ENDED}", "ended"),
        ("pregnant", f"record:{ENDED}", "ended"),
        ("pregnant", "event:person.died", "death"),
        ("delivered", "event:person.left", "moved"),
        ("delivered", "action:close_done", "done"),
    ],
)
def test_what_closes(state: str, on: str, reason: str) -> None:
    states = registry.capability(KIND).states
    assert states is not None
    assert any(move.reason == reason for move in states.moves_from(state, on))
    assert closed_state(states, state, on, reason) == "closed"


@pytest.mark.parametrize(
    ("disposal", "outcome", "closes"),
    [
        ("1", "normal", True),
        ("1", "attention", True),
        ("1", "refer", False),
        ("1", "emergency", False),
        ("2", "refer", False),
    ],
)
def test_only_a_42_day_check_that_says_so_and_refers_nobody_closes(
    disposal: str, outcome: str, closes: bool
) -> None:
    states = registry.capability(KIND).states
    assert states is not None
    record = past(CHECK_42, "2026-11-20", {"disposal": disposal}, outcome=outcome)
    frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
    for move in states.moves_from("delivered", f"record:{CHECK_42}"):
        assert move.when is not None
        assert holds(move.when, Context(frame=frame, on=record.performed_on)) is closes


def test_the_weeks_on_the_form_are_those_of_the_rule() -> None:
    for lmp, weeks in (("2026-02-11", 12), ("2026-02-10", 13)):
        answers = typed(registry.form(BOOKING), {"lmp_known": "1", "lmp_on": lmp})
        context = Context(frame=EventView(date(2026, 5, 12), BOOKING, answers, {}), on=date(2026, 5, 12))
        assert evaluate(LMP, context) == date.fromisoformat(lmp)
        shown = registry.form(BOOKING).field("weeks").expression
        assert shown is not None
        assert evaluate(shown, context) == weeks


def test_only_women_are_enrolled() -> None:
    eligible = registry.capability(KIND).eligible
    assert eligible is not None
    assert holds(eligible, Context(PersonView(sex="2")))
    assert not holds(eligible, Context(PersonView(sex="1")))


def test_a_check_is_made_together_with_that_of_hypertension() -> None:
    other = registry.form("chronic.hypertension.follow_up")
    for form in registry.capability(KIND).forms:
        if is_short(form):
            page = join([form, other])
            assert {page.own[form.id][field.name] for field in form.fields} <= {
                f.name for f in page.page.fields
            }
            assert {page.own[other.id][field.name] for field in other.fields} <= {
                f.name for f in page.page.fields
            }
    assert "sbp" in join([registry.form(ANTENATAL), other]).shared


# ---------------------------------------------------------------- whatever is answered

answers_of_a_check = st.fixed_dictionaries(
    {
        "weeks": st.integers(0, 43),
        "days": st.integers(0, 6),
        "sbp": st.integers(80, 220),
        "dbp": st.integers(40, 140),
        "hb": st.integers(30, 150),
        "fetal_heart": st.integers(80, 190),
        "danger": st.sampled_from([("0",), ("1",), ("5", "7")]),
        "risk": st.sampled_from("1234"),
        "purple": st.sampled_from("12"),
        "referred": st.sampled_from("12"),
        "class": st.sampled_from("12"),
    }
)


@given(answers_of_a_check)
@settings(max_examples=300, deadline=None)
def test_no_danger_goes_unreferred(answers: dict[str, Any]) -> None:
    found = rules.antenatal(Visit(date(2026, 5, 12), answers), (), PersonFacts())
    emergency = answers["danger"] != ("0",) or answers["sbp"] >= 160 or answers["dbp"] >= 110
    emergency |= answers["risk"] == "4"
    sent = emergency or answers["sbp"] >= 140 or answers["dbp"] >= 90 or answers["hb"] < 70
    sent |= not 110 <= answers["fetal_heart"] <= 160
    sent |= answers["risk"] == "3" or "2" in (answers["purple"], answers["referred"])
    assert found.urgent == emergency
    assert found.refer == sent
    assert (found.outcome in ("refer", "emergency")) == sent
    if sent:
        assert found.values["next_visit_on"] == date(2026, 5, 26)
    elif "next_visit_on" in found.values:
        assert found.values["next_visit_on"] > date(2026, 5, 12)
    if not sent and answers["risk"] == "1" and answers["class"] == "1" and answers["hb"] >= 110:
        assert found.outcome == "normal"


@given(st.integers(0, 43 * 7 + 6))
@settings(max_examples=200, deadline=None)
def test_the_edc_and_the_lmp_give_the_same_weeks(age: int) -> None:
    on = date(2026, 5, 12)
    lmp = on - timedelta(days=age)
    well = {"sbp": 110, "dbp": 70, "risk": "1", "danger": ("0",), "purple": "1"}
    by_lmp = rules.booking(Visit(on, {**well, "lmp_on": lmp})).values
    by_edc = rules.booking(Visit(on, {**well, "edc_on": lmp + timedelta(days=280)})).values
    assert by_lmp == by_edc
    assert (by_lmp["weeks"] * 7 + by_lmp["days"]) == age
    assert (by_lmp["early"] == "yes") == (age <= 12 * 7 + 6)


# ---------------------------------------------------------------- figures


def b(on: str = BOOKED_ON, trimester: str = "early") -> EventView:
    early = "yes" if trimester == "early" else "no"
    return filled(BOOKING, on, {}, early=early, trimester=trimester, risk="green", high_risk="no")


def a(on: str, trimester: str, **assessment: str) -> EventView:
    found = {"risk": "green", "high_risk": "no", **assessment}
    return filled(
        ANTENATAL, on, {"special_file": "2"} if "file" in found else {}, trimester=trimester, **found
    )


def d(on: str = "2026-10-05", place: str = "1", live: int = 1, mode: str = "1", told: str = "") -> EventView:
    answers = {"delivered_on": on, "place": place, "live_births": live, "mode": mode}
    return filled(DELIVERY, told or on, answers)


def v(on: str = "2026-10-12", counted: str = "yes") -> EventView:
    return filled(POSTPARTUM, on, {}, counted=counted)


FOUR = (
    a("2026-04-28", "middle"),
    a("2026-06-02", "middle"),
    a("2026-08-01", "late"),
    a("2026-09-20", "late"),
)
EARLY_RATE, FIVE, VISIT = "early_booking_rate", "five_checks_rate", "postpartum_visit_rate"
SYSTEMATIC, BOOKING_RATE, ANY_CHECK = "systematic_rate", "booking_rate", "antenatal_rate"


def mother(*records: EventView, **more: Any) -> PersonView:
    return patient(*records, sex="2", born="1998-03-01", **{"opened": BOOKED_ON, **more})


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        (
            "all of it",
            mother(b(), *FOUR, d(), v()),
            {EARLY_RATE, FIVE, VISIT, SYSTEMATIC, BOOKING_RATE, ANY_CHECK},
        ),
        (
            "closed when it was done",
            mother(b(), *FOUR, d(), v(), closed="2026-11-20", reason="done"),
            {EARLY_RATE, FIVE, VISIT, SYSTEMATIC, BOOKING_RATE, ANY_CHECK},
        ),
        ("four checks", mother(b(), *FOUR[:3], d(), v()), {EARLY_RATE, VISIT, BOOKING_RATE, ANY_CHECK}),
        (
            "five, but one late only",
            mother(b(), *FOUR[:3], a("2026-05-10", "middle"), d(), v()),
            {EARLY_RATE, VISIT, BOOKING_RATE, ANY_CHECK},
        ),
        (
            "five, but none early",
            mother(b("2026-04-10", "middle"), *FOUR, d(), v(), opened="2026-04-10"),
            {VISIT, BOOKING_RATE, ANY_CHECK},
        ),
        (
            "at home",
            mother(b(), *FOUR, d(place="4"), v()),
            {EARLY_RATE, FIVE, VISIT, BOOKING_RATE, ANY_CHECK},
        ),
        (
            "visited after 28 days",
            mother(b(), *FOUR, d(), v("2026-11-20", "no")),
            {EARLY_RATE, FIVE, BOOKING_RATE, ANY_CHECK},
        ),
        ("never booked", mother(d(), v()), {VISIT}),
        ("twins count once", mother(b(), d(live=2)), {EARLY_RATE, BOOKING_RATE, ANY_CHECK}),
    ],
)
def test_rates_of_mothers(why: str, person: PersonView, expected: set[str]) -> None:
    for rate in (EARLY_RATE, FIVE, VISIT, SYSTEMATIC, BOOKING_RATE, ANY_CHECK):
        assert counted(f"maternal.{rate}", person) == (True, rate in expected), (why, rate)


@pytest.mark.parametrize(
    ("why", "person"),
    [
        ("still pregnant", mother(b(), *FOUR)),
        ("no live birth", mother(b(), *FOUR, d(live=0))),
        ("delivered in the year before", mother(b("2025-03-01"), d("2025-12-31"), opened="2025-03-01")),
        (
            "told of this year, delivered in the year before",
            mother(b("2025-03-01"), d("2025-12-31", told="2026-01-04"), opened="2025-03-01"),
        ),
        ("delivered after the period", mother(b(), d("2027-01-01"))),
        ("enrolled by mistake", mother(b(), d(), closed="2026-10-20", reason="wrong")),
        ("delivered before she was enrolled", mother(d("2026-02-01"))),
    ],
)
def test_who_is_no_mother_of_the_year(why: str, person: PersonView) -> None:
    assert counted("maternal.systematic_rate", person) == (False, False), why


def test_the_year_of_the_mch_report_ends_in_september() -> None:
    person = mother(b("2025-03-01"), d("2025-10-01", told="2025-10-01"), opened="2025-03-01")
    assert counted("maternal.booking_rate", person, "2025-10-01", "2026-09-30") == (True, True)
    person = mother(b("2025-03-01"), d("2025-09-30"), opened="2025-03-01")
    assert counted("maternal.booking_rate", person, "2025-10-01", "2026-09-30") == (False, False)


@pytest.mark.parametrize(
    ("why", "person", "screened", "managed"),
    [
        ("green", mother(b()), (True, True), (False, False)),
        ("never judged", mother(), (True, False), (False, False)),
        ("judged last year", mother(b("2025-12-01"), opened="2025-12-01"), (True, False), (False, False)),
        ("high", mother(b(), a("2026-05-01", "middle", high_risk="yes")), (True, True), (True, False)),
        (
            "high, with a file",
            mother(b(), a("2026-05-01", "middle", high_risk="yes", file="yes")),
            (True, True),
            (True, True),
        ),
    ],
)
def test_high_risk(
    why: str, person: PersonView, screened: tuple[bool, bool], managed: tuple[bool, bool]
) -> None:
    assert counted("maternal.risk_screening_rate", person) == screened, why
    assert counted("maternal.high_risk_management_rate", person) == managed, why


@pytest.mark.parametrize(
    ("why", "person", "in_hospital", "caesarean"),
    [
        ("in hospital", mother(d()), (1, 1), (1, 0)),
        ("in the township", mother(d(place="2", mode="3")), (1, 1), (1, 1)),
        ("at home", mother(d(place="4")), (1, 0), (1, 0)),
        ("on the way", mother(d(place="5")), (1, 0), (1, 0)),
        ("no live birth", mother(d(live=0, mode="3")), (0, 0), (0, 0)),
        ("in another year", mother(d("2025-12-31", told="2026-01-02")), (0, 0), (0, 0)),
    ],
)
def test_deliveries(
    why: str, person: PersonView, in_hospital: tuple[int, int], caesarean: tuple[int, int]
) -> None:
    assert records_counted("maternal.hospital_delivery_rate", person) == in_hospital, why
    assert records_counted("maternal.caesarean_rate", person) == caesarean, why


def test_the_42_day_check_is_counted() -> None:
    done = filled(CHECK_42, "2026-11-20", {"disposal": "1"})
    assert counted("maternal.check_42_rate", mother(b(), d(), done)) == (True, True)
    assert counted("maternal.check_42_rate", mother(b(), d())) == (True, False)
