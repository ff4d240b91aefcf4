"""The screens of care, through the client."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.support.accounts import sign_in
from tests.support.people import id_number, resident

from kangshu.access.scope import entered_as_system
from kangshu.care.models import Diagnosis, Encounter
from kangshu.kernel.identifiers import new_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(county):
    return resident(county.clinic_a1)


def typed(**values):
    return {
        "encounter_id": str(new_id()),
        "kind": "outpatient",
        "started_on": "2026-09-10",
        "complaint": "头晕",
        "note": "",
        "diagnosis-0-name": "特发性（原发性）高血压",
        "diagnosis-0-code": "I10.x00",
        "result-sbp": "１６８",
        "result-dbp": "98",
        "prescription-0-medicine": "氨氯地平",
        "prescription-0-days": "28",
        **values,
    }


def test_a_village_doctor_records_a_clinic_visit(client, who, person):
    doctor = sign_in(client, who.village_doctor_a)
    address = reverse("care:record", args=[person.pk])
    assert doctor.get(address).status_code == 200
    values = typed()
    assert doctor.post(address, values).status_code == 302
    assert doctor.post(address, values).status_code == 302
    with entered_as_system("check"):
        assert Encounter.objects.get().staff_id == who.village_doctor_a.staff_id
        assert Diagnosis.objects.get().code == "I10.x00"
    page = doctor.get(reverse("people:resident", args=[person.pk])).content.decode()
    assert "I10.x00" in page
    assert "氨氯地平" in page
    assert "168 mmHg" in page
    assert doctor.get(reverse("care:encounters", args=[person.pk])).status_code == 200


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"result-sbp": "abc"}, "不是数字"),
        ({"result-sbp": "90"}, "应高于舒张压"),
        ({"diagnosis-0-code": "高血压"}, "不是 ICD-10 编码"),
        ({"started_on": "2126-01-01"}, "晚于今天"),
        ({"prescription-0-medicine": ""}, "请填写药品名称"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, who, person, values, words):
    doctor = sign_in(client, who.village_doctor_a)
    page = doctor.post(reverse("care:record", args=[person.pk]), typed(**values)).content.decode()
    assert words in page
    assert 'value="特发性（原发性）高血压"' in page
    assert 'value="98"' in page


def test_codes_are_suggested(client, who):
    doctor = sign_in(client, who.village_doctor_a)
    page = doctor.get(reverse("care:diagnosis_codes"), {"row": "0", "typed-search": "gxy"}).content.decode()
    assert "高血压" in page


def test_a_hospital_opens_the_record_of_the_patient_with_the_card(client, who, person):
    clinician = sign_in(client, who.clinician)
    assert clinician.get(reverse("people:resident", args=[person.pk])).status_code == 404
    address = reverse("care:reception")
    assert "校验位不符" in clinician.post(address, {"number": "339901196005010012"}).content.decode()
    done = clinician.post(address, {"number": id_number(person.birth_date)})
    assert done["Location"] == reverse("people:resident", args=[person.pk])


def test_an_officer_of_the_bureau_records_nothing(client, who, person):
    officer = sign_in(client, who.bureau_officer)
    assert officer.get(reverse("care:record", args=[person.pk])).status_code == 403
