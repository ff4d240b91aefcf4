"""Denominators that are reckoned, not counted: residents of a place times what the norm or the county says.

Which residents belong to an institution: those of its village for a clinic, those of its township for a
centre with all its clinics, those of the county for the bureau. A hospital has none, and neither has the
part of a centre that its clinics do not cover.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kangshu.declare.evaluate import Context, evaluate
from kangshu.declare.indicator import Indicator
from kangshu.indicators.engine.splits import Dimension, Institution, Places
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period

_OF_PLACES = {"bureau": (3,), "township_centre": (4,), "community_centre": (4, 5), "village_clinic": (5,)}


@dataclass(frozen=True)
class Band:
    sex: str
    age_from: int
    age_to: int | None
    count: int


class Populations:
    """The population table of a snapshot: for each region and year the bands of the highest version."""

    def __init__(self, store: Store, places: Places) -> None:
        self._places = places
        self._bands: dict[tuple[str, int], list[Band]] = {}
        rows = store.execute(
            f"SELECT region, year, sex, age_from, age_to, count FROM ({store.rows_of('populations')})"
            " QUALIFY rank() OVER (PARTITION BY region, year ORDER BY version DESC) = 1"
        )
        for region, year, sex, age_from, age_to, count in rows.fetchall():
            self._bands.setdefault((region, year), []).append(Band(sex, age_from, age_to, count))
        self._children: dict[str, list[str]] = {}
        for code, (_, _, parent) in places.regions.items():
            if parent:
                self._children.setdefault(parent, []).append(code)

    def count(self, region: str, year: int, age_from: int, age_to: int | None, sex: str | None) -> int | None:
        """Residents of an age range; None when a band is cut in two by it or nothing is known.

        A region without own figures is the sum of what lies in it, when all of that is known.
        """
        bands = self._bands.get((region, year))
        if bands is None:
            parts = [
                self.count(child, year, age_from, age_to, sex) for child in self._children.get(region, ())
            ]
            known = [part for part in parts if part is not None]
            return sum(known) if known and len(known) == len(parts) else None
        return _sum(_of_sex(bands, sex), age_from, age_to)


def _of_sex(bands: list[Band], sex: str | None) -> list[Band]:
    """Both sexes: the bands for both together if the year has them, else the two added."""
    if sex is not None:
        return [band for band in bands if band.sex == sex]
    together = [band for band in bands if band.sex == "0"]
    return together or bands


def _sum(bands: list[Band], age_from: int, age_to: int | None) -> int | None:
    if not bands:
        return None
    total = 0
    for band in bands:
        below = band.age_to is not None and band.age_to < age_from
        above = age_to is not None and band.age_from > age_to
        if below or above:
            continue
        inside = band.age_from >= age_from and (
            age_to is None or (band.age_to is not None and band.age_to <= age_to)
        )
        if not inside:
            return None
        total += band.count
    return total


def estimate(
    indicator: Indicator,
    by: Mapping[str, str],
    within: Institution | None,
    period: Period,
    places: Places,
    populations: Populations,
    parameters: Values,
) -> Decimal | None:
    """The estimated denominator of a row; None when the place's population is not known."""
    assert indicator.estimate is not None
    if {Dimension.DOCTOR, Dimension.AGE_GROUP} & set(by):
        return None
    region = _region_of(by, within, places)
    if region is None:
        return None
    asked_sex = by.get(Dimension.SEX)

    def population(age_from: int, age_to: int | None, sex: str | None) -> int | None:
        return populations.count(region, period.last.year, age_from, age_to, sex or asked_sex)

    context = Context(first=period.first, last=period.last, parameters=parameters, population=population)
    value = evaluate(indicator.estimate, context)
    return None if value is None else Decimal(value)


def _region_of(by: Mapping[str, str], within: Institution | None, places: Places) -> str | None:
    for dimension in (Dimension.VILLAGE, Dimension.TOWNSHIP):
        if dimension in by:
            return by[dimension] or None
    if Dimension.INSTITUTION in by:
        place = places.by_id.get(by[Dimension.INSTITUTION])
        alone = place is not None and place.path not in places.parents
        return _served(place, places) if alone else None
    place = places.by_id.get(by[Dimension.CENTRE]) if Dimension.CENTRE in by else (within or places.root)
    return _served(place, places)


def _served(place: Institution | None, places: Places) -> str | None:
    if place is None:
        return None
    _, level, _ = places.regions.get(place.region, ("", 0, None))
    return place.region if level in _OF_PLACES.get(place.kind, ()) else None
