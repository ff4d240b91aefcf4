"""The fixture county with its accounts, and a signed-in test client for each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.accounts import Accounts, accounts, acting, sign_in
from tests.support.county import County, small_county
from tests.support.people import resident, zhang

from kangshu.people.models import Person
from kangshu.work.actions import enrol


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def who(county) -> Accounts:
    return accounts(county)


@pytest.fixture
def as_(who) -> Callable[[str], Client]:
    """`as_("bureau_officer")` is a client signed in as that account."""
    return lambda name: sign_in(Client(), getattr(who, name))


@pytest.fixture
def zhang_due(county, who) -> Person:
    """张建国, enrolled 150 days ago and never seen: his first visit is late."""
    person = zhang(county, now=timezone.now())
    opened_on = timezone.localdate() - timedelta(days=150)
    with acting(who.village_doctor_a) as doctor:
        enrol(kind="chronic.hypertension", person=person.pk, on=opened_on, by=doctor, now=timezone.now())
    resident(county.clinic_b1, "孙外人", birth_date=date(1970, 1, 1), serial=5)
    return person
