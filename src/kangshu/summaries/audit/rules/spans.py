"""How long something took, against its first and last day; the weekday of a date.

自2月3日至3月1日，连续值守38天; 自四月至九月，历时九个月; 6月12日（星期五）;
五年行动计划（2016—2022年）.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kangshu.kernel.text import Text
from kangshu.summaries.audit.layout import Paragraph
from kangshu.summaries.audit.numerals import read_chinese
from kangshu.summaries.audit.reading import Reading
from kangshu.summaries.audit.rules.deadlines import reported_year
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
TO = r"(?:[—~～\-－]{1,2}|[至到])"
LASTED = r"(?:连续|历时|为期|持续|用时|耗时)"
DAY = rf"(?:(\d{{4}})年)?({NUMBER})月({NUMBER})[日号]"
MONTH = rf"(?:(\d{{4}})年)?({NUMBER})月(?:份|初|底|中旬)?"
DAYS = re.compile(
    rf"(?<!\d){DAY}{TO}{DAY}[^，。；\d]{{0,10}}[，,]?[^，。；\d]{{0,14}}"
    rf"{LASTED}[^，。；\d]{{0,6}}?({NUMBER})[天日]"
)
MONTHS = re.compile(
    rf"(?<![\d一二三四五六七八九十]){MONTH}(?:[^，。；\d月]{{0,6}}?){TO}{MONTH}[^，。；\d]{{0,8}}[，,]?[^，。；\d]{{0,6}}"
    rf"{LASTED}[^，。；\d]{{0,4}}?({NUMBER})个(半)?月"
)
WORKS = re.compile(
    r"(\d{4})年(\d{1,2})月(?:\d{1,2}日)?[^，,。；\d]{0,6}开工[^。；\d]{0,8}工期[^。；\d]{0,3}(\d{1,2})个月"
    r"[^。；\d]{0,8}(\d{4})年(\d{1,2})月[^，,。；\d]{0,8}(?:竣工|完工|建成|交付)"
)
WEEKDAY = re.compile(rf"(?<!\d){DAY}[，（(]?(?:星期|周|礼拜)([一二三四五六日天])(?![至到])")
PLAN = re.compile(
    rf"({NUMBER})年(?:行动|发展|工作|建设|实施|专项|攻坚)*(?:计划|规划|方案)[（(](\d{{4}})年?{TO}(\d{{4}})年?[）)]"
)


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Spans in days, in months and in years; weekdays."""
    told = reported_year(reading)
    year = told[0] if told else None
    for paragraph in reading.layout.paragraphs:
        for match in DAYS.finditer(paragraph.text):
            yield from _days(reading, paragraph, match, year)
        for match in MONTHS.finditer(paragraph.text):
            yield from _months(reading, paragraph, match)
        for match in WORKS.finditer(paragraph.text):
            yield from _works(reading, paragraph, match)
        for match in WEEKDAY.finditer(paragraph.text):
            yield from _weekday(reading, paragraph, match, year)
        for match in PLAN.finditer(paragraph.text):
            yield from _plan(reading, paragraph, match)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else int(read_chinese(words.replace("两", "二")) or 0)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # no such day: the rule of dates says so


def _days(
    reading: Reading, paragraph: Paragraph, match: re.Match[str], reported: int | None
) -> Iterator[Finding | Held]:
    """Both ends counted, one of them, or none; where no year is said, with and without a leap day."""
    first_year, last_year = match[1] or match[4], match[4] or match[1]
    years = [int(first_year)] if first_year else [reported] if reported else [2023, 2024]
    counts: list[int] = []
    for year in years:
        began = _date(year, _number(match[2]), _number(match[3]))
        ended = _date(int(last_year) if last_year else year, _number(match[5]), _number(match[6]))
        if began and ended and ended < began and not match[4]:
            ended = _date(ended.year + 1, ended.month, ended.day)
        if began is None or ended is None or ended < began:
            return
        counts.append((ended - began).days + 1)
    yield _span(reading, paragraph, match, _number(match[7]), (min(counts) - 2, max(counts)), counts[0], "天")


def _months(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Iterator[Finding | Held]:
    first, last = _number(match[2]), _number(match[4])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return
    between = last - first
    if match[3] and match[1]:
        between += 12 * (int(match[3]) - int(match[1]))
    elif match[3] or between < 0:
        between += 12
    if between >= 0:
        yield _span(
            reading, paragraph, match, _number(match[5]), (between - 1, between + 1), between + 1, "个月"
        )


def _works(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Iterator[Finding | Held]:
    between = 12 * (int(match[4]) - int(match[1])) + int(match[5]) - int(match[2])
    yield _span(
        reading, paragraph, match, int(match[3]), (between - 1, between + 1), between, "个月", planned=True
    )


def _plan(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Iterator[Finding | Held]:
    years = int(match[3]) - int(match[2]) + 1
    said = _number(match[1])
    if said == years - 1:
        yield _wrong(reading, paragraph, match, Level.ASK, said, years, "年")
    else:
        yield _span(reading, paragraph, match, said, (years, years), years, "年", planned=True)


def _span(
    reading: Reading,
    paragraph: Paragraph,
    match: re.Match[str],
    said: int,
    between: tuple[int, int],
    count: int,
    unit: str,
    *,
    planned: bool = False,
) -> Finding | Held:
    if between[0] <= said <= between[1]:
        words = f"{match[0]} = {count}{unit}"
        return Held(Kind.DATE, (reading.layout.quote(paragraph, *match.span()),), Text(words, words))
    level = Level.NEAR_CERTAIN if planned else Level.PROVEN
    return _wrong(reading, paragraph, match, level, said, count, unit)


def _wrong(
    reading: Reading,
    paragraph: Paragraph,
    match: re.Match[str],
    level: Level,
    said: int,
    count: int,
    unit: str,
) -> Finding:
    english = {"天": "days", "个月": "months", "年": "years"}[unit]
    return Finding(
        Kind.DATE,
        level,
        (reading.layout.quote(paragraph, *match.span()),),
        Text(
            f"首尾计入共{count}{unit}，文中写为{said}{unit}。",
            f"With its first and last it is {count} {english}, not {said}.",
        ),
        stated=said,
        computed=count,
    )


def _weekday(
    reading: Reading, paragraph: Paragraph, match: re.Match[str], reported: int | None
) -> Iterator[Finding | Held]:
    """In the year that is said; else in the year reported and the one planned after it."""
    years = [int(match[1])] if match[1] else [reported, reported + 1] if reported else []
    days = [day for year in years if (day := _date(year, _number(match[2]), _number(match[3])))]
    if not days:
        return
    names = "一二三四五六日"
    said = "日" if match[4] == "天" else match[4]
    quotes = (reading.layout.quote(paragraph, *match.span()),)
    if any(names[day.weekday()] == said for day in days):
        yield Held(Kind.DATE, quotes, Text(match[0], match[0]))
        return
    right = names[days[0].weekday()]
    yield Finding(
        Kind.DATE,
        Level.PROVEN,
        quotes,
        Text(
            f"{days[0].year}年{days[0].month}月{days[0].day}日是星期{right}，文中写为星期{said}。",
            f"{days[0].isoformat()} is a {days[0]:%A}.",
        ),
        stated=said,
        computed=right,
    )
