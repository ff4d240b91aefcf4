"""The monthly report: filled and submitted by a township worker, returned by the bureau, then audited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.journeys.conftest import Visitor, World

COUNTS = {
    "outpatient_visits": "1200",
    "emergency_visits": "1300",
    "discharges": "30",
    "home_visits": "12",
    "hypertension_follow_ups": "40",
    "hypertension_face_to_face": "36",
    "health_checks": "25",
    "lectures": "2",
    "lecture_participants": "60",
}


def month_before(today: date) -> str:
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def sheet(world: World) -> str:
    return (
        f"/work/reports/reports.institution_workload/{month_before(world.today)}/{world.county.centre_a.pk}/"
    )


def act(someone: Visitor, name: str) -> None:
    someone.page.locator(f"button[name=act][value={name}]").click()
    someone.page.wait_for_load_state()


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_a_monthly_report_goes_to_the_bureau_comes_back_and_is_audited(visitor, world: World, screen):
    worker = visitor(screen)
    worker.sign_in("township_worker_a")
    worker.open("/work/reports/")
    worker.sees("机构月度工作量")
    worker.picture("owed")
    worker.check_accessible()
    worker.open(sheet(world))
    for name, count in COUNTS.items():
        worker.page.locator(f"input[name={name}]").fill(count)
    act(worker, "submit")
    worker.sees("急诊人次不能多于门急诊人次")
    assert worker.page.locator("input[name=lecture_participants]").input_value() == "60", "typed values stay"
    worker.picture("refused")
    worker.check_accessible()
    worker.page.locator("input[name=emergency_visits]").fill("130")
    act(worker, "submit")
    worker.sees("已上报")
    worker.picture("submitted")
    worker.check_accessible()

    officer = visitor(screen)
    officer.sign_in_past_second_factor(world.accounts.bureau_officer)
    officer.sees("待审核")
    officer.open(sheet(world))
    officer.page.locator("input[name=reason]").fill("讲座次数请核实")
    act(officer, "return")
    officer.sees("讲座次数请核实")
    officer.picture("returned")
    officer.check_accessible()

    worker.open("/")
    worker.open(sheet(world))
    worker.sees("讲座次数请核实")
    worker.page.locator("input[name=lectures]").fill("3")
    act(worker, "submit")
    officer.open(sheet(world))
    act(officer, "audit")
    act(officer, "lock")
    officer.sees("已锁定")
    officer.picture("locked")
    officer.check_accessible()
    worker.open(sheet(world))
    assert worker.page.locator("input[name=lectures]").is_disabled()
