"""Rates told one after another of one whole, and rates that hold one another.

产妇5184人；早孕建册4852人，建册率93.60%；产后访视4917人，访视率94.85%；系统管理4768人，管理率93.75%: what
most of them are of, the others are of, too. A whole's age or rate lies between those of men and women.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import stands_for
from kangshu.summaries.audit.reading import Reading, as_printed, bigrams, plain, printed, shown
from kangshu.summaries.audit.repair import rate_needs_one_slip
from kangshu.summaries.audit.rules.rates import OTHER_UNITS
from kangshu.summaries.audit.units import Dimension, alike
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

MANAGED = re.compile(r"(?:在册患者管理率|(?:患者)?在管率|(?<!规范)管理率)$")
STANDARD = re.compile(r"规范管理率$")
NEAR = 2  # paragraphs in which another whole may stand


def check(reading: Reading) -> Iterator[Finding | Held]:
    for figures in reading.by_paragraph.values():
        yield from _of_one_whole(reading, figures)
        yield from _rate_first(reading, figures)
        yield from _standard_above(reading, figures)
        yield from _between(reading, figures)


def _pairs(reading: Reading, figures: list[Figure]) -> list[tuple[Figure, Figure]]:
    """Counts with the rate behind them that carries their name."""
    found: list[tuple[Figure, Figure]] = []
    for count, rate in pairwise(figures):
        if not (count.is_count and count.is_exact and rate.is_ratio and rate.is_exact) or not count.value:
            continue
        if count.segment != rate.segment or says_change(rate.subject) or reading.is_aim(rate):
            continue
        name = rate_name(rate.subject)
        linked = bigrams(name.removesuffix("率")) & bigrams(count.subject)
        if name.endswith("率") and (linked or len(name) <= 4):
            found.append((count, rate))
    return found


def _is_of(count: Figure, whole: Figure, rate: Figure, factor: Fraction | None = None) -> bool:
    if not count.value or not whole.value or not whole.low:
        return False
    if stands_for(rate.printed, factor or rate.factor, count.value / whole.value, padded=False):
        return True
    if factor is not None:
        return False
    return count.low / whole.high <= rate.high and rate.low <= count.high / whole.low


def _wholes(reading: Reading, figures: list[Figure], count: Figure) -> list[Figure]:
    at = figures[0].paragraph.index
    return [
        one
        for one in reading.figures
        if abs(one.paragraph.index - at) <= NEAR
        and one is not count
        and one.is_count
        and one.is_exact
        and alike(one.unit, count.unit)
        and (one.value or 0) >= (count.value or 0) > 0
    ]


def _of_one_whole(reading: Reading, figures: list[Figure]) -> Iterator[Finding]:
    pairs = _pairs(reading, figures)
    for count, rate in pairs:
        wholes = _wholes(reading, figures, count)
        if any(_is_of(count, whole, rate) for whole in wholes) or rate.value in {None, Fraction(1)}:
            continue
        witnessed = [
            whole
            for whole in wholes
            if whole.number < count.number
            and whole.paragraph is count.paragraph
            and any(_is_of(other[0], whole, other[1]) for other in pairs if other[0] is not count)
        ]
        if not witnessed:
            continue
        yield from _judge(reading, count, witnessed[-1], rate)


def _judge(reading: Reading, count: Figure, whole: Figure, rate: Figure) -> Iterator[Finding]:
    assert count.value
    assert whole.value
    assert rate.value is not None
    share = count.value / whole.value
    words = f"{as_printed(count)} ÷ {as_printed(whole)} = {shown(share / rate.factor, 2)}{rate.unit.name}"
    for unit, factor in OTHER_UNITS.items():
        long = len(rate.printed.digits.replace(".", "").strip("0")) >= 3
        if unit not in {rate.unit.name, "倍"} and long and _is_of(count, whole, rate, factor):
            right = f"{shown(share / factor, 2)}{unit}"
            yield _finding(
                reading, Kind.UNIT, Level.PROVEN, [whole, count, rate], f"{words}（{right}）", rate, share
            )
            return
    named = rate_name(rate.subject).removesuffix("率")
    if not count.subject.endswith(named[-2:]):
        return
    slip = rate_needs_one_slip(count, whole, rate)
    if slip or abs(share - rate.value) <= rate.value / 20:
        level = Level.NEAR_CERTAIN if slip or count.subject.endswith(named[-4:]) else Level.ASK
        yield _finding(reading, Kind.RATE, level, [whole, count, rate], words, rate, share)


def _finding(
    reading: Reading,
    kind: Kind,
    level: Level,
    quoted: list[Figure],
    words: str,
    rate: Figure,
    share: Fraction,
) -> Finding:
    return reading.finding(
        kind,
        level,
        quoted,
        Text(f"{words}，文中写为{as_printed(rate)}。", f"{words}, but the text says {as_printed(rate)}."),
        stated=printed(rate),
        computed=plain(round(share / rate.factor, max(rate.printed.decimals, 2))),
    )


def _rate_first(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """在管1.58万人，规范管理率81.6%，规范管理12983人: the count carries the name of the rate before it."""
    for whole, rate, count in zip(figures, figures[1:], figures[2:], strict=False):
        if not (whole.is_count and rate.is_ratio and count.is_count) or whole.segment != count.segment:
            continue
        named = rate_name(rate.subject).removesuffix("率")
        if (
            len(named) < 2
            or count.subject != named
            or not (whole.is_exact and rate.is_exact and count.is_exact)
        ):
            continue
        if (
            not alike(whole.unit, count.unit)
            or not count.value
            or not whole.value
            or count.value > whole.value
        ):
            continue
        wholes = _wholes(reading, figures, count)
        if any(_is_of(count, one, rate) for one in wholes):
            continue
        share = count.value / whole.value
        words = f"{as_printed(count)} ÷ {as_printed(whole)} = {shown(share / rate.factor, 2)}{rate.unit.name}"
        near = abs(share - (rate.value or 0)) <= share / 20
        if rate_needs_one_slip(count, whole, rate) or near:
            yield _finding(reading, Kind.RATE, Level.NEAR_CERTAIN, [whole, rate, count], words, rate, share)


def _standard_above(reading: Reading, figures: list[Figure]) -> Iterator[Finding]:
    """在册患者管理率94.6%，规范管理率95.8%: who is managed by the standard is managed."""
    for managed, standard in pairwise([one for one in figures if one.is_ratio]):
        if managed.sentence != standard.sentence or managed.segment != standard.segment:
            continue
        if not MANAGED.search(rate_name(managed.subject)) or not STANDARD.search(rate_name(standard.subject)):
            continue
        if managed.is_exact and standard.is_exact and (standard.value or 0) > (managed.value or 0):
            yield reading.finding(
                Kind.RATES_INCOMPATIBLE,
                Level.NEAR_CERTAIN if "在" in managed.subject else Level.ASK,
                [managed, standard],
                Text(
                    f"规范管理以在管为前提，{as_printed(standard)}不应高于{as_printed(managed)}（分母相同时）。",
                    f"Of one whole, {as_printed(standard)} by the standard exceeds {as_printed(managed)}.",
                ),
                stated=printed(standard),
            )


def _between(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """期望寿命79.42岁，其中男性79.86岁、女性82.31岁: the whole lies between its two parts."""
    for whole, men, women in zip(figures, figures[1:], figures[2:], strict=False):
        if not (whole.unit is men.unit is women.unit) or whole.sentence != women.sentence:
            continue
        if whole.unit.dimension not in {Dimension.AGE, Dimension.RATIO} or says_change(whole.subject):
            continue
        ends = [re.search(r"(男|女)[^男女\d]{0,3}$", one.subject) for one in (men, women)]
        if {match[1] for match in ends if match} != {"男", "女"} or re.search(
            r"占|构成|比例|比重", whole.subject + men.subject
        ):
            continue
        values = [one.value for one in (whole, men, women)]
        if any(value is None for value in values) or not all(one.is_exact for one in (whole, men, women)):
            continue
        low, high = sorted(values[1:])  # type: ignore[type-var]
        words = f"{as_printed(men)}、{as_printed(women)}"
        if low <= values[0] <= high:  # type: ignore[operator]
            yield reading.held(Kind.RATES_INCOMPATIBLE, [whole, men, women], Text(words, words))
            continue
        yield reading.finding(
            Kind.RATES_INCOMPATIBLE,
            Level.PROVEN,
            [whole, men, women],
            Text(
                f"总体{as_printed(whole)}应介于男女两值（{words}）之间。",
                f"The whole's {as_printed(whole)} must lie between those of men and women ({words}).",
            ),
            stated=printed(whole),
        )
