"""A resident asks for a correction; the responsible institution answers, and nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.support.accounts import acting, sign_in
from tests.support.people import NOW, resident, zhang

from kangshu.access.scope import entered_as_system
from kangshu.kernel.errors import BadInput, Conflict, NotAllowed, NotFound
from kangshu.people.actions import answer_correction, ask_correction
from kangshu.people.models import CorrectionRequest
from kangshu.people.refusals import PersonNotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(county):
    return zhang(county)


def ask(who, person, words="电话不对，应为 13900000000"):
    with acting(who.resident_zhang) as own:
        return ask_correction(person_id=person.pk, about="我的档案", words=words, by=own, now=NOW)


def test_the_clinic_answers_and_the_resident_reads_it(person, county, who):
    request = ask(who, person)
    assert request.answer_due_on == date(2026, 10, 27), "fifteen working days over the national holidays"
    with acting(who.village_doctor_a) as doctor:
        answer_correction(request_id=request.pk, corrected=True, answer="已更正电话", by=doctor, now=NOW)
        with pytest.raises(Conflict, match="answered"):
            answer_correction(request_id=request.pk, corrected=False, answer="再答", by=doctor, now=NOW)
    with acting(who.resident_zhang):
        seen = CorrectionRequest.objects.get()
        assert (seen.state, seen.answer, seen.answered_by_name) == ("done", "已更正电话", "村医甲")


def test_nobody_else_sees_or_answers_it(person, county, who):
    request = ask(who, person)
    for stranger in (who.village_doctor_b, who.clinician):
        with acting(stranger) as other:
            assert not CorrectionRequest.objects.exists()
            with pytest.raises(NotFound):
                answer_correction(request_id=request.pk, corrected=True, answer="好", by=other, now=NOW)
    with acting(who.bureau_officer) as officer, pytest.raises(NotAllowed):
        answer_correction(request_id=request.pk, corrected=True, answer="好", by=officer, now=NOW)


def test_only_of_the_own_record_with_words_and_not_without_end(person, county, who):
    other = resident(county.clinic_a1, "李某", serial=7)
    with pytest.raises(PersonNotFound):
        ask(who, other)
    with pytest.raises(BadInput):
        ask(who, person, "错")
    for _ in range(10):
        ask(who, person)
    with pytest.raises(Conflict, match="too_many"):
        ask(who, person)


def test_a_declined_request_needs_its_reason(person, county, who):
    request = ask(who, person)
    with acting(who.village_doctor_a) as doctor:
        with pytest.raises(BadInput):
            answer_correction(request_id=request.pk, corrected=False, answer="", by=doctor, now=NOW)
        answer_correction(request_id=request.pk, corrected=False, answer="与身份证一致", by=doctor, now=NOW)


def test_the_screens_lead_from_the_resident_to_the_answer(client, person, county, who):
    own = sign_in(client, who.resident_zhang)
    address = reverse("people:correct", args=[person.pk])
    short = own.post(address, {"about": "我的档案", "words": "错"}).content.decode()
    assert "至少 4 个字" in short
    own.post(address, {"about": "我的档案", "words": "住址已搬到三组"})
    assert "住址已搬到三组" in own.get("/").content.decode()
    with entered_as_system("test"):
        request = CorrectionRequest.objects.get()
    doctor = sign_in(client, who.village_doctor_a)
    assert "住址已搬到三组" in doctor.get("/").content.decode()
    page = reverse("people:answer_correction", args=[request.pk])
    assert "请写明答复" in doctor.post(page, {"answer": "", "corrected": "1"}).content.decode()
    doctor.post(page, {"answer": "已核实并更正", "corrected": "1"})
    assert "已核实并更正" in sign_in(client, who.resident_zhang).get("/").content.decode()
