"""Which records count, out of whom, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse
from tests.support.accounts import accounts as make_accounts
from tests.support.accounts import acting, sign_in
from tests.support.county import small_county
from tests.support.people import resident

from kangshu.access.scope import entered_as_system
from kangshu.archives import quality, standing
from kangshu.people.models import Person

TODAY = date(2026, 9, 30)
pytestmark = pytest.mark.django_db


class World:
    """Five residents of clinic_a1 and one of clinic_b2, which is in a town; one is dead, one has left."""

    def __init__(self) -> None:
        with entered_as_system("fixture"):
            self.county = small_county()
            self.accounts = make_accounts(self.county)
            place = self.county.clinic_a1
            self.people = [
                resident(place, name, serial=number, birth_date=date(1950 + number, 4, 2), sex="2")
                for number, name in enumerate(("李一", "王二", "张三", "赵四", "孙五"), start=1)
            ]
            self.townswoman = resident(
                self.county.clinic_b2, "周六", serial=9, birth_date=date(1990, 1, 1), sex="2"
            )
            Person.objects.filter(pk=self.people[3].pk).update(status="dead", death_on=date(2026, 3, 1))
            Person.objects.filter(pk=self.people[4].pk).update(status="moved")


@pytest.fixture
def world(db) -> World:
    return World()


def test_dead_and_moved_records_count_in_no_rate(world):
    with acting(world.accounts.bureau_officer):
        found = standing.standing(world.county.bureau, TODAY)
    assert found.whole.by_status == {"active": 4, "dead": 1, "moved": 1}
    assert (found.whole.valid, found.whole.left_out, found.whole.residents) == (4, 2, 4800)
    assert found.whole.creation_rate == D("0.08")
    assert found.whole.standardised_rate == D("0.00")  # nobody has the personal form yet
    settlements = {name: (tally.valid, tally.residents) for name, tally in found.by_settlement.items()}
    assert settlements == {"rural": (3, 3600), "urban": (1, 1200)}
    under = {place.name: (tally.valid, tally.residents) for place, tally in found.under}
    assert under == {"柳林镇卫生院": (3, 2400), "石桥镇卫生院": (1, 2400)}


def test_everybody_sees_their_own_part(world):
    with acting(world.accounts.township_worker_b):
        found = standing.standing(world.county.centre_b, TODAY)
        assert found.whole.valid == 1
        assert quality.counts("0001.")["people"] == 1


def test_every_check_finds_what_it_names(world):
    li, wang, zhang = world.people[:3]
    with entered_as_system("faults"):
        Person.objects.filter(pk=li.pk).update(phone="", contact_phone="", sex="0", address="")
        Person.objects.filter(pk=wang.pk).update(birth_precision="year", birth_date=date(1900, 1, 1))
        Person.objects.filter(pk=zhang.pk).update(death_on=date(2026, 5, 1))
    with acting(world.accounts.bureau_officer):
        counts = quality.counts("0001.")
        people = {
            check.id: [one.pk for one in quality.people_with(check, "0001.", 10)] for check in quality.CHECKS
        }
    assert counts["people"] == 4
    assert {id: len(found) for id, found in people.items()} == {
        check.id: counts[check.id] for check in quality.CHECKS
    }
    assert li.pk in people["no_phone"]
    assert (people["no_sex"], people["no_birth_date"]) == ([li.pk], [wang.pk])
    assert (people["too_old"], people["died_and_open"]) == ([wang.pk], [zhang.pk])
    assert len(people["no_form"]) == 4
    assert people["pregnant_man"] == []


def test_the_screens_lead_from_the_rate_to_the_person(client, world, monkeypatch):
    monkeypatch.setattr("kangshu.archives.pages.standing.china_today", lambda: TODAY)
    sign_in(client, world.accounts.bureau_officer)
    page = client.get(reverse("archives:standing")).content.decode()
    assert "0.08%" in page
    assert "柳林镇卫生院" in page
    quality_page = client.get(reverse("archives:quality")).content.decode()
    assert "没有个人基本信息表" in quality_page
    people = client.get(reverse("archives:faulty", args=["no_form"])).content.decode()
    assert world.people[0].name in people
    assert client.get(reverse("archives:faulty", args=["no_such"])).status_code == 404
