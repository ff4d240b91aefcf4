"""A resident on a phone: signs in, opens their own record, reads a visit, says what is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journeys.conftest import World
from tests.journeys.test_bureau_officer import ANSWERS


@pytest.fixture
def visited(world: World) -> World:
    from django.utils import timezone
    from tests.support.accounts import acting

    from kangshu.kernel.identifiers import new_id
    from kangshu.work.actions import record_visit

    with acting(world.accounts.village_doctor_a) as doctor:
        record_visit(
            form_id="chronic.hypertension.follow_up",
            person=world.patient.pk,
            answers=ANSWERS,
            performed_on=world.today - timedelta(days=1),
            performed_by=world.county.doctor_a.pk,
            institution=world.county.clinic_a1.pk,
            record_id=new_id(),
            by=doctor,
            now=timezone.now(),
        )
    return world


def test_a_resident_sees_only_their_own_record(visitor, world: World):
    someone = visitor("phone")
    someone.sign_in("resident_zhang")
    someone.sees("我的健康档案")
    someone.sees("张建国")
    someone.sees("我的下次随访")
    assert "王秀英" not in someone.page.content()
    someone.picture("own-record")
    someone.check_accessible()

    someone.open(f"/people/{world.late_patient.pk}/")
    assert "王秀英" not in someone.page.content()
    someone.picture("not-theirs")
    someone.check_accessible()


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_resident_opens_the_record_reads_a_visit_and_asks_for_a_correction(visitor, visited: World, screen):
    someone = visitor(screen)
    someone.sign_in("resident_zhang")
    assert "158/84" not in someone.page.content()
    someone.press("我同意，向我开放档案")
    someone.sees("158/84")
    someone.picture("opened")
    someone.check_accessible()
    someone.press("高血压患者随访", role="link")
    someone.sees("收缩压")
    someone.picture("visit")
    someone.check_accessible()
    someone.press("申请更正", role="link")
    someone.page.locator("textarea[name=words]").fill("体重应为 68 公斤")
    someone.check_accessible()
    someone.press("提交")
    someone.sees("体重应为 68 公斤")
    someone.picture("asked")

    doctor = visitor(screen)
    doctor.sign_in("village_doctor_a")
    doctor.sees("体重应为 68 公斤")
    doctor.open("/people/corrections/")
    doctor.press("张建国", role="link")
    doctor.page.locator("textarea[name=answer]").fill("已核实，体重更正为 68 公斤")
    doctor.picture("answering")
    doctor.check_accessible()
    doctor.press("已更正")
    someone.open("/")
    someone.sees("已核实，体重更正为 68 公斤")
    someone.sees("村医甲")  # who has looked at the record
    someone.picture("answered")
    someone.check_accessible()
