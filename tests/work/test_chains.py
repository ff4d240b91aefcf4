"""One event opens or closes everything that follows from it, end to end through the actions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county
from tests.support.people import resident

from kangshu.access.scope import entered_as_system
from kangshu.care.actions import record_encounter
from kangshu.care.facts import NewDiagnosis, NewEncounter
from kangshu.kernel.dates import add_years, china_today
from kangshu.kernel.identifiers import new_id
from kangshu.people.actions import record_death
from kangshu.people.models import Person, Relation, RelationKind
from kangshu.work import queries
from kangshu.work.actions import record_visit
from kangshu.work.eligible import enrol_eligible
from kangshu.work.models import Case, Due, DueState

TODAY = china_today()


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


@pytest.fixture
def mother(county: County) -> Person:
    return resident(county.clinic_a1, "周秀英", sex="2", birth_date=date(1998, 3, 1))


def saved(county: County, people: Accounts, person: Person, form: str, on: date, **answers: object):
    with acting(people.village_doctor_a) as doctor:
        return record_visit(
            form_id=form,
            person=person.pk,
            answers=answers,
            performed_on=on,
            institution=county.clinic_a1.pk,
            record_id=new_id(),
            by=doctor,
            now=timezone.now(),
        ).record


def open_kinds(person: Person) -> set[str]:
    with entered_as_system("test"):
        return set(Case.objects.filter(person=person, closed_on=None).values_list("kind", flat=True))


def open_steps(person: Person) -> set[tuple[str, str]]:
    with entered_as_system("test"):
        dues = Due.objects.filter(person=person, state=DueState.OPEN)
        return {(due.kind, due.step) for due in dues}


def booked(county: County, people: Accounts, mother: Person, on: date, **more: object):
    answers = {
        "lmp_known": "1", "lmp_on": (on - timedelta(weeks=10)).isoformat(), "gravida": 1, "para_vaginal": 0,
        "para_caesarean": 0, "past_history": ["1"], "hb": 120, "sbp": 112, "dbp": 70, "danger": ["0"],
        "risk": "1", "purple": "1", "class": "1", "referred": "1", "height": "160", "weight": "55.0", **more,
    }  # fmt: skip
    return saved(county, people, mother, "maternal.booking", on, **answers)


def delivered(county: County, people: Accounts, mother: Person, on: date, **more: object):
    answers = {
        "delivered_on": on.isoformat(), "place": "1", "mode": "1", "live_births": 1, "fetal_deaths": 0, **more
    }  # fmt: skip
    return saved(county, people, mother, "maternal.delivery", on, **answers)


# ---------------------------------------------------------------- a birth


def test_a_delivery_registers_the_newborn_and_opens_what_a_newborn_needs(county, people, mother):
    on = TODAY - timedelta(days=2)
    booked(county, people, mother, on - timedelta(weeks=28))
    delivered(county, people, mother, on, newborns=[{"sex": "2", "weight": 3200, "alive": "1"}])
    with entered_as_system("test"):
        relation = Relation.objects.select_related("person").get(other=mother, kind=RelationKind.MOTHER)
    baby = relation.person
    assert (baby.name, baby.sex, baby.birth_date) == ("周秀英之女", "2", on)
    assert baby.institution_id == mother.institution_id
    assert {"children.health", "immunisation.vaccination"} <= open_kinds(baby)
    assert ("children.health", "newborn") in open_steps(baby)
    assert ("maternal.care", "postpartum") in open_steps(mother)


def test_twins_are_two_and_a_stillborn_is_nobody(county, people, mother):
    on = TODAY - timedelta(days=2)
    booked(county, people, mother, on - timedelta(weeks=28))
    newborns = [
        {"sex": "1", "weight": 2500, "alive": "1"},
        {"sex": "1", "weight": 2300, "alive": "1"},
        {"sex": "2", "weight": 700, "alive": "2"},
    ]
    delivered(county, people, mother, on, live_births=2, fetal_deaths=1, newborns=newborns)
    with entered_as_system("test"):
        names = sorted(Relation.objects.filter(other=mother).values_list("person__name", flat=True))
    assert names == ["周秀英之子1", "周秀英之子2"]


def test_a_baby_who_is_registered_already_is_linked_not_doubled(county, people, mother):
    on = TODAY - timedelta(days=2)
    resident(
        county.clinic_a1, "周小宝", sex="1", birth_date=on, document=None, undocumented="newborn",
        mother_id=mother.pk, lives_here_since=on, now=timezone.now(),
    )  # fmt: skip
    booked(county, people, mother, on - timedelta(weeks=28))
    delivered(county, people, mother, on, newborns=[{"sex": "1", "weight": 3000, "alive": "1"}])
    with entered_as_system("test"):
        assert Relation.objects.filter(other=mother).count() == 1


def test_a_delivery_of_long_ago_registers_nobody(county, people, mother):
    on = TODAY - timedelta(days=60)
    booked(county, people, mother, on - timedelta(weeks=28))
    delivered(county, people, mother, on, newborns=[{"sex": "1", "alive": "1"}])
    with entered_as_system("test"):
        assert not Relation.objects.exists()


# ---------------------------------------------------------------- a death


def test_the_death_of_a_child_closes_all_and_asks_for_the_card(county, people, mother):
    born = TODAY - timedelta(days=40)
    baby = resident(
        county.clinic_a1, "李小", birth_date=born, document=None, undocumented="newborn", mother_id=mother.pk,
        now=timezone.now(),
    )  # fmt: skip
    assert {"children.health", "immunisation.vaccination"} <= open_kinds(baby)
    died = TODAY - timedelta(days=3)
    with acting(people.village_doctor_a) as doctor:
        record_death(person_id=baby.pk, on=died, cause="肺炎", by=doctor, now=timezone.now())
    assert open_kinds(baby) == {"children.deaths"}
    assert open_steps(baby) == {("children.deaths", "card")}
    card = saved(
        county, people, baby, "children.death_card", TODAY, died_on=died.isoformat(), place="1",
        treated="1",
        group="4", cause="重症肺炎", reported_on=TODAY.isoformat(),
    )  # fmt: skip
    assert card.answers["age_days"] == 37
    assert not open_steps(baby)
    saved(
        county, people, baby, "children.death_review", TODAY, met_on=TODAY.isoformat(), experts="县级专家组",
        avoidable="1", cause="重症肺炎", measures="培训村医识别重症肺炎",
    )  # fmt: skip
    assert not open_kinds(baby)


def test_the_death_of_a_newly_delivered_woman_asks_for_the_maternal_card_and_its_review(
    county, people, mother
):
    on = TODAY - timedelta(days=20)
    booked(county, people, mother, on - timedelta(weeks=28))
    delivered(county, people, mother, on)
    died = TODAY - timedelta(days=1)
    with acting(people.village_doctor_a) as doctor:
        record_death(person_id=mother.pk, on=died, cause="产后出血", by=doctor, now=timezone.now())
    assert open_kinds(mother) == {"maternal.deaths"}
    assert open_steps(mother) == {("maternal.deaths", "card")}
    saved(
        county, people, mother, "maternal.death_card", TODAY, died_at=f"{died}T10:00",
        reported_at=f"{died}T15:00", when="3", ended_on=on.isoformat(), place="2", residence="1", kind="1",
        cause="产后出血",
    )  # fmt: skip
    assert open_steps(mother) == {("maternal.deaths", "review")}


def test_the_death_of_a_woman_long_after_a_delivery_is_no_maternal_death(county, people, mother):
    on = TODAY - timedelta(days=80)
    booked(county, people, mother, on - timedelta(weeks=28))
    delivered(county, people, mother, on)
    with acting(people.village_doctor_a) as doctor:
        record_death(person_id=mother.pk, on=TODAY, cause="车祸", by=doctor, now=timezone.now())
    assert open_kinds(mother) == set()


def test_a_man_and_an_old_woman_have_no_card(county, people):
    for number, (sex, born) in enumerate((("1", date(1990, 1, 1)), ("2", date(1940, 1, 1))), start=40):
        person = resident(county.clinic_a1, f"人{number}", sex=sex, birth_date=born, serial=number)
        with acting(people.village_doctor_a) as doctor:
            record_death(person_id=person.pk, on=TODAY, by=doctor, now=timezone.now())
        assert open_kinds(person) == set()


# ---------------------------------------------------------------- risk, diagnosis, age


def test_a_booking_judged_red_opens_special_management_and_a_transfer_asks_for_its_receipt(
    county, people, mother
):
    on = TODAY - timedelta(days=2)
    booked(county, people, mother, on, risk="4", special_file="2", risk_factors="妊娠合并心脏病")
    assert {"maternal.care", "maternal.high_risk"} <= open_kinds(mother)
    assert ("maternal.high_risk", "follow") in open_steps(mother)
    saved(
        county, people, mother, "maternal.transfer", TODAY, risk="4", reason="心功能Ⅲ级", to="市妇幼保健院",
        level="2", sent_at=f"{TODAY}T00:30", green_channel=True, contact="王主任", escort="2",
    )  # fmt: skip
    assert ("maternal.high_risk", "receipt") in open_steps(mother)
    saved(
        county, people, mother, "maternal.transfer_receipt", TODAY, arrived=True,
        received_at=f"{TODAY}T02:00", by="市妇幼 李医生", result="1",
    )  # fmt: skip
    assert ("maternal.high_risk", "receipt") not in open_steps(mother)


def test_a_tuberculosis_diagnosis_in_a_hospital_record_is_found(county, people):
    man = resident(county.clinic_a1, "陈大山", birth_date=date(1970, 1, 1))
    with entered_as_system("hospital") as system:
        record_encounter(
            new=NewEncounter(
                person_id=man.pk,
                institution_id=county.hospital.pk,
                started_on=TODAY,
                diagnoses=(NewDiagnosis("A15.0", "肺结核"),),
            ),
            by=system,
            now=timezone.now(),
        )
    with acting(people.village_doctor_a):
        found = queries.found_not_enrolled("tuberculosis.patients")
        assert [person.pk for person in found] == [man.pk]


def test_whoever_turned_65_and_the_child_nobody_enrolled_are_enrolled_overnight(county):
    elder = resident(county.clinic_a1, "赵大爷", birth_date=add_years(TODAY, -65))
    young = resident(county.clinic_a1, "钱大叔", birth_date=add_years(TODAY, -65) + timedelta(days=1))
    child = resident(county.clinic_a1, "孙小宝", birth_date=add_years(TODAY, -3))
    seven = resident(county.clinic_a1, "李同学", birth_date=add_years(TODAY, -7))
    done = enrol_eligible(now=timezone.now())
    assert {kind: loaded.saved for kind, loaded in done.items()} == {
        "children.health": 1,
        "elderly.health_management": 1,
    }
    assert open_kinds(elder) == {"elderly.health_management"}
    assert open_kinds(child) == {"children.health"}
    assert not open_kinds(young)
    assert not open_kinds(seven)
    again = enrol_eligible(now=timezone.now())
    assert sum(loaded.saved for loaded in again.values()) == 0, "nobody twice"
