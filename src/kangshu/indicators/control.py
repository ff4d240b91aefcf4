"""Control charts: which points of a series say that something has changed, and which are usual ups and downs.

Two kinds. A share whose denominator counts each month anew (records, entries) is judged by a p-chart: its
limits come from the binomial spread of each month's own denominator. Everything else is judged by an
individuals chart (XmR): its limits come from how much neighbouring months differ. The rules are those of
Western Electric and Nelson that a reader can check with a ruler (`RULES`). A series of fewer than eight
points is not judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import sqrt

from kangshu.declare.indicator import Counts, Indicator, Months
from kangshu.kernel.text import Text

FEWEST = 8
RUN, TREND = 8, 6
#: Of the mean moving range to one standard deviation (Shewhart's d2 for two neighbouring points).
D2 = 1.128


class Chart(StrEnum):
    """Which chart judges a series."""

    P = "p"
    XMR = "xmr"


class Rule(StrEnum):
    """What makes a point a signal."""

    BEYOND = "beyond"
    TWO_OF_THREE = "two_of_three"
    RUN = "run"
    TREND = "trend"


RULES = {
    Rule.BEYOND: Text("超出控制限（3倍标准差）", "beyond a control limit (three standard deviations)"),
    Rule.TWO_OF_THREE: Text(
        "连续3点中有2点在同侧2倍标准差以外", "two of three in a row beyond two standard deviations, same side"
    ),
    Rule.RUN: Text(f"连续{RUN}点位于中心线同一侧", f"{RUN} in a row on one side of the centre line"),
    Rule.TREND: Text(f"连续{TREND}点持续上升或下降", f"{TREND} in a row rising or falling"),
}
CHARTS = {
    Chart.P: Text("p控制图（率）", "p-chart (a proportion)"),
    Chart.XMR: Text("单值-移动极差图（XmR）", "individuals chart (XmR)"),
}


@dataclass(frozen=True)
class Measured:
    """A point of a series in the order of time: the value in the indicator's unit, and out of how many."""

    name: str
    value: float
    denominator: float = 0


@dataclass(frozen=True)
class Point:
    """A judged point: its limits, and the rules that make it a signal (none: the usual ups and downs)."""

    name: str
    value: float
    lower: float
    upper: float
    rules: tuple[Rule, ...] = ()

    @property
    def is_signal(self) -> bool:
        return bool(self.rules)


@dataclass(frozen=True)
class Judged:
    """A series with its chart. `points` is empty when there are too few to judge."""

    chart: Chart
    centre: float
    points: tuple[Point, ...]

    @property
    def signals(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.is_signal)


def chart_for(indicator: Indicator) -> Chart:
    """By the kind of figure: a share of what is counted anew each month, or anything else."""
    anew = indicator.months is Months.EACH or indicator.counts is not Counts.PEOPLE
    return Chart.P if anew and indicator.is_share and indicator.scale >= 100 else Chart.XMR


def judge(series: Sequence[Measured], chart: Chart, *, scale: float = 100, floor: float = 0) -> Judged:
    """Judge a series. `scale` is what a proportion of one is in the unit; limits do not go below `floor`."""
    if chart is Chart.P and any(point.denominator <= 0 for point in series):
        chart = Chart.XMR
    if len(series) < FEWEST:
        return Judged(chart, 0.0, ())
    centre, sigmas = _of_proportion(series, scale) if chart is Chart.P else _of_individuals(series)
    rules = _rules([point.value for point in series], centre, sigmas)
    points = tuple(
        Point(
            point.name,
            point.value,
            max(centre - 3 * sigma, floor),
            min(centre + 3 * sigma, scale) if chart is Chart.P else centre + 3 * sigma,
            broken,
        )
        for point, sigma, broken in zip(series, sigmas, rules, strict=True)
    )
    return Judged(chart, centre, points)


def _of_proportion(series: Sequence[Measured], scale: float) -> tuple[float, list[float]]:
    below = sum(point.denominator for point in series)
    share = min(sum(point.value * point.denominator for point in series) / below / scale, 1.0)
    return share * scale, [sqrt(share * (1 - share) / point.denominator) * scale for point in series]


def _of_individuals(series: Sequence[Measured]) -> tuple[float, list[float]]:
    values = [point.value for point in series]
    ranges = [abs(after - before) for before, after in pairwise(values)]
    sigma = sum(ranges) / len(ranges) / D2
    return sum(values) / len(values), [sigma] * len(values)


def _rules(values: Sequence[float], centre: float, sigmas: Sequence[float]) -> list[tuple[Rule, ...]]:
    found: list[tuple[Rule, ...]] = []
    for at, (value, sigma) in enumerate(zip(values, sigmas, strict=True)):
        broken = []
        # A series that never moved has no spread: nothing in it is a signal.
        if sigma and abs(value - centre) > 3 * sigma:
            broken.append(Rule.BEYOND)
        if sigma and _two_of_three(values, sigmas, centre, at):
            broken.append(Rule.TWO_OF_THREE)
        if _same_side(values[max(at - RUN + 1, 0) : at + 1], centre):
            broken.append(Rule.RUN)
        if _one_way(values[max(at - TREND + 1, 0) : at + 1]):
            broken.append(Rule.TREND)
        found.append(tuple(broken))
    return found


def _two_of_three(values: Sequence[float], sigmas: Sequence[float], centre: float, at: int) -> bool:
    far = [
        (1 if values[one] > centre else -1) if abs(values[one] - centre) > 2 * sigmas[one] else 0
        for one in range(max(at - 2, 0), at + 1)
    ]
    return len(far) == 3 and far[-1] != 0 and far.count(far[-1]) >= 2


def _same_side(last: Sequence[float], centre: float) -> bool:
    above = all(value > centre for value in last)
    return len(last) == RUN and (above or all(value < centre for value in last))


def _one_way(last: Sequence[float]) -> bool:
    steps = [after - before for before, after in pairwise(last)]
    return len(last) == TREND and (all(step > 0 for step in steps) or all(step < 0 for step in steps))
