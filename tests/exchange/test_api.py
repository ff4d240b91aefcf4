"""The interface: a key acts as its account, saving is idempotent, every error has one shape."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.exchange.conftest import FOLLOW_UP
from tests.support.accounts import acting
from tests.support.people import id_number
from tests.work.conftest import ANSWERS

from kangshu.exchange.keys import make_key, revoke_key
from kangshu.exchange.models import ApiKey
from kangshu.kernel.errors import BadInput
from kangshu.kernel.identifiers import new_id


class Caller:
    """A program with a key of one account."""

    def __init__(self, client, account) -> None:
        self.client = client
        with acting(account) as by:
            self.made = make_key(name="医院系统", days=30, by=by, now=timezone.now())
        self.headers = {"Authorization": f"Bearer {self.made.secret}"}

    def get(self, path: str, **query):
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path: str, body: dict | list):
        return self.client.post(
            f"/api/v1{path}", json.dumps(body, default=str), "application/json", headers=self.headers
        )


@pytest.fixture
def doctor(client, who) -> Caller:
    return Caller(client, who.village_doctor_a)


def visit(patient, **changes) -> dict:
    return {
        "id": new_id(),
        "form_id": FOLLOW_UP,
        "person_id": patient.pk,
        "performed_on": timezone.localdate() - timedelta(days=3),
        "answers": ANSWERS,
        **changes,
    }


def test_without_a_key_nobody_is_let_in(client, who):
    answer = client.get("/api/v1/residents", {"q": "王"})
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "sign_in.needed"


def test_a_session_is_no_key(client, who):
    from tests.support.accounts import sign_in

    assert sign_in(client, who.village_doctor_a).get("/api/v1/residents", {"q": "王"}).status_code == 401


def test_an_ended_or_altered_key_is_refused(doctor, who):
    altered = {"Authorization": doctor.headers["Authorization"][:-1] + "?"}
    assert doctor.client.get("/api/v1/forms", headers=altered).status_code == 401
    with acting(who.village_doctor_a) as by:
        revoke_key(key_id=doctor.made.key.pk, by=by, now=timezone.now())
    assert doctor.get("/forms").status_code == 401


def test_only_a_digest_of_a_key_is_kept(doctor):
    kept = ApiKey.objects.get()
    assert doctor.made.secret.split("_", 2)[2] not in str(vars(kept))


def test_a_key_needs_a_name_and_an_end(who):
    with acting(who.village_doctor_a) as by, pytest.raises(BadInput):
        make_key(name="x", days=4000, by=by, now=timezone.now())


def test_residents_are_found_and_read_in_the_accounts_area(doctor, client, who, patient):
    (found,) = doctor.get("/residents", q="王小伟").json()["items"]
    assert found["id"] == str(patient.pk)
    assert doctor.get(f"/residents/{patient.pk}").json()["record_number"] == patient.record_number
    other = Caller(client, who.village_doctor_b)
    assert other.get("/residents", q="王小伟").json()["items"] == []
    missing = other.get(f"/residents/{patient.pk}")
    assert missing.status_code == 404
    assert set(missing.json()["error"]) >= {"code", "message", "where"}


def test_a_resident_is_registered_once_however_often_it_is_sent(doctor, county):
    body = {
        "id": new_id(),
        "name": "赵新来",
        "id_number": id_number(date(1966, 6, 6), serial=7),
        "region": county.village_a1.pk,
        "institution_id": county.clinic_a1.pk,
    }
    assert doctor.post("/residents", body).status_code == 201
    assert doctor.post("/residents", body).status_code == 200
    twice = doctor.post("/residents", {**body, "id": new_id()})
    assert twice.status_code == 409


def test_a_visit_saved_twice_is_saved_once_and_answers_the_same(doctor, patient):
    body = visit(patient)
    first = doctor.post("/records", body)
    second = doctor.post("/records", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["outcome"] == second.json()["outcome"]
    assert second.json()["was_repeat"]
    assert first.json()["next_due"]["due_on"] > str(timezone.localdate())
    assert doctor.get(f"/records/{body['id']}").json()["answers"]["sbp"] == 132


def test_a_bad_answer_is_named_with_field_value_and_reason(doctor, patient):
    answer = doctor.post("/records", visit(patient, answers={**ANSWERS, "sbp": 999}))
    assert answer.status_code == 400
    (problem,) = answer.json()["error"]["problems"]
    assert (problem["field"], problem["value"]) == ("sbp", 999)
    assert problem["message"]["zh"]


def test_a_body_that_does_not_fit_the_schema_has_the_same_shape(doctor, patient):
    answer = doctor.post("/records", visit(patient, performed_on="yesterday"))
    assert answer.status_code == 422
    assert answer.json()["error"]["problems"][0]["field"].endswith("performed_on")


def test_cases_and_dues_are_listed(doctor, patient):
    (case,) = doctor.get("/cases", person_id=patient.pk).json()
    assert case["kind"] == "chronic.hypertension"
    dues = doctor.get("/dues", person_id=patient.pk).json()
    assert {due["case_id"] for due in dues} == {case["id"]}


def test_a_form_is_given_as_json_schema(doctor):
    schema = doctor.get(f"/forms/{FOLLOW_UP}").json()
    assert schema["properties"]["sbp"]["type"] == "integer"
    assert schema["properties"]["symptoms"]["items"]["enum"]
    assert "sbp" in schema["required"]
    assert schema["x-kangshu"]["hash"]
    assert doctor.get("/forms/no.such").status_code == 404


def test_the_description_loads_nothing_from_elsewhere(client, db):
    page = client.get("/api/v1/docs").content.decode()
    assert "cdn" not in page.lower()
    assert "https://" not in page
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/records" in paths


def test_a_hospital_sends_an_encounter_twice_and_it_counts_once(client, who, patient):
    hospital = Caller(client, who.hospital_clerk)
    number = id_number(patient.birth_date, patient.sex)
    visit_of = {
        "source": "HIS",
        "external_id": "A-1",
        "number": number,
        "started_on": timezone.localdate() - timedelta(days=1),
        "diagnoses": [{"code": "I10.x00", "name": "高血压病"}],
    }
    nobody = {**visit_of, "external_id": "A-2", "number": "nobody"}
    first, refused = hospital.post("/encounters", [visit_of, nobody]).json()
    again, _ = hospital.post("/encounters", [visit_of, nobody]).json()
    assert first["error"] is None
    assert (again["id"], again["was_repeat"]) == (first["id"], True)
    assert refused["error"]["code"]
