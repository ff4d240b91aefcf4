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
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.families import OVERLAPPING, Division
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.repair import is_slip_of, values_one_slip_away
from kangshu.summaries.audit.rules.breakdowns import (
    EITHER,
    NAMES_WHOLE,
    OTHERS,
    Breakdown,
    adds_to,
    breakdowns,
    closed,
)
from kangshu.summaries.audit.units import Dimension, is_times
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

# 其他 closes a list after 其中, but a list without it may begin anywhere.
LEFT_OVER = re.compile(r"其[他它余]")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every breakdown of the text, with single parts that exceed their whole."""
    for figures in reading.by_paragraph.values():
        seen: set[tuple[int, ...]] = set()
        for breakdown in breakdowns(figures):
            key = (breakdown.total.number, *(part.number for part in breakdown.parts))
            if key in seen:
                continue
            seen.add(key)
            yield from _judge(reading, breakdown)


def _judge(reading: Reading, breakdown: Breakdown) -> Iterator[Finding | Held]:
    total, parts = breakdown.total, breakdown.parts
    if total.is_masked or any(part.is_masked for part in parts) or total.value is None:
        return
    prefix = _exact_prefix(breakdown)
    if prefix:
        yield _held(reading, breakdown, prefix)
        yield from _second_division(reading, breakdown, prefix)
        return
    excess = [
        part
        for part in parts
        if part.low > total.high and (part.unit.name == total.unit.name or is_times(part.unit, total.unit))
    ]
    if excess and _has_siblings(breakdown):
        return
    if excess and _fits_elsewhere(reading, breakdown, excess[0]):
        first = parts[: parts.index(excess[0])]
        if len(first) > 1:
            yield from _judge(reading, Breakdown(total, first, breakdown.form, breakdown.open_ended))
        return
    if excess and breakdown.form == "bracket" and NAMES_WHOLE.search(excess[0].subject):
        return
    if excess and not _slip_explains_better(breakdown):
        if breakdown.form in {"among", "bracket"}:
            yield _exceeds(reading, total, excess[0])
        return
    if len(parts) < 2 or _has_siblings(breakdown):
        return
    if total.value == len(parts) and not any(part.unit.name == total.unit.name for part in parts):
        return  # 隔离点3个，房间分别为40间、52间、36间: one part for each
    level = _level(breakdown)
    if level is not None and not _sums_to_another(reading, breakdown):
        yield _wrong(reading, breakdown, level)


def _sums_to_another(reading: Reading, breakdown: Breakdown) -> bool:
    """机构387个，其中基层371个；基层机构中卫生院19个、…: the list is of one of the parts. Or the list has
    gone on into another matter: 阳性84例；接触者筛查352人，检出5例."""
    total, parts = breakdown.total, breakdown.parts
    text = total.paragraph.text
    for one, other in itertools.pairwise(parts):
        between = text[one.end : other.start]
        if "；" in between and one.unit.name != other.unit.name and re.search(r"[%‰]", between):
            return True
    return any(
        one.value == breakdown.sum
        and one is not total
        and one.unit.name == total.unit.name
        and one.end <= parts[0].start
        for one in reading.in_paragraph(total.paragraph)
    )


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
    elif _sums_to_another(reading, again):
        return
    elif breakdown.total.value and abs(again.sum - breakdown.total.value) * 10 <= breakdown.total.value:
        yield _wrong(reading, again, Level.NEAR_CERTAIN if _has_slip(again, rest) else Level.ASK)


def _fits_elsewhere(reading: Reading, breakdown: Breakdown, part: Figure) -> bool:
    """已建成286个，在建18个，未开工8个。其中公有产权203个: the whole is further back."""
    total = breakdown.total
    return any(
        adds_to(one, part) and one.end <= total.start and one.high >= part.low and one.is_exact
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
        if total.scale > 1 and total.printed.decimals and total.may_be(exact):
            return chosen  # 58620 + 43917 + 21346 are 12.39万
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
    if breakdown.form == "complete":  # the sentence itself says that it is all
        return Level.PROVEN if exact else Level.NEAR_CERTAIN
    if breakdown.form == "unmarked":
        likely = _chance(breakdown, parts) < 0.08 or (len(parts) > 2 and gap <= Fraction(1, 20))
        whole_told = (
            breakdown.division is Division.CLOSED
            and not LEFT_OVER.match(parts[-1].subject)
            and gap <= Fraction(1, 10)
        )
        return Level.NEAR_CERTAIN if exact and ((slip and likely) or whole_told) else None
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
        if closed(chosen) or _all_letters(breakdown.total, chosen):
            return None if any(OTHERS.search(part.subject) for part in parts[count:]) else chosen
    return None


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
