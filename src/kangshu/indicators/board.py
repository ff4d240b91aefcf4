"""What the dashboard and the indicator page show: values, targets, change, ranking, trend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from kangshu.access.roles import REACH, Reach, Role
from kangshu.declare import registry
from kangshu.declare.indicator import Direction, Indicator
from kangshu.figures.models import PlaceKind, Target
from kangshu.indicators.actions import snapshots_root
from kangshu.indicators.engine.compute import (
    CannotCompute,
    Question,
    at_hand,
    compute_all,
    compute_beside,
    is_possible,
)
from kangshu.indicators.engine.splits import Dimension, Places
from kangshu.indicators.recorded import with_records
from kangshu.indicators.results import Result, Row
from kangshu.indicators.snapshot import manifest
from kangshu.indicators.snapshot.store import Store, opened
from kangshu.kernel.actor import Actor
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text
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
    def is_empty(self) -> bool:
        """Whether there is nothing to show: no value, or a count of nothing, and no target either."""
        if self.target is not None:
            return False
        return self.row.value is None or not (self.row.numerator or self.row.denominator)

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
    now, before = _beside(possible, period, place, store)
    targets = targets_of([one.id for one in possible], period.last, [place.pk])
    found = []
    for result in now:
        target = targets.get((result.indicator.id, str(place.pk)))
        earlier, value = before.get(result.indicator.id), result.only.value
        change = None if earlier is None or value is None else value - earlier
        found.append(Card(result.indicator, result.only, _judged(result.indicator, value, target), change))
    return found


def ready_cards(
    indicators: Sequence[Indicator], period: Period, place: Institution, store: Store
) -> tuple[list[Card], int]:
    """The cards that can be shown at once: what the snapshot job counted, and whatever has a target. Then how
    many figures are still to be counted: a page does not wait for them."""
    worth = worth_counting(indicators, period, place, store)
    waiting = {one.id for one in not_ready(worth, period, place, store)}
    shown = [one for one in worth if one.id not in waiting]
    return cards(shown, period, place, store), len(waiting)


def worth_counting(
    indicators: Sequence[Indicator], period: Period, place: Institution, store: Store
) -> list[Indicator]:
    """Those that can be computed for the period and have a target of the place, or anything recorded that
    they ask for."""
    possible = [one for one in indicators if is_possible(one, period, store)]
    known = {one.id for one in with_records(possible, store)}
    known |= {indicator for indicator, _ in targets_of([one.id for one in possible], period.last, [place.pk])}
    return [one for one in possible if one.id in known]


def not_ready(
    indicators: Sequence[Indicator], period: Period, place: Institution, store: Store
) -> list[Indicator]:
    """Those worth counting that would have to be counted first, and have no target that somebody looks
    for."""
    possible = worth_counting(indicators, period, place, store)
    earlier = period.year_before()
    both = [one for one in possible if is_possible(one, earlier, store)]
    known = {one.id for one in both}
    with store.lock:
        ready = at_hand(both, (period, earlier), store)
        ready |= at_hand([one for one in possible if one.id not in known], (period,), store)
    ready |= {indicator for indicator, _ in targets_of([one.id for one in possible], period.last, [place.pk])}
    return [one for one in possible if one.id not in ready]


def _beside(
    indicators: Sequence[Indicator], period: Period, place: Institution, store: Store
) -> tuple[list[Result], dict[str, Decimal | None]]:
    """The figures of the period and, of those that had one, their values a year earlier: both out of one
    statement."""
    earlier = period.year_before()
    both = [one for one in indicators if is_possible(one, earlier, store)]
    known = {one.id for one in both}
    rest = [one for one in indicators if one.id not in known]
    now, before = compute_beside(both, (period, earlier), place.path, store)
    (alone,) = compute_beside(rest, (period,), place.path, store)
    found = {result.indicator.id: result for result in (*now, *alone)}
    values = {result.indicator.id: result.only.value for result in before}
    return [found[one.id] for one in indicators], values


@dataclass(frozen=True)
class Group:
    """The cards of one service. `title` is the service's."""

    title: Text
    cards: tuple[Card, ...]


def grouped(cards: Iterable[Card]) -> tuple[list[Group], list[Card]]:
    """Cards by service, and those without any figure yet. Services with a target come first, in each the
    figures with a target, then rates, then counts."""
    groups: dict[str, list[Card]] = {}
    titles: dict[str, Text] = {}
    empty = []
    for card in cards:
        if card.is_empty:
            empty.append(card)
            continue
        owner = registry.indicator_owner(card.indicator.id)
        groups.setdefault(owner.id, []).append(card)
        titles[owner.id] = owner.title
    found = [Group(titles[id], tuple(sorted(of_one, key=_rank))) for id, of_one in groups.items()]
    return sorted(found, key=lambda group: (_rank(group.cards[0])[0], -len(group.cards))), empty


def _rank(card: Card) -> tuple[bool, bool, str]:
    return card.target is None, not card.indicator.is_ratio, card.indicator.id


def places_of(store: Store) -> Places:
    """The institutions and regions of a snapshot."""
    with store.lock:
        found: Places = store.once("places", lambda: Places(store))
    return found


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
    return by, best_first(indicator, ranked)


def best_first(indicator: Indicator, ranked: Iterable[Ranked]) -> list[Ranked]:
    """In the order of their values, those without one last."""
    falling = indicator.direction is not Direction.DOWN
    return sorted(ranked, key=lambda one: _order(one.row, falling))


@dataclass(frozen=True)
class Ends:
    """The best and the worst places of a ranking, with their rank; empty where there are too few to tell."""

    best: tuple[tuple[int, Ranked], ...]
    worst: tuple[tuple[int, Ranked], ...]


def ends(ranked: Sequence[Ranked], *, many: int = 3) -> Ends:
    """The first and the last of a ranking that have a value."""
    known = [one for one in ranked if one.row.value is not None]
    numbered = list(enumerate(known, start=1))
    many = min(many, len(known) // 2)
    return Ends(tuple(numbered[:many]), tuple(numbered[len(known) - many :]) if many else ())


def _order(row: Row, falling: bool) -> tuple[bool, Decimal]:
    value = row.value if row.value is not None else Decimal(0)
    return row.value is None, -value if falling else value


def named(store: Store, by: Dimension, result: Result) -> list[Ranked]:
    """The rows of a split by one dimension with the names of its places."""
    places = places_of(store)
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
