"""A summary from the draft to the signature: a figure found by typing, a section handed in and approved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.journeys.conftest import World


@pytest.fixture
def county(world: World, settings, tmp_path) -> World:
    """A snapshot of the county."""
    from django.utils import timezone

    from kangshu.indicators.actions import take_snapshot, warm_up
    from kangshu.kernel.actor import SystemActor

    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    take_snapshot(by=SystemActor("journey"), now=timezone.localtime() + timedelta(minutes=1))
    warm_up()
    return world


def press(someone, section: str, words: str) -> None:
    someone.page.locator(f"section#{section}").get_by_role("button", name=words).first.click()
    someone.page.wait_for_load_state()


def test_a_section_is_written_with_a_found_figure_reviewed_and_signed(visitor, county: World):
    officer = visitor("desktop")
    officer.sign_in_past_second_factor(county.accounts.bureau_officer)
    officer.open("/summaries/")
    officer.page.locator("main form button[type=submit]").first.click()
    officer.page.wait_for_load_state()
    address = officer.page.url
    officer.page.locator("section#problems").get_by_role("link", name="编写").click()
    text = officer.page.locator("#text")
    text.fill("在管高血压患者")
    text.press("End")
    text.press("/")
    officer.page.keyboard.type("高血压 在管")
    officer.page.keyboard.press("Enter")
    assert text.input_value() == "在管高血压患者[[hypertension.managed_people]]人"
    officer.page.locator("#reading a", has_text="在管").wait_for()
    officer.picture("editor")
    officer.check_accessible()
    officer.page.get_by_role("button", name="保存").click()
    officer.page.wait_for_load_state()
    for section in officer.page.locator("section[id]").evaluate_all("all => all.map(one => one.id)"):
        if officer.page.locator(f"section#{section}").get_by_role("button", name="提交审核").count():
            press(officer, section, "提交审核")
    officer.sees("待审核")

    director = visitor("phone")
    director.sign_in_past_second_factor(county.accounts.director)
    director.page.goto(address)
    while director.page.get_by_role("button", name="审核通过").count():
        director.page.get_by_role("button", name="审核通过").first.click()
        director.page.wait_for_load_state()
    director.picture("approved")
    director.check_accessible()
    director.page.get_by_role("button", name="签发").click()
    director.page.wait_for_load_state()
    director.sees("已签发")
    assert not director.page.get_by_role("button", name="提交审核").count()


def test_a_target_is_divided_on_a_phone(visitor, county: World):
    officer = visitor("phone")
    officer.sign_in_past_second_factor(county.accounts.bureau_officer)
    officer.open("/summaries/targets/?year=2027")
    officer.page.locator("summary", has_text="高血压患者健康管理").click()
    officer.page.get_by_role("link", name="高血压规范管理人数").click()
    officer.page.locator("#own").fill("500")
    officer.page.locator("button[name=divide]").click()
    officer.page.wait_for_load_state()
    officer.sees("已设定")
    officer.picture("divided")
    officer.check_accessible()
    parts = officer.page.locator("input[name^=of-]").evaluate_all("all => all.map(one => Number(one.value))")
    assert sum(parts) == 500
