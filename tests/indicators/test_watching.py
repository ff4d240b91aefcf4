"""What stays when the page is closed: alerts, own tables, closed periods, and a figure computed again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from tests.indicators.test_snapshot import JOB, NOW, World
from tests.support.accounts import acting, sign_in

from kangshu.declare import registry
from kangshu.figures.models import Alert, Figure, SavedTable
from kangshu.indicators import closed, course, tables
from kangshu.indicators.actions import set_target, take_snapshot
from kangshu.indicators.engine.compute import Question, compute
from kangshu.indicators.engine.splits import Dimension
from kangshu.indicators.snapshot.store import opened
from kangshu.kernel.errors import Conflict
from kangshu.kernel.periods import parse_period
from kangshu.places.models import Institution

pytestmark = pytest.mark.django_db(transaction=True)
CONTROL = "hypertension.control_rate"


@pytest.fixture
def world(settings, tmp_path):
    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    world = World()
    world.visit(world.li, date(2026, 2, 1))
    world.visit(world.wang, date(2026, 3, 1), sbp=158)
    take_snapshot(by=JOB, now=NOW + timedelta(minutes=1))
    return world


def test_a_figure_behind_its_target_is_told_once_and_answered_with_a_note(client, world, settings):
    root = settings.KANGSHU_SNAPSHOTS
    bureau = Institution.objects.get(parent=None)
    with acting(world.accounts.bureau_officer) as officer:
        set_target(
            indicator_id=CONTROL, year=NOW.year, institution=bureau, value=Decimal(80),
            from_on=date(NOW.year, 1, 1), by=officer, now=NOW,
        )  # fmt: skip
    indicator = registry.indicator(CONTROL)
    (alert,) = course.watch([indicator], opened(root), now=NOW)
    assert "50.00" in alert.told["zh"]
    assert "80" in alert.told["zh"]
    assert course.watch([indicator], opened(root), now=NOW + timedelta(days=1)) == []
    sign_in(client, world.accounts.bureau_officer)
    assert alert.told["zh"] in client.get(reverse("indicators:alerts")).content.decode()
    with acting(world.accounts.bureau_officer) as officer, pytest.raises(Conflict):
        course.acknowledge(alert.pk, "  ", by=officer, now=NOW)
    client.post(reverse("indicators:acknowledge", args=[alert.pk]), {"note": "设备故障，已维修"})
    assert Alert.objects.get().note == "设备故障，已维修"
    assert alert.told["zh"] not in client.get(reverse("indicators:alerts")).content.decode()


def test_a_village_doctor_sees_no_alert_of_the_county(world):
    Alert.objects.create(
        indicator=CONTROL, kind="signal", month="2026-03", institution=Institution.objects.get(parent=None),
        told={"zh": "甲", "en": "a"}, snapshot_id=opened_name(), raised_at=NOW,
    )  # fmt: skip
    with acting(world.accounts.village_doctor_a) as doctor:
        assert not course.open_alerts(doctor).exists()


def opened_name() -> str:
    from kangshu.figures.models import Snapshot

    return Snapshot.objects.latest("taken_at").name


def test_an_own_table_is_kept_shared_and_taken_along(client, world):
    sign_in(client, world.accounts.bureau_officer)
    asked = {"indicator": [CONTROL, "hypertension.managed_people"], "period": ["2026"], "by_1": "institution"}
    page = client.get(reverse("indicators:table"), asked)
    assert "50.00" in page.content.decode()
    given = {"query": page.context["query"], "name": "血压月报", "shared_role": "village_doctor"}
    client.post(reverse("indicators:table_save"), given)
    assert SavedTable.objects.get().name == "血压月报"
    with acting(world.accounts.village_doctor_a) as doctor:
        assert [one.name for one in tables.saved(doctor)] == ["血压月报"]
        with pytest.raises(SavedTable.DoesNotExist):
            tables.delete(SavedTable.objects.get().pk, by=doctor)
    sheet = client.get(reverse("indicators:table_export") + "?" + page.context["query"])
    rows = list(load_workbook(BytesIO(sheet.content)).active.iter_rows(values_only=True))
    assert any(row[1:4] == (1, 2, 50) for row in rows)


def test_late_records_show_as_a_correction_of_a_closed_month_and_the_old_figure_comes_again(world, settings):
    root, period = settings.KANGSHU_SNAPSHOTS, parse_period("2026-02")
    indicator, bureau = registry.indicator("hypertension.follow_ups"), Institution.objects.get(parent=None)
    first = opened(root)
    before = compute(indicator, Question(period, within=bureau.path), first)
    Figure.objects.bulk_create([closed._figure(before, bureau, NOW)])
    world.visit(world.wang, date(2026, 2, 20))
    take_snapshot(by=JOB, now=NOW + timedelta(minutes=9))
    now = compute(indicator, Question(period, within=bureau.path), opened(root))
    (one,) = closed.corrections(indicator, bureau, now)
    assert (one.before, one.now) == (1, 2)
    again = compute(indicator, Question(period, within=bureau.path), opened(root, before.snapshot))
    assert again.to_json() == before.to_json()
    assert len(again.lineage["statement"]) == 64
    assert Dimension.MONTH not in again.by
