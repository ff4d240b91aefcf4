"""The viewer: who may open it, what it shows, what it keeps closed."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.support.accounts import ZHANG, Accounts, accounts, acting, sign_in
from tests.support.county import small_county

from kangshu.access.models import CompartmentAccess
from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.audit.models import AuditEntry
from kangshu.kernel.actor import SystemActor

VIEWER = "/audit/"
JOB = SystemActor("test")


@pytest.fixture
def people_of(db) -> Accounts:
    return accounts(small_county())


def page(account, query: str = "") -> str:
    response = sign_in(Client(), account).get(VIEWER + query)
    assert response.status_code == 200
    return response.content.decode()


def test_only_the_auditor_opens_the_trail(people_of):
    for name, account in people_of.all().items():
        expected = 200 if name == "auditor" else 403
        assert sign_in(Client(), account).get(VIEWER).status_code == expected, name


def test_looking_at_the_trail_is_written_down(people_of):
    page(people_of.auditor)
    with entered_as_system("test"):
        assert AuditEntry.objects.filter(action="audit.read", account_id=people_of.auditor.pk).count() == 1


def test_entries_are_filtered_by_who_whom_action_outcome_and_day(people_of):
    with acting(people_of.village_doctor_a) as actor:
        log.write(by=actor, action="person.read", person_id=ZHANG)
        log.write(by=actor, action="record.saved", reason="reason-of-save")
    assert str(ZHANG) in page(people_of.auditor, f"?person={ZHANG}")
    assert "reason-of-save" not in page(people_of.auditor, f"?person={ZHANG}")
    assert "reason-of-save" in page(people_of.auditor, "?action=record.&who=村医甲")
    assert "reason-of-save" not in page(people_of.auditor, "?who=村医乙")
    assert "reason-of-save" not in page(people_of.auditor, "?outcome=refused")
    assert "reason-of-save" not in page(people_of.auditor, "?last_on=2020-01-01")
    assert "无法识别" in page(people_of.auditor, "?person=nonsense&first_on=yesterday")


def test_a_confidential_programme_stays_closed_in_the_trail(people_of):
    with entered_as_system("test"):
        log.write(
            by=JOB,
            action="record.saved",
            scope_path="0001.0003.",
            compartment="dummy_secret",
            reason="secret-act",
        )
    assert "secret-act" not in page(people_of.auditor)
    CompartmentAccess.objects.create(
        account=people_of.auditor, compartment="dummy_secret", from_at="2026-01-01T00:00+08:00"
    )
    assert "secret-act" in page(people_of.auditor)


def test_a_refused_page_stands_in_the_trail(people_of):
    sign_in(Client(), people_of.village_doctor_a).get(VIEWER)
    with entered_as_system("test", using="audit"):
        refused = AuditEntry.objects.using("audit").get(action="page.refused")
    assert (refused.actor_name, refused.outcome, refused.object_id) == ("村医甲", "refused", "audit:viewer")
