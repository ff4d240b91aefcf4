"""Signing in: password, lock, second factor, forced change, sign-out; what the trail keeps."""

from __future__ import annotations

import re

from django.test import Client
from django.utils import timezone
from tests.support.accounts import PASSWORD, acting, sign_in

from kangshu.access import second_factor
from kangshu.access.models import Account
from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry

SIGN_IN = "/access/sign-in/"
SECOND = "/access/second-factor/"


def actions_in_trail(using: str = "default") -> list[str]:
    with entered_as_system("test", using=using):
        return list(AuditEntry.objects.using(using).order_by("id").values_list("action", flat=True))


def try_password(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_a_village_doctor_signs_in_and_goes_where_they_wanted(client, people_of):
    response = try_password(client, " Village_Doctor_A ", next="/access/account/")
    assert response.status_code == 302, response.content.decode()
    assert response["Location"] == "/access/account/"
    assert client.get("/access/account/").status_code == 200
    assert "account.signed_in" in actions_in_trail()


def test_a_visitor_is_led_to_the_sign_in_and_back(client, db):
    response = client.get("/access/account/")
    assert response.status_code == 302
    assert response["Location"] == "/access/sign-in/?next=%2Faccess%2Faccount%2F"


def test_a_link_cannot_lead_the_sign_in_to_another_site(client, people_of):
    assert try_password(client, "village_doctor_a", next="https://elsewhere.example/")["Location"] == "/"


def test_five_failures_lock_the_account_and_say_for_how_long(client, people_of):
    for _ in range(4):
        assert "不正确" in try_password(client, "village_doctor_a", "wrong").content.decode()
    locked = try_password(client, "village_doctor_a", "wrong").content.decode()
    assert re.search(r"已锁定。请 1[45] 分钟后再试", locked)
    assert "已锁定" in try_password(client, "village_doctor_a").content.decode()
    failures = [a for a in actions_in_trail("audit") if a == "account.sign_in_failed"]
    assert len(failures) == 5


def test_an_unknown_name_gets_the_same_words_as_a_wrong_password(client, people_of):
    def told(username: str) -> str:
        page = try_password(client, username, "wrong").content.decode()
        return re.sub(r"""value="[^"]*"|hx-headers='[^']*'""", "", page)

    assert told("nobody_here") == told("village_doctor_b")


def test_an_inactive_account_cannot_sign_in_and_loses_its_session_at_the_next_request(client, people_of):
    try_password(client, "village_doctor_a")
    Account.objects.filter(username="village_doctor_a").update(is_active=False)
    assert client.get("/access/account/").status_code == 302
    assert "不正确" in try_password(client, "village_doctor_a").content.decode()


def test_an_administrator_sets_up_the_second_factor_before_anything_else(client, people_of):
    try_password(client, "administrator", next="/access/accounts/")
    assert client.get("/access/accounts/")["Location"] == SECOND
    page = client.get(SECOND)
    key = client.session["second_factor_pending"]
    assert "<svg" in page.content.decode()
    assert client.post(SECOND, {"code": "000000"}).status_code == 200
    done = client.post(SECOND, {"code": second_factor.current_code(key)})
    codes = re.findall(r"<code[^>]*>([0-9a-f]{5}-[0-9a-f]{5})</code>", done.content.decode())
    assert len(codes) == 10
    assert client.get("/access/accounts/").status_code == 200

    again = Client()
    try_password(again, "administrator")
    assert again.get("/access/accounts/")["Location"] == SECOND
    assert again.post(SECOND, {"code": codes[0]}).status_code == 302
    assert again.get("/access/accounts/").status_code == 200

    used = Client()
    try_password(used, "administrator")
    assert used.post(SECOND, {"code": codes[0]}).status_code == 200, "a recovery code opens once"


def test_a_wrong_code_is_counted_and_guessing_is_slowed_down(client, people_of):
    with acting(people_of.director) as actor:
        key = second_factor.new_key()
        second_factor.enrol(
            account=people_of.director, key=key, code=second_factor.current_code(key), by=actor
        )
    try_password(client, "director")
    assert "验证码不正确" in client.post(SECOND, {"code": "123456"}).content.decode()
    assert "稍候" in client.post(SECOND, {"code": "123457"}).content.decode()


def test_a_first_password_must_be_changed_before_going_on(client, people_of):
    Account.objects.filter(username="village_doctor_a").update(must_change_password=True)
    try_password(client, "village_doctor_a")
    assert client.get("/access/account/")["Location"] == "/access/account/password/"
    change = {"old": PASSWORD, "new": "short1A", "again": "short1A"}
    assert "至少 8 个字符" in client.post("/access/account/password/", change).content.decode()
    change = {"old": PASSWORD, "new": "Longer-2027", "again": "Longer-2027"}
    assert client.post("/access/account/password/", change).status_code == 302
    assert client.get("/access/account/").status_code == 200


def test_a_password_of_more_than_ninety_days_must_be_changed(client, people_of):
    Account.objects.filter(username="village_doctor_a").update(
        password_changed_at=timezone.now() - timezone.timedelta(days=91)
    )
    try_password(client, "village_doctor_a")
    assert client.get("/access/account/")["Location"] == "/access/account/password/"


def test_changing_the_password_ends_the_other_sessions(client, people_of):
    other = sign_in(Client(), people_of.village_doctor_a)
    try_password(client, "village_doctor_a")
    change = {"old": PASSWORD, "new": "Longer-2027", "again": "Longer-2027"}
    client.post("/access/account/password/", change)
    assert client.get("/access/account/").status_code == 200
    assert other.get("/access/account/").status_code == 302


def test_a_signed_out_cookie_is_worth_nothing(client, people_of):
    sign_in(client, people_of.village_doctor_a)
    stolen = Client()
    stolen.cookies = client.cookies.copy()
    assert stolen.get("/access/account/").status_code == 200
    client.post("/access/sign-out/")
    assert stolen.get("/access/account/").status_code == 302


def test_nobody_works_longer_than_a_shift_on_one_sign_in(client, people_of):
    sign_in(client, people_of.village_doctor_a)
    session = client.session
    session["signed_in_at"] -= 12 * 3600 + 1
    session.save()
    assert client.get("/access/account/")["Location"].endswith("ended=1")


def test_signing_in_brings_the_language_of_the_account(client, people_of):
    Account.objects.filter(username="village_doctor_a").update(language="en")
    try_password(client, "village_doctor_a")
    assert "My account" in client.get("/access/account/").content.decode()
