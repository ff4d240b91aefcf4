"""What follows from what happened elsewhere."""

from __future__ import annotations

from datetime import date

from tests.support.accounts import acting
from tests.work.conftest import NOW, World

from kangshu.kernel import events
from kangshu.people.actions import record_death, record_departure, record_move
from kangshu.places.actions import hand_over
from kangshu.work.models import Case, Due, DueState, Transition


def test_no_event_is_listened_to_that_nobody_emits():
    assert events.never_emitted() == {}


def test_a_death_closes_the_case_and_nothing_is_due(world: World):
    case = world.enrol()
    world.visit(date(2026, 3, 2))
    record_death(person_id=world.person.id, on=date(2026, 5, 1), by=world.doctor, now=NOW)
    case.refresh_from_db()
    assert (case.closed_on, case.closing_reason, case.state) == (date(2026, 5, 1), "death", "closed")
    assert not Due.objects.filter(case=case, state=DueState.OPEN).exists()
    assert Transition.objects.filter(case=case, event="event:person.died").exists()


def test_who_leaves_the_county_is_no_longer_followed(world: World):
    case = world.enrol()
    record_departure(person_id=world.person.id, on=date(2026, 5, 1), by=world.doctor, now=NOW)
    case.refresh_from_db()
    assert case.closing_reason == "moved"


def test_within_the_county_the_case_moves_with_the_person(world: World):
    case = world.enrol()
    there = world.county.clinic_b1
    record_move(
        person_id=world.person.id,
        to_institution=there.id,
        to_region=there.region_id,
        on=date(2026, 5, 1),
        by=world.doctor,
        now=NOW,
    )
    with acting(world.accounts.village_doctor_b):
        moved = Case.objects.get(id=case.id)
        assert (moved.institution_id, moved.closed_on, moved.doctor_id) == (there.id, None, None)
        assert set(Due.objects.filter(case=case).values_list("scope_path", flat=True)) == {there.path}
        assert set(Due.objects.filter(case=case).values_list("region_id", flat=True)) == {there.region_id}
    assert not Case.objects.filter(id=case.id).exists(), "the old doctor no longer sees it"


def test_a_doctor_who_leaves_hands_over_every_open_case(world: World):
    case = world.enrol(doctor=world.county.doctor_a.id)
    with acting(world.accounts.bureau_officer) as officer:
        hand_over(
            staff_leaving=world.county.doctor_a.id,
            to=world.county.doctor_a2.id,
            on=date(2026, 9, 29),
            by=officer,
            now=NOW,
        )
    case.refresh_from_db()
    assert case.doctor_id == world.county.doctor_a2.id
    assert set(Due.objects.filter(case=case).values_list("doctor_id", flat=True)) == {
        world.county.doctor_a2.id
    }
