"""Which figures a sentence ties as a total and its parts: 其中, brackets, 分别为, 合计, and lists by words.

`parts` judges what is found here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kangshu.summaries.audit.families import Division, division
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.units import Dimension, alike, is_times

AMONG = re.compile(r"其中|包括|含|分为|分别|由")
SUMMED = re.compile(
    r"^(?:以上)?(?:全[市县区])?(?:[^，。；、]{1,8}(?=合计|总计|共计))?(?:合计|总计|共计|总共|累计|合共|总数|共(?!青))(?:为|达|达到|是)?[^，。；、]{0,8}$"
)
ENDS_LIST = re.compile(
    r"^(?:即|全年|今年|另外?|此外|同时|全县|全市|全区|累计|共计|合计|目前|同比|较|比上|比去|已|还|并(?!发)|共(?!青))"
)
COMPARED = re.compile(
    r"(?:同比|环比|增加|减少|增长|下降|上升|净增|(?:较|比|与)?(?:上年|去年)(?:同期)?)[^，。；]{0,6}$|[户人次均]均[^，。；]{0,4}$|平均|每[千万]"
)
# 每10万剂次, 每千人口3.02人: a base or a density, whose bracket holds what it was reckoned from.
NO_TOTAL = re.compile(r"每$|每(?:百|千|万)[^，。；]{0,16}$")
NOT_ADDED = {"分", "度", "℃", "分贝"}
# 63.4%，即218.7万人次（全区门诊总量345.1万人次）: the whole may stand in the bracket.
NAMES_WHOLE = re.compile(r"总量|总数|总人|全[县市区]|^共|^应|^按|^以|接种|常住|户籍")
ALL_TOLD = re.compile(r"^(?:以上)?(?:全[市县区])?(?:共|合计|总计|共计)")
ADDABLE = {Dimension.COUNT, Dimension.MONEY, Dimension.MEASURE}
# Everybody is one or the other, whatever the whole is called.
EITHER = re.compile(r"男|女|本地|外地|简易|一般程序|(?:不)?合格")
OTHERS = re.compile(r"其[他它]|其余|大病|慢性?病|特殊")
PUNISHED = ("places", "cases", "place visits")


@dataclass(frozen=True)
class Breakdown:
    """A total and its list. `form` says how the sentence ties them: 'among', 'bracket', 'summed', 'each',
    'unmarked', 'complete'."""

    total: Figure
    parts: tuple[Figure, ...]
    form: str
    open_ended: bool

    @property
    def sum(self) -> Fraction:
        return sum((part.value or Fraction(0) for part in self.parts), Fraction(0))

    @property
    def division(self) -> Division:
        return division([part.subject or part.after[:6] for part in self.parts])


def breakdowns(figures: list[Figure]) -> Iterator[Breakdown]:
    yield from _after_among(figures)
    yield from _in_brackets(figures)
    yield from _summed_after(figures)
    yield from _unmarked(figures)


def _after_among(figures: list[Figure]) -> Iterator[Breakdown]:
    """共1353份，其中餐饮865份，公共场所463份."""
    for index, first in enumerate(figures):
        if index == 0 or first.unit.dimension not in ADDABLE:
            continue
        text = first.paragraph.text
        marker = text[figures[index - 1].end : first.start]
        sign = re.search(r"其中|分别为|分别是|包括|分为|含(?!量)|^[^，。；、]{0,8}中，", marker)
        if not sign or "。" in marker[sign.end() :]:
            continue
        parts = _list_from(figures[index:], first)
        total = _whole_of(figures[:index], parts)
        yield from _second_list(figures, index)
        yield from _paired_list(figures, index)
        if total is None or ("分别" in marker and total.segment != first.segment):
            continue
        listed = "中，" in marker and len(parts) > 2 and "其中" not in marker
        form = (
            "each"
            if "分别" in marker or listed
            else "complete"
            if _summed_up(figures, parts, total)
            else "among"
        )
        yield Breakdown(total, tuple(parts), form, _is_open(text, parts))


def _second_list(figures: list[Figure], index: int) -> Iterator[Breakdown]:
    """15种1856例，其中乙类11种985例，丙类4种871例: the list of 例."""
    if index + 1 >= len(figures):
        return
    first, second = figures[index], figures[index + 1]
    text = first.paragraph.text
    gap = text[first.end : second.start]
    beside = not re.search(r"[，。；、]", gap) or (gap == "、" and not second.subject)
    if not beside or second.unit.dimension not in ADDABLE or second.unit.name == first.unit.name:
        return
    parts = _list_from(figures[index + 1 :], second)
    total = _whole_of(figures[:index], parts)
    if total is not None:
        form = "complete" if _summed_up(figures, parts, total) else "among"
        yield Breakdown(total, tuple(parts), form, _is_open(text, parts))


def _summed_up(figures: list[Figure], parts: list[Figure], total: Figure) -> bool:
    """总投资1.8亿元，其中…、…、…，合计1.8亿元: the list says itself that it leaves nothing out."""
    following = figures[figures.index(parts[-1]) + 1 :][:1]
    return bool(following) and following[0].value == total.value and bool(SUMMED.search(following[0].subject))


def _paired_list(figures: list[Figure], index: int) -> Iterator[Breakdown]:
    """立案37起，罚款8.46万元，其中食品26起、罚款5.93万元，公共场所11起、罚款…: the list of 罚款."""
    rest = figures[index:]
    if len(rest) < 4 or not rest[1].subject or rest[1].unit.dimension not in ADDABLE:
        return
    first, second = rest[0], rest[1]
    parts = [second]
    for one, other in zip(rest[2::2], rest[3::2], strict=False):
        same = other.subject == second.subject and other.unit.name == second.unit.name
        if not same or one.unit.name != first.unit.name or other.sentence != second.sentence:
            break
        parts.append(other)
    if len(parts) < 2 or first.unit.name == second.unit.name:
        return
    wholes = [one for one in figures[:index] if one.sentence == second.sentence and adds_to(one, second)]
    named = [one for one in wholes if one.subject.endswith(second.subject)]
    if named:
        # Where the items themselves add up, the list leaves nothing out.
        items = sum((one.value or Fraction(0) for one in rest[: 2 * len(parts) : 2]), Fraction(0))
        complete = any(one.unit.name == first.unit.name and one.value == items for one in figures[:index])
        form = "complete" if complete else "among"
        yield Breakdown(named[-1], tuple(parts), form, _is_open(second.paragraph.text, parts))


def _whole_of(before: list[Figure], parts: list[Figure]) -> Figure | None:
    """The nearest figure the parts could be of; but one further back that is their sum, if there is one."""
    wholes = list(_wholes_before(before, parts[0]))
    firsts = (parts[:count] for count in range(2, len(parts) + 1))
    sums = {sum((part.value or Fraction(0) for part in first), Fraction(0)) for first in firsts}
    return next((whole for whole in wholes if whole.value in sums), wholes[0] if wholes else None)


def _wholes_before(before: list[Figure], first: Figure) -> Iterator[Figure]:
    start = first.paragraph.sentences[first.sentence][0]
    begins = first.paragraph.text.startswith("其中", start)
    for figure in reversed(before):
        if first.sentence - figure.sentence > (1 if begins else 0):
            return
        same_bracket = figure.bracket == first.bracket or figure.bracket == -1
        if COMPARED.search(figure.subject):
            continue  # 出生2183人，较上年2146人增加37人，其中…: of 2183
        if adds_to(figure, first) and same_bracket:
            yield figure


def adds_to(total: Figure, part: Figure) -> bool:
    if NO_TOTAL.search(total.subject) or {total.unit.name, part.unit.name} & NOT_ADDED:
        return False
    if total.unit.dimension not in ADDABLE or not alike(total.unit, part.unit):
        return (total.is_count and part.is_count and is_times(total.unit, part.unit)) or (
            total.unit.group in PUNISHED and part.unit.group in PUNISHED and part.is_count and total.is_count
        )
    if total.is_count and total.unit.name != part.unit.name:
        if is_times(total.unit, part.unit):
            return True
        return {total.unit.name, part.unit.name} <= {
            "人",
            "名",
            "例",
            "户",
            "家",
            "个",
            "所",
            "件",
            "起",
            "处",
            "间",
        }
    return True


def _list_from(figures: list[Figure], first: Figure) -> list[Figure]:
    """The items of the list that begins with `first`: alike figures, one after another."""
    parts = [first]
    text = first.paragraph.text
    for figure in figures[1:]:
        gap = text[parts[-1].end : figure.start]
        if figure.sentence != first.sentence:
            break
        if figure.bracket != first.bracket:
            if figure.bracket > first.bracket:
                continue  # a remark on the item before, in a bracket of its own
            break
        if figure.is_ratio:
            continue
        if not _is_same_kind(first, figure):
            if figure.unit.dimension in ADDABLE and _is_second_measure(figure, gap, figures, first):
                continue
            break
        if len(parts) == 1 and "；" in gap and re.search(r"占[^，。；]{0,14}[\d百千]", gap):
            break  # 其中卫生技术人员1786人，占83.3%；高级职称…: of one item, a new matter begins
        if ENDS_LIST.search(figure.subject) or re.search(r"。|；.*(?:共|全)", gap) or "其中" in gap:
            break
        if SUMMED.search(figure.subject):
            break
        parts.append(figure)
    return parts


def _is_second_measure(figure: Figure, gap: str, figures: list[Figure], first: Figure) -> bool:
    """县级12期1860人次，乡级20期2700人次: two counts of each item, one list of each kind."""
    if not re.search(r"[，。；、]", gap) or (gap == "、" and not figure.subject):
        return True
    at = figures.index(figure)
    inside = _parting(gap)
    for before, following in itertools.islice(itertools.pairwise(figures[at:]), 3):
        between = figure.paragraph.text[before.end : following.start]
        if _is_same_kind(first, following):
            # 住院4.83万人次，补偿5127万元；门诊92.53万人次，补偿…: what parts the items parts them more.
            beside = not _parting(between) or (between == "、" and not following.subject)
            return beside or _parting(between) > inside
        inside = max(inside, _parting(between))
    return False


def _parting(words: str) -> int:
    return max((rank for rank, mark in enumerate("、，；", 1) if mark in words), default=0)


def _is_same_kind(first: Figure, figure: Figure) -> bool:
    if first.unit.group in PUNISHED and figure.unit.group in PUNISHED:
        return True
    times = is_times(first.unit, figure.unit)
    return adds_to(first, figure) and not (
        first.is_count and figure.unit.group != first.unit.group and not times
    )


def _in_brackets(figures: list[Figure]) -> Iterator[Breakdown]:
    """58个（市级5个，乡级53个）."""
    for index, total in enumerate(figures):
        if total.unit.dimension not in ADDABLE:
            continue
        text = total.paragraph.text
        opening = text.find("（", total.end, total.end + 14)
        if opening < 0 or re.search(r"[，。；]", text[total.end : opening]):
            continue
        following = figures[index + 1] if index + 1 < len(figures) else None
        if following and following.end <= opening and following.unit is total.unit:
            continue  # 由50元提高到90元（中央40元…）: of the nearer
        inside = [figure for figure in figures[index + 1 :] if figure.bracket == opening]
        if not inside or not adds_to(total, inside[0]) or "其中" in text[opening : inside[0].start]:
            continue
        if (
            re.match(r"(?:比|较|同比|上年|去年|约|每|含|不含|人均)", text[opening + 1 :])
            or text[opening + 1 : opening + 3] == "其中"
        ):
            continue
        parts = _list_from(inside, inside[0])
        if len(parts) == len([figure for figure in inside if figure.unit.dimension in ADDABLE]):
            yield Breakdown(total, tuple(parts), "bracket", _is_open(text, parts))


def _summed_after(figures: list[Figure]) -> Iterator[Breakdown]:
    """男25人，女30人，共55人."""
    for index, total in enumerate(figures):
        if total.unit.dimension not in ADDABLE or not SUMMED.search(total.subject) or index < 2:
            continue
        parts: list[Figure] = []
        for figure in reversed(figures[:index]):
            if figure.printed.in_words and figure.end == total.subject_start:
                continue  # 三类合计14051人
            same = adds_to(total, figure) and figure.bracket == total.bracket
            if not same or figure.segment != total.segment:
                break
            parts.insert(0, figure)
            if SUMMED.search(figure.subject):
                break  # 共设立1个县级、12个乡级 …: the list begins here at the latest
        own = re.sub(r"(?:合计|总计|共计|总共|累计|共|为|达)", "", total.subject)
        if (
            len(parts) < 2
            or (len(own) > 4 and len(parts) < 3)
            or re.search(r"[各每]", "".join(part.subject for part in parts))
        ):
            continue
        for start in range(len(parts) - 1):
            if sum((part.value or Fraction(0) for part in parts[start:]), Fraction(0)) == total.value:
                yield Breakdown(total, tuple(parts[start:]), "summed", False)
                break
        else:
            # 累计培训30人 behind other counts is a count of its own; 共30人 is not.
            kindred = len({part.unit.name for part in (total, *parts)}) == 1 and len(parts) > 2
            if not own or (kindred and ALL_TOLD.search(total.subject)):
                yield Breakdown(total, tuple(parts), "summed", False)
            elif closed(parts[-2:]):
                yield Breakdown(total, tuple(parts[-2:]), "summed", False)


def _unmarked(figures: list[Figure]) -> Iterator[Breakdown]:
    """对412家单位分级，A级12家、B级136家、C级264家: a list that nothing but its words ties to its whole."""
    for index, first in enumerate(figures[1:-1], 1):
        if not first.is_count or not first.is_exact or first.bracket != -1:
            continue
        earlier = figures[index - 1]
        if earlier.unit is first.unit and first.paragraph.text[earlier.end : first.subject_start] == "、":
            continue  # the middle of a list
        parts = _list_from(figures[index:], first)
        for count in range(len(parts), 1, -1):
            chosen = parts[:count]
            found = division([part.subject for part in chosen])
            if found is Division.CLOSED or (found is Division.DISJOINT and count > 2):
                if any(OTHERS.search(part.subject) for part in parts[count:]):
                    chosen = parts
                total = _unmarked_total(figures[:index], chosen, closed=found is Division.CLOSED)
                if total is not None:
                    yield Breakdown(total, tuple(chosen), "unmarked", False)
                break


def _unmarked_total(before: list[Figure], parts: list[Figure], *, closed: bool) -> Figure | None:
    """The figure that the parts make; or the one directly before them."""
    first = parts[0]
    near = [
        one
        for one in before
        if one.unit.name == first.unit.name and one.is_exact and first.sentence - one.sentence <= closed
    ]
    whole = sum((part.value or Fraction(0) for part in parts), Fraction(0))
    made = [one for one in near if one.value == whole]
    if made:
        return made[-1]
    start = first.paragraph.sentences[first.sentence][0]
    among = first.paragraph.text.rfind("其中", start, first.start)
    if among > 0 and closed:
        # 在编52人，其中监督员46人；本科31人，大专17人，中专及以下4人: of 52
        near = [one for one in near if one.end <= among and one.sentence == first.sentence][-1:] or near
        return near[-1] if near else None
    last = near[-1] if near else None
    if last is not None and division([one.subject for one in (last, *parts)]) is not Division.UNKNOWN:
        return None  # 警告622家、罚款581家、责令整改43家: the first is one of the list
    beside = last is not None and last is before[-1] and last.sentence == first.sentence
    apart = closed and len(near) == 1
    return last if beside or apart else None


def _is_open(text: str, parts: Sequence[Figure]) -> bool:
    """Whether the list ends with 等."""
    return bool(re.match(r"[^，。；）]{0,6}等", text[parts[-1].end : parts[-1].end + 8]))


def closed(parts: Sequence[Figure]) -> bool:
    return division([part.subject for part in parts]) is Division.CLOSED
