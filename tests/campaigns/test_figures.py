"""The indicators of a campaign on a snapshot: engine and judge agree, the target stands beside the figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.campaigns.conftest import NOW, TODAY, running
from tests.campaigns.test_running import screened
from tests.support.accounts import Accounts
from tests.support.county import County

from kangshu.indicators import board, judged
from kangshu.indicators.actions import take_snapshot
from kangshu.indicators.engine.compute import Question, compute, find_indicator
from kangshu.indicators.snapshot.store import forget, opened
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.periods import parse_period

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_figures_of_a_campaign(county: County, people: Accounts, women, settings, tmp_path):
    settings.KANGSHU_SNAPSHOTS = tmp_path / "snapshots"
    campaign = running(county, people)
    screened(campaign, women["li"], county, people, hpv="2")
    screened(campaign, women["wang"], county, people, hpv="1")
    screened(campaign, women["li"], county, people, colposcopy="2")
    take_snapshot(by=SystemActor("test"), now=NOW)
    store = opened(settings.KANGSHU_SNAPSHOTS)
    period = parse_period(str(TODAY.year))
    expected = {
        "completed": Decimal(2),
        "primary_positive_rate": Decimal(50),
        "further_reached_rate": Decimal(100),
        "further_positive_rate": Decimal(100),
    }
    for name, value in expected.items():
        indicator = find_indicator(f"{campaign.declaration}.{name}")
        assert compute(indicator, Question(period), store).only.value == value, name
        assert judged.compute(indicator, Question(period), store).only.value == value, name
    targets = board.targets_of([f"{campaign.declaration}.completed"], period.last, [county.bureau.pk])
    assert list(targets.values()) == [Decimal(6)]
    forget()
