"""A campaign without code: composed by an officer, worked off by a village doctor, counted in figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from tests.journeys.conftest import World
from tests.support.people import resident

from kangshu.campaigns import declarations
from kangshu.campaigns.actions import enrol_everyone
from kangshu.campaigns.models import Campaign, CampaignState


@pytest.fixture(autouse=True)
def _nothing_held() -> Iterator[None]:
    yield
    declarations.forget()


@pytest.fixture
def women(world: World, settings, tmp_path) -> World:
    """Two women between 35 and 64 beside the residents of the world."""
    from django.utils import timezone

    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    now = timezone.localtime()
    for serial, name in enumerate(("陈桂芳", "周玉兰"), start=11):
        resident(
            world.county.clinic_a1,
            name,
            now=now,
            sex="2",
            birth_date=date(world.today.year - 44, 5, serial),
            serial=serial,
        )
    return world


def compose(officer, world: World) -> None:
    """From the name to the start, as an officer would."""
    page = officer.page
    officer.open("/campaigns/")
    officer.sees("还没有专项项目")
    officer.picture("empty")
    officer.fill("新项目名称", "宫颈癌筛查")
    officer.press("开始编制")
    officer.fill("开始日期", (world.today - timedelta(days=10)).isoformat())
    officer.fill("结束日期", (world.today + timedelta(days=80)).isoformat())
    officer.picture("basics")
    officer.check_accessible()
    officer.press("保存并继续")
    page.get_by_label("女性").check()
    officer.fill("年龄下限", "35")
    officer.fill("年龄上限", "64")
    page.get_by_role("button", name="保存", exact=True).click()
    officer.sees("目前有2人符合")
    officer.picture("who")
    officer.check_accessible()
    officer.press("保存并继续")
    compose_primary(officer)
    officer.press("保存并继续")
    officer.sees("本项目没有“进一步检查”环节")
    officer.picture("no-stage")
    officer.press("使用本环节")
    own_choice(officer, "阴道镜检查", "未见异常\n异常")
    officer.press("保存并继续")
    for kind in ("诊断", "治疗随访"):
        officer.sees(f"本项目没有“{kind}”环节")
        officer.follow("不使用，继续")
    page.locator(f"input[name='target-{world.county.centre_a.pk}']").fill("2")
    officer.picture("targets")
    officer.check_accessible()
    officer.press("保存并继续")
    officer.sees("HPV检测为“阳性”")
    officer.picture("check")
    officer.check_accessible()
    officer.press("启动项目")
    officer.sees("项目已启动")


def compose_primary(officer) -> None:
    officer.page.get_by_label("在项目库中查找").fill("收缩压")
    officer.press("查找")
    officer.picture("library")
    officer.press("选用")
    own_choice(officer, "HPV检测", "阴性 | negative\n阳性 | positive")
    officer.page.locator(".campaign-condition").filter(has_text="HPV检测").get_by_role("button").click()
    officer.sees("是 阳性")
    officer.picture("primary")
    officer.check_accessible()


def own_choice(officer, title: str, choices: str) -> None:
    page = officer.page
    page.get_by_text("自拟项目", exact=True).click()
    page.locator("#own-title").fill(title)
    page.locator("#own-type").select_option("choice")
    page.locator("#own-choices").fill(choices)
    page.locator("details input[name=required]").check()
    officer.press("添加项目")
    officer.sees(title)


def test_a_campaign_from_the_first_word_to_the_figure(visitor, women: World):
    from django.utils import timezone

    from kangshu.indicators.actions import take_snapshot
    from kangshu.kernel.actor import SystemActor

    officer = visitor("desktop")
    officer.sign_in_past_second_factor(women.accounts.bureau_officer)
    compose(officer, women)
    officer.picture("started")
    campaign = Campaign.objects.get()
    assert campaign.state == CampaignState.RUNNING
    enrol_everyone(campaign=campaign.pk, now=timezone.localtime())  # what the worker does at once

    doctor = visitor("phone")
    doctor.sign_in("village_doctor_a")
    doctor.open(f"/work/due/?kind={campaign.declaration}")
    doctor.sees("陈桂芳")
    doctor.picture("due-list")
    record(doctor, campaign, "陈桂芳", "阳性")
    doctor.sees("本次结果为阳性")
    doctor.picture("positive")
    doctor.check_accessible()
    record(doctor, campaign, "周玉兰", "阴性")

    officer.open(f"/campaigns/{campaign.pk}/")
    officer.sees("100%")
    officer.picture("progress")
    officer.check_accessible()
    officer.page.locator("td a strong").click()
    officer.sees("陈桂芳")
    officer.picture("lost")

    take_snapshot(by=SystemActor("journey"), now=timezone.localtime())
    officer.open(f"/indicators/{campaign.declaration}.primary_positive_rate/")
    officer.sees("50")
    officer.picture("indicator")
    officer.check_accessible()


def record(doctor, campaign: Campaign, name: str, result: str) -> None:
    """Fill in the primary form from the due list."""
    doctor.open(f"/work/due/?kind={campaign.declaration}")
    doctor.page.locator("li").filter(has_text=name).get_by_role("link").last.click()
    doctor.page.locator("input[name=a-sbp]").fill("128")
    doctor.page.get_by_role("radio", name=result).check()
    doctor.picture(f"form-{result}")
    doctor.page.locator(".sticky-actions .btn-primary").click()
    doctor.sees("已保存")
