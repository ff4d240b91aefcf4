"""Finding the figures of a text: number, scale, unit, of what, and where it stands in the sentence.

Dates, document numbers, list marks and names are not figures. What surrounds a figure decides later what it
can be related to, so each knows its clause, its sentence and the bracket it stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from kangshu.summaries.audit.layout import Layout, Paragraph
from kangshu.summaries.audit.numerals import (
    AFTER,
    BEFORE,
    PIECES,
    Approximation,
    Printed,
    interval,
    read_number,
    read_pieces,
    stands_for,
)
from kangshu.summaries.audit.units import COUNTERS, SCALES, UNITS, Dimension, Unit
from kangshu.summaries.audit.values import Quote

NUMBER = (
    rf"(?:{PIECES}"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*[xX*＊]+\d*(?:\.[\dxX*＊]+)?|\d+\.\d*[xX*＊]+\d*|\d+(?:\.\d+)?"
    r"|[零〇一二两三四五六七八九十百千]+)"
)
# 签约, 节约, 预约 are no "about".
_BEFORE = "|".join(
    "(?<![签节预履合违])约" if one == "约" else one for one in sorted(BEFORE, key=len, reverse=True)
)
_AFTER = "|".join(sorted(AFTER, key=len, reverse=True))
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_MONEY = r"元(?:人民币)?/(?:[人户例次张份天日床亩年月支针剂](?:次|均|年|月|日|天)?)"
# Counters that begin another word: 156个村级服务点, 3户籍, 5家庭.
_NOT_BEFORE = {
    "个村": "级卫医",
    "村": "级卫医",
    "乡": "镇级村",
    "镇": "级",
    "县": "级医城",
    "户": "籍外厕",
    "家": "庭长",
}


def _counter(name: str) -> str:
    return re.escape(name) + (f"(?![{_NOT_BEFORE[name]}])" if name in _NOT_BEFORE else "")


_PLAIN = "|".join(
    _counter(name) for name in sorted(UNITS, key=len, reverse=True) if name not in {"元/", "/10万"}
)
_PER = (
    r"(?:每(?:10|十)万(?![人名例])|[人例名]?/(?:10万|十万|100000|10,0000|10万人)"
    r"|[人例名]?/(?:万|10000)(?:人)?)"
)
_UNIT = rf"{_PER}|{_MONEY}|个/千人|张/千人|人/千人|{_PLAIN}"
FIGURE = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<fraction>百分之|千分之|万分之|十万分之)?(?P<number>{NUMBER})"
    rf"(?:[—~\-至到](?P<to>{NUMBER})(?=%|‰|{_SCALE}|个|人|名|元|份|次|家|所|例|岁|周岁|月龄|户|件|天|年(?!度)))?"
    rf"(?P<more>余|多|几)?(?P<scale>{_SCALE})?(?P<more2>余|多)?(?P<unit>{_UNIT})?(?P<after>{_AFTER})?"
)
DATE = re.compile(
    r"(?:[12][90]\d\d|20[xX*]{2}|[xX*]{2,4}|[一二][零〇○Oo0九][零〇○Oo0一二三四五六七八九\d]{2}|['’]?\d{2}(?=年\d{1,2}月))"
    r"年(?:度)?(?:\d{1,2}月(?:份)?(?:\d{1,2}[日号])?)?"
    r"|(?:\d{1,2}|[xX*]{1,2}|[一二三四五六七八九十]{1,3})月(?:份|底|初|末|中旬|上旬|下旬)?"
    r"(?:(?:\d{1,2}|[xX*]{1,2}|[一二三四五六七八九十]{1,3})[日号])?"
    r"|\d{1,2}(?:\?d|[—~\-至到])\d{1,2}月(?:份)?|\d{4}[./\-]\d{1,2}[./\-]\d{1,2}|(?:19|20)\d\d(?=[—~\-至到](?:19|20)\d\d)"
    r"|(?<=[—~\-至到])(?:19|20)\d\d(?![\d.]|%|‰|人|名|例|个|家|户|万|元|份|次)"
)
CLAUSE = re.compile(r"[，；。：！？（）｜]")
# 执业（助理）医师, 乡镇（街道）卫生院: a bracket inside a name.
INNER = re.compile(r"(?<=[\u4e00-\u9fff])（[\u4e00-\u9fff]{1,4}）(?=[\u4e00-\u9fff])")
SEGMENT = re.compile(r"[；。！？]")
PRIOR = re.compile(r"去年|上年|同期|往年|前一年|上一年|年初|改革前|此前|原来|之前|比上|较上|比去|较去")
TARGET = re.compile(
    r"计划|力争|目标|打算|争取|预计|确保|要求|达到.{0,4}以上|拟|将(?!近)|应达|不低于|任务(?!数?[的]?\d)"
)
# 农业人口187.42万, 诊疗人次312.47万: what is counted stands before the number only.
COUNTED_BEFORE = re.compile(
    r"(?:(人次)|人口|人数|农民|居民|老年人|儿童|妇女|患者|职工)(?:总?数)?(?:共有?|达到?|为|约|有|已)*$"
)
COUNTED_BEHIND = re.compile(
    r"(人次)?(?:(?:参合|参保|常住|户籍|农业|农村|城乡|城镇|流动)*(?:人口|农民|居民|群众|职工)|老年人|儿童|妇女|患者)"
)
LEAD = re.compile(r"(?:[、，,｜ ]|其中|以及|及(?!格|时)|和(?!谐|平|睦)|与(?!会)|并且?(?!发))+")
BAD_BEFORE = re.compile(r"[A-Za-z_/+]$|[\[]$|[A-Za-z]-$")
RANKED = re.compile(r"(?:前|第|列|居|排名|排)$")
BAD_AFTER = re.compile(r"^(?:号(?!召)|[\]+]|[A-Za-z](?<![xX])|：\d|:\d)")


@dataclass(frozen=True, eq=False)
class Figure:
    """One figure of the text. `low` and `high` are in the base unit: persons, yuan, shares of one."""

    paragraph: Paragraph
    start: int
    end: int
    printed: Printed
    unit: Unit
    scale: int
    unit_words: str
    approximation: Approximation
    low: Fraction
    high: Fraction
    subject: str
    after: str
    subject_start: int
    clause: int
    segment: int
    sentence: int
    bracket: int
    number: int = 0
    per: str = ""

    @cached_property
    def value(self) -> Fraction | None:
        """In the base unit; None where masked."""
        if self.printed.value is None:
            return None
        return self.printed.value * self.factor

    @cached_property
    def factor(self) -> Fraction:
        return self.unit.factor * self.scale

    @property
    def scale_words(self) -> str:
        return (
            next((words for words, scale in SCALES.items() if scale == self.scale), "")
            if self.scale > 1
            else ""
        )

    @cached_property
    def is_masked(self) -> bool:
        return self.printed.is_masked

    @cached_property
    def is_exact(self) -> bool:
        return not self.is_masked and self.approximation is Approximation.EXACT

    @cached_property
    def is_ratio(self) -> bool:
        return self.unit.dimension is Dimension.RATIO

    @cached_property
    def is_count(self) -> bool:
        return self.unit.dimension is Dimension.COUNT

    @property
    def words(self) -> str:
        """Subject, figure and what follows, for looking for words."""
        return self.subject + self.after

    def may_be(self, value: Fraction) -> bool:
        """Whether this figure may stand for an exact value in the base unit."""
        if self.is_masked:
            return True
        if self.approximation is not Approximation.EXACT:
            return self.low <= value <= self.high
        return stands_for(self.printed, self.factor, value, padded=self.is_ratio)


def find_figures(layout: Layout) -> list[Figure]:
    """Every figure of the text, in order."""
    found: list[Figure] = []
    for paragraph in layout.paragraphs:
        found += _in_paragraph(paragraph, len(found))
    return found


def quote_of(layout: Layout, figure: Figure) -> Quote:
    """The figure with the nearest words of its subject, at most ten characters, as they stand; without
    a subject, with what follows."""
    start = max(figure.subject_start, figure.start - 10)
    end = figure.end + min(len(figure.after), 8) if figure.start - figure.subject_start < 2 else figure.end
    return layout.quote(figure.paragraph, start, end)


def _in_paragraph(paragraph: Paragraph, number: int) -> list[Figure]:
    text = paragraph.text
    shut = _shut(text)
    inner = {at for match in INNER.finditer(text) for at in (match.start(), match.end() - 1)}
    clauses = [match.start() for match in CLAUSE.finditer(text) if match.start() not in inner]
    segments = [match.start() for match in SEGMENT.finditer(text)]
    brackets = _brackets(text)
    found: list[Figure] = []
    previous_end = 0
    raw = [match for match in FIGURE.finditer(text) if _is_figure(match, text, shut)]
    for index, match in enumerate(raw):
        begin = max([0, *(at + 1 for at in clauses if at < match.start())])
        subject_start = max(begin, previous_end)
        lead = LEAD.match(text, subject_start, match.start())
        subject_start = lead.end() if lead else subject_start
        ends = [at for at in clauses if at >= match.end()]
        following = raw[index + 1].start() if index + 1 < len(raw) else len(text)
        after = text[match.end() : min([following, len(text), *ends[:1]])].split("、")[0]
        figure = _figure(
            match,
            paragraph,
            subject=text[subject_start : match.start()],
            after=after,
            subject_start=subject_start,
            clause=sum(at < match.start() for at in clauses),
            segment=sum(at < match.start() for at in segments),
            sentence=paragraph.sentence_of(match.start()),
            bracket=brackets[match.start()],
            number=number + len(found),
        )
        if figure is not None:
            found.append(_with_unit_of(found, figure))
            # An age belongs to whom the next figure is said of: 5岁以下儿童24042人.
            if figure.unit.dimension is not Dimension.AGE:
                previous_end = match.end()
    return found


def _with_unit_of(before: list[Figure], figure: Figure) -> Figure:
    """总诊疗286.5万人次，其中县级96.3万，占33.6%；乡镇102.8万: a scaled number without unit has
    that said before."""
    if figure.unit.dimension is not Dimension.NONE or figure.scale < 10_000:
        return figure
    said = [one for one in before[-4:] if one.scale == figure.scale and one.sentence == figure.sentence]
    return replace(figure, unit=said[-1].unit) if said and said[-1].is_count else figure


def _figure(match: re.Match[str], paragraph: Paragraph, *, number: int, **place: object) -> Figure | None:
    pieces = read_pieces(match["number"])
    printed = pieces[0] if pieces else read_number(match["number"])
    if printed is None:
        return None
    unit, scale, per = _unit(match)
    scale *= pieces[1] if pieces else 1
    if match["fraction"] and printed.in_words and printed.value is not None:
        printed = Printed(str(printed.value), printed.value, 0)
    if unit.dimension is Dimension.NONE and scale >= 10_000:
        counted = COUNTED_BEFORE.search(str(place["subject"])) or COUNTED_BEHIND.match(str(place["after"]))
        unit = UNITS[counted[1] or "人"] if counted else unit
    approximation = _approximation(match)
    rounds = unit.dimension not in {Dimension.COUNT, Dimension.AGE, Dimension.RANK} or scale > 1
    factor = unit.factor * scale
    if printed.value is None:
        low = high = Fraction(0)
    elif match["to"]:
        top = read_number(match["to"])
        if top is None or top.value is None:
            return None
        low, high = sorted((printed.value * factor, top.value * factor))
        approximation = Approximation.ABOUT
    else:
        low, high = interval(printed, factor, approximation, rounds=rounds)
    return Figure(
        paragraph=paragraph,
        start=match.start(),
        end=match.end(),
        printed=printed,
        unit=unit,
        scale=scale,
        unit_words=(match["scale"] or "") + (match["unit"] or ""),
        approximation=approximation,
        low=low,
        high=high,
        number=number,
        per=per,
        **place,  # type: ignore[arg-type]
    )


def _unit(match: re.Match[str]) -> tuple[Unit, int, str]:
    scale = SCALES[match["scale"]] if match["scale"] else 1
    if match["fraction"]:
        return UNITS[{"百": "%", "千": "‰", "万": "/万", "十": "/10万"}[match["fraction"][0]]], 1, ""
    words = match["unit"] or ""
    if words in {"位", "名"} and RANKED.search(match.string[: match.start()]):
        return Unit("位次", Dimension.RANK), 1, ""
    if "/" in words and words.startswith("元"):
        return UNITS["元/"], scale, words.partition("/")[2]
    if re.match(r"[人例名]?/|每", words):
        return UNITS["/万" if re.search(r"/(万|10000)", words) else "/10万"], 1, ""
    if not words or words not in UNITS:
        return Unit("", Dimension.NONE), scale, ""
    return UNITS[words], scale, ""


def _approximation(match: re.Match[str]) -> Approximation:
    if match["more"] or match["more2"]:
        return Approximation.AND_MORE
    if match["after"]:
        return AFTER[match["after"]]
    if match["before"]:
        return BEFORE[match["before"]]
    return Approximation.EXACT


def _is_figure(match: re.Match[str], text: str, shut: list[tuple[int, int]]) -> bool:
    start, end = match.start("number"), match.end()
    if any(begin <= start < close for begin, close in shut):
        return False
    before, after = text[max(0, start - 3) : start], text[end : end + 4]
    unit, words = match["unit"] or "", match["number"]
    if BAD_AFTER.match(after) or BAD_BEFORE.search(before) or (after[:1] in "xX*" and not unit):
        return False
    if before.endswith("第") and unit not in {"位", "名"}:
        return False
    if re.search(r"\d[.:：]$", before) or (after[:1] == "." and after[1:2].isdigit()):
        return False
    masked = any(one in "xX*＊" for one in words)
    if (
        not read_pieces(words)
        and read_number(words) is not None
        and words[0] in "零〇一二两三四五六七八九十百千"
    ):
        return _words_count(match, before)
    if read_pieces(words):
        return unit != "分" and bool(unit or match["fraction"] or match["scale"] or "万" in words)
    if masked:
        named = unit in {
            "村",
            "镇",
            "乡",
            "县",
            "院",
            "街道",
            "分",
            "支",
            "度",
            "克",
            "层",
            "期",
            "级",
            "科",
            "M",
            "G",
        }
        of_rate = bool(match["scale"]) and bool(re.search(r"率(?:为|达|是|达到)?$", text[:start]))
        return of_rate or (bool(unit) and not named)
    if not unit and not match["scale"] and not match["fraction"]:
        return _bare_number_counts(text, match, before)
    if unit == "期" and re.match(r"工程|项目|用地|建设|病|患者|糖", after):
        return False
    return not (unit in {"级", "度"} and not match["scale"])


def _words_count(match: re.Match[str], before: str) -> bool:
    """Chinese numerals are figures only before a counter or as 百分之…, and not in 第三个, 每一名, 一批."""
    if match["fraction"]:
        return True
    words, unit = match["number"], match["unit"] or ""
    if unit == "倍":
        return before[-1:] not in set("第每某") and words not in {"百", "千", "十"}
    if words == "一" and unit in COUNTERS and match.string[match.end() : match.end() + 1] in set("，。；、"):
        return before[-1:] not in set("第每某同这那任唯逐统专单进下另之的了") and bool(
            re.match(r"[\u4e00-\u9fff]", before[-1:])
        )
    if (
        words in {"一", "零", "〇", "千", "百", "十百"}
        or not unit
        or before[-1:] in set("第每某同这那任唯逐统专单")
    ):
        return False
    return (unit in COUNTERS or unit in {"元"}) and not set(words) <= set("百千")


def _bare_number_counts(text: str, match: re.Match[str], before: str) -> bool:
    """A number without a unit is a figure where a rate, ratio or score is said to be so much."""
    if len(match["number"].replace(",", "").partition(".")[0]) > 6:
        return False
    clause = re.split(r"[，；。：（）]", text[: match.start()])[-1]
    return bool(re.search(r"(率|比|比例|指数|寿命|得分|系数|密度)[^，。]{0,6}$", clause)) and text[
        match.end() : match.end() + 1
    ] in {"", "，", "。", "；", "、", "）"}


def _shut(text: str) -> list[tuple[int, int]]:
    """Spans where no figure is looked for: titles, short quoted words, dates, list marks."""
    spans = [match.span() for match in re.finditer(r"《[^》]{0,120}》", text)]
    spans += [match.span() for match in re.finditer(r"[“\"‘'「][^”\"’'」，。；]{1,14}[”\"’'」]", text)]
    spans += [match.span() for match in DATE.finditer(text) if not _is_length(text, match)]
    spans += [match.span() for match in re.finditer(r"\[[\dxX]{2,4}\]第?\d*号?", text)]
    mark = re.match(
        r"\s*(?:[（(]?\d{1,2}[)）]|\d{1,2}[、.](?!\d)|[一二三四五六七八九十]+(?:[、.]|是|要)|第[一二三四五六七八九十]+)",
        text,
    )
    if mark:
        spans.append(mark.span())
    spans += [
        match.span()
        for match in re.finditer(
            r"(?<=[，；。：])(?:[（(]?\d{1,2}[)）.]|[一二三四五六七八九十]+(?:是|要))(?!\d)", text
        )
    ]
    return spans


def _is_length(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like a date is a length of time or a part of another number (3个月, 0.5月)."""
    return match.start() > 0 and text[match.start() - 1] in ".,0123456789"


def _brackets(text: str) -> list[int]:
    """For each character, where the innermost open bracket stands; -1 outside."""
    stack: list[int] = []
    found = []
    for position, character in enumerate(text):
        if character == "（":
            stack.append(position)
        elif character == "）" and stack:
            stack.pop()
        elif character in "。":
            stack.clear()
        found.append(stack[-1] if stack else -1)
    return found
