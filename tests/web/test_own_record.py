"""A resident's own record: opened by consent, without what is confidential or kept, never anybody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.support.accounts import acting
from tests.support.people import resident

from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.kernel.identifiers import new_id
from kangshu.web import own
from kangshu.work.actions import record_visit
from kangshu.work.models import Record

pytestmark = pytest.mark.django_db
ANSWERS = {
    "mode": "2",
    "symptoms": ["1"],
    "sbp": 158,
    "dbp": 84,
    "weight": "65.5",
    "height": "168",
    "medication_adherence": "1",
    "adverse_reaction": "1",
}


def visit(who, county, person, **answers) -> Record:
    with acting(who.village_doctor_a) as doctor:
        return record_visit(
            form_id="chronic.hypertension.follow_up",
            person=person.pk,
            answers={**ANSWERS, **answers},
            performed_on=timezone.localdate() - timedelta(days=1),
            performed_by=county.doctor_a.pk,
            institution=county.clinic_a1.pk,
            record_id=new_id(),
            by=doctor,
            now=timezone.now(),
        ).record


@pytest.fixture
def seen(who, county, zhang_due) -> Record:
    return visit(who, county, zhang_due)


def address(record: Record) -> str:
    return reverse("web:own_record", args=[record.pk])


def test_nothing_is_opened_before_the_resident_agrees(as_, seen):
    zhang = as_("resident_zhang")
    first = zhang.get("/").content.decode()
    assert "我同意，向我开放档案" in first
    assert "158/84" not in first
    refused = zhang.get(address(seen))
    assert refused.status_code == 409
    assert "请先" in refused.content.decode()
    assert "158" not in zhang.get(reverse("web:own_records")).content.decode()


def test_after_agreeing_every_answer_is_there_in_words(as_, seen, who):
    zhang = as_("resident_zhang")
    zhang.post(reverse("web:open_record"), {"agreed": "1"})
    assert "158/84" in zhang.get("/").content.decode()
    html = zhang.get(address(seen)).content.decode()
    assert "收缩压" in html
    assert "申请更正" in html
    with entered_as_system("test"):
        consent = Record.objects.get(form_id="records.opening")
        assert consent.answers == {"agreed": "1", "given": "1"}
        read = AuditEntry.objects.get(action="record.read", account_id=who.resident_zhang.pk)
        assert read.person_id == seen.person_id
        assert AuditEntry.objects.filter(action="person.opened_to_self").exists()


def test_the_consent_can_be_taken_back_and_given_again(as_, seen):
    zhang = as_("resident_zhang")
    for agreed, status in (("1", 200), ("1", 200), ("0", 409), ("1", 200)):
        zhang.post(reverse("web:open_record"), {"agreed": agreed})
        assert zhang.get(address(seen)).status_code == status
    with entered_as_system("test"):
        assert Record.objects.filter(form_id="records.opening").count() == 3, "saying it twice is nothing"


def test_nobody_elses_record_and_no_confidential_or_kept_one(as_, seen, who, county, monkeypatch, as_owner):
    zhang = as_("resident_zhang")
    zhang.post(reverse("web:open_record"), {"agreed": "1"})
    other = resident(county.clinic_a1, "李某", now=timezone.now(), serial=9)
    with acting(who.village_doctor_a) as doctor:
        from kangshu.work.actions import enrol

        enrol(
            kind="chronic.hypertension",
            person=other.pk,
            on=timezone.localdate() - timedelta(days=30),
            by=doctor,
            now=timezone.now(),
        )
    assert zhang.get(address(visit(who, county, other))).status_code == 404
    monkeypatch.setattr(own, "kept_from_residents", lambda: ["chronic.hypertension.follow_up"])
    assert zhang.get(address(seen)).status_code == 404
    monkeypatch.undo()
    with as_owner():
        Record.objects.filter(pk=seen.pk).update(compartment="secret.programme")
    assert zhang.get(address(seen)).status_code == 404


def test_staff_do_not_use_the_residents_pages(as_, seen):
    for name in ("village_doctor_a", "bureau_officer", "administrator"):
        assert as_(name).get(address(seen)).status_code == 403
        assert as_(name).post(reverse("web:open_record"), {"agreed": "1"}).status_code == 403
