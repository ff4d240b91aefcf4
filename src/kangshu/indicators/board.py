"""What the dashboard and the indicator page show: values, targets, change, ranking, trend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from kangshu.access.roles import REACH, Reach, Role
from kangshu.declare.indicator import Direction, Indicator
from kangshu.figures.models import PlaceKind, Target
from kangshu.indicators.actions import snapshots_root
from kangshu.indicators.engine.compute import CannotCompute, Question, compute_all, is_possible
from kangshu.indicators.engine.splits import Dimension, Places
from kangshu.indicators.results import Result, Row
from kangshu.indicators.snapshot import manifest
from kangshu.indicators.snapshot.store import Store, opened
from kangshu.kernel.actor import Actor
from kangshu.kernel.periods import Period
from kangshu.places.models import Institution
from kangshu.places.scope import is_within


@dataclass(frozen=True)
class Target_:
    """A target in force and how the value stands to it: met, missed, or None without a value or a
    direction."""

    value: Decimal
    met: bool | None


@dataclass(frozen=True)
class Card:
    """One figure of the dashboard."""

    indicator: Indicator
    row: Row
    target: Target_ | None
    change: Decimal | None

    @property
    def tone(self) -> str:
        if self.target is None or self.target.met is None:
            return ""
        return "good" if self.target.met else "attention"


@dataclass(frozen=True)
class Ranked:
    """A place and its figure; `name` and `path` are of the institution, or the name of the region."""

    row: Row
    key: str
    name: str
    target: Target_ | None = None


def reach_of(by: Actor) -> str:
    """The path of the part of the county whose figures an account may see: all of it for whoever works for
    the whole county, otherwise the own institution and what is under it."""
    known = {role.value for role in Role}
    county = any(REACH[Role(role)] is Reach.COUNTY for role in by.roles if role in known)
    if county or "inspector" in by.roles:
        root = Institution.objects.order_by("path").values_list("path", flat=True).first()
        return root or ""
    return by.scope_path


def place_for(by: Actor, path: str | None) -> Institution | None:
    """The institution asked for, if it lies within the account's reach; else the account's own. None in an
    empty county. Raises CannotCompute for a place outside."""
    reach = reach_of(by)
    if path and not is_within(path, reach):
        from kangshu.kernel.text import Text

        raise CannotCompute(
            "place.outside",
            Text("该机构不在您的管辖范围内。", "This institution is outside of your area."),
            where=path,
        )
    return Institution.objects.filter(path=path or reach).first()


def store_for(by: Actor, name: str = "latest") -> Store:
    """The snapshot as the account may read it. Raises UnknownSnapshot."""
    compartments = getattr(by, "compartments", frozenset())
    return opened(snapshots_root(), name, frozenset(compartments))


def has_snapshot() -> bool:
    return bool(manifest.names(snapshots_root()))


def cards(indicators: Sequence[Indicator], period: Period, place: Institution, store: Store) -> list[Card]:
    """A card for each indicator that can be computed for the period."""
    possible = [one for one in indicators if is_possible(one, period, store)]
    now = compute_all(possible, Question(period, within=place.path), store)
    before = {
        result.indicator.id: result.only.value for result in _year_before(possible, period, place, store)
    }
    targets = targets_of([one.id for one in possible], period.last, [place.pk])
    found = []
    for result in now:
        target = targets.get((result.indicator.id, str(place.pk)))
        earlier, value = before.get(result.indicator.id), result.only.value
        change = None if earlier is None or value is None else value - earlier
        found.append(Card(result.indicator, result.only, _judged(result.indicator, value, target), change))
    return found


def _year_before(
    indicators: Sequence[Indicator], period: Period, place: Institution, store: Store
) -> list[Result]:
    earlier = period.year_before()
    possible = [one for one in indicators if is_possible(one, earlier, store)]
    return compute_all(possible, Question(earlier, within=place.path), store) if possible else []


def targets_of(
    indicator_ids: Iterable[str], on: date, places: Iterable[UUID]
) -> dict[tuple[str, str], Decimal]:
    """Targets in force on a day, by indicator and institution id."""
    rows = Target.objects.filter(
        indicator__in=list(indicator_ids),
        year=on.year,
        place_kind=PlaceKind.INSTITUTION,
        place__in=[str(place) for place in places],
        from_on__lte=on,
    ).order_by("from_on")
    return {(row.indicator, row.place): row.value for row in rows if row.to_on is None or row.to_on >= on}


def _judged(indicator: Indicator, value: Decimal | None, target: Decimal | None) -> Target_ | None:
    if target is None:
        return None
    if value is None or indicator.direction is Direction.NONE:
        return Target_(target, None)
    return Target_(target, is_met(indicator, value, target))


def is_met(indicator: Indicator, value: Decimal, target: Decimal) -> bool:
    """Whether a value reaches its target, for an indicator that has a better side."""
    return value >= target if indicator.direction is Direction.UP else value <= target


def ranking(
    indicator: Indicator, period: Period, place: Institution, store: Store
) -> tuple[Dimension, list[Ranked]]:
    """The places under a place, best first: centres under the bureau, institutions under a centre."""
    by = Dimension.CENTRE if place.parent_id is None else Dimension.INSTITUTION
    (result,) = compute_all([indicator], Question(period, (by,), within=place.path), store)
    names = named(store, by, result)
    targets = targets_of([indicator.id], period.last, [UUID(one.key) for one in names if one.key])
    ranked = [
        Ranked(
            one.row,
            one.key,
            one.name,
            _judged(indicator, one.row.value, targets.get((indicator.id, one.key))),
        )
        for one in names
    ]
    falling = indicator.direction is not Direction.DOWN
    return by, sorted(ranked, key=lambda one: _order(one.row, falling))


def _order(row: Row, falling: bool) -> tuple[bool, Decimal]:
    value = row.value if row.value is not None else Decimal(0)
    return row.value is None, -value if falling else value


def named(store: Store, by: Dimension, result: Result) -> list[Ranked]:
    """The rows of a split by one dimension with the names of its places."""
    with store.lock:
        places = store.once("places", lambda: Places(store))
    found = []
    for row in result.rows:
        key = row.by[by]
        if by in (Dimension.INSTITUTION, Dimension.CENTRE):
            place = places.by_id.get(key)
            found.append(Ranked(row, key, place.name if place else "—"))
        elif by in (Dimension.TOWNSHIP, Dimension.VILLAGE):
            found.append(Ranked(row, key, places.regions.get(key, ("—", 0, None))[0]))
        else:
            found.append(Ranked(row, key, key or "—"))
    return found


def trend(indicator: Indicator, period: Period, place: Institution, store: Store) -> Result:
    """By month of the period."""
    question = Question(period, (Dimension.MONTH,), within=place.path)
    return compute_all([indicator], question, store)[0]
