"""Figures of earlier summaries of the same bureau: what they said of their own year, and what is
now said of it.

A summary states each quantity for the year it reports on. The next one states last year's value
beside its own, or how much it changed since; either must be what the earlier one said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import PRIOR, Figure
from kangshu.summaries.audit.linking import indicator_of
from kangshu.summaries.audit.numerals import interval
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.rules.changes import changes_of, direction_of
from kangshu.summaries.audit.rules.deadlines import reported_year
from kangshu.summaries.audit.rules.twice import SETTING
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

HALF = re.compile(r"上半年|半年")
SAID_OF_LAST_YEAR = re.compile(r"(?:去年|上年|上一年|(?:19|20)\d\d年)(?:同期|全年|底|末|度)?的?")
ENDING = re.compile(r"(?:共计?|共有|为|是|达到?|已达|有|约|到|至|增至|增加到|提高到|累计|分别|[，、])*$")
KINDS = {Dimension.COUNT, Dimension.MONEY, Dimension.RATIO, Dimension.MEASURE}


@dataclass(frozen=True)
class Reported:
    """A quantity as a document states it for its own period (`2023`, `2023-H1`). `low` and `high`
    bound what the printed number stands for, in persons, yuan or shares of one; `words` are as printed."""

    period: str
    name: str
    unit: str
    value: Fraction
    low: Fraction
    high: Fraction
    words: str
    document: str
    indicator: str | None = None


def period_reported(reading: Reading) -> str | None:
    """The period the document is about: a year, or the first half of one; None when it does not say."""
    found = reported_year(reading)
    if found is None:
        return None
    title = " ".join(one.text for one in reading.layout.paragraphs[:3] if len(one.text) <= 60)
    return f"{found[0]}-H1" if HALF.search(title) else str(found[0])


def reported_by(reading: Reading, period: str, document: str) -> tuple[Reported, ...]:
    """Every quantity that the document states once, or twice with one value, for its own period."""
    told: dict[tuple[str, str], list[Figure]] = {}
    for figure in reading.figures:
        name = name_of(reading, figure)
        if name is not None:
            told.setdefault((name, _kind(figure)), []).append(figure)
    return tuple(
        _reported(name, figures[0], period, document)
        for (name, _), figures in told.items()
        if len({figure.value for figure in figures}) == 1
    )


def name_of(reading: Reading, figure: Figure) -> str | None:
    """What a figure is of, by its own words, where they name it; None for parts, aims, changes and
    other years."""
    if figure.unit.dimension not in KINDS or not figure.is_exact or figure.value is None:
        return None
    if reading.is_planned(figure) or reading.is_prior(figure) or says_change(figure.subject):
        return None
    return _bare_name(figure)


def _bare_name(figure: Figure) -> str | None:
    words = SAID_OF_LAST_YEAR.sub("", figure.subject)
    name = SETTING.sub("", rate_name(words) if figure.is_ratio else ENDING.sub("", words))
    if len(name) < 3 or re.search(r"[\d（）“”]|其中|各|每|^占", name):
        return None
    return name if not figure.is_ratio or re.search(r"率$|占比$|水平$|比例$", name) else None


def _kind(figure: Figure) -> str:
    return figure.unit.name if figure.is_ratio else figure.unit.group or figure.unit.dimension.value


def _reported(name: str, figure: Figure, period: str, document: str) -> Reported:
    assert figure.value is not None
    low, high = interval(figure.printed, figure.factor, figure.approximation, rounds=True)
    if figure.is_count and figure.scale == 1:
        low = high = figure.value
    words = as_printed(figure)
    return Reported(
        period, name, _kind(figure), figure.value, low, high, words, document, indicator_of(figure)
    )


def year_before(period: str) -> str:
    """The same period of the year before: 2022 of 2023, 2022-H1 of 2023-H1."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def check_against(reading: Reading, earlier: Iterable[Reported]) -> Iterator[Finding | Held]:
    """What the document says of last year, and of the change since, against what was said then."""
    period = period_reported(reading)
    if period is None:
        return
    then = {(one.name, one.unit): one for one in earlier if one.period == year_before(period)}
    if not then:
        return
    stated: set[int] = set()
    for change in changes_of(reading):
        name = name_of(reading, change.now)
        was = then.get((name, _kind(change.now))) if name else None
        if was is not None:
            stated.add(change.by.number)
            yield _against(reading, change.before, was)
    for figure in reading.figures:
        if PRIOR.search(figure.subject) and figure.is_exact and figure.unit.dimension in KINDS:
            was = then.get((_bare_name(figure) or "", _kind(figure)))
            if was is not None:
                yield _against(reading, figure, was)
    for now, by in pairwise(reading.figures):
        if by.number not in stated and by.sentence == now.sentence and by.paragraph is now.paragraph:
            yield from _change_since(reading, now, by, then)


def _against(reading: Reading, before: Figure, was: Reported) -> Finding | Held:
    words = f"{was.document}：{was.name}{was.words}"
    if before.low <= was.high and was.low <= before.high:
        return reading.held(Kind.SAME_QUANTITY_TWO_VALUES, [before], Text(words, words))
    return reading.finding(
        Kind.SAME_QUANTITY_TWO_VALUES,
        Level.NEAR_CERTAIN,
        [before],
        Text(
            f"文中所说的上年数为{as_printed(before)}，上年的总结（{was.document}）写的是{was.words}。",
            f"Last year's value is given as {as_printed(before)}; last year's summary ({was.document}) has "
            f"{was.words}.",
        ),
        stated=printed(before),
        computed=was.words,
        suggestion=Text(
            "请核对上年数；如经核减，应予说明。", "Check last year's value; say so if it was revised."
        ),
    )


def _change_since(
    reading: Reading, now: Figure, by: Figure, then: dict[tuple[str, str], Reported]
) -> Iterator[Finding | Held]:
    """参保42.3万人，同比增长5.2%, where last year's summary has the value that it grew from."""
    up = direction_of(by)
    name = name_of(reading, now)
    was = then.get((name, _kind(now))) if name and up is not None else None
    if was is None or not was.value or now.value is None or by.value is None or not by.is_exact:
        return
    if not re.search(r"同比|上年|去年|年增", by.subject) or by.unit.dimension not in {
        Dimension.RATIO,
        Dimension.POINTS,
    }:
        return
    points = by.unit.dimension is Dimension.POINTS
    if points != now.is_ratio:
        return
    options = [
        (one - other) if points else (one - other) / other
        for one in (now.low, now.high)
        for other in (was.low, was.high)
        if other
    ]
    options = options if up else [-one for one in options]
    reckoned = (now.value - was.value) / (1 if points else was.value) * (1 if up else -1)
    sign = "个百分点" if points else "%"
    words = f"{as_printed(now)}，{was.document}：{was.words}，{shown(reckoned * 100, 2)}{sign}"
    place = by.printed.place * by.factor
    if min(options) - place <= by.value <= max(options) + place:
        yield reading.held(Kind.CHANGE, [now, by], Text(words, words))
    else:
        yield reading.finding(
            Kind.CHANGE,
            Level.NEAR_CERTAIN if abs(reckoned - by.value) > place * 3 else Level.ASK,
            [now, by],
            Text(
                f"按上年总结推算：{words}，文中写为{as_printed(by)}。",
                f"By last year's summary: {words}, but the text says {as_printed(by)}.",
            ),
            stated=printed(by),
            computed=plain(round(reckoned * 100, 2)),
            suggestion=Text("请核对本年数、上年数和幅度。", "Check both values and the change."),
        )
