"""One person, two diseases, one page: how many keys a normal visit takes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.journeys.conftest import Visitor, World

HYPERTENSION, DIABETES = "chronic.hypertension.follow_up", "chronic.diabetes.follow_up"
COMMON = {
    "mode": "2",
    "symptoms": ["1"],
    "sbp": 134,
    "dbp": 82,
    "weight": "61.0",
    "height": "158",
    "smoking": 0,
    "drinking": "0",
    "exercise_times": 5,
    "exercise_minutes": 30,
    "psychological": "1",
    "compliance": "1",
    "medication_adherence": "1",
    "adverse_reaction": "1",
    "doctor": "李医生",
}
OWN = {
    HYPERTENSION: {"salt": "2", "drug_1_name": "氨氯地平", "drug_1_times": 1, "drug_1_dose": "5mg"},
    DIABETES: {
        "fbg": "6.3",
        "dorsalis_pedis": "1",
        "hypoglycaemia": "1",
        "staple_food": 250,
        "glucose_drug_1_name": "二甲双胍",
        "glucose_drug_1_times": 2,
        "glucose_drug_1_dose": "0.5g",
    },
}
COUNT_KEYS = """
    sessionStorage.setItem("keys", sessionStorage.getItem("keys") ?? "0");
    addEventListener("keydown", () => {
        sessionStorage.setItem("keys", Number(sessionStorage.getItem("keys")) + 1);
    }, true);
"""


@pytest.fixture
def both(world: World):
    """赵桂兰: under care for both, last seen three months ago, due today."""
    from django.utils import timezone
    from tests.support.accounts import acting
    from tests.support.people import resident

    from kangshu.kernel.identifiers import new_id
    from kangshu.work.actions import enrol, record_visit

    now = timezone.localtime()
    seen_on = now.date() - timedelta(days=85)
    clinic = world.county.clinic_a1
    person = resident(clinic, "赵桂兰", now=now, sex="2", birth_date=date(1959, 4, 2), phone="13900139001")
    with acting(world.accounts.village_doctor_a) as doctor:
        for form_id, kind in ((HYPERTENSION, "chronic.hypertension"), (DIABETES, "chronic.diabetes")):
            enrol(
                kind=kind, person=person.pk, on=seen_on, doctor=world.county.doctor_a.pk, by=doctor, now=now
            )
            answers = {**COMMON, **OWN[form_id]}
            record_visit(
                form_id=form_id,
                person=person.pk,
                answers=answers,
                performed_on=seen_on,
                performed_by=world.county.doctor_a.pk,
                institution=clinic.pk,
                record_id=new_id(),
                by=doctor,
                now=now,
            )
    return person


def type_measured(someone: Visitor) -> int:
    """The keys of a normal visit, as the fingers find them; gives how many of them were digits."""
    keys = someone.page.keyboard
    keys.press("Enter")  # on "unchanged since the last visit"
    typed = 0
    for value in ("132", "84", "6.2"):  # the pressure and the glucose
        keys.type(value)
        keys.press("Enter")
        typed += len(value)
    keys.press("1")  # the foot pulse is felt
    for value in ("61.5", "72"):  # weight, heart rate
        keys.type(value)
        keys.press("Enter")
        typed += len(value)
    keys.press("Control+Enter")
    return typed


def test_a_normal_visit_for_two_diseases_takes_few_keys(visitor, world: World, both):
    from tests.support.accounts import acting

    from kangshu.work.models import Record

    someone = visitor("desktop")
    someone.page.add_init_script(COUNT_KEYS)
    someone.sign_in("village_doctor_a")
    someone.open("/work/due/")
    someone.page.locator(".work-list li", has_text="赵桂兰").get_by_role("link", name="录入").first.click()
    someone.sees("本次测量")
    someone.page.evaluate("sessionStorage.setItem('keys', '0')")
    digits = type_measured(someone)
    someone.sees("控制满意")
    someone.picture("saved")
    someone.check_accessible()
    pressed = int(someone.page.evaluate("sessionStorage.getItem('keys')"))
    beyond = pressed - digits
    assert beyond <= 15, f"{pressed} keys, {digits} of them digits of measured values"

    with acting(world.accounts.village_doctor_a):
        records = {
            record.form_id: record
            for record in Record.objects.filter(person=both.pk, performed_on=world.today)
        }
    assert set(records) == {HYPERTENSION, DIABETES}
    for record in records.values():
        assert record.answers["sbp"] == 132
        assert record.answers["weight"] == "61.5"
        assert record.provenance["sbp"] == "typed"
        assert record.provenance["smoking"] == "carried"
    assert records[DIABETES].answers["glucose_drug_1_name"] == "二甲双胍"
    assert records[HYPERTENSION].answers["drug_1_name"] == "氨氯地平"


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_the_page_of_two_forms_is_in_order(visitor, world: World, both, screen: str):
    someone = visitor(screen)
    someone.sign_in("village_doctor_a")
    someone.open(f"/work/visit/{both.pk}/")
    someone.sees("收缩压")
    # Nothing that is measured stands there before it was measured.
    assert someone.page.locator("#input-sbp").input_value() == ""
    assert someone.page.locator("#field-sbp").count() == 1
    someone.picture("page")
    someone.check_accessible()
    someone.press("与上次相同")
    assert someone.page.locator("#input-sbp").input_value() == ""
    assert someone.page.locator("#input-height").input_value() == "158"
    someone.picture("carried")
    someone.press("保存")
    someone.sees("尚未保存")
    someone.picture("refused")
    someone.check_accessible()
