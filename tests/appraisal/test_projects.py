"""Promised projects: the light against the calendar, who reports, what is counted by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image
from tests.indicators.test_snapshot import NOW, World, _take
from tests.support.accounts import acting, sign_in

from kangshu.appraisal import projects
from kangshu.appraisal.models import Project
from kangshu.appraisal.projects import Light, Plan, light_of
from kangshu.kernel.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db(transaction=True)
FIRST, LAST, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 9, 30)


@pytest.mark.parametrize(
    ("done", "today", "light"),
    [
        (0, date(2025, 12, 31), Light.WHITE),
        (45, date(2026, 7, 2), Light.YELLOW),  # 183 of 365 days have passed: 45 % of 50.1 % is 0.898
        (46, date(2026, 7, 2), Light.GREEN),
        (30, date(2026, 7, 2), Light.RED),
        (31, date(2026, 7, 2), Light.YELLOW),
        (100, date(2026, 2, 1), Light.GREEN),
        (99, date(2027, 1, 1), Light.RED),
        (100, date(2027, 1, 1), Light.GREEN),
    ],
)
def test_the_light_compares_what_is_done_with_the_time_passed(done, today, light):
    assert light_of(D(done), D(100), FIRST, LAST, today) is light


@pytest.fixture
def world(settings, tmp_path) -> World:
    settings.KANGSHU_SNAPSHOTS, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    world = World()
    world.visit(world.li, date(2026, 2, 3))
    _take(tmp_path)
    return world


def plan(world, **given) -> Plan:
    return replace(
        Plan(2026, "改造村卫生室", D(40), "家", "基层卫生科", "陈局", world.county.centre_a.pk, FIRST, LAST),
        **given,
    )


def made(world, **given) -> Project:
    with acting(world.accounts.bureau_officer) as by:
        return projects.set_project(project=None, plan=plan(world, **given), by=by, now=NOW)


def report(world, project, account, done: str, month: str = "2026-08"):
    with acting(account) as by:
        return projects.report_month(
            project=project.pk, month=month, done=D(done), note="", by=by, now=NOW, today=TODAY
        )


def test_months_are_reported_by_who_is_responsible_and_the_latest_counts(world):
    project = made(world)
    own = world.accounts.township_worker_a
    report(world, project, own, "10", "2026-07")
    report(world, project, own, "33")
    report(world, project, world.accounts.bureau_officer, "30")  # a correction
    with acting(world.accounts.director) as by:
        (standing,) = projects.standings(2026, by, TODAY)
    assert (standing.done, standing.month, standing.completion) == (30, "2026-08", D("75.00"))
    assert standing.light is Light.GREEN  # 75 % of what took 74.8 % of the year
    with pytest.raises(NotAllowed):
        report(world, project, world.accounts.township_worker_b, "40")
    for month, done in (("2026-10", "31"), ("2025-12", "1"), ("2026-08", "-1")):
        with pytest.raises(BadInput):
            report(world, project, own, done, month)


def test_a_project_with_an_indicator_counts_itself(world):
    project = made(world, title="高血压随访", target=D(4), unit="次", indicator="hypertension.follow_ups")
    with acting(world.accounts.bureau_officer) as by:
        standing = projects.standing_of(project, by, TODAY)
        wrong = plan(world, title="", target=D(0), due_on=FIRST, indicator="no.such")
        with pytest.raises(BadInput) as refused:
            projects.set_project(project=None, plan=wrong, by=by, now=NOW)
    assert (standing.done, standing.light) == (1, Light.RED)
    assert {one.field for one in refused.value.problems} == {"title", "target", "due_on", "indicator"}
    with pytest.raises(BadInput):
        report(world, project, world.accounts.township_worker_a, "4")


def test_the_board_leads_to_the_report_and_the_photo(client, world, monkeypatch):
    monkeypatch.setattr("kangshu.appraisal.pages.projects.china_today", lambda: TODAY)
    sign_in(client, world.accounts.bureau_officer)
    new = reverse("appraisal:new_project")
    assert client.get(new).status_code == 200
    given = {
        "title": "建设智慧预防接种门诊", "target": "5", "unit": "家", "section": "疾控科",
        "responsible": "陈局",
        "institution": str(world.county.centre_a.pk), "begins_on": "2026-01-01", "due_on": "2026-12-31",
    }  # fmt: skip
    assert client.post(new, given | {"target": "许多"}).status_code == 422
    page = client.post(new, given).url
    sign_in(client, world.accounts.township_worker_a)
    assert client.post(page, {"act": "month", "month": "2026-08", "done": "3"}).status_code == 302
    photo = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(photo, "PNG")
    photo.seek(0)
    photo.name = "a.png"
    assert client.post(page, {"act": "photo", "photo": photo, "title": "门诊"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "60.00%" in shown
    assert "门诊" in shown
    board = client.get(reverse("appraisal:projects")).content.decode()
    assert "黄灯" in board
    assert client.get(new).status_code == 403
