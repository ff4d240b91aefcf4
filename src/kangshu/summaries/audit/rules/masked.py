"""What a masked figure must have been: x家（藤桥、仰义、双屿、大南、黎明） were five.

Only what the rest of the text leaves no choice about, or narrows to a range, is said. A masked figure is
never accused, unless no digits could stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure, quote_of
from kangshu.summaries.audit.reading import Reading, as_printed, plain, quotient
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Determined, Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import COMPLETING, rate_name, words_of

ADDABLE = {Dimension.COUNT, Dimension.MONEY}


def determined(reading: Reading) -> Iterator[Determined]:
    """Masked figures whose value follows from the rest."""
    for figures in reading.by_paragraph.values():
        for figure in figures:
            if not figure.is_masked:
                continue
            said = (
                _listed(reading, figure)
                or _full_coverage(reading, figure)
                or _missing_part(reading, figure, figures)
                or _missing_rate(reading, figure, figures)
                or _missing_count(reading, figure, figures)
            )
            if said is not None:
                yield said


def check(reading: Reading) -> Iterator[Finding | Held]:
    """A masked share of three digits before the point is 100 % or more."""
    for figure in reading.figures:
        name = rate_name(figure.subject)
        if (
            not figure.is_masked
            or figure.unit.name != "%"
            or COMPLETING.search(figure.subject)
            or not _per_digit(reading)
        ):
            continue
        whole, _, part = figure.printed.digits.partition(".")
        if len(whole) == 3 and part and name.endswith("率"):
            yield reading.finding(
                Kind.PART_EXCEEDS_WHOLE,
                Level.ASK,
                [figure],
                Text(
                    f"{name[-10:]}{as_printed(figure)}：按位数不低于100%，请核对分母（是否应为户籍或常住人口）。",
                    f"By its digits {as_printed(figure)} is at least 100%; check its denominator.",
                ),
                stated=figure.printed.digits,
                computed=100,
            )


def _per_digit(reading: Reading) -> bool:
    """Whether the document masks digit by digit (xx.xx%, xxx万) rather than number by number."""
    lengths = {len(figure.printed.digits) for figure in reading.figures if figure.is_masked}
    return len(lengths) >= 4 and any(
        "." in figure.printed.digits for figure in reading.figures if figure.is_masked
    )


def _said(reading: Reading, figure: Figure, low: Fraction, high: Fraction, zh: str, en: str) -> Determined:
    unit = figure.factor
    return Determined(
        quote_of(reading.layout, figure), plain(low / unit, 4), plain(high / unit, 4), Text(zh, en)
    )


def _listed(reading: Reading, figure: Figure) -> Determined | None:
    """x家标准化社区卫生服务中心（藤桥、仰义、双屿、大南、黎明）."""
    if not figure.is_count or figure.scale > 1:
        return None
    text = figure.paragraph.text
    match = re.match(r"[^，。；（）]{0,22}（([^（）。；\d]{2,120})）", text[figure.end :])
    if (
        match is None
        or re.match(r"含|不含|其中|即|如|以下|包括.*等|见|以", match[1])
        or match[1].endswith("等")
    ):
        return None
    items = [item for item in re.split(r"[、，和]", match[1]) if item]
    # A single item may be another word for the thing itself: 村卫生室（社区卫生服务站）.
    if len(items) == 1 and len(items[0]) > 4 and not items[0].endswith("医院"):
        return None
    if any(len(item) > 14 for item in items):
        return None
    count = Fraction(len(items))
    return _said(
        reading, figure, count, count, f"括号内列出{len(items)}项", f"{len(items)} are listed in brackets"
    )


def _full_coverage(reading: Reading, figure: Figure) -> Determined | None:
    """覆盖率xxx%: three digits of a coverage can only be 100."""
    digits = figure.printed.digits
    if figure.unit.name != "%" or len(digits) != 3 or "." in digits or not _per_digit(reading):
        return None
    if not re.search(r"覆盖率?|合格率|及格率|知晓率|回复率|建档率", rate_name(figure.subject)):
        return None
    return _said(
        reading,
        figure,
        Fraction(1),
        Fraction(1),
        "三位整数的覆盖率只能是100%",
        "a coverage of three digits is 100%",
    )


def _missing_part(reading: Reading, figure: Figure, figures: list[Figure]) -> Determined | None:
    """58个（市级x个，乡级53个): one masked part of a bracket that divides its whole."""
    if figure.bracket < 0 or figure.unit.dimension not in ADDABLE:
        return None
    inside = [one for one in figures if one.bracket == figure.bracket and one.unit.name == figure.unit.name]
    known = [one for one in inside if not one.is_masked]
    wholes = [one for one in figures if one.end <= figure.bracket and one.unit.name == figure.unit.name]
    if (
        len(inside) - len(known) != 1
        or not known
        or not wholes
        or wholes[-1].is_masked
        or not wholes[-1].is_exact
    ):
        return None
    whole = wholes[-1]
    if figure.bracket - whole.end > 14 or not all(one.is_exact for one in known) or whole.value is None:
        return None
    rest = whole.value - sum((one.value or Fraction(0) for one in known), Fraction(0))
    if rest < 0:
        return None
    words = f"{as_printed(whole)} − " + " − ".join(as_printed(one) for one in known)
    return _said(reading, figure, rest, rest, words, words)


def _missing_rate(reading: Reading, figure: Figure, figures: list[Figure]) -> Determined | None:
    """应种108370人，实种107144人，接种率x%."""
    row = words_of(rate_name(figure.subject))
    if not figure.is_ratio or row is None:
        return None
    counts = [
        one for one in figures if one.is_count and one.segment == figure.segment and one.end <= figure.start
    ]
    if len(counts) < 2 or any(one.is_masked or not one.is_exact for one in counts[-2:]):
        return None
    whole, part = counts[-2:]
    if not whole.value or part.value is None or whole.unit.name != part.unit.name or part.value > whole.value:
        return None
    if not row.counted.search(part.words) or not row.among.search(whole.words):
        return None
    share = part.value / whole.value
    words = quotient(part.printed.digits, whole, figure, share)
    return _said(reading, figure, share, share, words, words)


def _missing_count(reading: Reading, figure: Figure, figures: list[Figure]) -> Determined | None:
    """出生人口x人，违法生育多孩41个，多孩违法生育率为0.56%: how many must have been born."""
    if not figure.is_count:
        return None
    after = [one for one in figures if one.number > figure.number and one.sentence == figure.sentence]
    for rate in after:
        if not rate.is_ratio or rate.is_masked or not rate.value or not rate.is_exact:
            continue
        row = words_of(rate_name(rate.subject))
        if row is None or not rate.low or len(rate.printed.digits.replace(".", "")) < 2:
            continue
        parts = [
            one
            for one in after
            if one.is_count
            and one.number < rate.number
            and one.is_exact
            and one.value
            and one.unit.name == figure.unit.name
            and row.counted.search(one.words)
            and not row.counted.search(figure.words)
        ]
        if (
            not parts
            or not row.among.search(figure.words)
            or any(one.is_masked for one in after[: after.index(rate)])
        ):
            continue
        part = parts[-1]
        assert part.value is not None
        low, high = ceil(part.value / rate.high), floor(part.value / rate.low)
        if low > high:
            continue
        words = f"{as_printed(part)} ÷ {as_printed(rate)}"
        return _said(reading, figure, Fraction(low), Fraction(high), words, words)
    return None
