"""Days against one another: built before begun, counted after signed, due before planned, days in words.

The date a summary is signed with stands alone in one of its last lines. What it counts ends before
that day; what it plans is due after it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kangshu.kernel.text import Text
from kangshu.summaries.audit.layout import Paragraph
from kangshu.summaries.audit.numerals import read_chinese
from kangshu.summaries.audit.reading import Reading
from kangshu.summaries.audit.rules.dates import read_year
from kangshu.summaries.audit.values import Finding, Kind, Level, Quote

WORDS = "[一二三四五六七八九十]{1,3}"
NUMBER = rf"(?:\d{{1,2}}|{WORDS})"
YEAR = r"(?:(?:19|20)\d\d|[一二][〇○零OoＯ0九][〇○零一二三四五六七八九0\d]{2})"
SIGNED = re.compile(rf"^[^，。；]{{0,20}}?({YEAR})年({NUMBER})月({NUMBER})日$")
DAY_IN_WORDS = re.compile(rf"(?<![一二三四五六七八九十个])({WORDS})月({WORDS})[日号]")
UNTIL = re.compile(rf"截[至止]到?(?:({YEAR})年)?({NUMBER})月(?:({NUMBER})日|底)")
DUE = re.compile(rf"(?:({YEAR})年|今年)?(?<![\d.])({NUMBER})月(?:底|末|份|({NUMBER})[日号])?(?:以前|之前|前)")
LENGTH = re.compile(
    r"[自从](?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日[至到—~\-](?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})日"
    r"(?:，?(?:结束|止))?，?(?:共|共计|历时|为期|累计|连续)+(\d{1,3})天"
)
EVENT = re.compile(
    rf"(?:({YEAR})年)?(?<![\d.])({NUMBER})月(?:份|底|初|末|({NUMBER})[日号])?(?:正式|全面|已|主体|工程|顺利|如期|、|的)*"
    r"(?:[^，。；、\d]{0,6}?)(开工|动工|奠基|破土|启动建设|封顶|竣工|完工|投入使用|投用|建成|交付|验收|启用|开诊)"
)
BEGINS = {"开工", "动工", "奠基", "破土", "启动建设"}
SAME_MONTH = re.compile(rf"({NUMBER})月({NUMBER})日?[至到—~\-](?:\1月)?({NUMBER})[日号]")


@dataclass(frozen=True, order=True)
class Day:
    """A day; of a month alone its last."""

    year: int
    month: int
    day: int

    @property
    def words(self) -> str:
        return f"{self.year}年{self.month}月{self.day}日"


def check(reading: Reading) -> Iterator[Finding]:
    """Findings on days that cannot follow one another."""
    signed, frame = _signed(reading), reported_year(reading)
    of = frame[0] if frame else 0
    for paragraph in reading.layout.paragraphs:
        yield from _in_words(reading, paragraph)
        yield from _begun_and_built(reading, paragraph)
        yield from _backwards(reading, paragraph)
        if signed is not None:
            yield from _counted_after(reading, paragraph, *signed, of)
        yield from _lengths(reading, paragraph, of)
    yield from _due_before(reading, signed)


def _signed(reading: Reading) -> tuple[Day, Quote] | None:
    for paragraph in reversed(reading.layout.paragraphs[-8:]):
        match = SIGNED.match(paragraph.text) if len(paragraph.text) <= 40 else None
        day = _day(match[1], match[2], match[3]) if match else None
        if match and day is not None:
            return day, reading.layout.quote(paragraph, match.start(1), len(paragraph.text))
    return None


def _number(words: str | None) -> int | None:
    if not words:
        return None
    return int(words) if words.isdigit() else read_chinese(words)


def _day(year: str | None, month: str, day: str | None, *, of: int = 0) -> Day | None:
    """The day named; a month alone stands for its last day. `of`: the year when none is named."""
    named = read_year(year) if year else of
    number = _number(month)
    if not named or not number or not 1 <= number <= 12:
        return None
    return Day(named, number, _number(day) or monthrange(named, number)[1])


def _in_words(reading: Reading, paragraph: Paragraph) -> Iterator[Finding]:
    for match in DAY_IN_WORDS.finditer(paragraph.text):
        month, day = read_chinese(match[1]), read_chinese(match[2])
        if month is None or day is None:
            continue
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(2024, month)[1]:
            yield Finding(
                Kind.DATE,
                Level.PROVEN,
                (reading.layout.quote(paragraph, *match.span()),),
                Text(f"日历上没有{match[0]}。", f"There is no such day: {match[0]}."),
                stated=match[0],
            )


def _begun_and_built(reading: Reading, paragraph: Paragraph) -> Iterator[Finding]:
    """2013年8月开工、2013年6月主体封顶."""
    begun: tuple[re.Match[str], Day] | None = None
    year: str | None = None
    end = 0
    for match in EVENT.finditer(paragraph.text):
        if "。" in paragraph.text[end : match.start()] or "；" in paragraph.text[end : match.start()]:
            begun, year = None, None
        end = match.end()
        year = match[1] or year
        day = _day(year, match[2], match[3])
        if day is None:
            continue
        if match[4] in BEGINS:
            begun = match, day
        elif begun is not None and (day.year, day.month) < (begun[1].year, begun[1].month):
            yield Finding(
                Kind.DATE,
                Level.PROVEN,
                tuple(reading.layout.quote(paragraph, *one.span()) for one in (begun[0], match)),
                Text(
                    f"{match[4]}（{match[0]}）早于{begun[0][4]}（{begun[0][0]}）。",
                    f"It was finished ({match[0]}) before it was begun ({begun[0][0]}).",
                ),
                stated=match[0],
                suggestion=Text("请核对两个日期的年份和月份。", "Check year and month of both."),
            )
            begun = None


def _backwards(reading: Reading, paragraph: Paragraph) -> Iterator[Finding]:
    """6月30日至6月1日: within one month a period cannot run backwards."""
    for match in SAME_MONTH.finditer(paragraph.text):
        first, last = _number(match[2]), _number(match[3])
        if first and last and last < first and match[0].endswith(("日", "号")):
            yield Finding(
                Kind.DATE,
                Level.PROVEN,
                (reading.layout.quote(paragraph, *match.span()),),
                Text("起止时间颠倒。", "The period ends before it begins."),
                stated=match[0],
            )


def _lengths(reading: Reading, paragraph: Paragraph, of: int) -> Iterator[Finding]:
    """自2月9日至3月31日共72天: both days may be counted, or one."""
    for match in LENGTH.finditer(paragraph.text):
        year = read_year(match[1]) if match[1] else of
        try:
            years = [year] if year else [2023, 2024]  # in a leap year and in another
            later = match[4]
            spans = [
                (
                    date(read_year(later) or one if later else one, int(match[5]), int(match[6]))
                    - date(one, int(match[2]), int(match[3]))
                ).days
                for one in years
            ]
        except ValueError:
            continue  # no such day: `dates` says so
        said = int(match[7])
        if min(spans) < 0 or any(said - span in {-1, 0, 1} for span in spans):
            continue
        words = f"{match[2]}月{match[3]}日至{match[5]}月{match[6]}日共{spans[0] + 1}天"
        yield Finding(
            Kind.DATE,
            Level.PROVEN,
            (reading.layout.quote(paragraph, *match.span()),),
            Text(f"{words}，文中写为{said}天。", f"These are {spans[0] + 1} days, not {said}."),
            stated=said,
            computed=spans[0] + 1,
        )


def _counted_after(
    reading: Reading, paragraph: Paragraph, signed: Day, quote: Quote, of: int
) -> Iterator[Finding]:
    for match in UNTIL.finditer(paragraph.text):
        # Without a year only in a report of the year it was signed in: 截至12月底 may be last year's.
        until = _day(match[1], match[2], match[3], of=signed.year if of == signed.year else 0)
        if until is None or until <= signed:
            continue
        # 截至12月底 in a paper of 29 December is usual.
        days = (until.year - signed.year) * 365 + (until.month - signed.month) * 30 + until.day - signed.day
        if days <= 5:
            continue
        yield Finding(
            Kind.DATE,
            Level.NEAR_CERTAIN,
            tuple(sorted({quote, reading.layout.quote(paragraph, *match.span())})),
            Text(
                f"落款日期为{signed.words}，却统计到{until.words}。",
                f"Signed on {signed.words}, but it counts until {until.words}.",
            ),
            stated=match[0],
        )


def _due_before(reading: Reading, signed: tuple[Day, Quote] | None) -> Iterator[Finding]:
    """A plan's deadline that has passed: 5月底前 in the plan of a paper signed in July."""
    titles = " ".join(
        paragraph.text for paragraph in reading.layout.paragraphs[:4] if len(paragraph.text) <= 60
    )
    half = re.search(r"上半年|半年|季度|1[—~\-至到]\d{1,2}月", titles) is not None
    frame = reported_year(reading)
    for paragraph in reading.layout.paragraphs:
        if paragraph.index not in reading.planned:
            continue
        for match in DUE.finditer(paragraph.text):
            due = _day(match[1], match[2], match[3], of=signed[0].year if signed and half else 0)
            if due is None:
                continue
            past = signed is not None and due < signed[0]
            # The plan of the year after begins in January; what is due before was of the year reported.
            of_last_year = match[1] is not None and not half and frame is not None and due.year <= frame[0]
            of_last_year = of_last_year and (due.month < 12 or due.year < (frame[0] if frame else 0))
            if not past and not of_last_year:
                continue
            other = signed[1] if past and signed else frame[1] if frame else None
            quotes = {reading.layout.quote(paragraph, *match.span())} | ({other} if other else set())
            yield Finding(
                Kind.DATE,
                Level.PROVEN if past else Level.NEAR_CERTAIN,
                tuple(sorted(quotes)),
                Text(
                    f"计划的完成期限“{match[0]}”已经过去。",
                    f"The plan's deadline ({match[0]}) had passed when it was written.",
                ),
                stated=match[0],
                suggestion=Text("请核对年份和月份。", "Check year and month."),
            )


def reported_year(reading: Reading) -> tuple[int, Quote] | None:
    """The year a summary reports on, as its title or its first lines say."""
    for paragraph in reading.layout.paragraphs[:5]:
        match = re.search(
            rf"({YEAR})年(?:度)?(?![\d]|\d{{1,2}}月)[^，。]{{0,24}}?(?:总结|报告|情况|工作)", paragraph.text
        )
        year = read_year(match[1]) if match else None
        if match and year:
            return year, reading.layout.quote(paragraph, match.start(1), match.end(1) + 1)
    return None
