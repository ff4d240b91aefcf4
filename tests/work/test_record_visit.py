"""Saving a filled form: what is stored, what follows, what is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.support.accounts import acting
from tests.work.conftest import NOW, World

from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import PersonStatus
from kangshu.work import refusals
from kangshu.work.models import Case, Due, DueState, Record

DAY = date(2026, 3, 2)


def open_dues(case: Case) -> dict[str, date]:
    return dict(Due.objects.filter(case=case, state=DueState.OPEN).values_list("step", "due_on"))


def test_a_satisfied_patient_is_seen_again_in_three_months(world: World):
    case = world.enrol()
    assert open_dues(case)["follow_up"] == date(2026, 4, 5)

    saved = world.visit(DAY)

    assert saved.assessment is not None
    assert saved.assessment.values["class"] == "1"
    assert saved.next_due is not None
    assert saved.next_due.due_on == date(2026, 6, 2)
    assert open_dues(case)["follow_up"] == date(2026, 6, 2)
    fulfilled = Due.objects.get(case=case, state=DueState.FULFILLED)
    assert (fulfilled.due_on, fulfilled.fulfilled_by_id) == (date(2026, 4, 5), saved.record.id)
    case.refresh_from_db()
    assert case.state == "managed"


def test_a_pressure_above_target_brings_the_next_visit_within_two_weeks(world: World):
    case = world.enrol()
    saved = world.visit(DAY, answers={"sbp": 168})
    assert saved.record.assessment["action"] == "adjust"
    assert open_dues(case)["follow_up"] == DAY + timedelta(days=14)


def test_the_record_keeps_answers_their_provenance_and_what_was_computed(world: World):
    world.enrol()
    record = world.visit(DAY, provenance={"mode": "carried"}).record
    record.refresh_from_db()
    assert record.answers["weight"] == "65.5"
    assert record.answers["bmi"] == "23.2"
    assert record.answers["class"] == "1"
    assert record.provenance["mode"] == "carried"
    assert record.provenance["sbp"] == "typed"
    assert record.provenance["bmi"] == "computed"
    assert record.provenance["class"] == "computed"


def test_a_measured_value_cannot_be_said_to_be_carried_over(world: World):
    world.enrol()
    with pytest.raises(BadInput) as refused:
        world.visit(DAY, provenance={"sbp": "carried"})
    assert refused.value.problems[0].field == "sbp"


def test_saving_writes_one_audit_entry(world: World, as_owner):
    world.enrol()
    saved = world.visit(DAY)
    with as_owner():
        entry = AuditEntry.objects.get(action="record.saved")
    assert entry.object_id == str(saved.record.id)
    assert entry.person_id == world.person.id
    assert entry.account_id == world.doctor.account_id


def test_pressing_save_twice_saves_once_and_answers_the_same(world: World):
    world.enrol()
    id = new_id()
    first = world.visit(DAY, id)
    second = world.visit(DAY, id)
    assert second.was_repeat
    assert not first.was_repeat
    assert second.record.id == first.record.id
    assert second.next_due == first.next_due
    assert second.assessment == first.assessment
    assert Record.objects.count() == 1


def test_the_same_form_sent_again_with_other_content_is_a_conflict(world: World):
    world.enrol()
    id = new_id()
    world.visit(DAY, id)
    with pytest.raises(refusals.IdentifierReused):
        world.visit(DAY, id, answers={"sbp": 150})
    assert Record.objects.get(id=id).answers["sbp"] == 132


def test_a_second_visit_on_one_day_is_asked_about_and_can_be_confirmed(world: World):
    world.enrol()
    first = world.visit(DAY)
    with pytest.raises(refusals.AlreadyRecorded) as asked:
        world.visit(DAY)
    assert world.county.doctor_a.name in asked.value.message.zh
    assert asked.value.record_id == first.record.id
    world.visit(DAY, confirmed=True)
    assert Record.objects.count() == 2


def test_tomorrow_cannot_be_recorded(world: World):
    world.enrol()
    with pytest.raises(BadInput) as refused:
        world.visit(date(2026, 10, 1))
    assert refused.value.problems[0].code == "future"


def test_a_day_before_the_enrolment_is_refused(world: World):
    world.enrol(on=date(2026, 2, 1))
    with pytest.raises(BadInput) as refused:
        world.visit(date(2026, 1, 31))
    assert refused.value.problems[0].code == "before_enrolment"


def test_a_day_before_the_birth_is_refused(world: World):
    world.enrol()
    with pytest.raises(BadInput) as refused:
        world.visit(date(1956, 4, 1))
    assert refused.value.problems[0].code == "before_birth"


def test_somebody_not_enrolled_is_enrolled_first(world: World):
    with pytest.raises(BadInput) as refused:
        world.visit(DAY)
    assert refused.value.problems[0].code == "not_enrolled"


def test_the_dead_are_not_visited(world: World):
    world.enrol()
    world.person.status, world.person.death_on = PersonStatus.DEAD, date(2026, 3, 1)
    world.person.save()
    with pytest.raises(refusals.PersonDead):
        world.visit(DAY)
    world.visit(date(2026, 2, 28))  # entered late, but they lived


def test_systolic_below_diastolic_is_refused_and_says_so(world: World):
    world.enrol()
    with pytest.raises(BadInput) as refused:
        world.visit(DAY, answers={"sbp": 80, "dbp": 120})
    assert "收缩压" in refused.value.message.zh
    assert not Record.objects.exists()


def test_every_problem_is_told_at_once_and_keeps_what_was_typed(world: World):
    world.enrol()
    with pytest.raises(BadInput) as refused:
        world.visit(DAY, answers={"sbp": "高", "mode": None, "weight": "500"})
    by_field = {problem.field: problem for problem in refused.value.problems}
    assert by_field["sbp"].value == "高"
    assert by_field["mode"].code == "required"
    assert by_field["weight"].code == "hard_range"


def test_an_unusual_value_warns_and_is_saved(world: World):
    world.enrol()
    saved = world.visit(DAY, answers={"sbp": 185})
    assert [warning.field for warning in saved.warnings] == ["sbp"]
    assert saved.assessment is not None
    assert saved.assessment.urgent


def test_a_doctor_of_another_township_neither_sees_nor_saves(world: World):
    world.enrol()
    with acting(world.accounts.village_doctor_b) as other, pytest.raises(refusals.PersonNotFound):
        world.visit(DAY, by=other)


def test_who_may_not_record_is_told_so(world: World):
    world.enrol()
    with acting(world.accounts.bureau_officer) as officer, pytest.raises(NotAllowed):
        world.visit(DAY, by=officer)


def test_a_visit_entered_late_plans_as_if_it_had_been_entered_in_time(world: World):
    case = world.enrol()
    world.visit(date(2026, 5, 4))
    late = world.visit(date(2026, 3, 2))
    dues = (
        Due.objects.filter(case=case, step="follow_up").exclude(state=DueState.CANCELLED).order_by("due_on")
    )
    assert [(due.due_on, due.state) for due in dues] == [
        (date(2026, 4, 5), "fulfilled"),
        (date(2026, 6, 2), "fulfilled"),
        (date(2026, 8, 4), "open"),
    ]
    assert dues[0].fulfilled_by_id == late.record.id


def test_a_visit_entered_late_changes_what_the_next_one_means(world: World):
    """Unsatisfied once means adjust; the earlier unsatisfied visit turns it into the second: refer."""
    world.enrol()
    second = world.visit(date(2026, 5, 4), answers={"sbp": 165})
    assert second.record.assessment["action"] == "adjust"
    world.visit(date(2026, 4, 20), answers={"sbp": 170})
    second.record.refresh_from_db()
    assert second.record.assessment["action"] == "refer"


def test_now_in_utc_is_still_today_in_china(world: World):
    """At half past midnight in China it is yesterday in UTC; today's visit must not be 'in the future'."""
    world.enrol()
    half_past_midnight = NOW.replace(hour=0, minute=30)
    world.visit(NOW.date(), now=half_past_midnight)
