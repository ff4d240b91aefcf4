"""Record numbers: unique and without gaps, whoever presses save at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections, transaction
from tests.support.county import small_county
from tests.support.people import NOW, new_person

from kangshu.access.scope import entered_as_system
from kangshu.people.actions import register_person
from kangshu.people.models import IdentityDocument, Person, RecordNumberSerial
from kangshu.people.numbers import allot_record_number
from kangshu.people.refusals import AlreadyRegistered, NumbersExhausted

CODE = "339901100101"


@pytest.mark.django_db
def test_numbers_follow_each_other_and_a_rolled_back_one_is_given_again():
    assert allot_record_number(CODE) == CODE + "00001"
    place = transaction.savepoint()
    assert allot_record_number(CODE) == CODE + "00002"
    transaction.savepoint_rollback(place)
    assert allot_record_number(CODE) == CODE + "00002"
    RecordNumberSerial.objects.filter(pk=CODE).update(last=99_999)
    with pytest.raises(NumbersExhausted):
        allot_record_number(CODE)


@pytest.mark.django_db(transaction=True)
def test_twenty_clerks_at_once_get_twenty_numbers_without_gaps():
    county = small_county()

    def register(serial: int) -> str:
        try:
            with entered_as_system("clerk") as clerk:
                new = new_person(county.clinic_a1, f"王{'一二三四五六七八九十'[serial % 10]}", serial=serial)
                done = register_person(new=new, by=clerk, now=NOW, confirmed_different=True)
                return done.person.record_number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(register, range(1, 21)))
    assert sorted(numbers) == [f"{county.village_a1.code}{n:05d}" for n in range(1, 21)]


@pytest.mark.django_db(transaction=True)
def test_two_clerks_registering_one_number_at_once_register_one_person():
    county = small_county()

    def register(institution) -> str:
        try:
            with entered_as_system("clerk") as clerk:
                new = new_person(institution, birth_date=date(1970, 1, 1))
                register_person(new=new, by=clerk, now=NOW, confirmed_different=True)
                return "registered"
        except AlreadyRegistered:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(register, [county.clinic_a1, county.clinic_b1] * 2))
    assert answers == ["refused", "refused", "refused", "registered"]
    with entered_as_system("count"):
        assert Person.objects.count() == IdentityDocument.objects.count() == 1
