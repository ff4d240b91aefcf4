"""Windows measured from another day, kept in the database: facts are stored, lists leave out what lapsed,
one-by-one and bulk plan the same, a corrected birth date moves them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.support.accounts import acting
from tests.support.declared import declared
from tests.support.people import resident
from tests.work.conftest import NOW, World

from kangshu.access.scope import entered_as_system
from kangshu.declare import (
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
)
from kangshu.declare.expression import answer, case, person
from kangshu.kernel.identifiers import new_id
from kangshu.people.actions import change_person
from kangshu.people.models import Person
from kangshu.work.actions import correct_record, record_visit
from kangshu.work.bulk import NewRecord, load_records
from kangshu.work.models import Case, Due, DueState
from kangshu.work.queries import DueFilter, dues

T = Text("儿童", "Child")
FORM = Form(
    "tests.child", 1, T, (Section("all", T, (Field("left_on", Text("出院日期", "Left"), FieldType.DATE),)),)
)
CHILDREN = Capability(
    "tests.children",
    1,
    T,
    T,
    T,
    forms=(FORM,),
    facts=(Fact("left_on", Text("出院日期", "Left"), FieldType.DATE, FORM.id, answer("left_on")),),
    schedule=Schedule(
        (
            Step(
                "ages",
                T,
                FORM.id,
                origin=person.birth_date,
                series=tuple(Window(Interval(months=age), Interval(months=age + 1)) for age in (1, 3, 6)),
            ),
            Step(
                "after_discharge",
                T,
                FORM.id,
                origin=case.fact("left_on"),
                first=Window(Interval(days=1), Interval(days=7), closes=Interval(days=28)),
            ),
        )
    ),
)
BORN = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _known() -> Iterator[None]:
    with declared(CHILDREN):
        yield


@pytest.fixture
def child(world: World) -> Person:
    made = resident(world.county.clinic_a1, "小宝", sex="2", birth_date=BORN, lives_here_since=BORN)
    world.enrol(kind=CHILDREN.id, person=made.id, on=BORN)
    return made


def kept(child: Person) -> set[tuple[str, date, str]]:
    with entered_as_system("test"):
        rows = Due.objects.filter(person=child).exclude(state=DueState.CANCELLED)
        return {(due.step, due.opens_on, due.state) for due in rows}


def visit(world: World, child: Person, on: date, **answers: str):
    return record_visit(
        form_id=FORM.id, person=child.id, answers=answers, performed_on=on,
        institution=world.county.clinic_a1.id, record_id=new_id(), by=world.doctor, now=NOW,
    )  # fmt: skip


def test_a_list_shows_the_age_that_is_now_and_not_those_before(world: World, child: Person):
    def listed(today: date) -> list[date]:
        rows = dues(DueFilter(today, kind=CHILDREN.id))
        return [due.opens_on for due in rows if due.person_id == child.id]

    assert len(kept(child)) == 3
    assert listed(date(2026, 5, 20)) == [date(2026, 5, 10)]
    assert listed(date(2026, 6, 30)) == [date(2026, 5, 10)]  # late, and still to be done
    assert listed(date(2026, 7, 10)) == [date(2026, 7, 10)]  # the age of three months has come


def test_a_fact_of_a_record_opens_a_window_and_a_correction_moves_it(world: World, child: Person):
    saved = visit(world, child, date(2026, 5, 11), left_on="2026-05-08")
    assert {step for step, _, _ in kept(child)} == {"ages", "after_discharge"}
    assert Case.objects.get(kind=CHILDREN.id).facts["left_on"] == "2026-05-08"
    assert ("after_discharge", date(2026, 5, 9), "fulfilled") in kept(child)
    correct_record(
        record_id=saved.record.id, new_id=new_id(), answers={"left_on": "2026-05-10"}, reason="录错",
        by=world.doctor, now=NOW,
    )  # fmt: skip
    assert Case.objects.get(kind=CHILDREN.id).facts["left_on"] == "2026-05-10"
    assert ("after_discharge", date(2026, 5, 11), "fulfilled") in kept(child)


def test_bulk_plans_as_single_visits_do(world: World, child: Person):
    other = resident(
        world.county.clinic_a1, "小贝", sex="2", birth_date=BORN, serial=9, lives_here_since=BORN
    )
    world.enrol(kind=CHILDREN.id, person=other.id, on=BORN)
    visit(world, child, date(2026, 5, 11), left_on="2026-05-08")
    visit(world, child, date(2026, 7, 12))
    with entered_as_system("test") as system:
        rows = [
            NewRecord(FORM.id, other.id, answers, on, world.county.clinic_a1.id)
            for on, answers in ((date(2026, 7, 12), {}), (date(2026, 5, 11), {"left_on": "2026-05-08"}))
        ]
        loaded = load_records(rows, by=system, now=NOW, fire=True)
    assert (loaded.saved, loaded.refused) == (2, [])
    assert kept(other) == kept(child)
    with entered_as_system("test"):
        kept_facts = {row.person_id: row.facts for row in Case.objects.filter(kind=CHILDREN.id)}
    assert kept_facts[other.id] == kept_facts[child.id]


def test_a_corrected_birth_date_moves_the_ages(world: World, child: Person):
    before = {opens for step, opens, _ in kept(child)}
    with acting(world.accounts.township_worker_a) as worker:
        change_person(
            person_id=child.id, changes={"birth_date": date(2026, 4, 12)}, reason="录错", by=worker, now=NOW
        )
    after = {opens for step, opens, _ in kept(child)}
    assert before == {date(2026, 5, 10), date(2026, 7, 10), date(2026, 10, 10)}
    # The case was opened two days before the birth that is now known: that is for a person to put right.
    assert after == {date(2026, 5, 12), date(2026, 7, 12), date(2026, 10, 12)}
