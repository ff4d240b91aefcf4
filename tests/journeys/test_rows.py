"""A medication list on a phone: rows are added, taken out, kept when the line breaks, and saved."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.journeys.conftest import World
from tests.support.declared import declared
from tests.work.test_rows import CAPABILITY, FORM

from kangshu.access.scope import entered_as_system
from kangshu.work.models import Record


@pytest.fixture(autouse=True)
def _known() -> Iterator[None]:
    with declared(CAPABILITY):
        yield


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_rows_of_a_medication_list(visitor, world: World, screen: str):
    doctor = visitor(screen)
    doctor.sign_in("village_doctor_a")
    doctor.open(f"/work/record/{FORM.id}/{world.patient.pk}/")
    page = doctor.page
    page.locator("[name='a-drugs.0.name']").fill("氨氯地平")
    page.locator("[name='a-drugs.0.dose']").fill("2.5")
    doctor.press("添加一行")
    page.locator("[name='a-drugs.1.name']").fill("二甲双胍")
    doctor.press("添加一行")
    page.locator("[name='a-drugs.2.name']").fill("写错了")
    assert not page.get_by_role("button", name="添加一行").is_enabled()  # the form takes three
    doctor.picture("three")
    doctor.check_accessible()
    page.get_by_role("button", name="删除此行").last.click()
    assert page.get_by_role("button", name="添加一行").is_enabled()
    page.reload()  # the line broke: what was typed is back
    assert page.locator("[name='a-drugs.1.name']").input_value() == "二甲双胍"
    doctor.picture("back")
    page.locator(".sticky-actions .btn-primary").click()
    doctor.sees("已保存")
    doctor.picture("saved")
    with entered_as_system("journey"):
        answers = Record.objects.get(form_id=FORM.id).answers
    assert answers["drugs"] == [{"name": "氨氯地平", "dose": "2.5"}, {"name": "二甲双胍"}]
