"""A target is divided among institutions without loss, set all or none, and told in summaries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.indicators.test_snapshot import NOW, World
from tests.support.accounts import acting, sign_in

from kangshu.figures.models import Target
from kangshu.indicators.engine.compute import find_indicator
from kangshu.kernel.errors import BadInput, NotAllowed
from kangshu.kernel.periods import parse_period
from kangshu.summaries import actions, planning
from kangshu.summaries.planning import PlaceNotFound, divide

RATE, NUMBER = "hypertension.control_rate", "hypertension.managed_people"


@given(total=st.integers(0, 10**6), weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_the_parts_make_the_whole_and_stay_within_one_of_their_share(total, weights):
    parts = divide(total, weights)
    counted = weights if sum(weights) else [1] * len(weights)
    assert sum(parts) == total
    for part, weight in zip(parts, counted, strict=True):
        assert abs(part * sum(counted) - total * weight) < sum(counted)


def test_nobody_to_divide_among_is_no_part():
    assert divide(10, []) == []
    assert divide(10, [1, 1, 1]) == [4, 3, 3]


@pytest.fixture
def world(settings, tmp_path, transactional_db):
    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    return World()


def set_all(by, indicator: str, values) -> int:
    return planning.set_targets(
        indicator=find_indicator(indicator),
        year=2027,
        values=values,
        source="2027年工作要点",
        from_on=date(2027, 1, 1),
        by=by,
        now=NOW,
    )


def test_all_are_set_or_none(world):
    bureau, centre = world.county.bureau, world.county.centre_a
    with acting(world.accounts.bureau_officer) as by, pytest.raises(BadInput):
        set_all(by, RATE, {bureau: Decimal(60), centre: Decimal(160)})
    assert not Target.objects.exists()
    with acting(world.accounts.bureau_officer) as by:
        assert set_all(by, RATE, {bureau: Decimal(60), centre: Decimal(62)}) == 2
        assert set_all(by, RATE, {bureau: Decimal(60)}) == 0
    with acting(world.accounts.bureau_officer) as by, pytest.raises(BadInput):
        set_all(by, NUMBER, {bureau: Decimal("3.5")})


def test_who_may_not_and_what_lies_elsewhere(world):
    with acting(world.accounts.township_worker_a) as by:
        with pytest.raises(PlaceNotFound):
            set_all(by, RATE, {world.county.bureau: Decimal(60)})
        with pytest.raises(NotAllowed):
            set_all(by, RATE, {world.county.centre_a: Decimal(60)})


def test_the_plan_of_next_year_stands_in_the_draft(world):
    with acting(world.accounts.bureau_officer) as by:
        set_all(by, RATE, {world.county.bureau: Decimal(60)})
        made = actions.make_summary(
            title="总结", period=parse_period("2026"), institution=world.county.bureau, by=by, now=NOW
        )
        section = made.sections.get(key="next_year")
        assert f"[[{RATE}|period=2027|show=target]]" in section.text
        bound = actions.figures_of(made, by)[f"{RATE}|period=2027|show=target"]
    assert (bound.text, bound.kind, bound.why) == ("≥60%", "target", "")


def test_a_target_of_which_nothing_is_recorded_is_reported_on_all_the_same(world):
    with acting(world.accounts.bureau_officer) as by:
        set_all(by, RATE, {world.county.bureau: Decimal(60)})
        made = actions.make_summary(
            title="总结", period=parse_period("2027"), institution=world.county.bureau, by=by, now=NOW
        )
        text = made.sections.get(key="problems").text
        bound = actions.figures_of(made, by)[f"{RATE}|show=target"]
    assert "没有可用数据，完成情况无法核实" in text
    assert f"（目标[[{RATE}|show=target]]）" in text
    assert (bound.text, bound.why) == ("≥60%", "")


def test_the_screen_divides_a_number_by_residents(client, world):
    sign_in(client, world.accounts.bureau_officer)
    address = f"{reverse('summaries:targets')}?year=2027&indicator={NUMBER}"
    done = client.post(address, {"own": "1001", "divide": "1", "source": "工作要点"})
    assert done.status_code == 302
    under = Target.objects.exclude(place=str(world.county.bureau.pk))
    assert sum(target.value for target in under) == 1001
    page = client.get(done.url).content.decode()
    assert "1001" in page
    wrong = client.post(address, {"own": "许多"})
    assert wrong.status_code == 422
    assert "许多" in wrong.content.decode()
    assert client.get(f"{reverse('summaries:targets')}?year=2027").status_code == 200
    assert client.get(f"{reverse('summaries:targets')}?year=late").status_code in (400, 422)
