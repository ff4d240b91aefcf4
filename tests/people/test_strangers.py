"""How a person is found outside of any scope: at their own sign-in, and in an emergency."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.support.accounts import acting, sign_in
from tests.support.people import NOW, id_number, resident, zhang

from kangshu.access.scope import entered_as_system
from kangshu.people.actions import merge_people, record_death, relate_people
from kangshu.people.models import Person
from kangshu.people.strangers import find_outside, find_resident

pytestmark = pytest.mark.django_db
PHONE = "13800138064"


def test_a_resident_is_known_by_number_and_phone_together(county):
    person = zhang(county)
    number = id_number(date(1964, 3, 15), "1", 90)
    with entered_as_system("sign-in") as system:
        for asked in (number, person.record_number):
            assert find_resident(asked, "138 0013 8064").person_id == person.pk
            assert find_resident(asked, "13800000000") is None
            assert find_resident(asked, "") is None
        assert find_resident("nonsense", PHONE) is None
        record_death(person_id=person.pk, on=date(2026, 9, 1), by=system, now=NOW)
        assert find_resident(number, PHONE) is None


def test_a_merged_record_leads_to_the_one_that_was_kept(county):
    person = zhang(county)
    second = resident(county.clinic_a1, "张建国", document=None, undocumented="other", phone=PHONE)
    with entered_as_system("merge") as system:
        merge_people(kept_id=person.pk, merged_id=second.pk, by=system, now=NOW)
        assert find_resident(second.record_number, PHONE).person_id == person.pk


def test_an_emergency_search_shows_as_little_as_it_can(county):
    person = zhang(county)
    with entered_as_system("emergency"):
        found = find_outside(person.record_number)
    assert found.masked_name == "张**"
    assert found.institution_name == county.clinic_a1.name


def test_a_resident_sees_themselves_their_minor_children_and_nobody_else(county, who, client):
    person = zhang(county)
    child = resident(county.clinic_b1, "张小宝", birth_date=date(2019, 1, 1), serial=5)
    grown = resident(county.clinic_a1, "张大宝", birth_date=date(1990, 1, 1), serial=6)
    resident(county.clinic_a1, "李四", serial=7)
    with entered_as_system("family") as system:
        for each in (child, grown):
            relate_people(person_id=each.pk, other_id=person.pk, kind="father", by=system, now=NOW)
    with acting(who.resident_zhang):
        assert set(Person.objects.values_list("name", flat=True)) == {"张建国", "张小宝"}
    own = sign_in(client, who.resident_zhang).get("/").content.decode()
    assert "张建国" in own
    assert id_number(date(1964, 3, 15), "1", 90) not in own
    assert client.get(reverse("people:resident", args=[child.pk])).status_code == 403
