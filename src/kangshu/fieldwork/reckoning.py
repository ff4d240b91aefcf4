"""Figures of logbooks by the letter of their declaration, entry by entry in plain Python.

The pages show with it what stands in the database now; the figures of the catalogue come from the snapshot
(`figures`), and a test holds the one to the other.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from kangshu.declare.evaluate import Context, EventView, evaluate, holds
from kangshu.declare.expression import Expression
from kangshu.declare.logbook import How, Logbook, LogbookFigure, Measure
from kangshu.declare.logbook_figures import condition
from kangshu.fieldwork.rules import typed_facts
from kangshu.kernel.periods import Period


@dataclass(frozen=True)
class LaidOut:
    """An entry as figures see it: the day by which it counts, its site, and its typed facts."""

    counted_on: date
    facts: Mapping[str, Any]
    site: UUID | None = None


@dataclass(frozen=True)
class OnRegister:
    """A registered site as figures see it; `facts` are its particulars as `site__<field>`, typed."""

    registered_on: date
    closed_on: date | None
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Reckoned:
    """A figure; `numerator` is the median of a median. `value` is None when there is nothing to say."""

    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None


def laid_out(logbook: Logbook, counted_on: date, facts: Mapping[str, Any], site: UUID | None) -> LaidOut:
    return LaidOut(counted_on, typed_facts(logbook, facts), site)


def reckon(
    figure: LogbookFigure, period: Period, entries: Sequence[LaidOut], register: Sequence[OnRegister] = ()
) -> Reckoned:
    """The figure of a period over the entries and sites given."""
    places = Decimal(1).scaleb(-figure.decimals)
    if figure.of.how in (How.MEDIAN, How.MEAN):
        values = _values(figure, figure.of, period, entries)
        if not values:
            return Reckoned(None, None, None)
        middle = statistics.median(values) if figure.of.how is How.MEDIAN else sum(values) / len(values)
        scaled = Decimal(middle) * figure.scale
        return Reckoned(Decimal(middle), Decimal(len(values)), scaled.quantize(places, ROUND_HALF_UP))
    numerator = _measured(figure, figure.of, period, entries, register, figure.where)
    if figure.out_of is None:
        return Reckoned(numerator, None, (numerator * figure.scale).quantize(places, ROUND_HALF_UP))
    denominator = _measured(figure, figure.out_of, period, entries, register, None)
    if not denominator:
        return Reckoned(numerator, denominator, None)
    value = numerator * figure.scale / denominator
    return Reckoned(numerator, denominator, value.quantize(places, ROUND_HALF_UP))


def _measured(
    figure: LogbookFigure,
    measure: Measure,
    period: Period,
    entries: Sequence[LaidOut],
    register: Sequence[OnRegister],
    where: Expression | None,
) -> Decimal:
    if measure.how is How.REGISTERED:
        wanted = condition(figure, measure, where)
        on = [one for one in register if _is_on(one, period) and _asks(wanted, one.facts, period)]
        if measure.of is None:
            return Decimal(len(on))
        found = [evaluate(measure.of, _context(one.facts, period.last, period)) for one in on]
        return sum((Decimal(value) for value in found if value is not None), Decimal(0))
    if measure.how is How.TOTAL:
        return sum(_values(figure, measure, period, entries, where), Decimal(0))
    counted = _counted(figure, measure, period, entries, where)
    if measure.how is How.SITES:
        return Decimal(len({one.site for one in counted if one.site is not None}))
    return Decimal(len(counted))


def _values(
    figure: LogbookFigure,
    measure: Measure,
    period: Period,
    entries: Sequence[LaidOut],
    where: Expression | None = None,
) -> list[Decimal]:
    assert measure.of is not None
    asked = figure.where if measure is figure.of else where
    found = [
        evaluate(measure.of, _context(one.facts, one.counted_on, period))
        for one in _counted(figure, measure, period, entries, asked)
    ]
    return [Decimal(value) for value in found if value is not None]


def _counted(
    figure: LogbookFigure,
    measure: Measure,
    period: Period,
    entries: Sequence[LaidOut],
    where: Expression | None,
) -> list[LaidOut]:
    wanted = condition(figure, measure, where)
    return [one for one in entries if holds(wanted, _context(one.facts, one.counted_on, period))]


def _is_on(site: OnRegister, period: Period) -> bool:
    return site.registered_on <= period.last and (site.closed_on is None or site.closed_on > period.last)


def _asks(wanted: Expression, facts: Mapping[str, Any], period: Period) -> bool:
    return holds(wanted, _context(facts, period.last, period))


def _context(facts: Mapping[str, Any], on: date, period: Period) -> Context:
    return Context(frame=EventView(on, answers=facts), first=period.first, last=period.last, on=period.last)
