"""Ratios of two counts that are no per cent: 医护比1:1.2, 是2018年的1.5倍, 增长了2倍, 翻了一番.

What grew *by* three times is four times as much; what grew *to* three times, or is three times
another, is three times as much. 医护比 is nurses to a doctor, 床护比 nurses to a bed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.layout import Paragraph
from kangshu.summaries.audit.numerals import read_number, stands_for
from kangshu.summaries.audit.reading import Reading, as_printed, plain, shown
from kangshu.summaries.audit.repair import values_one_slip_away
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level, Quote

ONE_TO = re.compile(
    r"(医护|床护|医患|护床|床医|医床|护医)(?:人员|配备|之)?(?:比例?|配比)[^，。；：\d]{0,8}(\d+(?:\.\d+)?)：(\d+(?:\.\d+)?)(?![\d.：])"
)
COUNTED = {
    "医": re.compile(
        r"(?:执业[（(]?(?:助理)?[）)]?)?(?:医师|医生)(?:总?数)?(?:共|有|为|达|达到|共有|总数)*$"
    ),
    "护": re.compile(r"(?:护士|护理人员)(?:总?数)?(?:共|有|为|达|达到|共有)*$"),
    "床": re.compile(r"(?:床位|病床)(?:总?数)?(?:共|有|为|达|达到|共有)*$"),
    "患": re.compile(r"(?:患者|病人)(?:总?数)?(?:共|有|为|达)*$"),
}
AFTER = {
    "医": re.compile(r"(?:执业[（(]?(?:助理)?[）)]?)?(?:医师|医生)"),
    "护": re.compile(r"(?:注册)?护士|护理人员"),
    "床": re.compile(r"(?:床位|病床)"),
    "患": re.compile(r"(?:患者|病人)"),
}
GROWS_BY = re.compile(r"(?:增长|增加|提高|上升|扩大|提升|多|增|高|快|长)(?:了|近|约|超过?|出)*$")
IS_TIMES = re.compile(
    r"(?:(?:是|为|达|相当于|到|至|达到|约为|成)[^，。；]{0,14}的?|的)(?:近|约|将近)?$|(?:增长|增加|提高|上升)(?:到|至|为)[^，。；]{0,10}的?$"
)
DOUBLED = re.compile(r"翻(?:了|近|超过)*([一二两三四])番")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every ratio that has its counts near by."""
    for paragraph in reading.layout.paragraphs:
        for match in ONE_TO.finditer(paragraph.text):
            yield from _one_to(reading, paragraph, match)
    for figures in reading.by_paragraph.values():
        for times in figures:
            if times.unit.name == "倍" and times.value:
                yield from _times(reading, times, figures)
        yield from _doubled(reading, figures)


def _one_to(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Iterator[Finding | Held]:
    kinds, left, right = match[1], read_number(match[2]), read_number(match[3])
    if left is None or right is None or not left.value or not right.value:
        return
    firsts, seconds = (_of_kind(reading, paragraph, kind, match.start()) for kind in kinds)
    if not firsts or not seconds:
        return
    quote = reading.layout.quote(paragraph, *match.span())
    for one in firsts:
        for other in seconds:
            if one.value and other.value and _is_ratio(one.value, other.value, left, right):
                words = _division(other, one, left.value)
                yield Held(Kind.RATE, (*reading.quotes([one, other]), quote), Text(words, words))
                return
    yield from _wrong_ratio(reading, firsts, seconds, quote, match)


def _is_ratio(one: Fraction, other: Fraction, left: object, right: object) -> bool:
    """1：1.2 gives the second for one of the first; 0.8：1 the first for one of the second."""
    if right.value == 1 and left.decimals:  # type: ignore[attr-defined]
        return stands_for(left, Fraction(1), one / other, padded=True)  # type: ignore[arg-type]
    return stands_for(right, Fraction(1), other / one * left.value, padded=True)  # type: ignore[arg-type, attr-defined]


def _wrong_ratio(
    reading: Reading, firsts: list[Figure], seconds: list[Figure], quote: Quote, match: re.Match[str]
) -> Iterator[Finding]:
    one, other = firsts[-1], seconds[-1]
    assert one.value
    assert other.value
    alone = len({f.value for f in firsts}) == len({f.value for f in seconds}) == 1
    # 编制床位 and 开放床位: which was meant is not said, but neither gives the ratio.
    yield Finding(
        Kind.RATE,
        Level.PROVEN if alone else Level.NEAR_CERTAIN,
        tuple(sorted({*reading.quotes([one, other]), quote})),
        Text(
            f"{_division(other, one, Fraction(match[2]))}，文中写为{match[2]}:{match[3]}。",
            f"{_division(other, one, Fraction(match[2]))}, but the text says {match[2]}:{match[3]}.",
        ),
        stated=f"{match[2]}:{match[3]}",
        computed=plain(round(other.value / one.value * Fraction(match[2]), 2)),
        suggestion=Text("请核对两项人数（床位数）和比例。", "Check both counts and the ratio."),
    )


def _division(top: Figure, bottom: Figure, left: Fraction) -> str:
    assert top.value is not None
    assert bottom.value
    return f"{as_printed(top)} ÷ {as_printed(bottom)} = {shown(top.value / bottom.value * left, 3)}"


def _of_kind(reading: Reading, paragraph: Paragraph, kind: str, at: int) -> list[Figure]:
    """Counts of doctors, nurses or beds in the sentence of the ratio, else before it in its paragraph."""
    found = [
        one
        for one in reading.in_paragraph(paragraph)
        if one.is_count
        and one.is_exact
        and one.value
        and not reading.is_prior(one)
        and (COUNTED[kind].search(one.subject) or (not one.subject and AFTER[kind].match(one.after)))
    ]
    sentence = paragraph.sentence_of(at)
    same = [one for one in found if one.sentence == sentence]
    return same or [one for one in found if one.sentence == sentence - 1]


def _times(reading: Reading, times: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    """What is so many times another, and what grew by so many times."""
    grows, is_so = bool(GROWS_BY.search(times.subject)), bool(IS_TIMES.search(times.subject))
    if grows == is_so:
        return
    found = _pair(times, figures)
    if found is None:
        return
    before, now = found
    assert before.value
    assert now.value is not None
    ratio = now.value / before.value
    meant = ratio - 1 if grows else ratio
    quoted = [before, now, times]
    words = f"{as_printed(now)} ÷ {as_printed(before)}{' − 1' if grows else ''} = {shown(meant, 2)}倍"
    if times.may_be(meant) or not (before.is_exact and now.is_exact):
        if times.may_be(meant):
            yield reading.held(Kind.CHANGE, quoted, Text(words, words))
        return
    slip = any(abs(meant - value) < times.printed.place for value in values_one_slip_away(times))
    confused = times.may_be(ratio if grows else ratio - 1)
    sure = confused or slip or abs(meant - (times.value or 0)) <= meant / 4
    yield reading.finding(
        Kind.CHANGE,
        Level.PROVEN if sure and times.is_exact else Level.NEAR_CERTAIN,
        quoted,
        Text(
            f"{words}，文中写为{'增长' if grows else ''}{as_printed(times)}"
            f"{'（“增长到”与“增长了”不同）' if confused else ''}。",
            f"{words}, but the text says {as_printed(times)}"
            f"{' (growing to so many times is not growing by them)' if confused else ''}.",
        ),
        stated=plain(times.printed.value),
        computed=plain(round(meant, 2)),
        suggestion=Text(
            f"如前后两数无误，应为{'增长' if grows else ''}{shown(meant, 2)}倍。",
            f"If both values are right, {shown(meant, 2)} times.",
        ),
    )


FROM = re.compile(r"(?:由|从)[^，。；]{0,14}$")
EARLIER = re.compile(r"(?:去年|上年|上一年|(?:19|20)\d\d年|同期|年初|原来?)[^，。；\d]{0,8}$")
TO = re.compile(r"(?:增长|增加|提高|上升|扩大|升|增|长|加|达)(?:到了?|至|为)[^，。；]{0,8}$")


def _pair(times: Figure, figures: list[Figure]) -> tuple[Figure, Figure] | None:
    """The earlier value and the present one of the same sentence."""
    near = [
        one
        for one in figures
        if one.sentence == times.sentence
        and one is not times
        and one.unit.dimension in {Dimension.COUNT, Dimension.MONEY, Dimension.MEASURE}
        and one.value
        and abs(one.number - times.number) <= 3
    ]
    for at, one in enumerate(near):
        rest = [other for other in near[at + 1 :] if other.unit.name == one.unit.name]
        if FROM.search(one.subject) and rest and TO.search(rest[0].subject):
            return one, rest[0]
    befores = [one for one in near if EARLIER.search(one.subject) and not TO.search(one.subject)]
    nows = [one for one in near if one not in befores]
    if len(befores) == 1 and nows and nows[0].unit.name == befores[0].unit.name:
        return befores[0], nows[0]
    return None


def _doubled(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """由1200张增加到2400张，翻了一番."""
    for before, now in itertools.pairwise(figures):
        if before.sentence != now.sentence or before.unit.name != now.unit.name or not before.value:
            continue
        if not FROM.search(before.subject) or not TO.search(now.subject) or now.value is None:
            continue
        match = DOUBLED.search(now.paragraph.text, now.end, now.end + 14)
        if match is None or not (before.is_exact and now.is_exact):
            continue
        wanted = Fraction(2 ** {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}[match[1]])
        ratio = now.value / before.value
        words = f"{as_printed(now)} ÷ {as_printed(before)} = {shown(ratio, 2)}"
        quotes = (*reading.quotes([before, now]), reading.layout.quote(now.paragraph, *match.span()))
        if abs(ratio - wanted) <= wanted / 20:
            yield Held(Kind.CHANGE, quotes, Text(words, words))
        elif abs(ratio - wanted) > wanted / 10:
            yield Finding(
                Kind.CHANGE,
                Level.PROVEN if ratio < wanted * Fraction(9, 10) else Level.ASK,
                quotes,
                Text(
                    f"{words}倍，{match[0]}应为{shown(wanted)}倍。",
                    f"{words} times; the text says {shown(wanted)} times.",
                ),
                stated=plain(wanted),
                computed=plain(round(ratio, 2)),
            )
