"""Entering a scope: what the database then shows, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from kangshu.access.models import Account, Assignment
from kangshu.access.roles import REACH, Role
from kangshu.access.scope import entered_as_system, look_up
from kangshu.places.models import Institution, Region

pytestmark = pytest.mark.django_db


def setting(name: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s, true)", [f"kangshu.{name}"])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("role", list(Role))
def test_the_database_knows_the_reach_of_each_role(role):
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_reach(%s)", [[role.value]])
        assert cursor.fetchone()[0] == REACH[role].value


def test_a_village_doctor_reaches_the_own_clinic_only():
    region = Region.objects.create(code="330127000000", name="试验县", level=3, valid_from=date(2000, 1, 1))
    clinic = Institution.objects.create(
        code="X1",
        name="村卫生室",
        kind="village_clinic",
        region=region,
        path="0001.0002.0003.",
        valid_from=date(2000, 1, 1),
    )
    account = Account.objects.create(username="doctor", name="李医生", password="x")
    Assignment.objects.create(
        account=account, role="village_doctor", institution=clinic, from_on=date(2020, 1, 1)
    )
    actor = look_up(account.pk)
    assert actor is not None
    assert actor.roles == {"village_doctor"}
    assert (setting("low"), setting("high")) == ("0001.0002.0003.", "0001.0002.0003/")


def test_the_system_scope_ends_with_its_block():
    with entered_as_system("test"):
        assert setting("high") == "~"
    assert not setting("high")
