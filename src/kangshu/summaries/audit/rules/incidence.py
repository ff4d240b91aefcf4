"""Cases and their rate per 100,000 say how many people live there: every such pair must say the same.

手足口病32例，发病率33.6/10万 means some 95,000 people. A population that the text names is compared as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.repair import rate_needs_one_slip, values_one_slip_away
from kangshu.summaries.audit.units import PER_100K
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

OF_THE_POPULATION = re.compile(r"发病率|登记率|患病率|死亡率$")
OF_BIRTHS = re.compile(r"孕|产妇|婴儿|新生儿|岁以下")
POPULATION = re.compile(r"(?:总|常住|户籍|服务|全[县市区])人口(?:数)?(?:共|为|约|达|是|有)?$")
FEWEST = 5000  # 每千常住人口5.94张 is no population
MOVED = Fraction(1, 10)  # populations of one year differ by this at most, whichever was taken


@dataclass(frozen=True)
class Implied:
    """The population that a count of cases and its rate stand for."""

    cases: Figure
    rate: Figure
    low: Fraction
    high: Fraction


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Pairs of cases and rates against one another and against the population named."""
    pairs = [pair for pair in (_pair(reading, rate) for rate in reading.figures) if pair is not None]
    stated = population(reading)
    for pair in pairs:
        others = [other for other in pairs if other is not pair and _agree(pair, other.low, other.high)]
        against = [other for other in pairs if other is not pair and not _agree(pair, other.low, other.high)]
        if stated is not None:
            yield _against_population(reading, pair, stated)
        elif others:
            yield _held(reading, pair, others[0])
        elif against:
            yield from _contradiction(reading, pair, against, pairs)


def _pair(reading: Reading, rate: Figure) -> Implied | None:
    name = rate_name(rate.subject)
    if not rate.is_ratio or not rate.is_exact or rate.unit.factor != PER_100K or not rate.low:
        return None
    if says_change(rate.subject) or reading.is_prior(rate) or reading.is_planned(rate):
        return None
    if not OF_THE_POPULATION.search(name) or OF_BIRTHS.search(name):
        return None
    before = [
        one
        for one in reading.in_paragraph(rate.paragraph)
        if one.unit.group == "people" and one.end <= rate.start and one.sentence == rate.sentence
    ]
    if not before:
        before = _behind(reading, rate)
    # 报告8436例，死亡19例，发病率…，死亡率…: each rate is of its own count.
    of_deaths = "死亡" in name
    own = [one for one in before if ("死亡" in one.subject) == of_deaths]
    if len(own) < len(before) and len(before) <= 2:
        before = own
    cases = before[-1] if before else None
    if (
        len(before) > 1
        and before[-1].number - before[-2].number == 1
        and "其中" not in before[-1].paragraph.text
    ):
        return None  # of two counts in a row the rate may be that of both
    # Deaths have their own rate, and what was said of another year is not of this rate.
    if cases is None or not cases.is_exact or not cases.value:
        return None
    if abs(rate.number - cases.number) > 2 + of_deaths:
        return None
    if OF_BIRTHS.search(cases.subject):
        return None
    if reading.is_prior(cases) or ("死亡" in cases.subject) != ("死亡" in name):
        return None
    return Implied(cases, rate, cases.value / rate.high, cases.value / rate.low)


def _behind(reading: Reading, rate: Figure) -> list[Figure]:
    """发病率312.45/10万，全县人口52.3万，共报告1634例: the cases may follow, if no other rate does."""
    after = [one for one in reading.in_paragraph(rate.paragraph) if one.number > rate.number]
    told = [one for one in after if one.sentence == rate.sentence][:2]
    cases = [one for one in told if one.unit.name == "例" and re.search(r"报告|发病|病例", one.subject)]
    return cases[:1] if not any(one.is_ratio for one in told) else []


def population(reading: Reading) -> Figure | None:
    """The number of people the document names, if it names one only."""
    found = [
        one
        for one in reading.figures
        if one.is_count
        and one.value
        and one.value >= FEWEST
        and not reading.is_planned(one)
        and (
            POPULATION.search(one.subject)
            or (re.match(r"(?:常住|户籍|总)?人?口", one.after) and re.search(r"[按以为县市区]$", one.subject))
        )
    ]
    # Of several that differ (`twice` says so) the first is meant.
    return found[0] if found else None


def _agree(pair: Implied, low: Fraction, high: Fraction) -> bool:
    return pair.low * (1 - MOVED) <= high and low <= pair.high * (1 + MOVED)


def _words(pair: Implied) -> str:
    people = shown((pair.low + pair.high) / 2 / 10_000, 2)
    return f"{as_printed(pair.cases)} ÷ {as_printed(pair.rate)} ≈ {people}万人"


def _held(reading: Reading, pair: Implied, other: Implied) -> Held:
    words = f"{_words(pair)}；{_words(other)}"
    quoted = [pair.cases, pair.rate, other.cases, other.rate]
    return reading.held(Kind.RATES_INCOMPATIBLE, quoted, Text(words, words))


def _against_population(reading: Reading, pair: Implied, stated: Figure) -> Finding | Held:
    quoted = [stated, pair.cases, pair.rate]
    words = _words(pair)
    if _agree(pair, stated.low, stated.high):
        return reading.held(Kind.RATE, quoted, Text(words, words))
    assert pair.cases.value is not None
    assert stated.value
    right = pair.cases.value / stated.value / pair.rate.factor
    slip = rate_needs_one_slip(pair.cases, stated, pair.rate)
    return reading.finding(
        Kind.RATE,
        Level.NEAR_CERTAIN if slip else Level.ASK,
        quoted,
        Text(
            f"{words}，而文中人口为{as_printed(stated)}。",
            f"{words}, but the population is {as_printed(stated)}.",
        ),
        stated=printed(pair.rate),
        computed=plain(round(right, 2)),
    )


def _contradiction(
    reading: Reading, pair: Implied, against: list[Implied], pairs: list[Implied]
) -> Iterator[Finding]:
    """The odd one out; of two that disagree, the later."""
    agreeing = [one for one in against if any(one is not o and _agree(one, o.low, o.high) for o in pairs)]
    if not agreeing and pair is not pairs[-1]:
        return
    other = agreeing[0] if agreeing else against[0]
    cases = pair.cases.value or Fraction(0)
    slip = any(_agree(other, cases / rate, cases / rate) for rate in _rates(pair))
    # 发病率 and 死亡率 of one sentence are of one population.
    together = other.rate.paragraph is pair.rate.paragraph and other.rate.sentence == pair.rate.sentence
    tenfold = any(_agree(pair, other.low * move, other.high * move) for move in (10, Fraction(1, 10)))
    if together and (tenfold or slip):
        level = Level.PROVEN
    else:
        level = Level.NEAR_CERTAIN if agreeing or slip or together else Level.ASK
    words = f"{_words(other)}，{_words(pair)}"
    yield reading.finding(
        Kind.RATES_INCOMPATIBLE,
        level,
        [other.cases, other.rate, pair.cases, pair.rate],
        Text(
            f"两处病例数和发病率推出的人口不一致：{words}。",
            f"The populations behind the two rates differ: {words}.",
        ),
        stated=printed(pair.rate),
    )


def _rates(pair: Implied) -> Iterator[Fraction]:
    for value in values_one_slip_away(pair.rate, lost=False):
        if value:
            yield value
