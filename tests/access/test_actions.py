"""Administering accounts: three separated administrators, nobody for themselves, effect at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import PASSWORD, acting, sign_in

from kangshu.access import actions
from kangshu.access.models import Account, Assignment
from kangshu.access.roles import Role
from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput, Conflict, NotAllowed

TODAY = date(2026, 11, 23)


def make(people_of, county, username: str = "new_doctor") -> tuple[Account, str]:
    with acting(people_of.administrator) as by:
        return actions.create_account(new=actions.NewAccount(username, "新医生", county.clinic_a1.pk), by=by)


def give(people_of, county, account: Account, role: Role = Role.VILLAGE_DOCTOR, **more) -> Assignment:
    with acting(people_of.security_administrator) as by:
        return actions.assign_role(
            **{
                "account_id": account.pk,
                "role": role,
                "institution_id": county.clinic_a1.pk,
                "from_on": date(2026, 1, 1),
                "to_on": None,
                "by": by,
                **more,
            }
        )


def test_two_administrators_together_make_an_account_that_works(client, people_of, county):
    account, password = make(people_of, county)
    client.post("/access/sign-in/", {"username": "new_doctor", "password": password})
    new = {"old": password, "new": "Own-Secret-1", "again": "Own-Secret-1"}
    assert client.post("/access/account/password/", new).status_code == 302
    assert client.get("/people/").status_code in (403, 404), "without a role nothing opens"
    give(people_of, county, account)
    with acting(account) as actor:
        assert actor.roles == {"village_doctor"}
        assert actor.scope_path == county.clinic_a1.path


def test_the_one_cannot_do_the_other_s_work(people_of, county):
    with acting(people_of.security_administrator) as by, pytest.raises(NotAllowed):
        actions.create_account(new=actions.NewAccount("nobody", "某人", county.clinic_a1.pk), by=by)
    with acting(people_of.administrator) as by, pytest.raises(NotAllowed):
        actions.assign_role(
            account_id=people_of.village_doctor_a.pk,
            role=Role.BUREAU_OFFICER,
            institution_id=county.bureau.pk,
            from_on=TODAY,
            to_on=None,
            by=by,
        )


def test_nobody_gives_themselves_rights(people_of, county):
    with pytest.raises(NotAllowed, match="own"):
        give(people_of, county, people_of.security_administrator, Role.AUDITOR)
    with acting(people_of.security_administrator) as by, pytest.raises(NotAllowed, match="own"):
        actions.open_compartment(
            account_id=by.account_id, compartment="hiv", reason="x", by=by, now=timezone.now()
        )
    with acting(people_of.administrator) as by, pytest.raises(NotAllowed, match="own"):
        actions.reset_password(account_id=by.account_id, by=by)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR])
def test_the_three_administrators_are_three_people(people_of, county, role):
    with pytest.raises(Conflict, match="separated"):
        give(people_of, county, people_of.bureau_officer, role)
    for other in {Role.ADMINISTRATOR, Role.AUDITOR} - {role}:
        account = people_of.administrator if other is Role.ADMINISTRATOR else people_of.auditor
        with pytest.raises(Conflict, match="separated"):
            give(people_of, county, account, role)


def test_roles_one_after_the_other_do_not_clash(people_of, county):
    Assignment.objects.filter(account=people_of.bureau_officer).update(to_on=date(2026, 6, 30))
    give(people_of, county, people_of.bureau_officer, Role.AUDITOR, from_on=date(2026, 7, 1))


def test_a_role_taken_away_is_gone_at_the_next_request(client, people_of):
    sign_in(client, people_of.auditor)
    assert client.get("/audit/").status_code == 200
    with acting(people_of.security_administrator) as by:
        held = people_of.auditor.assignments.get()
        actions.end_assignment(assignment_id=held.pk, by=by, now=timezone.now())
    assert client.get("/audit/").status_code == 403


def test_a_role_counts_from_its_first_to_its_last_day(people_of, county):
    account, _ = make(people_of, county)
    give(people_of, county, account, from_on=date(2020, 1, 1), to_on=date(2020, 12, 31))
    give(people_of, county, account, from_on=date(2090, 1, 1))
    with acting(account) as actor:
        assert actor.roles == frozenset()


def test_an_administrator_of_a_township_does_not_reach_the_county(people_of, county):
    Assignment.objects.filter(account=people_of.administrator).update(institution=county.centre_a)
    with acting(people_of.administrator) as by:
        actions.reset_password(account_id=people_of.village_doctor_a.pk, by=by)
        for outside in (people_of.village_doctor_b, people_of.bureau_officer):
            with pytest.raises(NotAllowed, match="outside"):
                actions.reset_password(account_id=outside.pk, by=by)


def test_a_reset_password_unlocks_and_must_be_changed(client, people_of):
    for _ in range(5):
        client.post("/access/sign-in/", {"username": "village_doctor_a", "password": "wrong"})
    with acting(people_of.administrator) as by:
        password = actions.reset_password(account_id=people_of.village_doctor_a.pk, by=by)
    response = client.post("/access/sign-in/", {"username": "village_doctor_a", "password": password})
    assert response.status_code == 302
    assert client.get("/access/account/")["Location"] == "/access/account/password/"


def test_a_bad_new_account_says_all_that_is_wrong(people_of, county):
    with acting(people_of.administrator) as by, pytest.raises(BadInput) as refused:
        actions.create_account(new=actions.NewAccount("王", " ", county.clinic_a1.pk), by=by)
    assert [p.code for p in refused.value.problems] == ["username.form", "name.missing"]
    with acting(people_of.administrator) as by, pytest.raises(BadInput, match="taken"):
        actions.create_account(new=actions.NewAccount("Auditor", "某人", county.clinic_a1.pk), by=by)


def test_an_account_with_roles_at_two_places_acts_for_one_at_a_time(client, people_of, county):
    give(
        people_of, county, people_of.village_doctor_a, Role.TOWNSHIP_WORKER, institution_id=county.centre_b.pk
    )
    with acting(people_of.village_doctor_a) as actor:
        assert (actor.roles, actor.scope_path) == ({"township_worker"}, county.centre_b.path)
        actions.change_preferences(language="en", acts_for_id=county.clinic_a1.pk, by=actor)
    with acting(people_of.village_doctor_a) as actor:
        assert (actor.roles, actor.scope_path) == ({"village_doctor"}, county.clinic_a1.path)
        with pytest.raises(NotAllowed):
            actions.change_preferences(language="en", acts_for_id=county.bureau.pk, by=actor)


class TestPages:
    """The same through the pages."""

    def test_an_account_is_made_and_given_a_role(self, people_of, county):
        administrator = sign_in(Client(), people_of.administrator)
        typed = {
            "username": "doc.9",
            "name": "新医生",
            "institution": county.clinic_a2.pk,
            "language": "zh-hans",
        }
        made = administrator.post("/access/accounts/new/", typed)
        assert "初始密码" in made.content.decode()
        account = Account.objects.get(username="doc.9")
        assert "没有符合条件" not in administrator.get("/access/accounts/?text=doc.9").content.decode()

        security = sign_in(Client(), people_of.security_administrator)
        address = f"/access/accounts/{account.pk}/"
        role = {
            "do": "assign",
            "role": "village_doctor",
            "institution": county.clinic_a2.pk,
            "from_on": "2026-01-01",
        }
        assert security.post(address, role).status_code == 302
        assert "村医" in security.get(address).content.decode()
        held = account.assignments.get()
        assert administrator.post(address, {"do": "end", "assignment": held.pk}).status_code == 403
        assert security.post(address, {"do": "end", "assignment": held.pk}).status_code == 302
        assert security.post(address, {"do": "reset_password"}).status_code == 403
        for doing in ("unlock", "deactivate", "activate", "reset_second_factor"):
            assert administrator.post(address, {"do": doing}).status_code == 302
        assert "初始密码" in administrator.post(address, {"do": "reset_password"}).content.decode()
        assert administrator.post(address, {"do": "anything"}).status_code == 400

    def test_what_was_typed_wrongly_stays_on_the_page(self, people_of, county):
        administrator = sign_in(Client(), people_of.administrator)
        typed = {"username": "auditor", "name": "又一位", "institution": county.bureau.pk, "language": "en"}
        page = administrator.post("/access/accounts/new/", typed).content.decode()
        assert "已被使用" in page
        assert "又一位" in page

    @pytest.mark.parametrize("path", ["/access/accounts/", "/access/accounts/new/"])
    def test_a_village_doctor_does_not_see_accounts(self, people_of, path):
        assert sign_in(Client(), people_of.village_doctor_a).get(path).status_code == 403

    def test_a_deactivated_colleague_cannot_sign_in(self, client, people_of):
        administrator = sign_in(Client(), people_of.administrator)
        administrator.post(f"/access/accounts/{people_of.village_doctor_a.pk}/", {"do": "deactivate"})
        client.post("/access/sign-in/", {"username": "village_doctor_a", "password": PASSWORD})
        assert client.get("/access/account/").status_code == 302


def test_who_serves_two_institutions_acts_for_one_at_a_time_and_it_is_written_down(county, people_of, client):
    doctor = people_of.village_doctor_a
    address = reverse("access:act_for")
    page = sign_in(client, doctor)
    fragment = {"HX-Request": "true"}
    assert "东柳村卫生室" not in page.get(address, headers=fragment).content.decode(), "one is no choice"
    Assignment.objects.create(
        account=doctor, role="township_worker", institution=county.centre_b, from_on=date(2020, 1, 1)
    )
    Assignment.objects.create(
        account=doctor,
        role="township_worker",
        institution=county.centre_a,
        from_on=date(2020, 1, 1),
        to_on=date(2020, 12, 31),
    )
    page.post(address, {"institution": str(county.clinic_a1.pk)})
    offered = page.get(address, headers=fragment).content.decode()
    assert "石桥镇卫生院" in offered
    assert "柳林镇卫生院" not in offered, "the role there has ended"
    page.post(address, {"institution": str(county.centre_b.pk)})
    with acting(doctor) as now:
        assert (now.institution_id, now.roles) == (county.centre_b.pk, frozenset({"township_worker"}))
    assert page.post(address, {"institution": str(county.centre_a.pk)}).status_code == 403
    assert page.post(address, {"institution": "nonsense"}).status_code == 302
    with entered_as_system("test"):
        entries = AuditEntry.objects.filter(action="account.acts_for_changed").order_by("id")
        assert [entry.detail["after"] for entry in entries][-1] == str(county.centre_b.pk)
