"""From statements to sums: what was kept is read, the rest is counted in one statement, and both are added up
to the places that were asked.

Everything is in columns: a statement over twelve months of five hundred institutions gives a hundred
thousand numbers, and a Python object for each costs more than the counting.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kangshu.declare import expression as e
from kangshu.declare.binding import walk
from kangshu.declare.indicator import Counts, Indicator
from kangshu.indicators import cached
from kangshu.indicators.cached import Kept, Number
from kangshu.indicators.engine import outside
from kangshu.indicators.engine.splits import Dimension, Places, labels, raw_dimensions
from kangshu.indicators.engine.statements import Column, statement_of
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period

#: How many figures are counted in one statement. The database plans thousands of sums in more than linear
#: time: by month, the catalogue takes 16 s of CPU in statements of sixteen figures, 33 s in such of 128.
MOST_TOGETHER = 16

Key = tuple[tuple[str, str], ...]
"""The labels of a row, without its month."""


@dataclass
class Added:
    """The sums of one row for each period; `values` how often each value occurs, of a median."""

    numerators: list[Number]
    denominators: list[Number]
    values: list[Counter[Decimal]] = field(default_factory=list)

    def is_empty(self, at: int) -> bool:
        return not (self.numerators[at] or self.denominators[at])


def sums(
    indicators: Sequence[Indicator],
    by: Sequence[Dimension],
    periods: Sequence[Period],
    store: Store,
    parameters: Values,
) -> dict[str, Kept]:
    """The sums by raw group of indicators of one family, in the order of the periods."""
    raw = raw_dimensions(by, indicators[0])
    # An age is one on the last day of a period, a value perhaps: each period then needs its own groups.
    batches = [[period] for period in periods] if _hangs_on_period(raw, indicators[0]) else [list(periods)]
    counted = [_counted(indicators, batch, raw, store, parameters) for batch in batches]
    return {one.id: _side_by_side([batch[one.id] for batch in counted]) for one in indicators}


def are_kept(
    indicator: Indicator,
    by: Sequence[Dimension],
    periods: Sequence[Period],
    store: Store,
    parameters: Values,
) -> bool:
    """Whether the sums can be had without counting (and without compiling) anything."""
    raw = raw_dimensions(by, indicator)
    batches = [[period] for period in periods] if _hangs_on_period(raw, indicator) else [list(periods)]
    return all(cached.path_of_sums(store, indicator, batch, raw, parameters).exists() for batch in batches)


def _hangs_on_period(raw: tuple[str, ...], indicator: Indicator) -> bool:
    if "age" in raw:
        return True
    asked = (e.PeriodBoundary, e.ParameterValue)
    return indicator.median is not None and any(isinstance(node, asked) for node in walk(indicator.median))


def _counted(
    indicators: Sequence[Indicator],
    periods: list[Period],
    raw: tuple[str, ...],
    store: Store,
    parameters: Values,
) -> dict[str, Kept]:
    """From what was kept where it was kept, the rest in statements of `MOST_TOGETHER`, always the same
    figures together, so that a statement compiled once is found again."""
    paths = {one.id: cached.path_of_sums(store, one, periods, raw, parameters) for one in indicators}
    found = {id: kept for id, path in paths.items() if (kept := cached.read_sums(path)) is not None}
    for first in range(0, len(indicators), MOST_TOGETHER):
        lacking = [one for one in indicators[first : first + MOST_TOGETHER] if one.id not in found]
        if not lacking:
            continue
        if lacking[0].counts is Counts.ENTRIES:
            fresh = {one.id: _of_entries(one, periods, raw, store) for one in lacking}
        else:
            fresh = _of_statement(lacking, periods, raw, store, parameters)
        for id, kept in fresh.items():
            cached.write_sums(paths[id], raw, kept)
        found |= fresh
    return found


def _of_statement(
    indicators: Sequence[Indicator],
    periods: list[Period],
    raw: tuple[str, ...],
    store: Store,
    parameters: Values,
) -> dict[str, Kept]:
    statement = statement_of(store, indicators, periods, raw, parameters)
    table = store.arrow(statement.sql)
    groups = list(zip(*(table[name].to_pylist() for name in raw), strict=True))
    hashed = hashlib.sha256(statement.sql.encode()).hexdigest()
    columns: dict[str, list[Column]] = {}
    for column in statement.columns:
        columns.setdefault(column.indicator, []).append(column)
    return {
        id: Kept(
            groups,
            [_numbers(table[one.numerator]) for one in of_one],
            [_numbers(table[one.denominator]) if one.denominator else [0] * len(groups) for one in of_one],
            hashed,
        )
        for id, of_one in columns.items()
    }


def _numbers(column: Any) -> list[Number]:
    """Sums of 38 digits that are whole numbers come as ints."""
    if column.type.bit_width == 128 and column.type.scale == 0:
        return [int(value) for value in column.to_pylist()]
    found: list[Number] = column.to_pylist()
    return found


def _of_entries(indicator: Indicator, periods: list[Period], raw: tuple[str, ...], store: Store) -> Kept:
    counted = outside.registered().sums(indicator, periods, raw, store)
    at: dict[tuple[Any, ...], int] = {}
    rows = [
        (number, tuple(group.get(name) for name in raw), above, below)
        for number, period in enumerate(periods)
        for group, above, below in counted.get(period, ())
    ]
    for _, group, _, _ in rows:
        at.setdefault(group, len(at))
    numerators: list[list[Number]] = [[0] * len(at) for _ in periods]
    denominators: list[list[Number]] = [[0] * len(at) for _ in periods]
    for number, group, above, below in rows:
        numerators[number][at[group]] += above
        denominators[number][at[group]] += below
    return Kept(list(at), numerators, denominators, "entries")


def _side_by_side(parts: list[Kept]) -> Kept:
    """Batches of one period each as one; every batch has groups of its own."""
    if len(parts) == 1:
        return parts[0]
    groups = [group for part in parts for group in part.groups]
    numerators, denominators, before = [], [], 0
    for part in parts:
        after = len(groups) - before - len(part.groups)
        for numbers, into in ((part.numerators[0], numerators), (part.denominators[0], denominators)):
            into.append([0] * before + list(numbers) + [0] * after)
        before += len(part.groups)
    return Kept(groups, numerators, denominators, parts[0].statement)


class Adder:
    """Adds raw groups up to the labels asked for. The label of a raw group is found once for all indicators
    that count the same way."""

    def __init__(self, by: Sequence[Dimension], places: Places, under: str) -> None:
        self._by, self._places = by, places
        self._inside = set(places.under(under)) if under else None
        self._labels: dict[tuple[bool, tuple[str, ...], tuple[Any, ...]], Key] = {}

    def add(self, indicator: Indicator, kept: Kept) -> dict[Key, Added]:
        raw = raw_dimensions(self._by, indicator)
        if not self._by and len(raw) == 1:
            return {(): self._whole(kept)}
        count, found = len(kept.numerators), {}
        label = labels(self._by, indicator, self._places)
        is_median = "value" in raw
        lines = list(
            zip(
                zip(*kept.numerators, strict=True) if kept.groups else (),
                zip(*kept.denominators, strict=True) if kept.groups else (),
                strict=True,
            )
        )
        for group, (above, below) in zip(kept.groups, lines, strict=True):
            if self._inside is not None and group[0] not in self._inside:
                continue
            if not any(above) and not any(below):
                continue
            key = self._label(indicator, raw, group, label)
            sums = found.get(key)
            if sums is None:
                sums = found[key] = Added(
                    [0] * count, [0] * count, [Counter() for _ in range(count)] if is_median else []
                )
            for at in range(count):
                sums.numerators[at] += above[at]
                sums.denominators[at] += below[at]
                if is_median and above[at] and group[-1] is not None:
                    sums.values[at][Decimal(group[-1])] += int(above[at])
        return found

    def _whole(self, kept: Kept) -> Added:
        """All of it, column by column: a dashboard adds up five hundred institutions for every figure."""
        if self._inside is None:
            return Added([sum(one) for one in kept.numerators], [sum(one) for one in kept.denominators])
        inside = [at for at, group in enumerate(kept.groups) if group[0] in self._inside]
        above = [sum(map(numbers.__getitem__, inside)) for numbers in kept.numerators]
        return Added(above, [sum(map(numbers.__getitem__, inside)) for numbers in kept.denominators])

    def _label(
        self,
        indicator: Indicator,
        raw: tuple[str, ...],
        group: tuple[Any, ...],
        label: Callable[[Mapping[str, Any]], dict[str, str]],
    ) -> Key:
        named = group[:-1] if raw[-1] == "value" else group
        known = (indicator.counts is Counts.PEOPLE, raw, named)
        key = self._labels.get(known)
        if key is None:
            key = tuple(label(dict(zip(raw, group, strict=True))).items())
            self._labels[known] = key
        return key

    def places_of(self, indicator: Indicator, stays: Iterable[tuple[int, str]]) -> set[Key]:
        """The labels of every institution and village where anybody stays, whether or not anybody counts."""
        label = labels(self._by, indicator, self._places)
        return {
            tuple(label({"institution": institution, "region": region}).items())
            for institution, region in stays
            if self._inside is None or institution in self._inside
        }


def median(values: Counter[Decimal]) -> Decimal | None:
    """The middle value of so many of each; of an even number the mean of the two middle ones."""
    count = sum(values.values())
    if not count:
        return None
    lower, upper = (count - 1) // 2, count // 2
    found, seen = [], 0
    for value in sorted(values):
        before, seen = seen, seen + values[value]
        found += [value for place in (lower, upper) if before <= place < seen]
    return sum(found, Decimal(0)) / 2
