"""Control charts: what a ruler would say."""

from __future__ import annotations

import pytest

from kangshu.declare.expression import answer
from kangshu.declare.indicator import Counts, Indicator
from kangshu.declare.terms import IN_PERIOD
from kangshu.indicators.control import Chart, Measured, Rule, chart_for, judge
from kangshu.indicators.quality import is_unlikely, modified_z, outliers
from kangshu.kernel.text import Text


def _series(*values: float, denominator: float = 0) -> list[Measured]:
    return [Measured(str(number), value, denominator) for number, value in enumerate(values)]


def test_steady_ups_and_downs_are_no_signal():
    chart = judge(_series(50, 52, 49, 51, 50, 48, 51, 50, 52, 49), Chart.XMR)
    assert chart.signals == ()
    assert round(chart.centre, 1) == 50.2


def test_limits_of_an_individuals_chart_come_from_the_moving_range():
    chart = judge(_series(10, 12, 10, 12, 10, 12, 10, 12), Chart.XMR)
    # Mean moving range 2, sigma 2 / 1.128; three of them around 11.
    assert (round(chart.points[0].upper, 2), round(chart.points[0].lower, 2)) == (16.32, 5.68)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ((50, 51, 50, 49, 50, 51, 50, 49, 50, 80), Rule.BEYOND),
        ((40, 60, 40, 60, 40, 60, 51, 52, 51, 52, 51, 52, 51, 52), Rule.RUN),
        ((50, 48, 52, 49, 50, 41, 43, 45, 47, 49, 51), Rule.TREND),
    ],
)
def test_a_change_is_a_signal(values, rule):
    assert rule in judge(_series(*values), Chart.XMR).points[-1].rules


def test_limits_of_a_proportion_are_wider_where_fewer_are_counted():
    series = [Measured(str(number), 50, 100) for number in range(8)] + [Measured("few", 60, 10)]
    chart = judge(series, Chart.P)
    assert chart.points[-1].upper > chart.points[0].upper
    assert not chart.points[-1].is_signal
    assert round(chart.points[0].upper - chart.centre, 1) == 15.0  # three times sqrt(.25 / 100)


def test_too_few_months_are_not_judged_and_a_flat_line_is_no_signal_of_itself():
    assert judge(_series(1, 2, 3), Chart.XMR).points == ()
    assert judge(_series(*[5] * 12), Chart.XMR).signals == ()


def test_shares_of_records_are_judged_by_their_own_numbers():
    given = {"id": "test.share", "version": 1, "title": Text("甲", "a"), "unit": "%"}
    records = Indicator(
        **given, numerator=IN_PERIOD & (answer("sbp") < 140), denominator=IN_PERIOD,
        counts=Counts.RECORDS, form="chronic.hypertension.follow_up",
    )  # fmt: skip
    assert chart_for(records) is Chart.P
    assert chart_for(Indicator(**given, numerator=IN_PERIOD)) is Chart.XMR


def test_an_outlier_is_told_by_the_middle_not_by_the_mean():
    values = {"a": 50.0, "b": 51.0, "c": 49.0, "d": 52.0, "e": 95.0}
    assert set(outliers(values)) == {"e"}
    assert modified_z({"a": 1.0, "b": 1.0, "c": 1.0}) == {"a": 0, "b": 0, "c": 0}


def test_a_jump_of_a_large_share_is_unlikely_and_of_a_few_people_it_is_not():
    assert is_unlikely((90, 100), (40, 100))
    assert not is_unlikely((9, 10), (4, 10))
    assert not is_unlikely((52, 100), (48, 100))
