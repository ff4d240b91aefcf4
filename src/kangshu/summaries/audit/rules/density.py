"""Beds, doctors and nurses per thousand people: with their numbers, each says how many people live there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.repair import values_one_slip_away
from kangshu.summaries.audit.rules.incidence import population
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

PER = re.compile(r"每(千|万)(?:名|常住|户籍|服务)*人?口?[^，。；\d]{0,16}$")
CLOSE = Fraction(3, 100)  # resident populations at two days of one year


@dataclass(frozen=True)
class Density:
    """A count, how many of them there are per `base` people, and the population that follows."""

    count: Figure
    per: Figure
    base: int
    low: Fraction
    high: Fraction

    def agrees(self, low: Fraction, high: Fraction) -> bool:
        return self.low * (1 - CLOSE) <= high and low <= self.high * (1 + CLOSE)


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every density against the population named, or against the other densities."""
    densities = [one for one in (_density(reading, figure) for figure in reading.figures) if one is not None]
    stated = population(reading)
    for one in densities:
        others = [other for other in densities if other is not one and other.agrees(one.low, one.high)]
        if stated is not None and one.agrees(stated.low, stated.high):
            yield _held(reading, one, stated)
        elif others:
            yield _held(reading, one, others[0].per, others[0].count)
        else:
            yield from _contradiction(reading, one, densities, stated)


def _density(reading: Reading, per: Figure) -> Density | None:
    match = PER.search(per.subject)
    if match is None or not per.is_exact or not per.value or per.scale > 1 or reading.is_planned(per):
        return None
    if per.unit.dimension not in {Dimension.COUNT, Dimension.NONE} or not per.printed.decimals:
        return None
    # 达到, 增加到 of a plan or of another year have no count beside them.
    near = [one for one in reading.in_paragraph(per.paragraph) if 0 < per.number - one.number <= 1]
    if not near or not near[0].is_count or not near[0].is_exact or near[0].sentence != per.sentence:
        return None
    count = near[0]
    same = per.unit.dimension is Dimension.NONE or count.unit.group == per.unit.group
    if not same or not count.value or reading.is_prior(count) or reading.is_prior(per):
        return None
    base = 1000 if match[1] == "千" else 10_000
    place = per.printed.place
    low = count.value / (per.value + place) * base
    return Density(count, per, base, low, count.value / (per.value - place / 2) * base)


def _words(one: Density) -> str:
    people = shown((one.low + one.high) / 20_000, 2)
    return f"{as_printed(one.count)} ÷ {as_printed(one.per)} × {one.base} ≈ {people}万人"


def _held(reading: Reading, one: Density, *others: Figure) -> Held:
    words = _words(one)
    return reading.held(Kind.RATE, [one.count, one.per, *others], Text(words, words))


def _contradiction(
    reading: Reading, one: Density, densities: list[Density], stated: Figure | None
) -> Iterator[Finding]:
    """Accused where the others agree on a population, and a slip here would make this one agree too."""
    agreeing = [
        other
        for other in densities
        if any(other is not third and other.agrees(third.low, third.high) for third in densities)
    ]
    if stated is None and not agreeing:
        return
    low, high = (stated.low, stated.high) if stated is not None else (agreeing[0].low, agreeing[0].high)
    if not _slip(one, low, high):
        return
    both = stated is not None and bool(agreeing) and agreeing[0].agrees(low, high)
    quoted = [one.count, one.per, *([stated] if stated is not None else [agreeing[0].count, agreeing[0].per])]
    people = shown((low + high) / 20_000, 2)
    right = (one.count.value or Fraction(0)) / ((low + high) / 2) * one.base
    yield reading.finding(
        Kind.RATE,
        Level.PROVEN if both or len(agreeing) > 2 else Level.NEAR_CERTAIN,
        quoted,
        Text(
            f"{_words(one)}，文中其他数字对应约{people}万人。",
            f"{_words(one)}; the other figures stand for about {people} × 10,000 people.",
        ),
        stated=printed(one.per),
        computed=plain(round(right, 2)),
        suggestion=Text("请核对人数（床位数）和千人口数。", "Check the count and the number per thousand."),
    )


def _slip(one: Density, low: Fraction, high: Fraction) -> bool:
    """Whether one digit of the two figures would make the population that of the others."""
    assert one.count.value is not None
    assert one.per.value
    scaled = one.count.value * one.base
    pers = values_one_slip_away(one.per, lost=False)
    counts = values_one_slip_away(one.count, lost=False)
    within = [scaled / value for value in pers if value]
    within += [value * one.base / one.per.value for value in counts if value]
    margin = Fraction(1, 100)
    return any(low * (1 - margin) <= people <= high * (1 + margin) for people in within)
