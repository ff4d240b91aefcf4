"""Which indicators a snapshot has anything to say about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.indicators.test_snapshot import JOB, NOW, World

from kangshu.declare import registry
from kangshu.indicators import board
from kangshu.indicators.actions import take_snapshot
from kangshu.indicators.recorded import with_records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(settings, tmp_path):
    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    world = World()
    world.visit(world.li, date(2026, 2, 1))
    take_snapshot(by=JOB, now=NOW + timedelta(minutes=1))
    return world


def test_only_the_services_with_a_case_or_record_are_worth_counting(world):
    store = board.store_for(JOB)
    found = {one.id for one in with_records(registry.indicators(), store)}
    assert {"hypertension.managed_people", "hypertension.follow_ups", "records.creation_rate"} <= found
    assert not {id for id in found if id.startswith(("tb.", "catch_up."))}
    assert len(found) < len(registry.indicators()) / 4
