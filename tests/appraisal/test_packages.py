"""The package of a year: made, changed, its tasks and progress by institution, its money."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse
from tests.indicators.test_snapshot import NOW, World, _take
from tests.support.accounts import acting, sign_in

from kangshu.appraisal import packages
from kangshu.appraisal.models import Item, Package
from kangshu.appraisal.national import STANDARDS, services_in, subsidy_in
from kangshu.appraisal.packages import ItemPlan
from kangshu.appraisal.refusals import PackageExists
from kangshu.indicators import board
from kangshu.indicators.actions import set_target
from kangshu.kernel.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings, tmp_path) -> World:
    """Two visits at clinic_a1 and a task of four follow-ups for the centre above it."""
    settings.KANGSHU_SNAPSHOTS = tmp_path
    world = World()
    for month in (2, 5):
        world.visit(world.li, date(2026, month, 3))
    _take(tmp_path)
    with acting(world.accounts.bureau_officer) as by:
        packages.make_package(year=2026, by=by, now=NOW)
        # Counting what forty indicators ask is another test's: here one service is enough.
        assert (
            Item.objects.exclude(quantity="hypertension.follow_ups").delete()[0] == len(services_in(2026)) - 1
        )
        set_target(
            indicator_id="hypertension.follow_ups", year=2026, institution=world.county.centre_a, value=D(4),
            from_on=date(2026, 1, 1), by=by, now=NOW,
        )  # fmt: skip
    return world


def test_national_services_are_measured_by_what_exists():
    assert subsidy_in(2022) == 84
    assert subsidy_in(2012) == 25
    assert len({one.title.zh for one in STANDARDS}) == len(STANDARDS)
    assert len(services_in(2023)) == len(services_in(2024)) - 1  # COPD came in 2024
    asked = {id for one in STANDARDS for id in one.rates}
    assert {id for id in asked if not packages.is_known(id)} == set()


def test_progress_is_done_over_planned_month_by_month_and_in_money(world):
    with acting(world.accounts.bureau_officer) as by:
        item = Item.objects.get(quantity="hypertension.follow_ups")
        plan = packages._as_plan(item)
        packages.set_item(
            year=2026, item=item.pk, plan=ItemPlan(**vars(plan) | {"unit_cost": D("12.5")}), by=by
        )
        item.refresh_from_db()
        store = board.store_for(by)
        (own,) = packages.progress([item], 2026, world.county.centre_a, store, months=True)
        (other,) = packages.progress([item], 2026, world.county.centre_b, store)
    assert (own.planned, own.done, own.completion) == (4, 2, D("50.00"))
    assert dict(own.months)["2026-04"] == 1
    assert dict(own.months)["2026-09"] == 2
    assert (own.money_planned, own.money_done) == (D("50.00"), D("25.00"))
    assert (other.planned, other.done, other.completion) == (None, 0, None)


def test_next_year_begins_as_a_copy_and_only_once(world):
    with acting(world.accounts.bureau_officer) as by:
        packages.set_subsidy(year=2026, per_person=D("103.5"), source="县财〔2026〕8号", by=by)
        packages.set_item(year=2026, item=None, plan=ItemPlan("特色项目", "口腔健康", "人次"), by=by)
        packages.make_package(year=2027, by=by, now=NOW)
        with pytest.raises(PackageExists):
            packages.make_package(year=2027, by=by, now=NOW)
        with pytest.raises(BadInput):
            packages.set_item(year=2027, item=None, plan=ItemPlan("特色项目", "口腔健康", "人次"), by=by)
        with pytest.raises(BadInput):
            packages.set_subsidy(year=2026, per_person=D(-1), source="县财〔2026〕9号", by=by)
        wrong = ItemPlan("特色项目", "视力", "人次", quantity="no.such")
        with pytest.raises(BadInput):
            packages.set_item(year=2027, item=None, plan=wrong, by=by)
    assert Package.objects.get(year=2027).per_person == D("103.50")
    assert Item.objects.filter(package__year=2027, title_zh="口腔健康").exists()
    with acting(world.accounts.township_worker_a) as by, pytest.raises(NotAllowed):
        packages.make_package(year=2028, by=by, now=NOW)


def test_the_screens_of_bureau_and_institution(client, world, monkeypatch):
    monkeypatch.setattr("kangshu.appraisal.pages.packages.china_today", lambda: date(2026, 9, 30))
    item = Item.objects.get(quantity="hypertension.follow_ups")
    sign_in(client, world.accounts.bureau_officer)
    address = reverse("appraisal:package")
    page = client.get(address).content.decode()
    assert "高血压患者随访" in page
    assert "4,800" in page  # residents of four villages
    progress = reverse("appraisal:progress", args=[2026, item.pk])
    assert "50.00%" in client.get(progress).content.decode()
    assert client.get(reverse("appraisal:item", args=[2026, item.pk])).status_code == 200
    assert client.get(reverse("appraisal:subsidy", args=[2026])).status_code == 200
    new = {"category_zh": "特色项目", "title_zh": "视力筛查", "unit": "人次", "unit_cost": "3"}
    assert client.post(reverse("appraisal:new_item", args=[2026]), new | {"unit": ""}).status_code == 422
    assert client.post(reverse("appraisal:new_item", args=[2026]), new).status_code == 302
    assert client.post(f"{address}?year=2027").status_code == 302
    sign_in(client, world.accounts.village_doctor_a)
    own = client.get(address).content.decode()
    assert world.county.clinic_a1.name in own
    assert client.get(f"{address}?place={world.county.centre_b.path}").status_code != 200
    assert client.get(reverse("appraisal:item", args=[2026, item.pk])).status_code == 403
