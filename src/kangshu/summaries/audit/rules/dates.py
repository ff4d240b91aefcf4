"""Dates that contradict one another: the year reported, the year planned, days no calendar has."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from kangshu.kernel.text import Text
from kangshu.summaries.audit.layout import Paragraph
from kangshu.summaries.audit.numerals import DIGITS
from kangshu.summaries.audit.reading import Reading
from kangshu.summaries.audit.values import Finding, Held, Kind, Level, Quote

YEAR = r"(?:20\d\d|19\d\d|二[0〇○零Oo]{1,2}[0-9〇○零Oo一二三四五六七八九]{1,2})"
REPORTED = re.compile(
    rf"({YEAR})年?度?(?:上半年|一季度|前三季度)?[\u4e00-\u9fff]{{0,16}}?(?:工作)?(?:总结|回顾|报告)"
)
PLANNED = re.compile(
    rf"({YEAR})年?度?[\u4e00-\u9fff]{{0,8}}?(?:工作)?(?:打算|计划|思路|安排|要点|目标任务|工作目标)"
)
OPENING = re.compile(rf"^({YEAR})年(?:，|度|以来|上半年|，?[\u4e00-\u9fff]{{2,6}}(?:工作|在))")
DAY = re.compile(r"(?<![\d.])(?:((?:19|20)\d\d)年)?(\d{1,2})月(\d{1,2})[日号]")
MONTH = re.compile(r"(?<![\d.个])(?:((?:19|20)\d\d)年)?(\d{1,2})月(?!龄)(?:份|底|初|末|中旬)?")
SPAN = re.compile(rf"({YEAR})年?(\d{{1,2}})月[—~\-至到]({YEAR})年?(\d{{1,2}})月")
UNTIL = re.compile(r"截[至止]到?(?:((?:19|20)\d\d)年)?(\d{1,2})月")
PLANS = {
    "十五": (2001, 2005),
    "十一五": (2006, 2010),
    "十二五": (2011, 2015),
    "十三五": (2016, 2020),
    "十四五": (2021, 2025),
    "十五五": (2026, 2030),
}
CONGRESSES = {"十六大": 2002, "十七大": 2007, "十八大": 2012, "十九大": 2017, "二十大": 2022}
FUTURE = re.compile(r"计划|预计|将|力争|拟|到|打算|争取|规划|确保|目标|前|底前")


@dataclass(frozen=True)
class Said:
    """A year that the text says, and where."""

    year: int
    quote: Quote
    paragraph: Paragraph


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Findings on years, half years and days."""
    reported, planned, opening = _frame(reading)
    yield from _years(reading, reported, planned, opening)
    yield from _days(reading)
    yield from _spans(reading)
    yield from _half_year(reading)
    for said in (opening or reported)[:1]:
        yield from _epochs(reading, said)


def read_year(words: str) -> int | None:
    """2007, 二〇〇七, 二00七 or 二OO七."""
    if words.isdigit():
        return int(words)
    digits = "".join(str(DIGITS.get(one, one)) if one not in "oO" else "0" for one in words)
    return int(digits) if digits.isdigit() and len(digits) == 4 else None


def _frame(reading: Reading) -> tuple[list[Said], list[Said], list[Said]]:
    """Years of the title, of the headings of plans, and of the first sentence."""
    reported: list[Said] = []
    planned: list[Said] = []
    opening: list[Said] = []
    for paragraph in reading.layout.paragraphs:
        is_title = len(paragraph.text) <= 45 and not paragraph.text.endswith("。")
        if is_title:
            for found, pattern in ((reported, REPORTED), (planned, PLANNED)):
                for match in pattern.finditer(paragraph.text):
                    if found is reported and PLANNED.search(match[0]):
                        continue
                    _add(found, reading, paragraph, match)
        elif paragraph.index <= 6 and not opening:
            first = OPENING.match(paragraph.text)
            if first is not None:
                _add(opening, reading, paragraph, first, to=first.end(1) + 1)
    return reported, planned, opening


def _add(
    found: list[Said], reading: Reading, paragraph: Paragraph, match: re.Match[str], to: int | None = None
) -> None:
    year = read_year(match[1])
    if year is not None:
        quote = reading.layout.quote(paragraph, match.start(), to or match.end())
        found.append(Said(year, quote, paragraph))


def _years(
    reading: Reading, reported: list[Said], planned: list[Said], opening: list[Said]
) -> Iterator[Finding | Held]:
    for said in opening[:1]:
        against = [one for one in planned if one.year != said.year + 1 and one.year != said.year]
        titles = [one for one in reported if one.year != said.year]
        others = [*titles, *against]
        if others:
            years = "、".join(sorted({str(one.year) for one in others}))
            yield Finding(
                Kind.DATE,
                Level.PROVEN,
                tuple(sorted({said.quote, *(one.quote for one in others)})),
                Text(
                    f"正文说的是{said.year}年，标题写的是{years}年。",
                    f"The text is about {said.year}, the headings say {years}.",
                ),
                stated=tuple(sorted({said.year, *(one.year for one in others)})),
                suggestion=Text("请统一年份。", "Make the years agree."),
            )
    if not reported or not planned:
        return
    for title in reported[:1]:
        wrong = [one for one in planned if one.year <= title.year]
        if wrong:
            yield Finding(
                Kind.DATE,
                Level.PROVEN,
                tuple(
                    sorted(
                        {one.quote for one in (*reported, *wrong) if one.year in {title.year, wrong[-1].year}}
                    )
                ),
                Text(
                    f"总结的是{title.year}年，打算的应是{title.year + 1}年，文中写为{wrong[-1].year}年。",
                    f"The year reported is {title.year}; the year planned should be {title.year + 1}, not "
                    f"{wrong[-1].year}.",
                ),
                stated=(title.year, wrong[-1].year),
                computed=title.year + 1,
                suggestion=Text("请核对标题中的年份。", "Check the years in the headings."),
            )
        elif all(one.year == title.year + 1 for one in planned):
            words = f"{title.year} → {planned[0].year}"
            yield Held(Kind.DATE, (title.quote, planned[0].quote), Text(words, words))


def _days(reading: Reading) -> Iterator[Finding]:
    for paragraph in reading.layout.paragraphs:
        for match in DAY.finditer(paragraph.text):
            year, month, day = int(match[1] or 2024), int(match[2]), int(match[3])
            longest = monthrange(year, month)[1] if 1 <= month <= 12 else 0
            if not 1 <= day <= longest:
                yield _impossible(reading, paragraph, match)
        for match in MONTH.finditer(paragraph.text):
            # In 1—13月 the regular expression for days does not look.
            if not 1 <= int(match[2]) <= 12 and not DAY.match(paragraph.text, match.start()):
                yield _impossible(reading, paragraph, match)


def _impossible(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Finding:
    return Finding(
        Kind.DATE,
        Level.PROVEN,
        (reading.layout.quote(paragraph, *match.span()),),
        Text(f"日历上没有{match[0]}。", f"There is no such day or month: {match[0]}."),
        stated=match[0],
    )


def _spans(reading: Reading) -> Iterator[Finding]:
    for paragraph in reading.layout.paragraphs:
        for match in SPAN.finditer(paragraph.text):
            first, last = read_year(match[1]), read_year(match[3])
            if first and last and (first, int(match[2])) > (last, int(match[4])):
                yield Finding(
                    Kind.DATE,
                    Level.PROVEN,
                    (reading.layout.quote(paragraph, *match.span()),),
                    Text("起止时间颠倒。", "The period ends before it begins."),
                    stated=match[0],
                )


def _half_year(reading: Reading) -> Iterator[Finding]:
    """A half-year report cannot count until September."""
    title = next((p for p in reading.layout.paragraphs[:4] if re.search("上半年.{0,8}总结", p.text)), None)
    if title is None:
        return
    for paragraph in reading.layout.paragraphs:
        if paragraph.index in reading.planned:
            continue
        for match in UNTIL.finditer(paragraph.text):
            if 8 <= int(match[2]) <= 12 and not match[1]:
                at = title.text.find("上半年")
                yield Finding(
                    Kind.DATE,
                    Level.NEAR_CERTAIN,
                    (reading.layout.quote(title, at, at + 3), reading.layout.quote(paragraph, *match.span())),
                    Text(
                        f"上半年总结统计到{match[2]}月。",
                        f"A half-year report counts until month {match[2]}.",
                    ),
                    stated=match[0],
                )


def _epochs(reading: Reading, said: Said) -> Iterator[Finding]:
    """十四五开局之年 was 2021; nobody studied the 十九大 in 2012."""
    for paragraph in reading.layout.paragraphs:
        for match in re.finditer(
            r"“?(十[一二三四五]五|十五)”?(?:规划)?(?:的)?(开局|收官|收尾|最后一|第一)[之]?年?", paragraph.text
        ):
            first, last = PLANS.get(match[1], (0, 0))
            wanted = first if match[2] in {"开局", "第一"} else last
            planned = paragraph.index in reading.planned
            if first and wanted not in {said.year, said.year + 1} | ({said.year + 1} if planned else set()):
                yield _epoch(reading, paragraph, match, said, wanted)
        for name, year in CONGRESSES.items():
            for match in re.finditer(rf"(?:党的|中共)“?{name}(?!召开前)", paragraph.text):
                if year > said.year + 1:
                    yield _epoch(reading, paragraph, match, said, year)


def _epoch(reading: Reading, paragraph: Paragraph, match: re.Match[str], said: Said, year: int) -> Finding:
    return Finding(
        Kind.DATE,
        Level.NEAR_CERTAIN,
        tuple(sorted({said.quote, reading.layout.quote(paragraph, *match.span())})),
        Text(
            f"{match[0]}在{year}年，文中所述为{said.year}年。",
            f"{match[0]} belongs to {year}; the text is about {said.year}.",
        ),
        stated=said.year,
        computed=year,
    )
