"""Totals against their parts: 共…，其中…；…（…）；分别为…；…，合计….

A list after 其中 need not be all of the whole. So a sum that falls short is accused only where the
items divide the whole by their words (男、女), where the form of the sentence says so, or where one slip
makes it exact.
A sum above the total is accused unless its items may count the same thing twice.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.families import OVERLAPPING, Division, division
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.repair import is_slip_of, values_one_slip_away
from kangshu.summaries.audit.units import Dimension, alike, is_times
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

AMONG = re.compile(r"其中|包括|含|分为|分别|由")
SUMMED = re.compile(
    r"^(?:以上)?(?:全[市县区])?(?:[^，。；、]{1,8}(?=合计|总计|共计))?(?:合计|总计|共计|总共|累计|合共|总数|共(?!青))(?:为|达|达到|是)?[^，。；、]{0,8}$"
)
ENDS_LIST = re.compile(
    r"^(?:全年|今年|另外?|此外|同时|全县|全市|全区|累计|共计|合计|目前|同比|较|比上|比去|已|还|并(?!发)|共(?!青))"
)
COMPARED = re.compile(
    r"(?:同比|环比|增加|减少|增长|下降|上升|净增|(?:较|比|与)?(?:上年|去年)(?:同期)?)[^，。；]{0,6}$|[户人次均]均[^，。；]{0,4}$|平均|每[千万]"
)
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


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every breakdown of the text, with single parts that exceed their whole."""
    for figures in reading.by_paragraph.values():
        seen: set[tuple[int, ...]] = set()
        for breakdown in _breakdowns(figures):
            key = (breakdown.total.number, *(part.number for part in breakdown.parts))
            if key in seen:
                continue
            seen.add(key)
            yield from _judge(reading, breakdown)


def _breakdowns(figures: list[Figure]) -> Iterator[Breakdown]:
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
    wholes = [one for one in figures[:index] if one.sentence == second.sentence and _adds_to(one, second)]
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
        if _adds_to(figure, first) and same_bracket:
            yield figure


def _adds_to(total: Figure, part: Figure) -> bool:
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
        if len(parts) == 1 and "；" in gap and re.search(r"占[^，。；]{0,14}\d", gap):
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
    return _adds_to(first, figure) and not (
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
        if not inside or not _adds_to(total, inside[0]) or "其中" in text[opening : inside[0].start]:
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
            same = _adds_to(total, figure) and figure.bracket == total.bracket
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
            elif _closed(parts[-2:]):
                yield Breakdown(total, tuple(parts[-2:]), "summed", False)


def _unmarked(figures: list[Figure]) -> Iterator[Breakdown]:
    """对412家单位分级，A级12家、B级136家、C级264家: a list that nothing but its words ties to its whole."""
    for index, first in enumerate(figures[1:-1], 1):
        if not first.is_count or not first.is_exact or first.bracket != -1:
            continue
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
    last = near[-1] if near else None
    if last is not None and division([one.subject for one in (last, *parts)]) is not Division.UNKNOWN:
        return None  # 警告622家、罚款581家、责令整改43家: the first is one of the list
    beside = last is not None and last is before[-1] and last.sentence == first.sentence
    apart = closed and len(near) == 1
    return last if beside or apart else None


def _is_open(text: str, parts: Sequence[Figure]) -> bool:
    """Whether the list ends with 等."""
    return bool(re.match(r"[^，。；）]{0,6}等", text[parts[-1].end : parts[-1].end + 8]))


def _judge(reading: Reading, breakdown: Breakdown) -> Iterator[Finding | Held]:
    total, parts = breakdown.total, breakdown.parts
    if total.is_masked or any(part.is_masked for part in parts) or total.value is None:
        return
    prefix = _exact_prefix(breakdown)
    if prefix:
        yield _held(reading, breakdown, prefix)
        yield from _second_division(reading, breakdown, prefix)
        return
    excess = [part for part in parts if part.low > total.high]
    if excess and _has_siblings(breakdown):
        return
    if excess and _fits_elsewhere(reading, breakdown, excess[0]):
        first = parts[: parts.index(excess[0])]
        if len(first) > 1:
            yield from _judge(reading, Breakdown(total, first, breakdown.form, breakdown.open_ended))
        return
    if excess and not _slip_explains_better(breakdown):
        if breakdown.form in {"among", "bracket"}:
            yield _exceeds(reading, total, excess[0])
        return
    if len(parts) < 2 or _has_siblings(breakdown):
        return
    level = _level(breakdown)
    if level is not None:
        yield _wrong(reading, breakdown, level)


def _second_division(
    reading: Reading, breakdown: Breakdown, first: tuple[Figure, ...]
) -> Iterator[Finding | Held]:
    """其中男20例，女12例；散居儿童25例，幼托儿童7例: the same whole divided once more."""
    rest = breakdown.parts[len(first) :]
    text = breakdown.total.paragraph.text
    for at in range(1, len(rest)):
        if "；" in text[rest[at - 1].end : rest[at].start]:
            rest = rest[:at]  # what is behind the next semicolon is another matter
            break
    if len(rest) < 2 or "；" not in text[first[-1].end : rest[0].start]:
        return
    again = Breakdown(breakdown.total, rest, "among", breakdown.open_ended)
    prefix = _exact_prefix(again)
    if prefix:
        yield _held(reading, again, prefix)
    elif breakdown.total.value and abs(again.sum - breakdown.total.value) * 10 <= breakdown.total.value:
        yield _wrong(reading, again, Level.NEAR_CERTAIN if _has_slip(again, rest) else Level.ASK)


def _fits_elsewhere(reading: Reading, breakdown: Breakdown, part: Figure) -> bool:
    """已建成286个，在建18个，未开工8个。其中公有产权203个: the whole is further back."""
    total = breakdown.total
    return any(
        _adds_to(one, part) and one.end <= total.start and one.high >= part.low and one.is_exact
        for one in reading.in_paragraph(total.paragraph)
        if total.sentence - one.sentence <= 1 and one.segment >= total.segment - 1
    )


def _has_siblings(breakdown: Breakdown) -> bool:
    """选派12名医师、8名护士进修，其中省级5名: the whole may be both together."""
    total = breakdown.total
    before = total.paragraph.text[max(0, total.start - 24) : total.start]
    return bool(re.search(rf"\d+{re.escape(total.unit.name)}[^，。；（）\d]{{0,14}}[、和及]$", before))


def _exact_prefix(breakdown: Breakdown) -> tuple[Figure, ...]:
    """The first items whose sum may be the total, two at least; the list may run on into another matter."""
    total, parts = breakdown.total, breakdown.parts
    assert total.value is not None
    for count in range(len(parts), 1, -1):
        chosen = parts[:count]
        if count < len(parts) and _goes_on(parts, count):
            continue  # a、b、c、d are one list: its first three are no list
        low = sum((part.low for part in chosen), Fraction(0))
        high = sum((part.high for part in chosen), Fraction(0))
        exact = sum((part.value or Fraction(0) for part in chosen), Fraction(0))
        if exact == total.value:
            return chosen
        if any(not part.is_exact for part in (*chosen, total)) and low <= total.high and total.low <= high:
            return chosen
        finest = min(part.printed.place * part.factor for part in (*chosen, total))
        if exact != int(exact) or finest >= 1000 or total.unit.dimension is Dimension.MONEY:
            # Rounded items make their sum one off in the last place, two where they are many.
            if abs(exact - total.value) <= finest * (1 if count <= 4 else 2) and not total.is_count:
                return chosen
            if total.scale > 1 and total.may_be(exact):
                return chosen
    return ()


def _goes_on(parts: Sequence[Figure], count: int) -> bool:
    """Whether the next item is joined as all before it are, by 、 or 和 and nothing stronger."""
    text = parts[0].paragraph.text
    gaps = [text[one.end : other.start] for one, other in itertools.pairwise(parts[: count + 1])]
    return all("、" in gap or re.match(r"[和及]", gap) for gap in gaps) and not any(
        re.search(r"[，；。]", gap) for gap in gaps
    )


def _slip_explains_better(breakdown: Breakdown) -> bool:
    return len(breakdown.parts) >= 2 and _has_slip(breakdown, breakdown.parts)


def _has_slip(breakdown: Breakdown, parts: Sequence[Figure]) -> bool:
    """Whether one slip in one figure makes the sum exact."""
    total = breakdown.total
    assert total.value is not None
    whole = sum((part.value or Fraction(0) for part in parts), Fraction(0))
    if is_slip_of(whole, total, lost=False):
        return True
    return any(is_slip_of(total.value - (whole - (part.value or 0)), part, lost=False) for part in parts)


def _chance(breakdown: Breakdown, parts: Sequence[Figure]) -> float:
    """Roughly how often a slip would explain two figures that have nothing to do with each other."""
    total = breakdown.total
    slips = sum(1 for figure in (total, *parts) for _ in values_one_slip_away(figure, lost=False))
    finest = min(figure.printed.place * figure.factor for figure in (total, *parts))
    # Round numbers could hardly have differed in their last places.
    while (
        all((figure.value or Fraction(0)) % (finest * 10) == 0 for figure in (total, *parts)) and total.value
    ):
        finest *= 10
    scale = max(int((total.value or Fraction(1)) / finest), 1)
    return slips / (2 * scale)


def _level(breakdown: Breakdown) -> Level | None:
    total, parts = breakdown.total, breakdown.parts
    assert total.value is not None
    exact = all(figure.is_exact for figure in (total, *parts))
    lists = [parts[:count] for count in range(2, len(parts) + 1)]
    divided = _divided(breakdown)
    above = breakdown.sum > total.value
    gap = abs(breakdown.sum - total.value) / total.value if total.value else Fraction(1)
    slip = any(_has_slip(breakdown, chosen) for chosen in (parts, *lists))
    if breakdown.form == "complete":
        return Level.PROVEN if exact and (slip or gap <= Fraction(1, 20)) else Level.NEAR_CERTAIN
    if breakdown.form == "unmarked":
        likely = _chance(breakdown, parts) < 0.08 or (len(parts) > 2 and gap <= Fraction(1, 20))
        return Level.NEAR_CERTAIN if slip and exact and likely else None
    if not exact:
        if breakdown.division is Division.CLOSED or above:
            return Level.ASK if above and not _may_overlap(parts) else None
        return None
    if divided is not None and not breakdown.open_ended:
        kindred = total.unit.name == divided[0].unit.name
        if slip or gap <= Fraction(1, 4) or (kindred and EITHER.search(divided[0].subject)):
            return Level.PROVEN
        return Level.NEAR_CERTAIN if kindred and gap <= Fraction(1, 2) else Level.ASK if kindred else None
    if breakdown.form == "each":
        return (
            Level.PROVEN
            if slip or gap <= Fraction(1, 20)
            else Level.NEAR_CERTAIN
            if len(parts) > 2
            else Level.ASK
        )
    if breakdown.form == "summed":
        return Level.PROVEN if slip else Level.NEAR_CERTAIN if gap <= Fraction(1, 20) else None
    disjoint = breakdown.division is Division.DISJOINT
    funded = total.unit.dimension is Dimension.MONEY and disjoint and len(parts) > 2
    if funded and not breakdown.open_ended and (slip or gap <= Fraction(1, 2)):
        return Level.PROVEN if slip else Level.NEAR_CERTAIN
    if above and not _may_overlap(parts):
        return Level.PROVEN if disjoint or slip or gap <= Fraction(1, 20) else Level.NEAR_CERTAIN
    if above:
        return Level.ASK if slip or gap <= Fraction(1, 50) else None
    if breakdown.open_ended:
        return None
    # A digit that would have to be wrong says little where numbers are small, or the rest is large.
    chance = 0.12 if disjoint and len(parts) > 2 else 0.08
    unlikely = (_chance(breakdown, parts) < chance and gap <= Fraction(3, 4)) or (
        gap <= Fraction(1, 50) and len(parts) > 2
    )
    if breakdown.form == "bracket":
        if (slip and unlikely) or gap <= Fraction(1, 20):
            return Level.PROVEN
        return Level.NEAR_CERTAIN if slip and disjoint else Level.ASK if gap <= Fraction(1, 4) else None
    if slip and unlikely and (disjoint or len(parts) > 2):
        sure = len(parts) > 2 and _has_slip(breakdown, parts) and _chance(breakdown, parts) < 0.005
        return Level.PROVEN if sure else Level.NEAR_CERTAIN
    if slip and len(parts) > 3 and gap <= Fraction(1, 10):
        return Level.ASK
    return Level.ASK if slip and unlikely and gap <= Fraction(1, 3) and (disjoint or len(parts) > 2) else None


def _divided(breakdown: Breakdown) -> Sequence[Figure] | None:
    """The first items that by their words are all of the whole; but not 住院…，门诊…，大病及其他…."""
    parts = breakdown.parts
    for count in range(2, len(parts) + 1):
        chosen = parts[:count]
        if _closed(chosen) or _all_letters(breakdown.total, chosen):
            return None if any(OTHERS.search(part.subject) for part in parts[count:]) else chosen
    return None


def _closed(parts: Sequence[Figure]) -> bool:
    return division([part.subject for part in parts]) is Division.CLOSED


def _all_letters(total: Figure, parts: Sequence[Figure]) -> bool:
    """甲乙类 are 甲类 and 乙类."""
    wanted = re.search(r"([甲乙丙][、和]?[甲乙丙][、和]?丙?)类", total.subject)
    letters = [re.match(r"([甲乙丙])类", part.subject) for part in parts]
    return wanted is not None and {match[1] for match in letters if match} == set(wanted[1]) - {"、", "和"}


def _may_overlap(parts: Sequence[Figure]) -> bool:
    return sum(bool(OVERLAPPING.search(part.subject)) for part in parts) >= 2


def _addition(parts: Sequence[Figure]) -> str:
    return " + ".join(f"{part.printed.digits}{part.unit_words if part.scale > 1 else ''}" for part in parts)


def _in_total_unit(value: Fraction, total: Figure) -> str:
    return f"{shown(value / total.factor, 6)}{total.unit_words}"


def _held(reading: Reading, breakdown: Breakdown, parts: tuple[Figure, ...]) -> Held:
    exact = sum((part.value or Fraction(0) for part in parts), Fraction(0))
    words = f"{_addition(parts)} = {_in_total_unit(exact, breakdown.total)}"
    return reading.held(Kind.PARTS_AND_TOTAL, [breakdown.total, *parts], Text(words, words))


def _wrong(reading: Reading, breakdown: Breakdown, level: Level) -> Finding:
    total, parts = breakdown.total, breakdown.parts
    closed = _divided(breakdown) or parts
    exact = sum((part.value or Fraction(0) for part in closed), Fraction(0))
    words = f"{_addition(closed)} = {_in_total_unit(exact, total)}"
    stated = as_printed(total)
    return reading.finding(
        Kind.PARTS_AND_TOTAL,
        level,
        [total, *closed],
        Text(f"{words}，文中总数为{stated}。", f"{words}, but the total is given as {stated}."),
        stated=printed(total),
        computed=plain(exact / total.factor),
        suggestion=Text(
            f"如各分项无误，总数应为{_in_total_unit(exact, total)}；请核对总数和各分项。",
            f"If the parts are right the total is {_in_total_unit(exact, total)}; check total and parts.",
        ),
    )


def _exceeds(reading: Reading, total: Figure, part: Figure) -> Finding:
    return reading.finding(
        Kind.PART_EXCEEDS_WHOLE,
        Level.PROVEN if total.is_exact and part.is_exact else Level.NEAR_CERTAIN,
        [total, part],
        Text(
            f"部分（{as_printed(part)}）大于总数（{as_printed(total)}）。",
            f"A part ({as_printed(part)}) exceeds its whole ({as_printed(total)}).",
        ),
        stated=printed(part),
        computed=printed(total),
        suggestion=Text("请核对总数和该分项。", "Check the total and this part."),
    )
