"""Computing indicators on a snapshot: the fast way, judged by `indicators.reference`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kangshu.declare import registry
from kangshu.declare.indicator import Indicator
from kangshu.indicators import cached
from kangshu.indicators import parameters as local
from kangshu.indicators.engine.query import family_of
from kangshu.indicators.engine.splits import (
    PERSONAL,
    PLACES,
    BadSplit,
    Dimension,
    Institution,
    Places,
    labels,
    periods_of,
    raw_dimensions,
)
from kangshu.indicators.engine.statements import Column, statement_of
from kangshu.indicators.estimates import Populations, estimate
from kangshu.indicators.parameters import Values
from kangshu.indicators.results import SUPPRESS_BELOW, Result, Row, row_of
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text


class CannotCompute(Refusal):
    """The question has no answer on this snapshot: a period to come, an edition not in force, an unknown
    place."""


Sums = dict[tuple[tuple[str, str], ...], list[int]]
"""By labels: numerator and denominator."""


@dataclass(frozen=True)
class Question:
    """What is asked of the engine. `within` is the path of an institution: only what is credited under it
    counts."""

    period: Period
    by: tuple[Dimension, ...] = ()
    within: str = ""
    suppress_below: int = SUPPRESS_BELOW

    def periods(self, indicator: Indicator) -> dict[str, Period]:
        return periods_of(self.by, self.period, indicator.months)


def find_indicator(id: str, version: int | None = None) -> Indicator:
    """Raises CannotCompute with the nearest names for an unknown id."""
    try:
        return registry.indicator(id, version)
    except registry.UnknownDeclaration:
        known = [indicator.id for indicator in registry.indicators()]
        near = _nearest(id, known)
        raise CannotCompute(
            "indicator.unknown",
            Text(
                f"没有指标“{id}”。" + (f"是否指：{'、'.join(near)}？" if near else ""),
                f"There is no indicator {id!r}." + (f" Did you mean {', '.join(near)}?" if near else ""),
            ),
            where=id,
        ) from None


def _nearest(id: str, known: Sequence[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(id, known, n=3, cutoff=0.4)


def compute(indicator: Indicator, question: Question, store: Store) -> Result:
    """One indicator. Raises CannotCompute, BadSplit, UnknownSnapshot."""
    return compute_all([indicator], question, store)[0]


def compute_all(indicators: Sequence[Indicator], question: Question, store: Store) -> list[Result]:
    """Several indicators in as few statements as their families allow; the results stand in the order
    asked."""
    for indicator in indicators:
        check(indicator, question, store)
    with store.lock:
        setting = Setting(store, question)
        found: dict[str, Result] = {}
        ordered = sorted(indicators, key=lambda one: (str(family_of(one)), one.id))
        for _, members in groupby(ordered, key=family_of):
            for result in setting.results(list(members)):
                found[result.indicator.id] = result
    return [found[indicator.id] for indicator in indicators]


def is_possible(indicator: Indicator, period: Period, store: Store) -> bool:
    """Whether the indicator is in force in the period and the period has begun when the snapshot was
    taken."""
    in_force = period.last >= indicator.valid_from and (
        indicator.valid_to is None or period.first <= indicator.valid_to
    )
    return in_force and period.first <= store.taken_on


def check(indicator: Indicator, question: Question, store: Store) -> None:
    """Raise CannotCompute when the question cannot be answered at all."""
    period = question.period
    if period.first > store.taken_on:
        raise CannotCompute(
            "period.future",
            Text(
                f"{period.title().zh}尚未到来：快照生成于{store.taken_on}。",
                f"{period.title().en} lies after the snapshot, which was taken on {store.taken_on}.",
            ),
            where=str(period),
        )
    if period.last < indicator.valid_from or (indicator.valid_to and period.first > indicator.valid_to):
        raise CannotCompute(
            "indicator.not_in_force",
            Text(
                f"“{indicator.title.zh}”自{indicator.valid_from}起执行，{period.title().zh}不适用。",
                f"{indicator.title.en} is in force from {indicator.valid_from}: not for {period.title().en}.",
            ),
            where=str(period),
        )


def parameters_of(store: Store) -> Values:
    """The county's parameters as they were when the snapshot was taken."""
    rows = store.execute(
        f"SELECT parameter, from_on, value FROM ({store.rows_of('parameters')})"
        " WHERE institution IS NULL ORDER BY from_on, set_at, id"
    ).fetchall()
    declared = {parameter.id for parameter in registry.parameters() if parameter.local}
    return local.from_rows(row for row in rows if row[0] in declared)


class Setting:
    """What all statements of one question share."""

    def __init__(self, store: Store, question: Question) -> None:
        self.store, self.question = store, question
        self.parameters = store.once("parameters", lambda: parameters_of(store))
        self.places = store.once("places", lambda: Places(store))
        self.within = self._within(question.within)
        self._last_month = f"{store.taken_on:%Y-%m}"
        self.populations: Populations | None = None

    def _within(self, path: str) -> Institution | None:
        if not path:
            return None
        place = self.places.by_path.get(path)
        if place is None:
            raise CannotCompute(
                "place.unknown",
                Text(f"快照中没有机构“{path}”。", f"The snapshot has no institution {path!r}."),
                where=path,
            )
        return place

    def results(self, indicators: list[Indicator]) -> list[Result]:
        """Of indicators of one family."""
        cells, statements = self._sums(indicators)
        return [self.result(indicator, cells, statements) for indicator in indicators]

    # ------------------------------------------------------------ sums

    def _sums(self, indicators: list[Indicator]) -> tuple[dict[tuple[str, Period], Sums], list[str]]:
        raw = raw_dimensions(self.question.by, indicators[0])
        periods = list(self.question.periods(indicators[0]).values())
        # An age is one on the last day of a period: each period then needs its own groups.
        batches = [[period] for period in periods] if "age" in raw else [periods]
        cells: dict[tuple[str, Period], Sums] = {}
        for batch in batches:
            for key, sums in self._counted(indicators, batch, raw).items():
                cells[key] = self._rolled_up(sums, indicators[0])
        return cells, [str(raw), *(str(period) for period in periods)]

    def _counted(
        self, indicators: list[Indicator], periods: list[Period], raw: tuple[str, ...]
    ) -> dict[tuple[str, Period], cached.RawSums]:
        """From what was kept where it was kept, the rest in one statement."""
        paths = {
            (indicator.id, period): cached.path_of_sums(self.store, indicator, period, raw, self.parameters)
            for indicator in indicators
            for period in periods
        }
        found = {key: cached.read_sums(path) for key, path in paths.items()}
        lacking = [
            indicator for indicator in indicators if any(found[indicator.id, one] is None for one in periods)
        ]
        if lacking:
            statement = statement_of(self.store, lacking, periods, raw, self.parameters)
            rows = self.store.fetched(statement.sql)
            for column in statement.columns:
                key = (column.indicator, column.period)
                found[key] = _of_column(rows, raw, column)
                cached.write_sums(paths[key], raw, found[key] or [])
        return {key: sums or [] for key, sums in found.items()}

    def _rolled_up(self, counted: cached.RawSums, indicator: Indicator) -> Sums:
        label = labels(self.question.by, indicator, self.places)
        inside = None if self.within is None else set(self.places.under(self.within.path))
        sums: Sums = {}
        for group, numerator, denominator in counted:
            if inside is not None and group["institution"] not in inside:
                continue
            found = sums.setdefault(tuple(label(group).items()), [0, 0])
            found[0] += numerator
            found[1] += denominator
        return sums

    # ------------------------------------------------------------ rows

    def result(
        self, indicator: Indicator, cells: Mapping[tuple[str, Period], Sums], statements: list[str]
    ) -> Result:
        periods = self.question.periods(indicator)
        sums = {month: cells[indicator.id, period] for month, period in periods.items()}
        keys = sorted(
            set(self._universe(indicator)) | {key for cell in sums.values() for key in _filled(cell)}
        )
        rows = [
            self._row(indicator, dict(key), month, period, sums[month].get(key, [0, 0]))
            for key in keys
            for month, period in periods.items()
        ]
        return Result(
            indicator=indicator,
            snapshot=self.store.name,
            period=self.question.period,
            by=tuple(map(str, self.question.by)),
            rows=tuple(rows),
            lineage={
                "definition": indicator.content_hash(),
                "parameters": self.parameters.to_json(),
                "grouped_by": statements,
                "within": self.question.within,
            },
        )

    def _universe(self, indicator: Indicator) -> Iterable[tuple[tuple[str, str], ...]]:
        """The places that are listed even when nobody belongs there: silence must be visible."""
        asked = [dimension for dimension in self.question.by if dimension is not Dimension.MONTH]
        if not asked:
            return [()]
        if any(dimension not in PLACES for dimension in asked):
            return []
        self.store.table("stays")
        rows = self.store.execute("SELECT DISTINCT institution, region FROM stays").fetchall()
        label = labels(self.question.by, indicator, self.places)
        inside = None if self.within is None else set(self.places.under(self.within.path))
        return {
            tuple(label({"institution": institution, "region": region}).items())
            for institution, region in rows
            if inside is None or institution in inside
        }

    def _row(
        self, indicator: Indicator, by: dict[str, str], month: str, period: Period, sums: list[int]
    ) -> Row:
        numerator, counted = sums
        denominator: Any = counted if indicator.denominator is not None else None
        if indicator.estimate is not None:
            denominator = self._estimate(indicator, by, period)
        below = self.question.suppress_below if PERSONAL & set(self.question.by) else 0
        if month:
            by = {str(name): (month if name is Dimension.MONTH else by[name]) for name in self.question.by}
            if month > self._last_month:
                return Row(by, None, None, None, note=Text("该月尚未到来", "this month has not come yet"))
        return row_of(indicator, by, period, numerator, denominator, suppress_below=below)

    def _estimate(self, indicator: Indicator, by: Mapping[str, str], period: Period) -> Any:
        if self.populations is None:
            self.populations = self.store.once("populations", lambda: Populations(self.store, self.places))
        return estimate(indicator, by, self.within, period, self.places, self.populations, self.parameters)


def _of_column(rows: list[dict[str, Any]], raw: tuple[str, ...], column: Column) -> cached.RawSums:
    """The groups of one indicator and period in which anybody belongs."""
    found: cached.RawSums = []
    for row in rows:
        numerator = int(row[column.numerator] or 0)
        denominator = int(row[column.denominator] or 0) if column.denominator else 0
        if numerator or denominator:
            found.append(({name: row[name] for name in raw}, numerator, denominator))
    return found


def _filled(sums: Sums) -> Iterable[tuple[tuple[str, str], ...]]:
    return (key for key, (numerator, denominator) in sums.items() if numerator or denominator)


__all__ = [
    "BadSplit",
    "CannotCompute",
    "Question",
    "compute",
    "compute_all",
    "find_indicator",
    "is_possible",
    "parameters_of",
]
