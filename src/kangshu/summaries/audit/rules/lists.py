"""Lists of names against the number said: 3家（东门、西门、南门）; nine names for 8乡1镇."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure, quote_of
from kangshu.summaries.audit.layout import Paragraph
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

BRACKET = re.compile(r"[^，。；（）\d]{0,16}（([^（）。；，\d]{3,160})）")
BEFORE = re.compile(r"([^，。；：（）“”\d]{2,8}(?:、[^，。；：（）“”\d]{2,8}){2,})等?$")
NOT_A_LIST = re.compile(
    r"^(?:含|不含|其中|即|如|以下|包括|见|以|简称|试行|暂行|每|约|比|较|或|兼)|等$|或|及其"
)
LARGEST = 20


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Lists in brackets behind a number, and names in front of it."""
    for figures in reading.by_paragraph.values():
        for index, figure in enumerate(figures):
            if not figure.is_count or figure.is_masked or figure.value is None or figure.scale > 1:
                continue
            if 2 <= figure.value <= LARGEST and figure.is_exact:
                yield from _in_bracket(reading, figure)
            yield from _places(reading, figure, figures[index + 1 :])
    for paragraph in reading.layout.paragraphs:
        yield from _townships(reading, paragraph)


TOWNSHIPS = re.compile(
    r"((?:\d{1,2}个?(?:民族乡|乡|镇|街道|办事处)(?:办事处)?[、和，]?){2,})(?:共|合计|总计)(?:辖)?(\d{1,3})个(?=乡镇|镇|街道)"
)


def _townships(reading: Reading, paragraph: Paragraph) -> Iterator[Finding | Held]:
    """12镇3街道，共15个乡镇（街道）."""
    for match in TOWNSHIPS.finditer(paragraph.text):
        counts = [int(one) for one in re.findall(r"\d+", match[1])]
        words = " + ".join(map(str, counts)) + f" = {sum(counts)}"
        quotes = (reading.layout.quote(paragraph, *match.span()),)
        if sum(counts) == int(match[2]):
            yield Held(Kind.PARTS_AND_TOTAL, quotes, Text(words, words))
        else:
            yield Finding(
                Kind.PARTS_AND_TOTAL,
                Level.PROVEN,
                quotes,
                Text(f"{words}，文中写为共{match[2]}个。", f"{words}, but the text says {match[2]}."),
                int(match[2]),
                sum(counts),
            )


def _in_bracket(reading: Reading, figure: Figure) -> Iterator[Finding | Held]:
    text = figure.paragraph.text
    match = BRACKET.match(text, figure.end)
    if match is None or figure.value is None or NOT_A_LIST.search(match[1]):
        return
    items = [item for item in re.split(r"、|和(?!谐|平)", match[1]) if item]
    # Names are short and alike; a remark in brackets is not.
    if len(items) < 2 or max(map(len, items)) > 12 or max(map(len, items)) > 4 * min(map(len, items)):
        return
    quotes = (
        quote_of(reading.layout, figure),
        reading.layout.quote(figure.paragraph, match.start(1), match.end(1)),
    )
    if figure.value == len(items):
        words = f"列出{len(items)}项"
        yield Held(Kind.PARTS_AND_TOTAL, quotes, Text(words, f"{len(items)} are listed"))
    elif abs(figure.value - len(items)) <= 2:
        yield Finding(
            Kind.PARTS_AND_TOTAL,
            Level.NEAR_CERTAIN if len(items) > 2 else Level.ASK,
            quotes,
            Text(
                f"文中写为{as_printed(figure)}，括号内列出{len(items)}项。",
                f"The text says {as_printed(figure)}, the bracket lists {len(items)}.",
            ),
            printed(figure),
            len(items),
            Text("请核对数目和所列名称。", "Check the number and the names."),
        )


def _places(reading: Reading, towns: Figure, following: list[Figure]) -> Iterator[Finding | Held]:
    """白羊、罗文、…、太平镇8乡1镇: nine names for eight and one."""
    if towns.unit.name not in {"乡", "镇", "个"} or not following:
        return
    other = following[0]
    if (
        other.start != towns.end
        or other.unit.name not in {"乡", "镇", "街道", "村"}
        or other.unit is towns.unit
    ):
        return
    if towns.unit.name == "个" or not towns.is_exact or not other.is_exact:
        return
    text = towns.paragraph.text
    match = BEFORE.search(text, max(0, towns.start - 120), towns.start)
    if match is None or towns.value is None or other.value is None:
        return
    names = re.sub(r"^.*(?:完成了?|在|对|为|含|包括|选取|抽取)", "", match[1]).split("、")
    total = towns.value + other.value
    quotes = (
        reading.layout.quote(towns.paragraph, match.start(1), match.end(1)),
        reading.layout.quote(towns.paragraph, towns.start, other.end),
    )
    if total == len(names):
        words = f"{as_printed(towns)}{as_printed(other)} = {len(names)}"
        yield Held(Kind.PARTS_AND_TOTAL, quotes, Text(words, words))
    elif abs(total - len(names)) < Fraction(10):
        yield Finding(
            Kind.PARTS_AND_TOTAL,
            Level.NEAR_CERTAIN,
            quotes,
            Text(
                f"列出{len(names)}处，{as_printed(towns)}{as_printed(other)}共{plain(total)}处。",
                f"{len(names)} are named, {plain(total)} are counted.",
            ),
            plain(total),
            len(names),
        )
