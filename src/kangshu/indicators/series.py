"""Month by month, each month by itself: what control charts and the way to a target are judged from.

A month here is asked as a period of its own, so that a figure of the year so far does not swing only because
the year is young. Two calendar years are asked at once, in one statement for all figures, which is then the
same all year long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kangshu.declare.indicator import Direction, Indicator
from kangshu.indicators.control import Judged, Measured, chart_for, judge
from kangshu.indicators.engine.compute import compute_beside, is_possible
from kangshu.indicators.results import Row
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.dates import last_of_month
from kangshu.kernel.periods import Period, year


@dataclass(frozen=True)
class Month:
    """A month of a series. `is_over` is False for the month that the snapshot was taken in."""

    period: Period
    row: Row
    is_over: bool


def months_of(indicators: Sequence[Indicator], within: str, store: Store) -> dict[str, list[Month]]:
    """The months of this year and the year before, oldest first, up to the snapshot's own month."""
    taken = store.taken_on
    periods = [*year(taken.year - 1).months(), *year(taken.year).months()]
    asked = [one for one in indicators if is_possible(one, periods[0], store)]
    found: dict[str, list[Month]] = {one.id: [] for one in indicators}
    for period, results in zip(periods, compute_beside(asked, periods, within, store), strict=True):
        if period.first > taken:
            continue
        for result in results:
            is_over = last_of_month(period.last) < taken
            found[result.indicator.id].append(Month(period, result.only, is_over))
    return found


def judged(indicator: Indicator, months: Sequence[Month]) -> Judged:
    """The control chart of the months that are over and have a figure."""
    series = [
        Measured(str(one.period), float(one.row.value), float(one.row.denominator or 0))
        for one in months
        if one.is_over and one.row.value is not None
    ]
    # A figure that was only ever nought has not begun.
    while series and series[0].value == 0:
        series.pop(0)
    return judge(series, chart_for(indicator), scale=float(indicator.scale))


@dataclass(frozen=True)
class Way:
    """Where a cumulative figure should stand on its way to the year's target."""

    expected: Decimal
    value: Decimal
    target: Decimal
    is_behind: bool


def way_to(indicator: Indicator, value: Decimal, target: Decimal, on: date, *, slack: int = 5) -> Way:
    """The straight way from nought on 31 December to the target a year later: a plain sum or a figure that
    gathers over the year has to be there. `slack` percent behind it is not yet worth a word.

    A figure to be kept low, and one without a better side, is only compared with the target itself.
    """
    begun = date(on.year, 1, 1)
    share = Decimal((on - begun).days + 1) / Decimal((date(on.year + 1, 1, 1) - begun).days)
    if indicator.direction is Direction.DOWN:
        return Way(target, value, target, value > target)
    # A rate of everybody in care does not start from nought every January; a count does.
    expected = target * share if not indicator.is_ratio else target
    return Way(expected, value, target, value < expected * (100 - slack) / 100)
