"""What happens to people when places change."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DataError, connection, transaction
from tests.support.accounts import acting
from tests.support.people import NOW, resident

from kangshu.access.scope import entered_as_system
from kangshu.people.models import Person, Residence, SearchTerm
from kangshu.places.actions import merge_institutions, merge_regions, move_institution

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


def test_people_follow_an_institution_to_its_new_place(county, who):
    person = resident(county.clinic_a1)
    with entered_as_system("places") as system:
        moved = move_institution(
            institution=county.clinic_a1.pk, parent=county.centre_b.pk, on=DAY, by=system, now=NOW
        )
    with acting(who.township_worker_b):
        assert Person.objects.get(pk=person.pk).scope_path == moved.path
        assert SearchTerm.objects.filter(person=person, scope_path=moved.path).exists()
    with acting(who.township_worker_a):
        assert not Person.objects.exists()


def test_people_of_a_merged_institution_belong_to_the_other_from_that_day(county, who):
    person = resident(county.clinic_a1)
    with entered_as_system("places") as system:
        merge_institutions(
            institution=county.clinic_a1.pk, into=county.clinic_a2.pk, on=DAY, by=system, now=NOW
        )
    with acting(who.township_worker_a):
        moved = Person.objects.get(pk=person.pk)
        assert (moved.institution_id, moved.scope_path) == (county.clinic_a2.pk, county.clinic_a2.path)
        before, after = Residence.objects.filter(person=person).order_by("from_on")
        assert (before.institution_id, before.to_on) == (county.clinic_a1.pk, date(2026, 6, 30))
        assert (after.institution_id, after.from_on) == (county.clinic_a2.pk, DAY)


def test_residents_of_a_merged_village_live_in_the_one_that_continues_it(county):
    person = resident(county.clinic_a1)
    with entered_as_system("places") as system:
        merge_regions(codes=[county.village_a1.code], into=county.village_a2.code, on=DAY, by=system, now=NOW)
        assert Person.objects.get(pk=person.pk).region_id == county.village_a2.code


def test_nobody_draws_people_to_their_place_without_a_recorded_change(county, who):
    resident(county.clinic_a1)
    mine = county.clinic_b1
    asked = [county.clinic_a1.path, mine.path, county.clinic_a1.pk, mine.pk, DAY]
    with acting(who.village_doctor_b), connection.cursor() as cursor:
        with pytest.raises(DataError), transaction.atomic():
            cursor.execute("SELECT people_move_institution(%s, %s, %s, %s, %s)", asked)
        with pytest.raises(DataError), transaction.atomic():
            cursor.execute(
                "SELECT people_move_region(%s, %s)", [county.village_a1.code, county.village_b1.code]
            )
