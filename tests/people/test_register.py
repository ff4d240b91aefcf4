"""Registering people: what is refused, what is filled in, and that nobody is registered twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.support.accounts import acting
from tests.support.people import NOW, id_number, new_person, resident

from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.events import on
from kangshu.kernel.identifiers import new_id
from kangshu.people.actions import add_document, register_person
from kangshu.people.facts import DocumentGiven
from kangshu.people.models import IdentityDocument, Person, Relation, Residence, SearchTerm
from kangshu.people.refusals import AlreadyRegistered, NearMatches, WrongPlace
from kangshu.people.vault import vault

pytestmark = pytest.mark.django_db


def test_a_village_doctor_registers_a_resident(county, who):
    with acting(who.village_doctor_a) as doctor:
        person = register_person(new=new_person(county.clinic_a1), by=doctor, now=NOW).person
        assert person.record_number == county.village_a1.code + "00001"
        assert person.name_pinyin == "wang xiao wei"
        assert person.scope_path == county.clinic_a1.path
        home = Residence.objects.get(person=person)
        assert (home.from_on, home.to_on, home.institution_id) == (
            date(2020, 1, 1),
            None,
            county.clinic_a1.pk,
        )
        assert SearchTerm.objects.filter(person=person, term="xiaowei").exists()


def test_the_identity_number_fills_birth_date_and_sex(county, who):
    new = new_person(county.clinic_a1, birth_date=date(1951, 2, 3), sex="2")
    new = replace(new, birth_date=None, sex="0")
    with acting(who.village_doctor_a) as doctor:
        person = register_person(new=new, by=doctor, now=NOW).person
    assert (person.birth_date, person.sex) == (date(1951, 2, 3), "2")


def test_the_number_is_not_stored_in_clear(county, who):
    number = id_number(date(1960, 5, 1))
    person = resident(county.clinic_a1)
    with acting(who.village_doctor_a):
        document = IdentityDocument.objects.get(person=person)
        assert number.encode() not in bytes(document.number_encrypted)
        assert document.last4 == number[-4:]
        assert vault().open(bytes(document.number_encrypted)) == number
        assert not AuditEntry.objects.filter(detail__icontains=number).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "A1<script>"}, "name"),
        ({"phone": "12"}, "phone"),
        ({"birth_date": date(2030, 1, 1), "document": None, "undocumented": "other"}, "birth_date"),
        ({"birth_date": date(1861, 1, 1), "document": None, "undocumented": "other"}, "birth_date"),
        ({"birth_date": None, "document": None, "undocumented": "other"}, "birth_date"),
        ({"document": None}, "id_number"),
        ({"document": DocumentGiven("339901196005010012")}, "id_number"),
        (
            {"birth_date": date(1960, 5, 2), "document": DocumentGiven(id_number(date(1960, 5, 1)))},
            "birth_date",
        ),
        ({"sex": "2", "document": DocumentGiven(id_number(date(1960, 5, 1)))}, "sex"),
        ({"document": None, "undocumented": "newborn", "birth_date": date(2026, 9, 1)}, "mother"),
        ({"document": DocumentGiven("?!", "03")}, "id_number"),
    ],
)
def test_every_wrong_field_is_named(county, who, change, field):
    with acting(who.village_doctor_a) as doctor, pytest.raises(BadInput) as refused:
        register_person(new=new_person(county.clinic_a1, **change), by=doctor, now=NOW)
    assert field in {problem.field for problem in refused.value.problems}
    assert Person.objects.count() == 0


def test_all_problems_are_told_at_once(county, who):
    bad = new_person(county.clinic_a1, name="", phone="1", document=None)
    with acting(who.village_doctor_a) as doctor, pytest.raises(BadInput) as refused:
        register_person(new=bad, by=doctor, now=NOW)
    assert {p.field for p in refused.value.problems} >= {"name", "phone", "id_number"}


def test_a_number_registered_in_another_township_is_refused_without_saying_who(county, who):
    resident(county.clinic_b1, "李秘密")
    with acting(who.village_doctor_a) as doctor, pytest.raises(AlreadyRegistered) as refused:
        register_person(new=new_person(county.clinic_a1), by=doctor, now=NOW)
    assert county.clinic_b1.name in refused.value.message.zh
    assert refused.value.person_id is None
    assert "李秘密" not in refused.value.message.zh


def test_asking_whether_a_number_is_registered_is_audited(county, who, as_owner):
    with acting(who.village_doctor_a) as doctor:
        register_person(new=new_person(county.clinic_a1), by=doctor, now=NOW)
    with as_owner():
        assert AuditEntry.objects.filter(action="person.looked_up").count() == 1


def test_a_number_registered_here_leads_to_the_record(county, who):
    known = resident(county.clinic_a1)
    with acting(who.village_doctor_a) as doctor, pytest.raises(AlreadyRegistered) as refused:
        register_person(new=new_person(county.clinic_a1), by=doctor, now=NOW)
    assert refused.value.person_id == known.pk


def test_somebody_much_alike_is_shown_before_saving(county, who):
    known = resident(county.clinic_a1, document=None, undocumented="other")
    new = new_person(county.clinic_a1, name="王晓伟")
    with acting(who.village_doctor_a) as doctor:
        with pytest.raises(NearMatches) as refused:
            register_person(new=new, by=doctor, now=NOW)
        assert [match.person_id for match in refused.value.matches] == [known.pk]
        register_person(new=new, by=doctor, now=NOW, confirmed_different=True)
        assert Person.objects.count() == 2


def test_pressing_save_twice_registers_once(county, who):
    new = new_person(county.clinic_a1, id=new_id())
    with acting(who.village_doctor_a) as doctor:
        first = register_person(new=new, by=doctor, now=NOW)
        second = register_person(new=new, by=doctor, now=NOW)
        assert (first.was_repeat, second.was_repeat) == (False, True)
        assert first.person.pk == second.person.pk


def test_nobody_registers_outside_their_area(county, who):
    with acting(who.village_doctor_a) as doctor, pytest.raises(WrongPlace):
        register_person(new=new_person(county.clinic_b1), by=doctor, now=NOW)


def test_an_officer_of_the_bureau_does_not_register_people(county, who):
    with acting(who.bureau_officer) as officer, pytest.raises(NotAllowed):
        register_person(new=new_person(county.clinic_b1), by=officer, now=NOW)


def test_a_newborn_is_registered_with_its_mother_and_later_gets_a_number(county, who):
    heard = []
    on("person.born")(lambda event, by: heard.append(event))
    mother = resident(county.clinic_a1, "李梅", sex="2", birth_date=date(1998, 4, 4))
    born = date(2026, 9, 20)
    new = new_person(
        county.clinic_a1,
        "李梅之子",
        birth_date=born,
        document=None,
        undocumented="newborn",
        mother_id=mother.pk,
    )
    with acting(who.village_doctor_a) as doctor:
        child = register_person(new=new, by=doctor, now=NOW).person
        assert Relation.objects.get(person=child).other_id == mother.pk
        assert child.record_number
        assert heard[-1].on == born
        assert heard[-1].payload["mother_id"] == mother.pk
        add_document(person_id=child.pk, document=DocumentGiven(id_number(born, "1", 7)), by=doctor, now=NOW)
        child.refresh_from_db()
        assert child.undocumented == ""


def test_a_foreigner_is_registered_by_passport(county, who):
    new = new_person(county.clinic_a1, "John Smith", document=DocumentGiven("e1234 5678", "03"))
    with acting(who.village_doctor_a) as doctor:
        person = register_person(new=new, by=doctor, now=NOW).person
        assert person.documents.get().last4 == "5678"
        with pytest.raises(AlreadyRegistered):
            register_person(new=replace(new, name="Jon Smit"), by=doctor, now=NOW)


def test_an_unknown_person_can_be_registered(county, who):
    new = new_person(
        county.clinic_a1,
        "无名氏",
        birth_date=None,
        birth_precision="unknown",
        sex="0",
        undocumented="unknown",
    )
    with acting(who.village_doctor_a) as doctor:
        assert register_person(new=new, by=doctor, now=NOW).person.record_number
