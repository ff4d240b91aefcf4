"""Sums that are told in one fixed phrase, so that what belongs to what needs no reading.

购置监护仪8台，每台2.4万元，共计19.2万元; 全年50.8万人次，平均每季度12.7万人次; 任务800人，完成824人，占103%;
任务800人，完成780人，超额完成任务; 15名队员中党员9名; 每千人口执业医师2.86人 (and not %).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.layout import Paragraph
from kangshu.summaries.audit.reading import Reading, plain, shown
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

NUMBER = r"\d+(?:\.\d+)?"
UNIT = r"[辆台所个套座间栋名人家户张份册支]"
SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}

EACH = re.compile(
    rf"(?<![\d.])(\d+)({UNIT})，每\2({NUMBER})([万亿]?)元，(?:总?共计?|合计|总计|计)(?:投入|投资|资金)?({NUMBER})([万亿]?)元"
)
MEAN = re.compile(
    rf"全年(?:共|累计|完成|达|为)*({NUMBER})(万?)(人次|人|份|例)，平均每(个?月|季度?)({NUMBER})(万?)\3"
)
TASK = re.compile(
    rf"任务({NUMBER})(万?)({UNIT}次?)，(?:实际|共)?完成({NUMBER})\2\3，(占|超额)(?:任务(?:数)?的)?(?:({NUMBER})%)?"
)
AMONG = re.compile(
    rf"(?<![\d.万])(\d+)({UNIT})([^，。；、\d]{{1,8}})中，?(?:有|共有)?([^，。；、\d比率]{{1,8}})(\d+)\2(?!次)"
)
PER_THOUSAND = re.compile(rf"(?:每千(?:常住|户籍)?人口?|千人口)[^，。；、\d%]{{2,14}}{NUMBER}%")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every phrase of every paragraph that is no plan."""
    rules: tuple[tuple[re.Pattern[str], Judge], ...] = (
        (EACH, _each),
        (MEAN, _mean),
        (TASK, _task),
        (AMONG, _among),
        (PER_THOUSAND, _per_thousand),
    )
    for paragraph in reading.layout.paragraphs:
        if paragraph.index in reading.planned:
            continue
        for pattern, judge in rules:
            for match in pattern.finditer(paragraph.text):
                yield judge(reading, paragraph, match)


Judge = Callable[[Reading, Paragraph, re.Match[str]], Finding | Held]


def _each(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Finding | Held:
    scale = Fraction(SCALES[match[6]])
    sum_of_all = Fraction(match[1]) * Fraction(match[3]) * SCALES[match[4]]
    rounding = (Fraction(match[1]) * _place(match[3]) * SCALES[match[4]] + _place(match[5]) * scale) / 2
    right = abs(sum_of_all - Fraction(match[5]) * scale) <= rounding
    sums = f"{match[1]} × {match[3]}{match[4]}元 = {shown(sum_of_all / scale)}{match[6]}元"
    return _said(reading, paragraph, match, Kind.PRODUCT, sums, match[5], sum_of_all / scale, right=right)


def _mean(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Finding | Held:
    times = 12 if "月" in match[4] else 4
    scale = Fraction(SCALES[match[6]])
    mean = Fraction(match[1]) * SCALES[match[2]] / times
    rounding = _place(match[1]) * SCALES[match[2]] / times + _place(match[5]) * scale
    right = abs(mean - Fraction(match[5]) * scale) <= rounding
    sums = f"{match[1]}{match[2]} ÷ {times} = {shown(mean / scale)}{match[6]}"
    return _said(reading, paragraph, match, Kind.PRODUCT, sums, match[5], mean / scale, right=right)


def _task(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Finding | Held:
    task, done = Fraction(match[1]), Fraction(match[4])
    share = done / task * 100 if task else Fraction(0)
    beyond = 100 if match[5] == "超额" else 0
    sums = f"{match[4]} ÷ {match[1]} = {shown(share)}%"
    if match[6] is None:
        stated, right = match[5], match[5] == "占" or done > task
    else:
        stated = match[6]
        share -= beyond
        sums = f"{match[4]} ÷ {match[1]} − {beyond}% = {shown(share)}%" if beyond else sums
        rounding = _place(stated) + (share + beyond) * (_place(match[1]) / task + _place(match[4]) / done) / 2
        whole = "." not in match[1] + match[4] and not match[2]
        right = abs(Fraction(stated) - share) <= (_place(stated) if whole else rounding)
    return _said(reading, paragraph, match, Kind.COMPLETION, sums, stated, share, right=right)


def _among(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Finding | Held:
    whole, part = Fraction(match[1]), Fraction(match[5])
    words = f"{match[5]}{match[2]} ≤ {match[1]}{match[2]}"
    right = part <= whole
    return _said(reading, paragraph, match, Kind.PART_EXCEEDS_WHOLE, words, match[5], whole, right=right)


def _per_thousand(reading: Reading, paragraph: Paragraph, match: re.Match[str]) -> Finding:
    return Finding(
        Kind.UNIT,
        Level.NEAR_CERTAIN,
        (reading.layout.quote(paragraph, *match.span()),),
        Text("每千人口的数不以%为单位。", "What is said of every thousand people is not a percentage."),
        stated="%",
    )


def _place(printed: str) -> Fraction:
    """One in the last printed place."""
    return Fraction(1, 10 ** len(printed.partition(".")[2]))


def _said(
    reading: Reading,
    paragraph: Paragraph,
    match: re.Match[str],
    kind: Kind,
    sums: str,
    stated: str,
    computed: Fraction,
    *,
    right: bool,
) -> Finding | Held:
    quotes = (reading.layout.quote(paragraph, *match.span()),)
    if right:
        return Held(kind, quotes, Text(sums, sums))
    return Finding(
        kind,
        Level.PROVEN,
        quotes,
        Text(f"应有{sums}，文中写为{stated}。", f"It should be {sums}; the text says {stated}."),
        stated=stated,
        computed=plain(computed),
    )
