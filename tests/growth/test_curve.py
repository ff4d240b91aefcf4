"""The growth curve: the lines of the WHO, the child's visits between them, flags, and the table."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County, small_county
from tests.support.people import resident

from kangshu.codes.growth import BANDS, Measure, band, growth
from kangshu.growth.drawing import CURVES, option_of
from kangshu.growth.visits import flags_of, measured
from kangshu.kernel.dates import add_months, china_today
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.models import Record

TODAY = china_today()
BORN = add_months(TODAY, -8) - timedelta(days=5)


@pytest.mark.parametrize(
    ("measure", "sex", "month", "deviation", "value"),
    [
        # The published tables of the WHO: weight and length at birth, one, two and five years.
        (Measure.WEIGHT, "1", 0, 0, "3.35"),
        (Measure.WEIGHT, "2", 12, 0, "8.95"),
        (Measure.WEIGHT, "2", 12, -2, "7.04"),
        (Measure.WEIGHT, "1", 60, 2, "24.17"),
        (Measure.LENGTH, "1", 12, 0, "75.75"),
        (Measure.LENGTH, "2", 60, -2, "99.9"),
        (Measure.BMI, "1", 72, 0, "15.3"),
    ],
)
def test_the_lines_are_those_of_the_who(measure, sex, month, deviation, value):
    assert abs(band(measure, sex, month, deviation) - Decimal(value)) <= Decimal("0.06")


def test_a_value_on_a_line_has_the_lines_score():
    born = date(2024, 1, 1)
    for month in (3, 12, 30, 59):
        on = born + timedelta(days=round(month * 30.4375))
        for deviation in BANDS:
            heavy = band(Measure.WEIGHT, "1", month, deviation)
            assert abs(growth("1", born, on, heavy, None).weight_for_age - deviation) <= Decimal("0.03")


def test_without_a_sex_there_is_no_line():
    assert band(Measure.WEIGHT, "0", 12, 0) is None
    assert band(Measure.WEIGHT, "1", 200, 0) is None, "no weight for age after ten years"


def test_flags_are_what_the_rule_found():
    assert flags_of({"weight_grade": "3", "length_grade": "2", "build": "wasted", "anaemia": "mild"}) == (
        "underweight",
        "wasted",
        "anaemia_mild",
    )
    assert flags_of({"build": "normal", "anaemia": "none"}) == ()
    assert flags_of({}) == ()


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


@pytest.fixture
def child(county: County, people: Accounts) -> Person:
    child = resident(county.clinic_a1, "王小宝", sex="2", birth_date=BORN, lives_here_since=BORN)
    weights = ((1, "4.10", "53.0", {}), (3, "5.20", "58.5", {}), (8, "5.90", "66.0", {"weight_grade": "3"}))
    with acting(people.village_doctor_a) as doctor:
        for month, weight, length, found in weights:
            on = add_months(BORN, month)
            Record.objects.create(
                id=new_id(),
                form_id="children.infant_check",
                form_version=1,
                person=child,
                scope_path=child.scope_path,
                answers={"weight": weight, "length": length, "hb": 105 if month == 8 else None},
                assessment=found | ({"anaemia": "mild"} if month == 8 else {}),
                performed_on=on,
                institution=county.clinic_a1,
                entered_by=doctor.account_id,
                entered_at=timezone.now(),
            )
    return child


def test_the_page_draws_the_curve_and_has_the_numbers_in_a_table(people, child):
    doctor = sign_in(Client(), people.village_doctor_a)
    page = doctor.get(reverse("growth:curve", args=[child.pk])).content.decode()
    for word in ("年龄别体重", "growth-weight", "5.90 kg", "低体重", "轻度贫血", "105 g/L"):
        assert word in page, word
    card = doctor.get(reverse("people:resident", args=[child.pk])).content.decode()
    assert "growth-panel" in card


def test_the_chart_has_five_lines_and_the_childs_own(people, child):
    with acting(people.village_doctor_a):
        visits = measured(child)
    option = option_of(CURVES[0], child.sex, visits)
    assert len(option["series"]) == len(BANDS) + 1
    own = option["series"][-1]["data"]
    assert [point["value"][1] for point in own] == [4.1, 5.2, 5.9]
    assert option["xAxis"]["max"] == 12
    assert all(point["url"].startswith("/work/records/") for point in own)


def test_a_child_without_a_visit_has_an_empty_page_and_no_panel(county, people):
    bare = resident(county.clinic_a1, "李小", birth_date=BORN, lives_here_since=BORN, serial=5)
    doctor = sign_in(Client(), people.village_doctor_a)
    assert "尚无测量记录" in doctor.get(reverse("growth:curve", args=[bare.pk])).content.decode()
    assert "growth-panel" not in doctor.get(reverse("people:resident", args=[bare.pk])).content.decode()


def test_a_neighbouring_township_sees_no_curve(people, child):
    stranger = sign_in(Client(), people.village_doctor_b)
    assert stranger.get(reverse("growth:curve", args=[child.pk])).status_code == 404
