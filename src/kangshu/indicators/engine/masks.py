"""Conditions over several periods at once: an integer whose bit i says whether a condition holds in period i.

Twelve months asked one by one are twelve times the work, and a statement that takes longer to plan than to
run. What does not depend on the period is decided once; a date compared with the ends of consecutive months
becomes one shift; "there is a record" for all months is one `bit_or`, "how many" a sum of numbers with a few
counters side by side. ADR 1201 has the measurements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from kangshu.declare import expression as e
from kangshu.indicators.engine.folding import fold
from kangshu.indicators.engine.values import Place, translate
from kangshu.indicators.parameters import Values
from kangshu.indicators.sql import value as v
from kangshu.indicators.sql.value import Value
from kangshu.kernel.dates import add_months
from kangshu.kernel.periods import Period

#: So many periods fit into one statement.
MOST_PERIODS = 48

_LANES, _LANE_BITS = 4, 15
_LANE = (1 << _LANE_BITS) - 1
# A number of four bits times this has each bit in a lane of its own, one place lower per lane than the mask.
_SPREAD = sum(1 << ((_LANE_BITS - 1) * lane) for lane in range(_LANES))
_LANE_MASK = sum(1 << (_LANE_BITS * lane) for lane in range(_LANES))


class Periods:
    """The periods of a query, and what an expression becomes in each of them."""

    def __init__(self, periods: Sequence[Period], parameters: Values) -> None:
        assert 0 < len(periods) <= MOST_PERIODS
        self.all, self.parameters = tuple(periods), parameters
        self._versions: dict[Any, tuple[Any, ...]] = {}

    def __len__(self) -> int:
        return len(self.all)

    @property
    def every(self) -> int:
        """The mask of what holds in every period."""
        return (1 << len(self)) - 1

    def versions(self, node: Any) -> tuple[Any, ...]:
        """The node folded for each period."""
        found = self._versions.get(node)
        if found is None:
            found = tuple(fold(node, period, self.parameters) for period in self.all)
            self._versions[node] = found
        return found

    def same(self, node: Any) -> Any | None:
        """The node's one version, when the period does not change it."""
        versions = self.versions(node)
        return versions[0] if all(version == versions[0] for version in versions[1:]) else None

    @property
    def firsts(self) -> list[date]:
        return [period.first for period in self.all]

    @property
    def lasts(self) -> list[date]:
        return [period.last for period in self.all]


@dataclass(frozen=True)
class Kept:
    """The columns of a unit that hold what a `records(…)` condition came to: where it is True and, if it can
    be missing, where it is False."""

    true: str
    false: str | None = None


@dataclass(frozen=True)
class Asker:
    """Asks conditions at one place (`Place`: a unit, perhaps a record of it) for all periods."""

    periods: Periods
    place: Place
    kept: Mapping[e.Expression, Kept]

    def bits(self, node: e.Expression) -> Value:
        """Where the condition is True."""
        return self._as_bits(self._asked(node, wanted=True))

    def lacking(self, node: e.Expression) -> Value:
        """Where it is False (not: missing)."""
        return self._as_bits(self._asked(node, wanted=False))

    def all_bits(self, nodes: Sequence[e.Expression]) -> Value:
        """Where all are True."""
        return self._as_bits(self._joined([self._asked(node, wanted=True) for node in nodes], every=True))

    def value(self, version: e.Expression, number: int) -> Value:
        """The value of a version of an expression, in its period."""
        return translate(version, replace(self.place, period=self.periods.all[number]))

    # A scalar boolean stands for all periods; an integer is a mask.

    def _as_bits(self, found: Value) -> Value:
        return _where(found, self.periods.every) if found.type.is_boolean else found

    def _asked(self, node: e.Expression, *, wanted: bool) -> Value:
        same = self.periods.same(node)
        if same is not None:
            value = translate(same, self.place).as_boolean()
            return value if wanted else ~value
        if isinstance(node, e.Not):
            return self._asked(node.part, wanted=not wanted)
        if isinstance(node, e.All | e.Any_):
            parts = [self._asked(part, wanted=wanted) for part in node.parts]
            return self._joined(parts, every=isinstance(node, e.All) is wanted)
        if node in self.kept:
            return self._of_columns(self.kept[node], wanted)
        if isinstance(node, e.Compare) and (found := self._dated(node, wanted)) is not None:
            return found
        return self._one_by_one(node, wanted)

    def _joined(self, parts: Sequence[Value], *, every: bool) -> Value:
        """All of the parts (`every`) or any of them."""
        scalars = [part for part in parts if part.type.is_boolean]
        masks = [part for part in parts if not part.type.is_boolean]
        if not masks:
            return v.joined(scalars, "AND" if every else "OR")
        mask = v.joined(masks, "&" if every else "|")
        if not scalars:
            return mask
        scalar = v.joined(scalars, "AND" if every else "OR")
        return scalar.choose(mask, 0) if every else scalar.choose(self.periods.every, mask)

    def _of_columns(self, kept: Kept, wanted: bool) -> Value:
        assert self.place.unit is not None
        true = self.place.unit[kept.true].or_else(0)
        if wanted:
            return true
        if kept.false is None:
            return all_but(true, self.periods.every)
        return self.place.unit[kept.false].or_else(0)

    def _one_by_one(self, node: e.Expression, wanted: bool) -> Value:
        found = []
        for number, version in enumerate(self.periods.versions(node)):
            value = self.value(version, number).as_boolean()
            found.append(_where(value if wanted else ~value, 1 << number))
        return v.joined(found, "|")

    def _dated(self, node: e.Compare, wanted: bool) -> Value | None:
        """A day that is the same in all periods, compared with one of each period."""
        left, right, how = node.left, node.right, node.how
        if self.periods.same(left) is None:
            left, right, how = right, left, _MIRRORED[how]
        same = self.periods.same(left)
        days = [version.value for version in self.periods.versions(right) if isinstance(version, e.Literal)]
        if same is None or len(days) < len(self.periods) or how not in _OPPOSITE:
            return None
        value = translate(same, self.place)
        if not (value.type.is_date and all(isinstance(day, date) for day in days)):
            return None
        how = how if wanted else _OPPOSITE[how]
        until = days if how in ("le", "gt") else [day - timedelta(days=1) for day in days]
        return not_after(value, until) if how in ("le", "lt") else after(value, until)


_MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}
_OPPOSITE = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}


def not_after(value: Value, days: Sequence[date]) -> Value:
    """Bit i: the date is known and not after day i."""
    if _are_ends_of_months(days):
        return value.is_known().choose(all_but(_one_at(value, days), 1 << len(days)), 0)
    return _compared(value, days, lambda day: value <= day)


def after(value: Value, days: Sequence[date]) -> Value:
    """Bit i: the date is known and after day i."""
    if _are_ends_of_months(days):
        return value.is_known().choose(_one_at(value, days) - 1, 0)
    return _compared(value, days, lambda day: value > day)


def is_one_of(value: Value, days: Sequence[date]) -> Value:
    """Bit i: the date is day i."""
    return _compared(value, days, lambda day: value == day)


def _compared(value: Value, days: Sequence[date], holds: Any) -> Value:
    return v.joined([_where(holds(day), 1 << number) for number, day in enumerate(days)], "|")


def _where(condition: Value, mask: int) -> Value:
    """The mask where a condition holds, else none."""
    return condition.choose(v.literal(mask, v.INTEGER), 0)


def all_but(mask: Value, every: int) -> Value:
    """`every` without the bits of a mask that has no others."""
    return v.literal(every, v.INTEGER) - mask


def _are_ends_of_months(days: Sequence[date]) -> bool:
    starts = [day + timedelta(days=1) for day in days]
    return all(start == add_months(starts[0], number) for number, start in enumerate(starts)) and (
        starts[0].day == 1
    )


def _one_at(value: Value, days: Sequence[date]) -> Value:
    """The bit of the first of these months that the date is not after, or the one beyond them. Not for a
    missing date: `least` and `greatest` pass over what is missing."""
    base = days[0].year * 12 + days[0].month
    month = value.year() * 12 + value.month() - base
    return v.literal(1, v.INTEGER) << v.least(v.greatest(month, 0), len(days))


def bit(mask: Value, number: int) -> Value:
    """0 or 1."""
    return (mask >> number) & 1


def holds_in(mask: Value, number: int) -> Value:
    return bit(mask, number) == 1


# ---------------------------------------------------------------- counters side by side


def counters(mask: Value, periods: int) -> list[Value]:
    """Sums of these, decoded by `counted`, say for every period how often its bit was set: up to 32,767
    times."""
    spread = []
    for first in range(0, periods, _LANES):
        four = (mask >> first) & ((1 << _LANES) - 1)
        spread.append((four * _SPREAD) & _LANE_MASK)
    return spread


def counted(sums: Sequence[Value], number: int) -> Value:
    """How often the bit of a period was set."""
    return (sums[number // _LANES] >> (_LANE_BITS * (number % _LANES))) & _LANE
