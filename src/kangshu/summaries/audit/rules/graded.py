"""Grades of a small number of places: 90分以上7家，80—90分4家，80分以下2家，优良率84.6%; and wholes
behind a rate.

The places graded are all there are, so a rate among them is a sum of some of the counts over all of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import says_change

GRADED = re.compile(r"优良率|优秀率|合格率|达标率|良好率|及格率")
GRADE = re.compile(r"分|优秀|良好|合格|[甲乙丙丁ABCDⅠⅡⅢ]级|等")
WHOLE_BEHIND = re.compile(r"^应|总数$|^共")
MOST = 400


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Rates of graded places, and rates with their whole in a bracket behind."""
    for figures in reading.by_paragraph.values():
        for rate in figures:
            if not rate.is_ratio or not rate.is_exact or not rate.value or says_change(rate.subject):
                continue
            yield from _graded(reading, rate, figures)
            yield from _whole_behind(reading, rate, figures)


def _graded(reading: Reading, rate: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    name = rate.paragraph.text[max(0, rate.start - 16) : rate.start]
    if not GRADED.search(name) or not rate.printed.decimals:
        return
    run: list[Figure] = []
    before = [one for one in figures if one.end <= rate.start and one.sentence == rate.sentence]
    for one in reversed([one for one in before if one.unit.name != "分"]):
        if not one.is_count or not one.is_exact or (run and one.unit.name != run[0].unit.name):
            break
        if not GRADE.search(_words_before(one)):
            break  # 对13家中心考核: of how many, not of what grade
        run.insert(0, one)
    whole = _whole(run, before)
    if len(run) < 3 or not 2 <= whole <= MOST:
        return
    sums = {
        sum((one.value or Fraction(0) for one in chosen), Fraction(0))
        for count in range(1, len(run))
        for chosen in itertools.combinations(run, count)
    }
    fitting = [top for top in sums if rate.may_be(top / whole)]
    quoted = [*run, rate]
    if fitting:
        words = f"{shown(fitting[0])} ÷ {shown(whole)} = {shown(fitting[0] / whole * 100, 2)}%"
        yield reading.held(Kind.UNREACHABLE_RATE, quoted, Text(words, words))
        return
    tried = "、".join(
        f"{shown(top)}/{shown(whole)} = {shown(top / whole * 100, 1)}%" for top in sorted(sums)[-3:]
    )
    yield _unreachable(
        reading, quoted, rate, tried, max(sums, key=lambda top: -abs(top / whole - (rate.value or 0))) / whole
    )


def _whole(run: list[Figure], before: list[Figure]) -> Fraction:
    return sum((one.value or Fraction(0) for one in run), Fraction(0))


def _words_before(figure: Figure) -> str:
    return figure.paragraph.text[max(0, figure.start - 10) : figure.start]


def _whole_behind(reading: Reading, rate: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    """规则服药率98.47%（应服药患者131人）: is there a whole number of 131?"""
    inside = [one for one in figures if one.bracket == rate.end]
    if len(inside) != 1 or not inside[0].is_count or not inside[0].is_exact or inside[0].scale > 1:
        return
    whole = inside[0]
    if not whole.value or not rate.value or not WHOLE_BEHIND.search(whole.subject):
        return
    step = rate.printed.place * rate.factor
    if step * whole.value * 3 / 2 > Fraction(2, 3):
        return
    around = range(max(floor(rate.low * whole.value) - 1, 0), ceil(rate.high * whole.value) + 2)
    fitting = [count for count in around if rate.may_be(Fraction(count) / whole.value)]
    if fitting:
        words = f"{fitting[0]} ÷ {as_printed(whole)} = {as_printed(rate)}"
        yield reading.held(Kind.UNREACHABLE_RATE, [rate, whole], Text(words, words))
        return
    below = floor(rate.value * whole.value)
    tried = "、".join(
        f"{count}/{whole.printed.digits} = {shown(Fraction(count) / whole.value / rate.factor, 2)}"
        f"{rate.unit.name}"
        for count in (below, below + 1)
    )
    yield _unreachable(reading, [rate, whole], rate, tried, Fraction(below) / whole.value)


def _unreachable(
    reading: Reading, quoted: list[Figure], rate: Figure, tried: str, nearest: Fraction
) -> Finding:
    return reading.finding(
        Kind.UNREACHABLE_RATE,
        Level.PROVEN,
        quoted,
        Text(
            f"没有一个整数能得出{as_printed(rate)}：{tried}。",
            f"No whole number gives {as_printed(rate)}: {tried}.",
        ),
        stated=printed(rate),
        computed=plain(round(nearest / rate.factor, rate.printed.decimals)),
        suggestion=Text("请核对各数和比率。", "Check the counts and the rate."),
    )
