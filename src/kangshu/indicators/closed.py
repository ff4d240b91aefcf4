"""Periods that are closed: what was known when they were, and what late records have changed since.

Ten days after a month or a year has ended its figures are kept as they stand, for the county and each centre.
A record that comes in later, or is corrected, changes the figure of a newer snapshot; the page then says so
instead of showing another number without a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kangshu.declare.indicator import Indicator
from kangshu.figures.models import Figure, FigureKind, PlaceKind
from kangshu.indicators.engine.compute import compute_beside, is_possible
from kangshu.indicators.results import Result, Row
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period, month_of, year
from kangshu.places.models import Institution

#: So many days after its end a period is closed.
CLOSES_AFTER = 10


@dataclass(frozen=True)
class Correction:
    """A figure as it was kept when its period was closed, and as it is now."""

    kept_at: datetime
    snapshot: str
    before: Decimal | None
    now: Decimal | None


def closed_periods(on: date) -> list[Period]:
    """The month and the year that were last closed on a day."""
    settled = on - timedelta(days=CLOSES_AFTER)
    last = month_of(settled.replace(day=1) - timedelta(days=1))
    return [last, year(settled.year - 1)]


def keep_closed(
    indicators: Sequence[Indicator], places: Sequence[Institution], store: Store, *, now: datetime
) -> int:
    """Keep the figures of periods that are closed and were not kept yet; gives how many were."""
    kept = 0
    for period in closed_periods(store.taken_on):
        possible = [one for one in indicators if is_possible(one, period, store)]
        for place in places:
            known = set(_kept(period, place).values_list("indicator", "version"))
            lacking = [one for one in possible if (one.id, str(one.version)) not in known]
            if not lacking:
                continue
            (results,) = compute_beside(lacking, (period,), place.path, store)
            rows = [_figure(result, place, now) for result in results]
            kept += len(Figure.objects.bulk_create(rows, ignore_conflicts=True))
    return kept


def _kept(period: Period, place: Institution):
    return Figure.objects.filter(
        period=str(period),
        place_kind=PlaceKind.INSTITUTION,
        place=str(place.pk),
        kind=FigureKind.COMPUTED,
    )


def _figure(result: Result, place: Institution, now: datetime) -> Figure:
    row: Row = result.only
    return Figure(
        indicator=result.indicator.id,
        version=str(result.indicator.version),
        period=str(result.period),
        place_kind=PlaceKind.INSTITUTION,
        place=str(place.pk),
        kind=FigureKind.COMPUTED,
        snapshot_id=result.snapshot,
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        note=row.note.zh if row.note else "",
        lineage=dict(result.lineage),
        computed_at=now,
    )


def corrections(indicator: Indicator, place: Institution, now: Result) -> list[Correction]:
    """What was kept of this figure and is another number now, oldest first."""
    kept = _kept(now.period, place).filter(indicator=indicator.id, version=str(indicator.version))
    return [
        Correction(one.computed_at, one.snapshot_id or "", one.value, now.only.value)
        for one in kept.order_by("computed_at")
        if one.snapshot_id != now.snapshot and one.value != now.only.value
    ]
