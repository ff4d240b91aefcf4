"""The fixture county with its accounts, and one resident of clinic_a1 under care for hypertension."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county
from tests.support.people import resident

from kangshu.kernel.dates import CHINA
from kangshu.people.models import Person
from kangshu.work.actions import enrol

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=CHINA)
FOLLOW_UP = "chronic.hypertension.follow_up"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Uploads of a test stay in the test's folder."""
    settings.KANGSHU_HOME = tmp_path


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def who(county) -> Accounts:
    return accounts(county)


@pytest.fixture
def patient(county, who) -> Person:
    person = resident(county.clinic_a1)
    with acting(who.village_doctor_a) as doctor:
        enrol(kind="chronic.hypertension", person=person.pk, on=date(2026, 1, 5), by=doctor, now=NOW)
    return person
