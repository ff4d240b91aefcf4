"""`work:lost`: a positive stool test asks for a colonoscopy; whoever does not come stands on a list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County
from tests.support.people import resident

from kangshu.declare import registry
from kangshu.kernel.dates import china_today
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.actions import record_visit
from kangshu.work.lost import following_steps
from kangshu.work.models import Case

KIND = "screening.colorectal"
SCREENING, COLONOSCOPY, RECALL = f"{KIND}.screening", f"{KIND}.colonoscopy", f"{KIND}.recall"
TODAY = china_today()


@pytest.fixture
def people(county: County) -> Accounts:
    return accounts(county)


@pytest.fixture
def positive(county: County, people: Accounts) -> Person:
    """Positive 120 days ago; the colonoscopy was due after three months."""
    person = resident(county.clinic_a1, "李秀英", sex="2", birth_date=date(1962, 4, 2), phone="13800138001")
    save(people, county, person, SCREENING, 120, risks=["9"], fit_1="2")
    return person


def save(people: Accounts, county: County, person: Person, form: str, days_ago: int, **answers: Any) -> None:
    with acting(people.village_doctor_a) as doctor:
        record_visit(
            form_id=form,
            person=person.id,
            answers=answers,
            performed_on=TODAY - timedelta(days=days_ago),
            institution=county.clinic_a1.id,
            performed_by=county.doctor_a.id,
            record_id=new_id(),
            by=doctor,
            now=timezone.now(),
        )


def page(account: Any, **query: str) -> str:
    answer = sign_in(Client(), account).get(reverse("work:lost", args=[KIND]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_whoever_has_not_come_in_time_is_listed_with_the_next_form(people, positive):
    shown = page(people.village_doctor_a)
    assert "李秀英" in shown
    assert "结肠镜检查" in shown
    assert reverse("work:record", args=[COLONOSCOPY, positive.id]) in shown
    assert reverse("work:record", args=[RECALL, positive.id]) in shown
    assert "tel:13800138001" in shown
    assert "李秀英" not in page(people.village_doctor_a, step="treatment")
    assert "李秀英" not in page(people.village_doctor_b)


def test_whoever_is_still_in_time_is_not_lost(people, county):
    person = resident(county.clinic_a1, "王桂兰", sex="2", birth_date=date(1962, 4, 2), serial=7)
    save(people, county, person, SCREENING, 20, risks=["9"], fit_1="2")
    assert "王桂兰" not in page(people.village_doctor_a)


def test_a_call_is_shown_and_refusing_ends_the_wait(people, county, positive):
    save(people, county, positive, RECALL, 10, way="1", result="2")
    assert "未联系上" in page(people.village_doctor_a)
    save(people, county, positive, RECALL, 5, way="1", result="3", reason="不愿做肠镜")
    assert "李秀英" not in page(people.village_doctor_a)
    given_up = page(people.village_doctor_a, step="given_up")
    assert "李秀英" in given_up
    assert "待结肠镜检查" in given_up
    with acting(people.village_doctor_a):
        assert Case.objects.get(kind=KIND).closing_reason == "refused"


def test_whoever_comes_leaves_the_list(people, county, positive):
    save(people, county, positive, COLONOSCOPY, 2, done="1", finding="1")
    assert "李秀英" not in page(people.village_doctor_a)
    with acting(people.village_doctor_a):
        assert Case.objects.get(kind=KIND).state == "clear"


def test_the_register_leads_to_the_list_and_the_list_says_when_nobody_is_lost(people):
    client = sign_in(Client(), people.village_doctor_a)
    register = client.get(reverse("work:register", args=[KIND])).content.decode()
    assert reverse("work:lost", args=[KIND]) in register
    assert "没有失访人员" in page(people.village_doctor_a)
    client.cookies["django_language"] = "en"
    assert "Nobody was lost" in client.get(reverse("work:lost", args=[KIND])).content.decode()


def test_services_without_following_steps_have_no_such_list() -> None:
    assert not following_steps(registry.capability("tuberculosis.patients")).get("first_visit")
    assert following_steps(registry.capability(KIND)) == {
        "colonoscopy": (SCREENING,),
        "treatment": (COLONOSCOPY,),
    }
