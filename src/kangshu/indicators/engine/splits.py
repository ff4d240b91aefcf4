"""By what a figure can be split, and how raw groups are rolled up to what was asked.

The engine groups by the institution credited and by the village; what lies above (the centre a clinic belongs
to, the township) is added up here, which is exact because everybody is credited once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kangshu.declare.indicator import Counts, Indicator, Months
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text
from kangshu.places.scope import parent_path


class BadSplit(Refusal):
    """A dimension that does not exist, or that the indicator cannot be split by."""


class Dimension(StrEnum):
    """INSTITUTION is the one credited; CENTRE the one right under the bureau that it belongs to."""

    INSTITUTION = "institution"
    CENTRE = "centre"
    TOWNSHIP = "township"
    VILLAGE = "village"
    DOCTOR = "doctor"
    MONTH = "month"
    SEX = "sex"
    AGE_GROUP = "age_group"


#: Splits by what a person is: small cells of these could name somebody.
PERSONAL = frozenset({Dimension.SEX, Dimension.AGE_GROUP, Dimension.VILLAGE})
OF_A_PERSON = frozenset({Dimension.SEX, Dimension.AGE_GROUP})
PLACES = (Dimension.INSTITUTION, Dimension.CENTRE, Dimension.TOWNSHIP, Dimension.VILLAGE)

_RAW = {
    Dimension.INSTITUTION: "institution",
    Dimension.CENTRE: "institution",
    Dimension.TOWNSHIP: "region",
    Dimension.VILLAGE: "region",
    Dimension.DOCTOR: "doctor",
    Dimension.SEX: "sex",
    Dimension.AGE_GROUP: "age",
}
_AGE_BOUNDS = (0, 7, 18, 35, 45, 55, 65, 75, 85)


def parse_dimensions(text: str | Sequence[str]) -> tuple[Dimension, ...]:
    """`"institution,month"` or a list of names; empty for none. Raises BadSplit."""
    names = [name.strip() for name in text.split(",")] if isinstance(text, str) else list(text)
    found = []
    for name in filter(None, names):
        if name not in list(Dimension):
            known = "、".join(Dimension)
            raise BadSplit(
                "split.unknown",
                Text(
                    f"没有“{name}”这种分组；可用：{known}。",
                    f"No split {name!r}; there are: {', '.join(Dimension)}.",
                ),
                where=name,
            )
        if Dimension(name) not in found:
            found.append(Dimension(name))
    return tuple(found)


def periods_of(by: Sequence[Dimension], period: Period, months: Months) -> dict[str, Period]:
    """The periods to compute, by the name of the month each stands for (`` without a split by month). A
    month of a cumulative indicator is the time from the period's first day to the month's last."""
    if Dimension.MONTH not in by:
        return {"": Period(period.last, period.last) if months is Months.LAST_DAY else period}
    if months is Months.EACH:
        return {str(month): month for month in period.months()}
    if months is Months.LAST_DAY:
        return {str(month): Period(month.last, month.last) for month in period.months()}
    return {str(month): Period(period.first, month.last) for month in period.months()}


def age_group(age: int | None) -> str:
    """`35-44`, `85+`, or `` for an unknown birth date."""
    if age is None:
        return ""
    index = max(position for position, bound in enumerate(_AGE_BOUNDS) if bound <= age)
    if index == len(_AGE_BOUNDS) - 1:
        return f"{_AGE_BOUNDS[index]}+"
    return f"{_AGE_BOUNDS[index]}-{_AGE_BOUNDS[index + 1] - 1}"


@dataclass(frozen=True)
class Institution:
    id: str
    name: str
    path: str
    region: str
    kind: str


class Places:
    """The institutions and regions of a snapshot, for names and for rolling up."""

    def __init__(self, store: Store) -> None:
        rows = store.execute(
            f"SELECT key, id, name, path, region, kind FROM ({store.rows_of('institutions')})"
        )
        self.institutions: dict[int, Institution] = {
            key: Institution(str(id), name, path, region, kind)
            for key, id, name, path, region, kind in rows.fetchall()
        }
        self.by_path = {place.path: place for place in self.institutions.values()}
        self.by_id = {place.id: place for place in self.institutions.values()}
        #: Paths that have institutions under them.
        self.parents = {parent_path(path) for path in self.by_path}
        rows = store.execute(f"SELECT code, name, level, parent FROM ({store.rows_of('regions')})")
        self.regions: dict[str, tuple[str, int, str | None]] = {
            code: (name, level, parent) for code, name, level, parent in rows.fetchall()
        }
        rows = store.execute(f"SELECT key, id FROM ({store.rows_of('staff')})")
        self.staff: dict[int, str] = {key: str(id) for key, id in rows.fetchall()}

    @property
    def root(self) -> Institution | None:
        return min(self.institutions.values(), key=lambda place: len(place.path), default=None)

    def centre_of(self, place: Institution) -> Institution:
        """The institution right under the bureau that a place belongs to; the bureau itself for the
        bureau."""
        return self.by_path.get("".join(f"{part}." for part in place.path.split(".")[:2] if part), place)

    def region_at(self, code: str | None, level: int) -> str:
        """The region of a level that a region lies in; empty when it lies in none."""
        while code:
            _, found, parent = self.regions.get(code, ("", 0, None))
            if found == level:
                return code
            code = parent
        return ""

    def under(self, path: str) -> list[int]:
        """Keys of the institution at a path and all under it."""
        return [key for key, place in self.institutions.items() if place.path.startswith(path)]


def raw_dimensions(by: Sequence[Dimension], indicator: Indicator) -> tuple[str, ...]:
    """The columns to group by: always the institution, so that the same sums serve the county, a centre and
    an institution. Records have no village of their own: it is their institution's. Raises BadSplit for an
    entry of a logbook by what a person is."""
    found = ["institution"]
    if indicator.counts is Counts.ENTRIES and (impossible := OF_A_PERSON & set(by)):
        raise BadSplit(
            "split.no_person",
            Text(
                "该指标不涉及个人，不能按性别或年龄分组。", "This figure is about no person: no sex or age."
            ),
            where=min(impossible),
        )
    for dimension in by:
        if dimension is Dimension.MONTH:
            continue
        raw = _RAW[dimension]
        if raw == "region" and indicator.counts is not Counts.PEOPLE:
            raw = "institution"
        if raw not in found:
            found.append(raw)
    # A median is told by how often each value occurs: that can be added up over places.
    return (*found, "value") if indicator.median is not None else tuple(found)


def labels(
    by: Sequence[Dimension], indicator: Indicator, places: Places
) -> Callable[[Mapping[str, Any]], dict[str, str]]:
    """How a raw group is called in the dimensions asked for."""

    def region(raw: Mapping[str, Any]) -> str | None:
        if indicator.counts is not Counts.PEOPLE:
            place = places.institutions.get(raw["institution"])
            return place.region if place else None
        return raw["region"]

    def of(dimension: Dimension, raw: Mapping[str, Any]) -> str:
        if dimension is Dimension.SEX:
            return raw["sex"] or ""
        if dimension is Dimension.AGE_GROUP:
            return age_group(raw["age"])
        if dimension is Dimension.DOCTOR:
            return places.staff.get(raw["doctor"], "") if raw["doctor"] is not None else ""
        if dimension is Dimension.TOWNSHIP:
            return places.region_at(region(raw), 4)
        if dimension is Dimension.VILLAGE:
            return places.region_at(region(raw), 5)
        place = places.institutions.get(raw["institution"])
        if place is None:
            return ""
        return place.id if dimension is Dimension.INSTITUTION else places.centre_of(place).id

    return lambda raw: {
        str(dimension): of(dimension, raw) for dimension in by if dimension is not Dimension.MONTH
    }
