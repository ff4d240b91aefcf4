"""Windows at fixed ages, from another day than enrolment, for some cases only, and up to an end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from kangshu.declare import (
    BadDeclaration,
    Capability,
    Fact,
    Field,
    FieldType,
    Form,
    Interval,
    Schedule,
    Section,
    Step,
    Text,
    Window,
    numbered,
)
from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, evaluate, holds
from kangshu.declare.expression import Expression, add_weeks, answer, case, performed_on, person, records
from kangshu.kernel.dates import CHINA
from kangshu.work.facts import facts_after, typed_facts
from kangshu.work.planning import CaseFacts, PastRecord, PlannedDue, plan

VISIT = "children.visit"
BORN = date(2026, 1, 31)
TITLE = Text("访视", "Visit")


def ages(*months: int) -> tuple[Window, ...]:
    return tuple(Window(Interval(months=age), Interval(months=age + 1)) for age in months)


def seen(number: int, on: date, form: str = VISIT, **answers: Any) -> PastRecord:
    return PastRecord(UUID(int=number), form, 1, on, datetime(2026, 1, 1, tzinfo=UTC), answers)


def planned(
    step: Step,
    history: list[PastRecord],
    opened_on: date = BORN,
    closed_on: date | None = None,
    sex: str = "2",
    facts: dict[str, Any] | None = None,
) -> list[PlannedDue]:
    views = tuple(
        EventView(record.performed_on, record.form_id, record.answers, order=order)
        for order, record in enumerate(history)
    )
    who = PersonView(sex, BORN, case=CaseView(opened_on, closed_on, facts=facts or {}), records=views)

    def is_true(condition: Expression, record: PastRecord) -> bool:
        return holds(condition, Context(who, EventView(record.performed_on, VISIT, record.answers)))

    return plan(
        Schedule((step,)),
        history,
        CaseFacts(opened_on, closed_on),
        is_true,
        lambda expression: evaluate(expression, Context(who, on=opened_on)),
    )


AT_AGES = Step("ages", TITLE, VISIT, origin=person.birth_date, series=ages(1, 3, 6))


def days(dues: list[PlannedDue]) -> list[tuple[date, date, date | None, int | None]]:
    return [
        (due.opens_on, due.due_on, due.lapses_on, due.fulfilled_by.int if due.fulfilled_by else None)
        for due in dues
    ]


def test_a_child_is_due_at_each_age_and_a_missed_age_lapses_when_the_next_begins():
    assert days(planned(AT_AGES, [])) == [
        (date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30), None),
        (date(2026, 4, 30), date(2026, 5, 31), date(2026, 7, 31), None),
        (date(2026, 7, 31), date(2026, 8, 31), None, None),
    ]


def test_a_visit_belongs_to_the_age_it_falls_in():
    dues = planned(AT_AGES, [seen(1, date(2026, 6, 20))])
    assert [(due.opens_on, due.fulfilled_by) for due in dues] == [
        (date(2026, 4, 30), UUID(int=1)),
        (date(2026, 7, 31), None),
    ]


def test_two_visits_at_one_age_fulfil_it_once():
    dues = planned(AT_AGES, [seen(2, date(2026, 5, 20)), seen(1, date(2026, 5, 1))])
    assert [due.fulfilled_by for due in dues] == [UUID(int=1), None]


def test_a_visit_before_the_first_age_fulfils_nothing():
    assert len([due for due in planned(AT_AGES, [seen(1, date(2026, 2, 27))]) if due.fulfilled_by]) == 0


def test_a_child_enrolled_late_is_not_asked_for_ages_that_are_over():
    dues = planned(AT_AGES, [], opened_on=date(2026, 4, 30))
    assert [due.opens_on for due in dues] == [date(2026, 4, 30), date(2026, 7, 31)]


def test_a_closed_case_keeps_only_what_was_done():
    dues = planned(AT_AGES, [seen(1, date(2026, 3, 5))], closed_on=date(2026, 3, 6))
    assert [due.fulfilled_by for due in dues] == [UUID(int=1)]


NEWBORN = Step(
    "newborn",
    TITLE,
    VISIT,
    origin=records("maternal.delivery").last().answer("discharged_on"),
    first=Window(Interval(), Interval(days=7), closes=Interval(days=28)),
)


def test_nothing_is_due_while_the_day_it_is_measured_from_is_unknown():
    assert planned(NEWBORN, []) == []


def test_the_newborn_is_seen_within_a_week_of_discharge_and_no_longer_after_four():
    delivery = seen(1, date(2026, 2, 1), "maternal.delivery", discharged_on=date(2026, 2, 3))
    assert days(planned(NEWBORN, [delivery])) == [
        (date(2026, 2, 3), date(2026, 2, 10), date(2026, 3, 3), None)
    ]
    assert days(planned(NEWBORN, [delivery, seen(2, date(2026, 2, 9))]))[0][-1] == 2


def test_a_window_that_closed_before_the_case_opened_is_not_due():
    delivery = seen(1, date(2026, 4, 1), "maternal.delivery", discharged_on=date(2026, 2, 3))
    assert planned(NEWBORN, [delivery], opened_on=date(2026, 4, 1)) == []


def test_a_step_for_girls_is_not_due_for_boys_but_keeps_what_was_done():
    step = Step("girls", TITLE, VISIT, Window(Interval(), Interval(days=7)), when=person.sex.equals("2"))
    assert len(planned(step, [], sex="2")) == 1
    assert planned(step, [], sex="1") == []
    assert [due.fulfilled_by for due in planned(step, [seen(1, BORN)], sex="1")] == [UUID(int=1)]


MONTHLY = Step(
    "monthly",
    TITLE,
    VISIT,
    Window(Interval(days=20), Interval(days=30)),
    repeat=Window(Interval(days=20), Interval(days=30)),
    until=records("treatment.end").first().performed_on,
)


def test_a_repeated_step_ends_with_the_treatment():
    visit = seen(1, date(2026, 3, 1))
    assert [due.fulfilled_by for due in planned(MONTHLY, [visit])] == [UUID(int=1), None]
    ended = seen(2, date(2026, 3, 20), "treatment.end")
    assert [due.fulfilled_by for due in planned(MONTHLY, [visit, ended])] == [UUID(int=1)]


def test_a_fact_of_the_case_is_what_a_pregnancy_is_counted_from():
    step = Step(
        "antenatal",
        TITLE,
        VISIT,
        origin=case.fact("last_menstruation_on"),
        series=(
            Window(Interval(weeks=16), Interval(weeks=20)),
            Window(Interval(weeks=21), Interval(weeks=24)),
        ),
    )
    dues = planned(step, [], opened_on=date(2026, 3, 1), facts={"last_menstruation_on": date(2026, 1, 1)})
    assert [(due.opens_on, due.due_on) for due in dues] == [
        (date(2026, 4, 23), date(2026, 5, 21)),
        (date(2026, 5, 28), date(2026, 6, 18)),
    ]


BOOKING = Form(
    "maternal.booking",
    1,
    Text("首次产检", "Booking"),
    (Section("all", Text("全部", "All"), (Field("lmp", Text("末次月经", "LMP"), FieldType.DATE),)),),
)
PREGNANCY = Capability(
    "maternal.pregnancy",
    1,
    Text("孕产妇", "Pregnancy"),
    Text("管理", "Care"),
    Text("孕妇", "Mothers"),
    forms=(BOOKING,),
    facts=(
        Fact("lmp", Text("末次月经", "LMP"), FieldType.DATE, "maternal.booking", answer("lmp")),
        Fact(
            "weeks_20_on",
            Text("孕20周", "week 20"),
            FieldType.DATE,
            "maternal.booking",
            add_weeks(answer("lmp"), 20),
            latest=True,
        ),
    ),
)


class _Case:
    def __init__(self, facts: dict[str, Any], opened_on: date = date(2026, 3, 1)) -> None:
        self.opened_on, self.closed_on, self.facts = opened_on, None, facts


def booked(number: int, on: date, lmp: date | None) -> PastRecord:
    return seen(number, on, "maternal.booking", **({"lmp": lmp} if lmp else {}))


def test_a_fact_is_taken_from_the_first_record_that_knows_it():
    history = [
        booked(2, date(2026, 3, 9), date(2026, 1, 5)),
        booked(1, date(2026, 3, 2), None),
        booked(3, date(2026, 4, 1), date(2026, 1, 8)),
    ]
    facts = facts_after(PREGNANCY, _Case({}), history, PersonView())
    assert (facts["lmp"], facts["weeks_20_on"]) == ("2026-01-05", "2026-05-28")
    assert typed_facts(PREGNANCY, facts)["lmp"] == date(2026, 1, 5)
    assert facts_after(PREGNANCY, _Case(facts), [], PersonView()) == {}  # withdrawn


def test_a_fact_given_at_enrolment_stays_and_an_earlier_pregnancy_says_nothing():
    history = [booked(1, date(2026, 2, 1), date(2025, 1, 5)), booked(2, date(2026, 3, 2), date(2026, 1, 8))]
    assert facts_after(PREGNANCY, _Case({}), history, PersonView())["lmp"] == "2026-01-08"
    assert facts_after(PREGNANCY, _Case({"lmp": "2026-01-01"}), history, PersonView())["lmp"] == "2026-01-01"


@pytest.mark.parametrize(
    ("interval", "on"),
    [
        (Interval(hours=72), date(2026, 2, 3)),
        (Interval(hours=25), date(2026, 2, 2)),
        (Interval(weeks=2, days=1), date(2026, 2, 15)),
        (Interval(years=3), date(2029, 1, 31)),
        # Spring festival 2026: from 15 to 23 February nobody works, 14 and 28 February are worked.
        (Interval(working_days=15), date(2026, 2, 27)),
    ],
)
def test_limits_in_hours_weeks_years_and_working_days(interval: Interval, on: date):
    assert interval.after(BORN) == on


def test_working_days_of_a_year_not_announced_leave_out_weekends():
    assert Interval(working_days=7).after(date(2031, 12, 29)) == date(2032, 1, 7)


def test_a_limit_in_hours_ends_at_the_minute():
    start = datetime(2026, 2, 1, 16, 30, tzinfo=CHINA)
    assert Interval(hours=72).after_moment(start) == datetime(2026, 2, 4, 16, 30, tzinfo=CHINA)
    assert Interval(days=1, hours=2).after_moment(start) == datetime(2026, 2, 2, 18, 30, tzinfo=CHINA)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Step("a", TITLE, VISIT),
        lambda: Step("a", TITLE, VISIT, Window(Interval(), Interval(days=1)), series=ages(1)),
        lambda: Step("a", TITLE, VISIT, series=ages(3, 1)),
        lambda: Step("a", TITLE, VISIT, series=ages(1), repeat=Window(Interval(), Interval(days=1))),
        lambda: Step("a", TITLE, VISIT, series=ages(1), origin=person.sex),
        lambda: Interval(working_days=2, days=1),
        lambda: Fact("a", TITLE, FieldType.DATE, form="x.y"),
    ],
)
def test_nonsense_is_refused(wrong: Any):
    with pytest.raises(BadDeclaration):
        wrong()


def test_a_step_may_not_ask_for_a_fact_nobody_declares():
    step = Step("a", TITLE, BOOKING.id, series=ages(1), origin=case.fact("birth_on"))
    with pytest.raises(BadDeclaration, match="without declaring"):
        Capability("a.b", 1, TITLE, TITLE, TITLE, forms=(BOOKING,), schedule=Schedule((step,)))


def test_a_step_may_not_speak_of_a_record_where_there_is_none():
    for asked in (performed_on, records(BOOKING.id).where(answer("lmp") <= performed_on).last().performed_on):
        step = Step("a", TITLE, BOOKING.id, series=ages(1), origin=asked)
        made = lambda step=step: Capability(  # noqa: E731
            "a.b", 1, TITLE, TITLE, TITLE, forms=(BOOKING,), schedule=Schedule((step,))
        )
        if asked is performed_on:
            with pytest.raises(BadDeclaration, match="no"):
                made()
        else:
            assert made()


def test_everything_travels_as_json():
    for step in (AT_AGES, NEWBORN, MONTHLY):
        schedule = Schedule((step,))
        assert Schedule.from_json(schedule.to_json()) == schedule
    assert Capability.from_json(PREGNANCY.to_json()) == PREGNANCY
    assert "series" not in Schedule((NEWBORN,)).to_json()["steps"][0]
    assert numbered(("是", "yes"))
