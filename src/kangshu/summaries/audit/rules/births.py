"""Births and deaths: rates among live births, natural growth, and the sex ratio at birth."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, quotient, shown
from kangshu.summaries.audit.repair import rate_needs_one_slip
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

BIRTH = re.compile(r"(?<!违法)出生率$")
DEATH = re.compile(r"(?:^|[，；、]|人口|总)死亡率$")
GROWTH = re.compile(r"自然增长率$|自增率$")
SEX_RATIO = re.compile(r"性别比")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Findings on what is reckoned from births."""
    for figures in reading.by_paragraph.values():
        yield from _growth(reading, figures)
        yield from _sex_ratio(reading, figures)
    yield from _of_births(reading)
    yield from _deaths(reading)


def _growth(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """自然增长率 = 出生率 − 死亡率."""
    rates = [
        figure for figure in figures if figure.is_ratio and figure.unit.name == "‰" and not figure.is_masked
    ]
    births = [rate for rate in rates if BIRTH.search(rate_name(rate.subject))]
    deaths = [rate for rate in rates if DEATH.search(rate_name(rate.subject))]
    growths = [rate for rate in rates if GROWTH.search(rate_name(rate.subject))]
    for growth in growths:
        near = [[one for one in group if one.sentence == growth.sentence] for group in (births, deaths)]
        if not near[0] or not near[1]:
            continue
        birth, death = near[0][-1], near[1][-1]
        if birth.value is None or death.value is None or growth.value is None:
            continue
        computed = birth.value - death.value
        place = max(figure.printed.place * figure.factor for figure in (birth, death, growth))
        words = f"{as_printed(birth)} − {as_printed(death)} = {shown(computed / growth.factor)}‰"
        if abs(computed - growth.value) <= place:
            yield reading.held(Kind.RATES_INCOMPATIBLE, [birth, death, growth], Text(words, words))
        else:
            yield reading.finding(
                Kind.RATES_INCOMPATIBLE,
                Level.PROVEN if growth.is_exact else Level.ASK,
                [birth, death, growth],
                Text(
                    f"{words}，文中写为{as_printed(growth)}。",
                    f"{words}, but the text says {as_printed(growth)}.",
                ),
                stated=printed(growth),
                computed=plain(computed / growth.factor),
            )


def _sex_ratio(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """出生人口性别比: boys to a hundred girls."""
    for ratio in figures:
        if not SEX_RATIO.search(ratio.subject) or ratio.is_masked or ratio.printed.value is None:
            continue
        if says_change(ratio.subject) or ratio.unit.name not in {"", "%"}:
            continue
        near = [one for one in figures if one.is_count and one.sentence == ratio.sentence and one.value]
        boys = [one for one in near if re.search("男", one.subject)]
        girls = [one for one in near if re.search("女", one.subject)]
        if len(boys) != 1 or len(girls) != 1 or boys[0].value is None or not girls[0].value:
            continue
        computed = boys[0].value / girls[0].value * 100
        stated, place = ratio.printed.value, ratio.printed.place
        words = f"{boys[0].printed.digits} ÷ {girls[0].printed.digits} × 100 = {shown(computed, 2)}"
        if stated - place / 2 <= computed < stated + place:
            yield reading.held(Kind.RATE, [boys[0], girls[0], ratio], Text(words, words))
        else:
            yield reading.finding(
                Kind.RATE,
                Level.PROVEN,
                [boys[0], girls[0], ratio],
                Text(
                    f"{words}，文中写为{as_printed(ratio)}。",
                    f"{words}, but the text says {as_printed(ratio)}.",
                ),
                stated=printed(ratio),
                computed=plain(round(computed, 2)),
            )


def _usable(reading: Reading, rate: Figure) -> bool:
    return (
        rate.is_ratio
        and rate.is_exact
        and not reading.is_planned(rate)
        and not reading.is_prior(rate)
        and not says_change(rate.subject)
    )


DEATHS = re.compile(r"孕产?妇死亡率|新生儿死亡率|婴儿死亡率|岁以下儿童死亡率")


def _of_births(reading: Reading) -> Iterator[Finding | Held]:
    """Deaths of mothers and children are counted among live births: is there a whole number of them?"""
    births = [f for f in reading.figures if f.is_count and re.search(r"活产", f.subject) and f.is_exact]
    values = {figure.value for figure in births}
    if len(values) != 1 or not births[0].value or births[0].scale > 1 or births[0].value < 30:
        return
    whole = births[0]
    assert whole.value is not None
    for rate in reading.figures:
        if not _usable(reading, rate) or rate.unit.name == "%" or rate.value is None:
            continue
        if (
            not DEATHS.search(rate_name(rate.subject))
            or abs(rate.paragraph.index - whole.paragraph.index) > 2
        ):
            continue
        step = rate.printed.place * rate.factor
        if step * whole.value * 3 / 2 > Fraction(2, 3):
            continue
        around = range(max(floor(rate.low * whole.value) - 1, 0), ceil(rate.high * whole.value) + 2)
        fitting = [count for count in around if rate.may_be(count / whole.value)]
        if fitting:
            words = quotient(fitting[0], whole, rate, fitting[0] / whole.value)
            yield reading.held(Kind.UNREACHABLE_RATE, [whole, rate], Text(words, words))
        else:
            below = floor(rate.value * whole.value)
            sums = "、".join(
                quotient(count, whole, rate, count / whole.value, 3) for count in (below, below + 1)
            )
            yield reading.finding(
                Kind.UNREACHABLE_RATE,
                Level.NEAR_CERTAIN if rate.paragraph is whole.paragraph else Level.ASK,
                [whole, rate],
                Text(
                    f"以活产{whole.printed.digits}为分母，没有一个整数能得出{as_printed(rate)}：{sums}。",
                    f"No whole number of {whole.printed.digits} births gives {as_printed(rate)}: {sums}.",
                ),
                stated=printed(rate),
            )


DEATH_COUNT = re.compile(r"(孕产?妇|产妇|婴儿|新生儿|岁以下儿童)死亡(?:数|人数|例数)?(?:为|共)?$")


def _deaths(reading: Reading) -> Iterator[Finding | Held]:
    """婴儿死亡39例，婴儿死亡率9.44‰, where 活产 stands earlier in the paragraph."""
    for figures in reading.by_paragraph.values():
        births = [one for one in figures if one.is_count and "活产" in one.subject and one.is_exact]
        for deaths, rate in itertools.pairwise(figures):
            match = DEATH_COUNT.search(deaths.subject)
            name = rate_name(rate.subject)
            if "分别" in rate.subject:
                continue  # of several counts in a row
            if match is None or not deaths.is_count or not deaths.is_exact or not name.endswith("死亡率"):
                continue
            if not _usable(reading, rate) or rate.unit.name == "%" or reading.is_prior(deaths):
                continue
            if rate.sentence != deaths.sentence or (len(name) > 3 and match[1][-2:] not in name):
                continue
            before = [one for one in births if one.end <= deaths.start]
            if before:
                yield from _of_live_births(reading, deaths, rate, before[-1])


def _of_live_births(
    reading: Reading, deaths: Figure, rate: Figure, births: Figure
) -> Iterator[Finding | Held]:
    if not deaths.value or not births.value:
        return
    share = deaths.value / births.value
    words = quotient(deaths.printed.digits, births, rate, share, 2)
    quoted = [births, deaths, rate]
    if rate.may_be(share):
        yield reading.held(Kind.RATE, quoted, Text(words, words))
        return
    slip = rate_needs_one_slip(deaths, births, rate)
    yield reading.finding(
        Kind.RATE,
        Level.PROVEN if slip else Level.ASK,
        quoted,
        Text(f"{words}，文中写为{as_printed(rate)}。", f"{words}, but the text says {as_printed(rate)}."),
        stated=printed(rate),
        computed=plain(round(share / rate.factor, 2)),
    )
