"""A village doctor registers a resident by hand: a wrong digit, somebody alike, somebody held elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from tests.journeys.conftest import Visitor, World
from tests.support.people import id_number, resident

BIRTH = date(1970, 1, 2)
RIGHT = id_number(BIRTH, "2", serial=31)


def wrong(number: str) -> str:
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def value(someone: Visitor, name: str) -> str:
    return someone.page.locator(f"[name={name}]").input_value()


def save(someone: Visitor) -> None:
    someone.page.locator("form[data-register] .sticky-actions button.btn-primary").click()
    someone.page.wait_for_load_state()


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_wrong_digit_and_a_likeness_are_said_and_nothing_typed_is_lost(visitor, world: World, screen):
    from django.utils import timezone

    resident(
        world.county.clinic_a1,
        "李红梅",
        now=timezone.now(),
        birth_date=BIRTH,
        sex="2",
        serial=30,
        address="1 组",
    )
    someone = visitor(screen)
    someone.sign_in("village_doctor_a")
    someone.open("/people/register/")
    someone.check_accessible()
    someone.page.locator("[name=id_number]").fill(wrong(RIGHT))
    someone.sees("校验位不符")
    someone.page.locator("[name=name]").fill("李红梅")
    someone.page.locator("[name=phone]").fill("13900001111")
    someone.page.locator("[name=address]").fill("3 组 5 号")
    save(someone)
    assert value(someone, "id_number") == wrong(RIGHT)
    assert (value(someone, "name"), value(someone, "address")) == ("李红梅", "3 组 5 号")
    someone.picture("wrong-digit")
    someone.check_accessible()

    someone.page.locator("[name=id_number]").fill(RIGHT)
    assert value(someone, "birth_date") == "1970-01-02", "the number fills the birth date"
    save(someone)
    someone.sees("是不是下面这位？")
    someone.sees("1 组")
    assert value(someone, "phone") == "13900001111"
    someone.picture("alike")
    someone.check_accessible()
    someone.page.locator("button[name=confirmed]").click()
    someone.page.wait_for_load_state()
    someone.sees("李红梅")
    someone.sees("13900001111")
    someone.picture("registered")
    someone.check_accessible()


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_who_is_held_elsewhere_is_asked_for_and_comes(visitor, world: World, screen):
    from django.utils import timezone

    number = id_number(date(1962, 6, 6), serial=33)
    resident(
        world.county.clinic_b1,
        "周大山",
        now=timezone.now(),
        birth_date=date(1962, 6, 6),
        serial=33,
        phone="13700000000",
    )
    someone = visitor(screen)
    someone.sign_in("village_doctor_a")
    someone.open("/people/register/")
    someone.page.locator("[name=id_number]").fill(number)
    someone.page.locator("[name=name]").fill("周大山")
    save(someone)
    someone.sees("上桥村卫生室")
    someone.picture("held-elsewhere")
    someone.check_accessible()
    someone.press("申请迁入档案")
    someone.page.wait_for_load_state()
    assert value(someone, "number") == number
    assert value(someone, "name") == "周大山"
    someone.check_accessible()
    someone.page.locator(".sticky-actions button.btn-primary").click()
    someone.sees("上桥村卫生室")
    someone.sees("前答复")
    someone.picture("asked")
    someone.check_accessible()
    assert "13700000000" not in someone.page.content()

    holder = visitor(screen)
    holder.sign_in("village_doctor_b")
    holder.sees("周大山")
    holder.picture("desk-of-the-holder")
    holder.press("周大山", role="link")
    holder.picture("to-answer")
    holder.check_accessible()
    holder.page.locator("button[name=agree]").click()
    holder.sees("已转出")

    someone.open("/people/?q=周大山")
    someone.sees("13700000000")
    someone.picture("has-come")


def test_the_institution_leads_to_its_villages(visitor, world: World):
    someone = visitor("desktop")
    someone.sign_in("village_doctor_a")
    someone.open(f"/people/{world.patient.pk}/move/")
    region = someone.page.locator("select[name=region]")
    assert region.locator("option", has_text="东柳村").count() == 1
    someone.page.locator("select[name=institution]").select_option(label="石桥镇卫生院")
    assert region.locator("option").all_text_contents() == ["—", "上桥村", "下桥村"]
    someone.page.locator("select[name=township]").select_option("")
    assert region.locator("option", has_text="东柳村").count() == 1
    someone.picture("move")
    someone.check_accessible()
