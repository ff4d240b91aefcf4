"""Rates that no whole number gives: 95.83% of 263 people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.measures import measure_of
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, quotient, shown
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import (
    STRONG_WHOLE,
    RateWords,
    words_of,
)


def check_reachable(
    reading: Reading, rate: Figure, name: str, figures: list[Figure]
) -> Iterator[Finding | Held]:
    """A rate among a small number of people can take few values."""
    row = words_of(name)
    if measure_of(name) is not None:
        return  # deaths are counted among live births, which `births` looks for
    if row is None or not rate.is_exact or rate.value is None or rate.printed.decimals < 1:
        return
    counts = [
        figure
        for figure in figures
        if figure.is_count
        and figure.sentence == rate.sentence
        and figure.segment == rate.segment
        and figure.start < rate.start
        and figure.is_exact
        and not figure.printed.in_words
        and figure.bracket == -1
    ]
    if not counts:
        return
    whole = counts[-1]
    context = rate.paragraph.text[whole.subject_start : rate.subject_start]
    if row.counted.search(whole.words) and not STRONG_WHOLE.search(whole.words):
        return
    counted = [one for one in counts[:-1] if row.counted.search(one.subject)]
    if counted and "其中" in rate.paragraph.text[counted[-1].end : whole.start]:
        return  # 累计签约31260人，其中重点人群1268人，签约率…: 1268 have signed, of how many is not said
    if not row.among.search(context) or not _speaks_of(name, row, context) or whole.value is None:
        return
    step = rate.printed.place * rate.factor
    if whole.value < 2 or step * whole.value * 3 / 2 > Fraction(2, 3):
        return
    low, high = rate.value - step / 2, rate.value + step
    candidates = range(max(floor(low * whole.value) - 1, 0), ceil(high * whole.value) + 2)
    fitting = [count for count in candidates if count <= whole.value and rate.may_be(count / whole.value)]
    if fitting:
        words = quotient(fitting[0], whole, rate, fitting[0] / whole.value)
        yield reading.held(Kind.UNREACHABLE_RATE, [whole, rate], Text(words, words))
        return
    yield _unreachable(
        reading, whole, rate, alone=len({figure.unit.group for figure in counts}) == len(counts)
    )


def _unreachable(reading: Reading, whole: Figure, rate: Figure, *, alone: bool) -> Finding:
    assert whole.value is not None
    assert rate.value is not None
    below = floor(rate.value * whole.value)
    near = [Fraction(count) / whole.value / rate.factor for count in (below, below + 1)]
    closest = min(near, key=lambda value: abs(value - rate.value / rate.factor))  # type: ignore[operator]
    places = rate.printed.decimals
    sums = "、".join(
        f"{count}/{whole.printed.digits} = {shown(value, places + 1)}{rate.unit.name}"
        for count, value in zip((below, below + 1), near, strict=True)
    )
    return reading.finding(
        Kind.UNREACHABLE_RATE,
        Level.PROVEN if alone else Level.NEAR_CERTAIN,
        [whole, rate],
        Text(
            f"以{whole.printed.digits}为分母，没有一个整数能得出{as_printed(rate)}：{sums}。",
            f"No whole number of {whole.printed.digits} gives {as_printed(rate)}: {sums}.",
        ),
        stated=printed(rate),
        computed=plain(round(closest, places)),
        suggestion=Text("请核对分母和比率。", "Check the denominator and the rate."),
    )


def _speaks_of(name: str, row: RateWords, context: str) -> bool:
    """Whether the rate has no subject of its own that its context lacks: 样品合格率 is not of 单位."""
    own = re.sub(r"[率达为的]|" + row.name.pattern, "", name)
    own = re.sub(r"[^\u4e00-\u9fff]", "", own)[-8:]
    if not own:
        return True
    return sum(one in context for one in own) * 2 >= len(own)
