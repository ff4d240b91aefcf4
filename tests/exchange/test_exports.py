"""Lists taken out: what stands in them, what does not, and what the audit trail says of it."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from tests.exchange.conftest import FOLLOW_UP, NOW
from tests.support.accounts import acting, sign_in
from tests.support.people import resident

from kangshu.access.models import CompartmentAccess
from kangshu.audit.models import AuditEntry
from kangshu.care.actions import record_encounter
from kangshu.care.facts import NewDiagnosis, NewEncounter
from kangshu.care.models import Encounter
from kangshu.declare import registry
from kangshu.exchange.excel.columns import columns_of, read_cell
from kangshu.exchange.excel.kinds import FilledForms
from kangshu.exchange.excel.reading import read_rows
from kangshu.exchange.excel.record_lists import in_words
from kangshu.exchange.excel.template import NOTHING_HERE, SOURCE_SHEET
from kangshu.kernel.dates import china_today
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import enrol, record_visit
from kangshu.work.models import Case, Due, Record

KIND = "chronic.hypertension"
TODAY = china_today()
VISITED = TODAY - timedelta(days=100)
SPAN = {"from": (TODAY - timedelta(days=400)).isoformat(), "until": TODAY.isoformat()}
ANSWERS: dict[str, Any] = {
    "mode": "2",
    "symptoms": ["2", "3"],
    "sbp": 132,
    "dbp": 84,
    "weight": "65.5",
    "height": "168",
    "medication_adherence": "1",
    "adverse_reaction": "1",
    "doctor": "=HYPERLINK(1)",
}
EVERY_LIST = {
    "export_residents": {},
    "export_register": {"kind": KIND},
    "export_due_list": {"state": "all"},
    "export_records": {"form": FOLLOW_UP, **SPAN},
    "export_encounters": SPAN,
}
CONFIDENTIAL = [name for name in EVERY_LIST if name != "export_residents"]


@pytest.fixture
def patient(county, who):
    """李秀英 of clinic_a1: enrolled, visited once, seen once at the clinic."""
    person = resident(county.clinic_a1, "李秀英", sex="2", birth_date=date(1956, 4, 2))
    now = NOW if NOW.date() >= TODAY else NOW.replace(year=TODAY.year, month=TODAY.month, day=TODAY.day)
    with acting(who.village_doctor_a) as doctor:
        enrol(kind=KIND, person=person.pk, on=TODAY - timedelta(days=200), by=doctor, now=now)
        record_visit(
            form_id=FOLLOW_UP,
            person=person.pk,
            answers=ANSWERS,
            performed_on=VISITED,
            performed_by=county.doctor_a.pk,
            institution=county.clinic_a1.pk,
            record_id=new_id(),
            by=doctor,
            now=now,
        )
        visit = NewEncounter(
            person.pk,
            county.clinic_a1.pk,
            VISITED,
            diagnoses=(NewDiagnosis("I10.x00"), NewDiagnosis("E11.9", kind="other")),
        )
        record_encounter(new=visit, by=doctor, now=now)
    return person


def taken(account, name: str, language: str = "zh-hans", **asked: Any):
    client = sign_in(Client(), account)
    client.cookies["django_language"] = language
    return client.get(reverse(f"exchange:{name}"), {**EVERY_LIST[name], **asked})


def lines(answer) -> list[tuple]:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    book = load_workbook(BytesIO(answer.content))
    return list(book.worksheets[0].iter_rows(values_only=True))


def source(answer) -> dict[str, Any]:
    book = load_workbook(BytesIO(answer.content))
    return {line[0]: line[1] for line in book[SOURCE_SHEET].iter_rows(values_only=True)}


def test_the_register_says_state_last_visit_next_due_and_doctor(patient, who, county):
    answer = taken(who.village_doctor_a, "export_register")
    head, row = lines(answer)
    found = dict(zip(head, row, strict=True))
    with acting(who.village_doctor_a):
        case = Case.objects.select_related("doctor").get()
        due = Due.objects.filter(state="open").order_by("due_on", "step").first()
    assert (found["姓名"], found["性别"], found["最近一次服务"]) == ("李秀英", "女", VISITED.isoformat())
    assert found["下次应做日期"] == due.due_on.isoformat()
    assert (found["责任医生"] or "") == (case.doctor.name if case.doctor else "")
    assert found["状态"]
    assert source(answer)["导出人"] == "村医甲"
    assert source(answer)["行数"] == 1


def test_the_due_list_keeps_its_filters(patient, who, county):
    found = dict(zip(*lines(taken(who.village_doctor_a, "export_due_list"))[:2], strict=True))
    assert (found["姓名"], found["村（社区）"]) == ("李秀英", county.clinic_a1.region.name)
    other = taken(who.village_doctor_a, "export_due_list", village=county.village_b1.pk)
    assert lines(other)[1][0] == NOTHING_HERE.zh


def test_records_have_a_column_a_question_and_read_in_again(patient, who, tmp_path):
    answer = taken(who.village_doctor_a, "export_records")
    _, names, row = lines(answer)
    found = dict(zip(names, row, strict=True))
    assert found["person_name"] == "李秀英"
    assert found["performed_on"] == VISITED.isoformat()
    assert found["sbp"] == 132
    assert str(found["mode"]).startswith("2 ")
    form = registry.form(FOLLOW_UP)
    assert {field.name for field in form.fields} <= set(names)
    path = tmp_path / "again.xlsx"
    path.write_bytes(answer.content)
    # The doctor's name looks like a formula: an import refuses it, as it should.
    columns = [column for column in FilledForms(form).columns if column.name != "doctor"]
    _, rows = read_rows(path, columns)
    (again,) = [{c.name: read_cell(c, r.values.get(c.name)) for c in columns} for r in rows]
    for name, value in ANSWERS.items():
        if name != "doctor":
            assert again[name] == value, name


def test_every_choice_in_words_is_read_as_the_same_choice():
    for form in registry.forms():
        columns = {column.name: column for column in columns_of(form)}
        for field in form.fields:
            codes = [choice.code for choice in field.choices]
            for language in ("zh-hans", "en"):
                for code in codes:
                    value = [code] if field.type == "choices" else code
                    assert read_cell(columns[field.name], in_words(field, value, language)) == value
                if field.type == "choices":
                    assert read_cell(columns[field.name], in_words(field, codes, language)) == codes


def test_labels_follow_the_language_of_the_page(patient, who):
    head = lines(taken(who.village_doctor_a, "export_register", language="en"))[0]
    assert "Last visit" in head


def test_encounters_carry_their_diagnoses(patient, who):
    _, names, row = lines(taken(who.village_doctor_a, "export_encounters"))
    found = dict(zip(names, row, strict=True))
    assert (found["person_name"], found["diagnosis_code"]) == ("李秀英", "I10.x00")
    assert found["other_diagnoses"].startswith("E11.9")


@pytest.mark.parametrize("name", EVERY_LIST)
def test_a_doctor_of_another_clinic_gets_a_sheet_that_says_so(name, patient, who):
    answer = taken(who.village_doctor_b, name)
    rows = lines(answer)
    assert rows[-1][0] == NOTHING_HERE.zh
    assert "李秀英" not in str(rows)
    assert source(answer)["行数"] == 0


@pytest.mark.parametrize("name", CONFIDENTIAL)
def test_what_is_confidential_is_not_exported_even_by_who_may_read_it(name, patient, who, as_owner):
    account = who.village_doctor_a
    CompartmentAccess.objects.create(
        account=account, compartment="secret", from_at=NOW.replace(year=NOW.year - 1)
    )
    with as_owner():
        for model in (Case, Due, Record, Encounter):
            model.objects.update(compartment="secret")
    with acting(account):
        assert Record.objects.count() == 1  # readable on the screen
    assert lines(taken(account, name))[-1][0] == NOTHING_HERE.zh


@pytest.mark.parametrize("name", EVERY_LIST)
def test_an_export_stands_in_the_audit_trail(name, patient, who):
    rows = source(taken(who.village_doctor_a, name))["行数"]
    entry = AuditEntry.objects.filter(action="data.exported").get()
    assert entry.account_id == who.village_doctor_a.pk
    assert entry.detail["rows"] == rows > 0


@pytest.mark.parametrize(
    "name", ["export_register", "export_due_list", "export_records", "export_encounters"]
)
def test_a_name_like_a_formula_stays_text(name, patient, who, as_owner):
    with as_owner():
        type(patient).objects.filter(pk=patient.pk).update(name="=1+1")
    book = load_workbook(BytesIO(taken(who.village_doctor_a, name).content))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert "'=1+1" in [cell.value for cell in cells]
    assert not [cell for cell in cells if cell.data_type == "f"]


@pytest.mark.parametrize(
    ("name", "asked", "status"),
    [
        ("export_records", {"from": "2026-13-40"}, 400),
        ("export_records", {"from": "2026-05-01", "until": "2026-04-01"}, 400),
        ("export_records", {"form": "no.such"}, 400),
        ("export_register", {"kind": "no.such"}, 404),
    ],
)
def test_what_cannot_be_answered_is_refused(name, asked, status, who):
    assert taken(who.village_doctor_a, name, **asked).status_code == status


def test_who_may_not_export_is_refused_and_sees_no_button(patient, who):
    assert taken(who.clinician, "export_register").status_code == 403
    assert taken(who.bureau_officer, "export_encounters").status_code == 403
    for name, args in (("work:due_list", []), ("work:register", [KIND])):
        url = reverse(name, args=args)
        assert "exports/" in sign_in(Client(), who.village_doctor_a).get(url).content.decode()
        assert "exports/" not in sign_in(Client(), who.clinician).get(url).content.decode()


def test_the_page_offers_every_list(patient, who):
    shown = sign_in(Client(), who.village_doctor_a).get(reverse("exchange:exports")).content.decode()
    for name in EVERY_LIST:
        assert reverse(f"exchange:{name}") in shown
