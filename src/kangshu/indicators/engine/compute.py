"""Computing indicators on a snapshot: the fast way, judged by `indicators.reference`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from kangshu.declare import registry
from kangshu.declare.indicator import Counts, Indicator
from kangshu.indicators import parameters as local
from kangshu.indicators.engine.hiding import hidden
from kangshu.indicators.engine.query import family_of
from kangshu.indicators.engine.splits import (
    PERSONAL,
    PLACES,
    BadSplit,
    Dimension,
    Institution,
    Places,
    periods_of,
)
from kangshu.indicators.engine.sums import Added, Adder, Key, are_kept, median, sums
from kangshu.indicators.estimates import Populations, estimate
from kangshu.indicators.parameters import Values
from kangshu.indicators.results import SUPPRESS_BELOW, Result, Row, row_of, row_of_median
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text


class CannotCompute(Refusal):
    """The question has no answer on this snapshot: a period to come, an edition not in force, an unknown
    place."""


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


def compute_beside(
    indicators: Sequence[Indicator], periods: Sequence[Period], within: str, store: Store
) -> list[list[Result]]:
    """The unsplit figures of several periods, counted in one pass and with one statement: for each period the
    results in the order asked. Every period must be possible for every indicator."""
    with store.lock:
        settings = [Setting(store, Question(period, within=within)) for period in periods]
        found: list[dict[str, Result]] = [{} for _ in periods]
        ordered = sorted(indicators, key=lambda one: (str(family_of(one)), one.id))
        for _, group in groupby(ordered, key=family_of):
            members = list(group)
            asked = [setting.question.periods(members[0])[""] for setting in settings]
            kept = sums(members, (), asked, store, settings[0].parameters)
            for at, setting in enumerate(settings):
                for one in members:
                    cells = setting.adder.add(one, kept[one.id].only(at))
                    found[at][one.id] = setting.result(one, cells, kept[one.id].statement)
    return [[results[one.id] for one in indicators] for results in found]


def at_hand(indicators: Sequence[Indicator], periods: Sequence[Period], store: Store) -> set[str]:
    """The ids of those whose unsplit figures of these periods together were counted before."""
    parameters = store.once("parameters", lambda: parameters_of(store))
    found = set()
    for one in indicators:
        others = [find_indicator(one.divided_by)] if one.divided_by else []
        if all(
            are_kept(each, (), [_whole(each, period) for period in periods], store, parameters)
            for each in (one, *others)
        ):
            found.add(one.id)
    return found


def _whole(indicator: Indicator, period: Period) -> Period:
    return periods_of((), period, indicator.months)[""]


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
        self.adder = Adder(question.by, self.places, question.within)
        self._last_month = f"{store.taken_on:%Y-%m}"
        self._universes: dict[bool, Iterable[Key]] = {}
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
        periods = list(self.question.periods(indicators[0]).values())
        kept = sums(indicators, self.question.by, periods, self.store, self.parameters)
        return [
            self.result(one, self.adder.add(one, kept[one.id]), kept[one.id].statement) for one in indicators
        ]

    def _divided(self, indicator: Indicator, cells: dict[Key, Added]) -> None:
        """Put the numerators of the indicator it is divided by under those of this one."""
        other = find_indicator(indicator.divided_by)
        periods = list(self.question.periods(other).values())
        kept = sums([other], self.question.by, periods, self.store, self.parameters)[other.id]
        for key, added in self.adder.add(other, kept).items():
            own = cells.setdefault(key, Added([0] * len(periods), [0] * len(periods)))
            own.denominators = added.numerators

    # ------------------------------------------------------------ rows

    def result(self, indicator: Indicator, cells: dict[Key, Added], statement: str) -> Result:
        """The rows of sums by label, in the order of the periods of the question."""
        if indicator.divided_by:
            self._divided(indicator, cells)
        periods = self.question.periods(indicator)
        filled = {
            key for key, added in cells.items() if any(not added.is_empty(at) for at in range(len(periods)))
        }
        rows: list[Row] = []
        nobody = Added([0] * len(periods), [0] * len(periods))
        for key in sorted(set(self._universe(indicator)) | filled):
            added = cells.get(key, nobody)
            for at, (month, period) in enumerate(periods.items()):
                rows.append(self._row(indicator, key, month, period, added, at))
        if self._below and PERSONAL & set(self.question.by):
            rows = hidden(indicator, rows, tuple(map(str, self.question.by)), self._below)
        return Result(
            indicator=indicator,
            snapshot=self.store.name,
            period=self.question.period,
            by=tuple(map(str, self.question.by)),
            rows=tuple(rows),
            lineage={
                "definition": indicator.content_hash(),
                "parameters": self.parameters.to_json(),
                "periods": [str(period) for period in periods.values()],
                "within": self.question.within,
                "statement": statement,
            },
        )

    @property
    def _below(self) -> int:
        return self.question.suppress_below

    def _universe(self, indicator: Indicator) -> Iterable[Key]:
        """The places that are listed even when nobody belongs there: silence must be visible."""
        asked = [dimension for dimension in self.question.by if dimension is not Dimension.MONTH]
        if not asked:
            return [()]
        if any(dimension not in PLACES for dimension in asked):
            return []
        people = indicator.counts is Counts.PEOPLE
        if people not in self._universes:
            stays = self.store.once("stays", self._stays)
            self._universes[people] = self.adder.places_of(indicator, stays)
        return self._universes[people]

    def _stays(self) -> list[tuple[int, str]]:
        self.store.table("stays")
        found: list[tuple[int, str]] = self.store.execute(
            "SELECT DISTINCT institution, region FROM stays"
        ).fetchall()
        return found

    def _row(self, indicator: Indicator, key: Key, month: str, period: Period, added: Added, at: int) -> Row:
        by = dict(key)
        if month:
            by = {str(name): (month if name is Dimension.MONTH else by[name]) for name in self.question.by}
            if month > self._last_month:
                return Row(by, None, None, None, note=NOT_YET)
        if indicator.median is not None:
            middle = median(added.values[at]) if added.values else None
            return row_of_median(indicator, by, period, int(added.numerators[at]), middle)
        denominator: Any = added.denominators[at] if indicator.has_denominator else None
        if indicator.estimate is not None:
            denominator = self._estimate(indicator, dict(key), period)
        return row_of(indicator, by, period, added.numerators[at], denominator)

    def _estimate(self, indicator: Indicator, by: Mapping[str, str], period: Period) -> Any:
        if self.populations is None:
            self.populations = self.store.once("populations", lambda: Populations(self.store, self.places))
        return estimate(indicator, by, self.within, period, self.places, self.populations, self.parameters)


NOT_YET = Text("该月尚未到来", "this month has not come yet")

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
