"""Parts behind 其中 that exceed their whole or, where their words leave no rest, do not make it up.

The whole is the nearest count of the same unit before 其中 that is neither a change nor of an earlier year.
Where it has no other reading, a part above it is proven wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.families import OVERLAPPING, Division, division
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, bigrams, plain, printed, shown
from kangshu.summaries.audit.repair import is_slip_of, values_one_slip_away
from kangshu.summaries.audit.rules.changes import direction_of
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

AMONG = re.compile(r"其中[，：]?")
KINDS = {Dimension.COUNT, Dimension.MONEY, Dimension.MEASURE}
LEAVES = re.compile(
    r"^(?:全[年县市区]|累计|共计?|合计|总|同比|环比|较|比|目前|已|另|此外|同时|还|今年|上年|去年|占|人均|平均|每)"
)
PER_HEAD = re.compile(r"人均[^，。；]{0,6}$|每人[^，。；]{0,6}$|标准[^，。；]{0,4}$")
OTHERS = re.compile(r"其[他它余]")
SPECIAL = re.compile(r"每[百千万十]|平均|人均|新增|较|比|同比|上年|去年|预算|计划|任务|目标|应")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every list behind 其中."""
    for figures in reading.by_paragraph.values():
        if not figures:
            continue
        text = figures[0].paragraph.text
        for match in AMONG.finditer(text):
            yield from _list(reading, figures, text, match)


def _list(
    reading: Reading, figures: list[Figure], text: str, match: re.Match[str]
) -> Iterator[Finding | Held]:
    behind = [one for one in figures if one.start >= match.end() and one.unit.dimension in KINDS]
    if not behind or re.search(r"[，。；：]", text[match.end() : behind[0].start]):
        return
    yield from _of_unit(reading, figures, text, match, behind)
    if (
        len(behind) > 1
        and behind[1].unit.name != behind[0].unit.name
        and behind[1].clause == behind[0].clause
    ):
        yield from _of_unit(reading, figures, text, match, behind[1:])  # 乙类15种2236例、丙类8种1819例


def _of_unit(
    reading: Reading, figures: list[Figure], text: str, match: re.Match[str], behind: list[Figure]
) -> Iterator[Finding | Held]:
    first = behind[0]
    items = _items(behind, text)
    wholes = [one for one in figures if one.end <= match.start() and _may_be_whole(reading, one, first)]
    near = [one for one in wholes if one.sentence == first.sentence]
    if not near:
        return
    whole = near[-1]
    above = [one for one in items if one.low > whole.high]
    if above and (level := _level(near, whole, above[0], figures)) is not None:
        yield _exceeds(reading, whole, above[0], level)
        return
    if len(items) > 1:
        yield from _made_up(reading, near, items)


def _items(behind: list[Figure], text: str) -> list[Figure]:
    """The list: figures of one unit, each with words of its own, up to a semicolon or a new matter."""
    first = behind[0]
    items = [first]
    for one in behind[1:]:
        gap = text[items[-1].end : one.start]
        if one.bracket != first.bracket and one.bracket != -1:
            continue
        if re.search(r"[。；）]|其中", gap) or one.bracket != first.bracket or LEAVES.match(one.subject):
            break
        if one.unit.name != first.unit.name:
            continue
        if not one.is_exact or direction_of(one) is not None:
            break
        items.append(one)
    return items if first.is_exact and direction_of(first) is None else []


def _may_be_whole(reading: Reading, figure: Figure, part: Figure) -> bool:
    return (
        figure.unit.name == part.unit.name
        and figure.is_exact
        and bool(figure.value)
        and direction_of(figure) is None
        and not reading.is_prior(figure)
        and figure.bracket in {part.bracket, -1}
        and not re.match(r"以[上下]|及以上", figure.after)
    )


def _level(near: list[Figure], whole: Figure, part: Figure, figures: list[Figure]) -> Level | None:
    if SPECIAL.search(whole.subject) or SPECIAL.search(part.subject) or part.unit.name == "次":
        return None
    between = [one for one in figures if whole.number < one.number < part.number]
    beside = all(one.is_ratio or one.unit.dimension is Dimension.AGE for one in between)
    if all(part.low > one.high for one in near) and beside:
        return Level.PROVEN if part.unit.dimension is Dimension.COUNT else Level.NEAR_CERTAIN
    shares = bigrams(whole.words) & bigrams(part.words)
    if beside and shares and part.segment == whole.segment:
        return Level.NEAR_CERTAIN
    return None


def _exceeds(reading: Reading, whole: Figure, part: Figure, level: Level) -> Finding:
    return reading.finding(
        Kind.PART_EXCEEDS_WHOLE,
        level,
        [whole, part],
        Text(
            f"“其中”所列{as_printed(part)}大于其总数{as_printed(whole)}。",
            f"The part {as_printed(part)} is more than its whole, {as_printed(whole)}.",
        ),
        stated=printed(part),
        suggestion=Text("请核对总数和其中数。", "Check the whole and the part."),
    )


def _made_up(reading: Reading, near: list[Figure], items: list[Figure]) -> Iterator[Finding | Held]:
    """人均筹资150元，其中中央60元、省40元、市县30元、个人30元; 离职142人，…，其中护士67人、其他27人."""
    total = sum((one.value or Fraction(0) for one in items), Fraction(0))
    closed = OTHERS.search(items[-1].subject) and len(items) > 2
    divided = division([_words(one) for one in items])
    sources = divided is not Division.UNKNOWN
    for whole in near:
        if whole.value == total:
            words = " + ".join(one.printed.digits for one in items) + f" = {shown(total / items[0].factor)}"
            yield reading.held(Kind.PARTS_AND_TOTAL, [whole, *items], Text(words, words))
            return
    per_head = [one for one in near if PER_HEAD.search(one.subject)]
    shared = [one for one in near if _names(one, items[0])] if closed else []
    meant = per_head[-1:] if per_head and sources and len(items) > 2 else shared
    if not meant and len(items[0].printed.digits.replace(".", "")) > 2:
        named = [one for one in near if total > (one.value or 0) and _shares_words(one, items)]
        meant = near[-1:] if divided is Division.CLOSED else named[-1:]
    if len(meant) != 1 or not meant[0].value:
        return
    whole = meant[0]
    assert whole.value
    slip = is_slip_of(total, whole) or any(
        total - (one.value or 0) + value == whole.value
        for one in items
        for value in values_one_slip_away(one, lost=False)
    )
    if not slip and (abs(total - whole.value) * 10 > whole.value or not (per_head or closed)):
        return
    words = (
        " + ".join(one.printed.digits for one in items)
        + f" = {shown(total / items[0].factor)}{items[0].unit_words}"
    )
    yield reading.finding(
        Kind.PARTS_AND_TOTAL,
        Level.PROVEN if per_head and total > whole.value else Level.NEAR_CERTAIN,
        [whole, *items],
        Text(f"{words}，文中总数为{as_printed(whole)}。", f"{words}, but the total is {as_printed(whole)}."),
        stated=printed(whole),
        computed=plain(total / whole.factor),
    )


def _words(figure: Figure) -> str:
    """Its words, or those before the figure it stands behind: 乙类15种2236例."""
    text = figure.paragraph.text
    return figure.subject or re.split(r"[，、；。：（]", text[: figure.start])[-1]


def _shares_words(whole: Figure, items: list[Figure]) -> bool:
    """三四级手术5127台次，其中四级手术1236台次、三级手术3981台次: all carry the whole's last word."""
    if any(OVERLAPPING.search(one.subject) for one in items):
        return False
    return (
        len(items) == 2
        and len(whole.subject) > 1
        and all(one.subject.endswith(whole.subject[-2:]) for one in items)
    )


def _names(whole: Figure, item: Figure) -> bool:
    """Whether the list takes up the words of this whole: 离职医务人员142人 … 其中离职护士67人."""
    return bool(bigrams(whole.subject) & bigrams(item.subject))
