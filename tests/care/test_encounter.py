"""Recording encounters, one by one and by the thousand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from tests.support.accounts import acting
from tests.support.people import NOW, id_number, resident

from kangshu.access.scope import entered_as_system
from kangshu.care.actions import receive_patient, record_encounter
from kangshu.care.bulk import load_encounters
from kangshu.care.codes import common_diagnoses, is_icd10, name_of, search_diagnoses
from kangshu.care.facts import NewDiagnosis, NewEncounter, NewPrescription, NewResult
from kangshu.care.models import Diagnosis, Encounter, Prescription, Result
from kangshu.care.queries import diagnosed_with, encounters_of
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound
from kangshu.kernel.events import on
from kangshu.kernel.identifiers import new_id
from kangshu.people.actions import record_death
from kangshu.people.refusals import PersonNotFound

pytestmark = pytest.mark.django_db
HYPERTENSION = NewDiagnosis("I10.x00")


@pytest.fixture
def person(county):
    return resident(county.clinic_a1)


@pytest.fixture
def visit(county, person):
    return NewEncounter(
        person_id=person.pk,
        institution_id=county.clinic_a1.pk,
        started_on=date(2026, 9, 10),
        complaint="头晕 3 天",
        diagnoses=(HYPERTENSION, NewDiagnosis("E11.9", kind="other")),
        results=(
            NewResult("sbp", Decimal(168)),
            NewResult("dbp", Decimal(98)),
            NewResult("ecg", text="正常"),
        ),
        prescriptions=(NewPrescription("硝苯地平控释片", "30 mg", "09", 28),),
        id=new_id(),
    )


def test_a_clinic_visit_is_recorded_and_each_diagnosis_told(visit, who):
    heard = []
    on("diagnosis.recorded")(lambda event, by: heard.append(event))
    with acting(who.village_doctor_a) as doctor:
        done = record_encounter(new=visit, by=doctor, now=NOW)
        again = record_encounter(new=visit, by=doctor, now=NOW)
        assert (done.was_repeat, again.was_repeat) == (False, True)
        (stored,) = encounters_of(visit.person_id)
        assert stored.diagnoses.get(kind="main").name == "特发性（原发性）高血压"
        assert stored.results.get(code="sbp").unit == "mmHg"
        assert stored.prescriptions.get().days == 28
        assert [d.code for d in diagnosed_with(["I10"])] == ["I10.x00"]
        assert not diagnosed_with(["I11"]).exists()
    assert {event.payload["code"] for event in heard[-2:]} == {"I10.x00", "E11.9"}
    with acting(who.village_doctor_b):
        assert not Encounter.objects.exists()
        assert not Diagnosis.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"started_on": date(2026, 10, 1)}, "started_on"),
        ({"started_on": date(1950, 1, 1)}, "started_on"),
        ({"ended_on": date(2026, 9, 9)}, "ended_on"),
        ({"kind": "magic"}, "kind"),
        ({"diagnoses": (NewDiagnosis("高血压"),)}, "diagnoses.0.code"),
        ({"diagnoses": (HYPERTENSION, HYPERTENSION)}, "diagnoses"),
        ({"results": (NewResult("sbp", Decimal(90)), NewResult("dbp", Decimal(98)))}, "results.1.value"),
        ({"results": (NewResult("sbp", Decimal(900)),)}, "results.0.value"),
        ({"results": (NewResult("ecg"),)}, "results.0.value"),
        ({"prescriptions": (NewPrescription(" "),)}, "prescriptions.0.medicine"),
        ({"prescriptions": (NewPrescription("药", days=0),)}, "prescriptions.0.days"),
        ({"complaint": "", "diagnoses": (), "results": (), "prescriptions": ()}, "complaint"),
    ],
)
def test_every_wrong_field_is_named(visit, who, change, field):
    with acting(who.village_doctor_a) as doctor, pytest.raises(BadInput) as refused:
        record_encounter(new=replace(visit, **change), by=doctor, now=NOW)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_no_visit_after_death_and_none_of_strangers(visit, who):
    with acting(who.village_doctor_a) as doctor:
        record_death(person_id=visit.person_id, on=date(2026, 9, 1), by=doctor, now=NOW)
        with pytest.raises(BadInput) as refused:
            record_encounter(new=visit, by=doctor, now=NOW)
        assert refused.value.problems[0].code == "encounter.after_death"
    with acting(who.village_doctor_b) as other, pytest.raises(PersonNotFound):
        record_encounter(new=visit, by=other, now=NOW)
    with acting(who.bureau_officer) as officer, pytest.raises(NotAllowed):
        record_encounter(new=visit, by=officer, now=NOW)


def test_a_hospital_opens_the_record_of_the_patient_before_it(visit, county, who):
    number = id_number(date(1960, 5, 1))
    with acting(who.clinician) as clinician:
        with pytest.raises(PersonNotFound):
            record_encounter(new=visit, by=clinician, now=NOW)
        # The grant begins now, after the transaction did, and counts in it: the database asks the clock
        # and not when the transaction began.
        assert receive_patient(number=number, by=clinician, now=timezone.now()) == visit.person_id
        record_encounter(new=replace(visit, institution_id=county.hospital.pk), by=clinician, now=NOW)
        with pytest.raises(NotFound):
            receive_patient(number=id_number(date(1961, 1, 1)), by=clinician, now=NOW)
    with acting(who.village_doctor_a):
        assert Encounter.objects.get().institution_id == county.hospital.pk


def test_the_loader_stores_what_the_action_stores(visit, county, who):
    twin = resident(county.clinic_a1, "王小文", serial=2)
    with acting(who.village_doctor_a) as doctor:
        record_encounter(new=visit, by=doctor, now=NOW)
        done = load_encounters([replace(visit, person_id=twin.pk, id=None)], by=doctor, now=NOW)
        assert (done.encounters, done.repeats, done.refused) == (1, 0, ())
        for model in (Encounter, Diagnosis, Result, Prescription):
            left_out = {"id", "person_id", "encounter_id", "changed_xid"}
            by_action, by_loader = (
                [
                    {k: v for k, v in row.items() if k not in left_out}
                    for row in model.objects.filter(person=person).order_by("id").values()
                ]
                for person in (visit.person_id, twin.pk)
            )
            assert by_action == by_loader


def test_an_import_sent_twice_counts_once_and_bad_rows_are_named(visit, who):
    rows = [replace(visit, id=None, source="his", external_id=f"V{n}") for n in range(3)]
    bad = replace(visit, id=None, started_on=date(2027, 1, 1))
    stranger = replace(visit, id=None, person_id=new_id())
    with acting(who.village_doctor_a) as doctor:
        first = load_encounters([*rows, bad, stranger], by=doctor, now=NOW)
        second = load_encounters(rows, by=doctor, now=NOW)
        assert (first.encounters, second.encounters, second.repeats) == (3, 0, 3)
        assert [refused.row for refused in first.refused] == [3, 4]
        assert Diagnosis.objects.count() == 6
        assert record_encounter(new=rows[0], by=doctor, now=NOW).was_repeat


def test_old_records_load_without_telling(visit):
    heard = []
    on("diagnosis.recorded")(lambda event, by: heard.append(event))
    with entered_as_system("import") as system:
        load_encounters([visit], by=system, now=NOW, fire=False)
        assert Diagnosis.objects.count() == 2
    assert not heard


def test_the_shipped_codes_have_the_right_form_and_are_found():
    assert all(is_icd10(d.code) for d in common_diagnoses())
    assert len({d.code for d in common_diagnoses()}) == len(common_diagnoses())
    assert search_diagnoses("i10")[0].code == "I10.x00"
    assert "I10.x00" in {d.code for d in search_diagnoses("高血压")}
    assert "E11.9" in {d.code for d in search_diagnoses("2xtnb")}
    assert search_diagnoses("") == []
    assert name_of("I99").zh == "循环系统疾病"
