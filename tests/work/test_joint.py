"""One visit for two programmes: what is asked once, what each record holds, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County
from tests.support.people import resident
from tests.work.conftest import NOW

from kangshu.declare import registry
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.actions import enrol, record_visit
from kangshu.work.joint import Joint, is_short, join, record_joint, usually_together, waiting_forms
from kangshu.work.models import Due, Provenance, Record
from kangshu.work.refusals import AlreadyRecorded

HYPERTENSION, DIABETES = "chronic.hypertension.follow_up", "chronic.diabetes.follow_up"
CHECK = "records.health_check"
DAY = date(2026, 9, 30)
ANSWERS: dict[str, Any] = {
    "mode": "1",
    "sbp": 132,
    "dbp": 84,
    "weight": "65.5",
    "height": "168",
    "medication_adherence": "1",
    "adverse_reaction": "1",
    "chronic_hypertension_follow_up_symptoms": ["1"],
    "chronic_diabetes_follow_up_symptoms": ["1"],
    "chronic_diabetes_follow_up_fbg": "6.4",
    "chronic_diabetes_follow_up_dorsalis_pedis": "1",
    "chronic_diabetes_follow_up_hypoglycaemia": "1",
}


def both() -> Joint:
    return join([registry.form(HYPERTENSION), registry.form(DIABETES)])


# ---------------------------------------------------------------- the page


def test_every_question_of_both_forms_is_on_the_page_once() -> None:
    joint = both()
    names = [field.name for field in joint.page.fields]
    assert len(names) == len(set(names))
    for form in joint.forms:
        assert set(joint.own[form.id]) == {field.name for field in form.fields}
        assert set(joint.own[form.id].values()) <= set(names)
    assert joint.shared >= {"mode", "sbp", "dbp", "weight", "height", "bmi", "smoking", "adverse_reaction"}
    # Other codes, other meanings: asked for each.
    assert not joint.shared & {"symptoms", "emergency_signs", "class", "next_visit_on", "symptoms_other"}


def test_what_is_measured_comes_first_and_what_must_be_before_what_may_be() -> None:
    first = both().page.sections[0].fields
    assert all(field.measured for field in first)
    required = [field.required is True for field in first]
    assert required == sorted(required, reverse=True)


def test_conditions_speak_of_the_questions_of_their_form() -> None:
    page = both().page
    asked = page.field("chronic_diabetes_follow_up_dorsalis_pedis_side").visible
    assert asked is not None
    assert "chronic_diabetes_follow_up_dorsalis_pedis" in str(asked.to_json())
    # A condition over a common question names the common one.
    reaction = page.field("adverse_reaction_text").visible
    assert reaction is not None
    assert '"adverse_reaction"' in str(reaction.to_json()).replace("'", '"')


def test_a_third_form_that_asks_otherwise_takes_nothing_from_the_others() -> None:
    """The yearly check measures the height, the visits carry it over: two questions, and the visits keep
    theirs."""
    joint = join([*both().forms, registry.form(CHECK)])
    assert joint.own[HYPERTENSION]["height"] == joint.own[DIABETES]["height"] == "height"
    assert joint.own[CHECK]["height"] == "records_health_check_height"
    assert joint.own[CHECK]["weight"] == "weight"
    assert joint.page.field("weight").required is True


def test_the_last_answers_come_from_the_latest_record_that_has_them() -> None:
    last = {
        HYPERTENSION: (date(2026, 6, 1), {"mode": "2", "smoking": 10, "symptoms": ["2"]}),
        DIABETES: (date(2026, 7, 1), {"mode": "1", "symptoms": ["1"]}),
    }
    found = both().last_answers(last)
    assert found["mode"] == "1"
    assert found["smoking"] == 10
    assert found["chronic_hypertension_follow_up_symptoms"] == ["2"]


def test_one_form_is_no_joint_visit() -> None:
    form = registry.form(HYPERTENSION)
    for forms in ([form], [form, form]):
        with pytest.raises(ValueError, match="two or more"):
            join(forms)


# ---------------------------------------------------------------- saving


class World:
    def __init__(self, county: County, person: Person, doctor: Any) -> None:
        self.county, self.person, self.doctor = county, person, doctor

    def save(
        self, on: date = DAY, provenance: dict[str, str] | None = None, **changes: Any
    ) -> tuple[Any, ...]:
        ids = changes.pop("ids", None) or {HYPERTENSION: new_id(), DIABETES: new_id()}
        confirmed = changes.pop("confirmed", False)
        answers = {name: value for name, value in {**ANSWERS, **changes}.items() if value is not None}
        return record_joint(
            joint=both(),
            person=self.person.pk,
            answers=answers,
            provenance=provenance or {},
            record_ids=ids,
            performed_on=on,
            performed_by=self.county.doctor_a.pk,
            institution=self.county.clinic_a1.pk,
            by=self.doctor,
            now=NOW,
            confirmed=confirmed,
        )


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


@pytest.fixture
def world(county: County, people: Accounts) -> Iterator[World]:
    person = resident(county.clinic_a1, "赵桂兰", sex="2", birth_date=date(1956, 4, 2))
    with acting(people.village_doctor_a) as doctor:
        for kind in ("chronic.hypertension", "chronic.diabetes"):
            enrol(kind=kind, person=person.pk, on=date(2026, 1, 5), by=doctor, now=NOW)
        yield World(county, person, doctor)


def test_both_records_hold_the_common_answers_and_their_own(world: World) -> None:
    hypertension, diabetes = world.save(provenance={"mode": "carried", "height": "carried"})
    assert hypertension.record.answers["sbp"] == diabetes.record.answers["sbp"] == 132
    assert diabetes.record.answers["fbg"] == "6.4"
    assert "fbg" not in hypertension.record.answers
    assert hypertension.record.provenance["mode"] == diabetes.record.provenance["mode"] == Provenance.CARRIED
    assert diabetes.record.provenance["fbg"] == Provenance.TYPED
    for saved in (hypertension, diabetes):
        assert saved.assessment.outcome == "routine"
        assert saved.next_due.due_on == date(2026, 12, 30)


def test_with_a_problem_in_one_form_nothing_is_saved(world: World) -> None:
    with pytest.raises(BadInput) as refusal:
        world.save(chronic_diabetes_follow_up_fbg=None, sbp=1320)
    fields = [problem.field for problem in refusal.value.problems]
    assert "chronic_diabetes_follow_up_fbg" in fields
    assert fields.count("sbp") == 1  # both forms say it, the page shows it once
    assert not Record.objects.exists()


def test_a_measured_value_is_never_carried_over(world: World) -> None:
    with pytest.raises(BadInput):
        world.save(provenance={"sbp": "carried"})
    assert not Record.objects.exists()


def test_sent_twice_is_saved_once(world: World) -> None:
    ids = {HYPERTENSION: new_id(), DIABETES: new_id()}
    world.save(ids=ids)
    again = world.save(ids=ids)
    assert all(saved.was_repeat for saved in again)
    assert Record.objects.count() == 2


def test_a_visit_recorded_meanwhile_is_asked_about_and_saves_neither(world: World) -> None:
    answers = both().answers_for(registry.form(DIABETES), ANSWERS)
    record_visit(
        form_id=DIABETES,
        person=world.person.pk,
        answers=answers,
        performed_on=DAY,
        institution=world.county.clinic_a1.pk,
        record_id=new_id(),
        by=world.doctor,
        now=NOW,
    )
    with pytest.raises(AlreadyRecorded):
        world.save()
    assert Record.objects.count() == 1
    world.save(confirmed=True)
    assert Record.objects.count() == 3


def test_what_waits_is_each_form_once(world: World) -> None:
    waiting = waiting_forms(world.person.pk, DAY)
    assert [each.form.id for each in waiting].count(CHECK) == 1
    assert {form.id for form in usually_together(waiting)} == {HYPERTENSION, DIABETES}
    world.save()
    assert usually_together(waiting_forms(world.person.pk, DAY)) == []
    assert Due.objects.filter(state="open", step="follow_up").count() == 2


# ---------------------------------------------------------------- the pages


@pytest.fixture
def enrolled(county: County, people: Accounts) -> Person:
    person = resident(county.clinic_a1, "钱有福", sex="1", birth_date=date(1956, 4, 2))
    with acting(people.village_doctor_a) as doctor:
        for kind in ("chronic.hypertension", "chronic.diabetes"):
            enrol(kind=kind, person=person.pk, on=china_today() - timedelta(days=120), by=doctor, now=NOW)
    return person


def test_the_due_list_leads_to_one_page_and_both_are_saved(enrolled: Person, people: Accounts) -> None:
    client = sign_in(Client(), people.village_doctor_a)
    address = reverse("work:joined_visit", args=[enrolled.pk])
    assert address in client.get(reverse("work:due_list")).content.decode()
    page = client.get(address)
    assert page.status_code == 200
    assert page.content.decode().count('name="a-sbp"') == 1
    form = {f"a-{name}": value for name, value in ANSWERS.items()}
    form |= {f"record-{id}": str(new_id()) for id in (HYPERTENSION, DIABETES)}
    form |= {"performed_on": china_today().isoformat()}
    refused = client.post(address, {**form, "a-chronic_diabetes_follow_up_fbg": "", "a-sbp": "132"})
    assert refused.status_code == 422
    assert "field-chronic_diabetes_follow_up_fbg" in refused.content.decode()
    saved = client.post(address, form, follow=True)
    assert saved.status_code == 200
    assert saved.content.decode().count("控制满意") >= 2
    again = client.get(address, follow=True)
    assert again.redirect_chain[-1][0] == reverse("people:resident", args=[enrolled.pk])


def test_the_single_form_says_that_more_is_due(enrolled: Person, people: Accounts) -> None:
    client = sign_in(Client(), people.village_doctor_a)
    page = client.get(reverse("work:record", args=[HYPERTENSION, enrolled.pk]))
    assert reverse("work:joined_visit", args=[enrolled.pk]) in page.content.decode()
    one = client.get(reverse("work:joined_visit", args=[enrolled.pk]) + f"?form={HYPERTENSION}")
    assert one.status_code == 302


def test_any_two_forms_make_a_page() -> None:
    """Whatever is declared: sections asked only of some, rows, scales, computed answers."""
    forms = [form for form in registry.forms() if is_short(form)]
    for first, second in combinations(forms, 2):
        joint = join([first, second])
        for form in joint.forms:
            assert {joint.own[form.id][field.name] for field in form.fields} <= {
                field.name for field in joint.page.fields
            }
