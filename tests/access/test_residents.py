"""A resident signs in with a number from their papers and a code sent to their phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.support.accounts import acting
from tests.support.county import fixed_id

from kangshu.access import residents
from kangshu.access.models import Account, SignInCode
from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.people.models import Person

CHEN = fixed_id(900_003)
NUMBER, PHONE = "33990110010100018", "13900000001"
ASK, ENTER = "/access/resident/", "/access/resident/code/"


@pytest.fixture
def chen(county, as_owner, monkeypatch, settings):
    """A resident of clinic_a1, findable by number and phone; the simulator is on, as in a demo."""
    settings.KANGSHU_DEMO = True
    with as_owner():
        person = Person.objects.create(
            id=CHEN,
            name="陈某",
            region=county.village_a1,
            institution=county.clinic_a1,
            scope_path=county.clinic_a1.path,
            phone=PHONE,
            record_number=NUMBER,
            created_at=timezone.now(),
        )

    def finder(number: str, phone: str) -> residents.KnownResident | None:
        fits = (number, phone) == (NUMBER, PHONE)
        return residents.KnownResident(CHEN, "陈某", county.clinic_a1.path) if fits else None

    monkeypatch.setattr(residents, "_finders", [finder])
    return person


def ask(client: Client, number: str = NUMBER, phone: str = PHONE) -> str:
    """The page for the code, after asking for one."""
    response = client.post(ASK, {"number": number, "phone": phone}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def code_in(page: str) -> str:
    assert "短信模拟器：没有真正发送短信" in page
    return re.search(r"验证码是 (\d{6})", page).group(1)


def test_a_resident_opens_the_own_record_and_nothing_else(client, chen, people_of):
    assert client.post(ENTER, {"code": code_in(ask(client))})["Location"] == "/"
    account = Account.objects.get(person_id=CHEN)
    with acting(account) as actor:
        assert actor.roles == {"resident"}
        assert [p.pk for p in Person.objects.all()] == [CHEN]
    with entered_as_system("test"):
        acts = list(AuditEntry.objects.filter(account_id=account.pk).values_list("action", flat=True))
    assert acts == ["account.signed_in"]


def test_the_second_sign_in_is_the_same_account(client, chen):
    client.post(ENTER, {"code": code_in(ask(client))})
    other = Client()
    other.post(ENTER, {"code": code_in(ask(other))})
    assert Account.objects.filter(person_id=CHEN).count() == 1


def test_a_wrong_pair_gets_the_same_page_without_a_code(client, chen):
    wrong = ask(client, phone="13900000009")
    assert "短信模拟器" not in wrong
    assert "6 位验证码短信已发出" in wrong
    assert "已失效" in client.post(ENTER, {"code": "000000"}).content.decode()
    assert not Account.objects.filter(person_id=CHEN).exists()


def test_a_code_is_good_for_five_tries_five_minutes_and_one_use(client, chen):
    code = code_in(ask(client))
    for _ in range(5):
        client.post(ENTER, {"code": "x"})
    assert "已失效" in client.post(ENTER, {"code": code}).content.decode()

    code = code_in(ask(client))
    SignInCode.objects.update(sent_at=timezone.now() - timedelta(minutes=6))
    assert "已失效" in client.post(ENTER, {"code": code}).content.decode()

    code = code_in(ask(client))
    ticket = client.session["resident_ticket"]
    client.post(ENTER, {"code": code})
    with pytest.raises(residents.CannotSignInResident):
        residents.check_code(ticket=ticket, code=code, now=timezone.now())


def test_six_codes_in_an_hour_are_too_many(client, chen):
    for _ in range(5):
        ask(client)
    assert "过于频繁" in ask(client)


def test_neither_phone_nor_code_lies_in_the_table(client, chen):
    code = code_in(ask(client))
    row = SignInCode.objects.values().get()
    assert PHONE not in str(row)
    assert code not in str({k: v for k, v in row.items() if k not in ("id", "sent_at")})


def test_without_a_gateway_residents_are_told_where_to_ask(client, chen, settings):
    settings.KANGSHU_DEMO = False
    assert "尚未配置短信服务" in client.get(ASK).content.decode()
    assert client.post(ASK, {"number": NUMBER, "phone": PHONE}).status_code == 200
    assert not SignInCode.objects.exists()


def test_a_guardian_sees_the_child_in_their_care(chen, county, as_owner, people_of, monkeypatch):
    from django.db import connection

    child = fixed_id(900_004)
    with as_owner():
        Person.objects.create(
            id=child,
            name="陈小某",
            region=county.village_b1,
            institution=county.clinic_b1,
            scope_path=county.clinic_b1.path,
            created_at=timezone.now(),
        )
        # Whatever `people` answers is what counts.
        connection.cursor().execute(
            "CREATE OR REPLACE FUNCTION people_wards(resident uuid) RETURNS uuid[] LANGUAGE sql"
            f" STABLE SECURITY DEFINER AS $$ SELECT ARRAY['{child}'::uuid] $$"
        )
    account = Account.objects.create(username="r", name="陈某", person_id=CHEN)
    with acting(account):
        assert set(Person.objects.values_list("pk", flat=True)) == {CHEN, child}
