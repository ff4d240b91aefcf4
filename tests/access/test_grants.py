"""One person's record opened outside the own place: by grant for a time, in an emergency with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from tests.support.accounts import acting, sign_in
from tests.support.county import fixed_id

from kangshu.access import grants
from kangshu.access.models import Grant
from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound
from kangshu.people.models import Person

LI = fixed_id(900_002)


@pytest.fixture
def li(county, as_owner):
    """A resident of clinic_b1, outside what clinic_a1 and the hospital reach."""
    with as_owner():
        return Person.objects.create(
            id=LI,
            name="李某",
            region=county.village_b1,
            institution=county.clinic_b1,
            scope_path=county.clinic_b1.path,
            created_at=timezone.now(),
        )


@pytest.fixture
def found_by_number(monkeypatch, county):
    def finder(number: str) -> grants.OutsidePerson | None:
        if number != "39990110110100017":
            return None
        return grants.OutsidePerson(LI, "李*", county.clinic_b1.name, county.clinic_b1.path)

    monkeypatch.setattr(grants, "_finders", [finder])


def sees_li(account) -> bool:
    with acting(account):
        return Person.objects.filter(pk=LI).exists()


def test_a_referral_opens_the_record_to_the_hospital_and_no_further(li, people_of, county):
    assert not sees_li(people_of.clinician)
    with acting(people_of.village_doctor_b) as by:
        grants.give(
            person_id=LI, kind="referral", institution_id=county.hospital.pk, reason="血压控制不佳", by=by
        )
    assert sees_li(people_of.clinician)
    assert sees_li(people_of.hospital_clerk)
    assert not sees_li(people_of.village_doctor_a)


def test_an_expired_a_future_and_a_revoked_grant_do_not_count(li, people_of, county):
    now = timezone.now()
    day = timedelta(days=1)
    with acting(people_of.village_doctor_b) as by:
        common = {"person_id": LI, "institution_id": county.hospital.pk, "by": by}
        grants.give(kind="treatment", from_at=now - 2 * day, until_at=now - day, **common)
        grants.give(kind="treatment", from_at=now + day, until_at=now + 2 * day, **common)
        ended = grants.give(kind="contract", from_at=now - day, **common)
        grants.revoke(grant_id=ended, by=by, now=now - day / 2)
    assert not sees_li(people_of.clinician)


def test_the_system_administrators_see_nobody_even_by_grant(li, people_of):
    with acting(people_of.village_doctor_b) as by:
        for account in (people_of.administrator, people_of.security_administrator, people_of.auditor):
            grants.give(person_id=LI, kind="referral", account_id=account.pk, by=by)
    for account in (people_of.administrator, people_of.security_administrator, people_of.auditor):
        assert not sees_li(account)


def test_a_grant_of_one_s_own_counts_at_once(li, people_of):
    with acting(people_of.clinician) as by:
        assert not Person.objects.filter(pk=LI).exists()
        grants.break_glass(
            person_id=LI, scope_path=li.scope_path, reason="昏迷送医，需查用药史", by=by, now=timezone.now()
        )
        assert Person.objects.filter(pk=LI).exists()


def test_an_emergency_ends_after_four_hours(li, people_of):
    began = timezone.now() - timedelta(hours=4, minutes=1)
    with acting(people_of.clinician) as by:
        grants.break_glass(
            person_id=LI, scope_path=li.scope_path, reason="昏迷送医，需查用药史", by=by, now=began
        )
    assert not sees_li(people_of.clinician)


def test_an_emergency_needs_a_reason_and_a_role_that_treats(li, people_of):
    common = {"person_id": LI, "scope_path": li.scope_path, "now": timezone.now()}
    with acting(people_of.clinician) as by, pytest.raises(BadInput, match="at least 6"):
        grants.break_glass(reason="急", by=by, **common)
    for account in (people_of.administrator, people_of.bureau_officer, people_of.resident_zhang):
        with acting(account) as by, pytest.raises(NotAllowed):
            grants.break_glass(reason="昏迷送医，需查用药史", by=by, **common)


def test_the_own_clinic_sees_the_emergency_in_its_trail(li, people_of):
    with acting(people_of.clinician) as by:
        grants.break_glass(
            person_id=LI, scope_path=li.scope_path, reason="昏迷送医，需查用药史", by=by, now=timezone.now()
        )
    with acting(people_of.village_doctor_b):
        seen = AuditEntry.objects.get(action="person.opened_in_emergency")
    assert (seen.actor_name, seen.reason) == ("医生丙", "昏迷送医，需查用药史")
    with acting(people_of.village_doctor_a):
        assert not AuditEntry.objects.filter(action="person.opened_in_emergency").exists()


def test_a_security_administrator_reviews_and_ends_an_emergency(li, people_of):
    with acting(people_of.clinician) as by:
        grant_id = grants.break_glass(
            person_id=LI, scope_path=li.scope_path, reason="昏迷送医，需查用药史", by=by, now=timezone.now()
        )
    with acting(people_of.security_administrator) as by:
        grants.review(grant_id=grant_id, finding="情况属实", by=by, now=timezone.now())
        grants.revoke(grant_id=grant_id, by=by, now=timezone.now())
    assert not sees_li(people_of.clinician)
    with entered_as_system("test"):
        assert Grant.objects.get(pk=grant_id).review == "情况属实"


def test_a_grant_cannot_be_given_in_another_s_name(li, people_of, county):
    with acting(people_of.director) as director:
        pass
    with (
        acting(people_of.village_doctor_a),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        grants.give(person_id=LI, kind="referral", institution_id=county.hospital.pk, by=director)


class TestPages:
    def test_a_clinician_opens_a_record_in_an_emergency(self, li, people_of, found_by_number):
        clinician = sign_in(Client(), people_of.clinician)
        assert "紧急访问" in clinician.get("/access/emergency/").content.decode()
        nobody = clinician.post("/access/emergency/", {"number": "1"}).content.decode()
        assert "全县没有查到" in nobody
        who = clinician.post("/access/emergency/", {"number": "39990110110100017"}).content.decode()
        assert "李*" in who
        assert "李某" not in who
        short = {"number": "39990110110100017", "reason": "急"}
        assert "至少 6 个字" in clinician.post("/access/emergency/", short).content.decode()
        assert not sees_li(people_of.clinician)
        reason = {"number": "39990110110100017", "reason": "昏迷送医，需查用药史"}
        assert clinician.post("/access/emergency/", reason).status_code == 302
        assert sees_li(people_of.clinician)

        security = sign_in(Client(), people_of.security_administrator)
        page = security.get("/access/emergency/review/").content.decode()
        assert "昏迷送医" in page
        assert "李某" not in page
        with entered_as_system("test"):
            grant = Grant.objects.get(kind="break_glass")
        done = security.post("/access/emergency/review/", {"grant": grant.pk, "review": "属实"})
        assert done.status_code == 302
        assert "昏迷送医" not in security.get("/access/emergency/review/").content.decode()
        assert "昏迷送医" in security.get("/access/emergency/review/?show=all").content.decode()

    def test_who_does_not_treat_has_no_emergency_page(self, people_of):
        for account in (people_of.auditor, people_of.bureau_officer, people_of.resident_zhang):
            assert sign_in(Client(), account).get("/access/emergency/").status_code == 403

    def test_a_lookup_outside_is_written_down_even_when_nobody_is_found(self, people_of, found_by_number):
        with acting(people_of.clinician) as by, pytest.raises(NotFound):
            grants.find_outside(number="1", by=by)
        sign_in(Client(), people_of.clinician).post("/access/emergency/", {"number": "2"})
        with entered_as_system("test"):
            assert AuditEntry.objects.filter(action="person.looked_up_outside").count() == 2
