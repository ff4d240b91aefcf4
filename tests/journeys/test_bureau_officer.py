"""A bureau officer: second step, the year's figure down to the record, and the figure in the work summary."""

from __future__ import annotations

import base64
from datetime import timedelta
from pathlib import Path

import pytest
from tests.journeys.conftest import World

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


@pytest.fixture
def figures(world: World, settings, tmp_path) -> World:
    """One visit with a high reading, and a snapshot of the county."""
    from django.utils import timezone
    from tests.support.accounts import acting

    from kangshu.indicators.actions import take_snapshot, warm_up
    from kangshu.kernel.actor import SystemActor
    from kangshu.kernel.identifiers import new_id
    from kangshu.work.actions import record_visit

    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
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
    take_snapshot(by=SystemActor("journey"), now=timezone.localtime())
    warm_up()
    return world


def code_of(secret: str) -> str:
    from django_otp.oath import totp

    return f"{totp(base64.b32decode(secret)):06d}"


def test_the_first_sign_in_sets_up_the_second_step(visitor, world: World):
    someone = visitor("phone")
    someone.sign_in("bureau_officer")
    someone.sees("验证")
    secret = someone.page.locator("details code").text_content()
    someone.picture("second-step")
    someone.check_accessible()
    someone.page.locator("input[name=code]").fill("000000")
    someone.page.locator("main button[type=submit]").first.click()
    someone.picture("wrong-code")
    assert "second-factor" in someone.page.url

    someone.page.locator("input[name=code]").fill(code_of(secret))
    someone.page.locator("main button[type=submit]").first.click()
    someone.page.wait_for_load_state()
    someone.picture("recovery-codes")
    someone.check_accessible()
    someone.page.locator("main a.btn-primary").click()
    someone.sees("工作台")
    someone.picture("desk")
    someone.check_accessible()


def test_a_figure_opens_down_to_the_record(visitor, figures: World):
    someone = visitor("desktop")
    someone.sign_in_past_second_factor(figures.accounts.bureau_officer)
    someone.sees("全部指标", seconds=60)  # the figures come after the page
    someone.picture("desk")
    someone.check_accessible()

    someone.open("/indicators/")
    someone.sees("血压控制率")
    someone.page.wait_for_timeout(800)  # the charts draw
    someone.picture("dashboard")
    someone.check_accessible()

    someone.open("/indicators/hypertension.control_rate/")
    someone.picture("indicator")
    someone.check_accessible()
    someone.open("/indicators/open/?indicator=hypertension.control_rate&part=gap")
    someone.sees("张建国")
    someone.picture("people")
    someone.check_accessible()
    someone.press("张建国", role="link")
    someone.sees("158")
    someone.picture("resident")
    someone.check_accessible()


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_figure_opens_by_clicks_from_the_dashboard_over_a_place_to_one_record(
    visitor, figures: World, screen
):
    someone = visitor(screen)
    someone.sign_in_past_second_factor(figures.accounts.bureau_officer)
    someone.open("/indicators/")
    someone.sees("血压控制率")
    someone.page.locator("main a[href*='hypertension.control_rate']").first.click()
    someone.page.wait_for_load_state()
    someone.sees("柳林镇卫生院")
    someone.picture("by-place")
    someone.check_accessible()
    row = someone.page.locator("main table tr", has_text="柳林镇卫生院")
    row.locator("a").last.click()
    someone.page.wait_for_load_state()
    someone.sees("张建国")
    someone.picture("people-of-the-place")
    someone.check_accessible()
    someone.press("张建国", role="link")
    someone.page.wait_for_load_state()
    someone.page.locator("a[href*='/work/records/']").first.click()
    someone.page.wait_for_load_state()
    someone.sees("158")
    someone.picture("record")
    someone.check_accessible()


def test_the_summary_carries_the_figure_into_word(visitor, figures: World):
    someone = visitor("desktop")
    someone.sign_in_past_second_factor(figures.accounts.bureau_officer)
    someone.open("/summaries/")
    someone.picture("summaries")
    someone.check_accessible()
    someone.page.locator("main form button[type=submit]").first.click()
    someone.page.wait_for_load_state()
    someone.sees("高血压")
    someone.picture("draft")
    someone.check_accessible()
    with someone.page.expect_download() as waiting:
        someone.page.locator("main a[href$='/docx/']").first.click()
    assert Path(waiting.value.path()).read_bytes().startswith(b"PK")
