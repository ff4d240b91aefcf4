"""Rates against the counts they come from: 应…实…率, 任务…完成…%, 占, and rates no whole number gives.

Which counts a rate belongs to is decided by its words (`vocabulary`), by order and by nearness. A pair that
fits is a check that held. One that does not is accused as strongly as the words leave no other reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import Approximation, stands_for
from kangshu.summaries.audit.reading import Reading, as_printed, bigrams, plain, printed, shown
from kangshu.summaries.audit.repair import rate_needs_one_slip
from kangshu.summaries.audit.rules import across, portions
from kangshu.summaries.audit.rules.pairing import (
    HOLDS_FROM,
    SPEAKS_FROM,
    SURE_FROM,
    Pair,
    fits,
    is_counted,
    pairs_for,
)
from kangshu.summaries.audit.rules.reachable import check_reachable
from kangshu.summaries.audit.units import PER_10K, PER_100K, Dimension, alike
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import (
    COMPLETING,
    MAY_EXCEED_ONE,
    rate_name,
    says_change,
    words_of,
)

OF_A_GROUP = re.compile(r"重点|高血压|糖尿病|老年|儿童|孕|产妇|残疾|贫困|脱贫|低保|慢性?病|精神|结核|岁")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Findings and held checks of every rate that has counts near it."""
    for figures in reading.by_paragraph.values():
        for rate in figures:
            if _is_checked(rate):
                for said in _check_rate(reading, rate, figures):
                    yield _excused(reading, rate, figures, said)


def _excused(reading: Reading, rate: Figure, figures: list[Figure], said: Finding | Held) -> Finding | Held:
    """The check that held where the count beside the rate has another whole that gives it: 访视4917人，
    访视率94.85%, of the 5184 that the paragraph before names."""
    if isinstance(said, Held) or said.kind not in {Kind.RATE, Kind.COMPLETION} or not rate.is_exact:
        return said
    beside = next((one for one in figures if one.number == rate.number - 1), None)
    if beside is None or beside.sentence != rate.sentence or not beside.value or not beside.is_exact:
        return said
    digits = len(rate.printed.digits.replace(".", "").strip("0"))
    for whole in reading.figures:
        apart = rate.paragraph.index - whole.paragraph.index
        if whole is beside or not whole.is_exact or not alike(whole.unit, beside.unit) or not 0 <= apart <= 2:
            continue
        if (
            (whole.scale != 1 and not whole.printed.decimals)
            or not whole.value
            or whole.value < beside.value
            or whole.number > rate.number
        ):
            continue
        named = bool(bigrams(whole.words) & bigrams(rate.subject + beside.subject))
        of_money = whole.unit.dimension is Dimension.MONEY and digits >= 3
        if (digits < 3 + (apart > 0) and not named and not of_money) or reading.is_prior(whole):
            continue
        if stands_for(rate.printed, rate.factor, beside.value / whole.value, padded=False):
            pair = Pair(beside, whole, 0, True, True, False)
            return _held(reading, pair, rate, rate_name(rate.subject))
    return said


def _is_checked(rate: Figure) -> bool:
    if not rate.is_ratio or rate.is_masked or rate.approximation is Approximation.ABOUT:
        return False
    return not says_change(rate.subject)


def _check_rate(reading: Reading, rate: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    name = rate_name(rate.subject)
    beside = _beside(reading, rate)
    if beside is not None:
        yield beside
        return
    behind = _that_is(rate, figures)
    if behind is not None:
        yield from _of_count_behind(reading, rate, behind, figures, name)
        return
    named = portions.portion(reading, rate, figures)
    if named is not None and fits(Pair(named.part, named.whole, 0, True, True, False), rate):
        yield _held(reading, Pair(named.part, named.whole, 0, True, True, False), rate, name)
        return
    pairs = sorted(pairs_for(rate, name, figures), key=lambda pair: -pair.score)
    own = any(
        pair.link and pair.numerator.segment == pair.denominator.segment == rate.segment for pair in pairs
    )
    bound = _bound(rate, pairs)
    for pair in pairs:
        if bound is not None and pair is not bound and pair.numerator.segment != rate.segment:
            continue  # 应种14325人次，实种14096人次，接种率…: of no other vaccine
        if pair.score >= HOLDS_FROM and fits(pair, rate) and (not own or _is_near_or_exact(pair, rate)):
            # 686 of 687 may be called 100%, but that is no check worth telling.
            if rate.value != 1 or pair.numerator.value == pair.denominator.value:
                yield _held(reading, pair, rate, name)
            return
    if bound is not None and not reading.is_aim(rate) and (level := _bound_level(bound, rate)) is not None:
        yield _wrong(reading, bound, rate, name, level)
        return
    together = _of_several(rate, pairs, figures)
    if together is not None:
        yield reading.held(_kind(rate), [*together, rate], Text(*[_sum_of(together, rate)] * 2))
        return
    beyond = _by_common_noun(reading, rate, name, figures)
    if beyond is not None:
        yield beyond
        return
    if named is not None and rate.is_exact:
        level = _portion_level(named, rate)
        if level is not None:
            yield _wrong(reading, Pair(named.part, named.whole, 0, True, True, False), rate, name, level)
            return
    unit = _other_unit(rate, pairs)
    if unit is not None:
        yield _wrong_unit(reading, unit[0], rate, unit[1])
        return
    # Two counts whose rate stands beside them need not give another rate as well.
    free = [p for p in pairs if not any(_is_of(p, other) for other in figures if _is_rival(other, rate))]
    for pair in _likeliest(free, rate):
        level = _level(pair, rate, figures)
        if level is not None and (not reading.is_aim(rate) or "已" in pair.numerator.subject):
            yield _wrong(reading, pair, rate, name, level)
            return
    row = words_of(name)
    found = across.whole_before(rate, row, figures, lambda count: is_counted(count, name, row))
    if found is not None and not reading.is_aim(rate):
        pair = Pair(found.numerator, found.whole, SPEAKS_FROM, True, True, False)
        if found.fits:
            yield _held(reading, pair, rate, name)
        else:
            yield _wrong(reading, pair, rate, name, Level.PROVEN if found.sure else Level.NEAR_CERTAIN)
        return
    if not any(pair.link for pair in pairs):
        yield from check_reachable(reading, rate, name, figures)


DUE = re.compile(r"(?:应|任务|目标|计划)[^，。；]{0,8}$")
ACTUAL = re.compile(r"实[^，。；]{0,8}$|^(?:已|及时|按时|完成|上半年|实际|全年|发放)")


def _bound(rate: Figure, pairs: list[Pair]) -> Pair | None:
    """The pair 应…，实… that stands just before the rate and leaves it no other reading."""
    return next(
        (
            pair
            for pair in pairs
            if rate.number - pair.numerator.number == 1
            and pair.numerator.number - pair.denominator.number == 1
            and pair.numerator.segment == pair.denominator.segment == rate.segment
            and (
                (DUE.search(pair.denominator.subject) and ACTUAL.search(pair.numerator.subject))
                or (pair.link and pair.score >= SPEAKS_FROM)
            )
        ),
        None,
    )


def _bound_level(pair: Pair, rate: Figure) -> Level | None:
    top, bottom = pair.numerator, pair.denominator
    if not (top.is_exact and bottom.is_exact and rate.is_exact) or not top.value or not bottom.value:
        return None
    assert rate.value is not None
    share = top.value / bottom.value
    if share > 1 or (share < 1 and rate.value == 1 and share > Fraction(995, 1000)):
        return None  # `pairs` speaks of more than was due
    if any(stands_for(rate.printed, factor, share, padded=True) for factor in OTHER_UNITS.values()):
        return None  # right but for its unit
    if rate_needs_one_slip(top, bottom, rate) or abs(share - rate.value) <= rate.value / 10:
        due = pair.among or DUE.search(bottom.subject)
        return Level.PROVEN if due else Level.NEAR_CERTAIN
    wide = _kind(rate) is Kind.COMPLETION and abs(share - rate.value) <= rate.value / 4
    return Level.NEAR_CERTAIN if wide else None


def _beside(reading: Reading, rate: Figure) -> Finding | Held | None:
    """接种率达96.8%（2356/2434）: the counts stand in a bracket behind the rate."""
    text = rate.paragraph.text
    match = re.match(r"（(\d{1,7})[人例名份件户]?/(\d{1,7})[人例名份件户]?）", text[rate.end :])
    if match is None or rate.value is None or not int(match[2]):
        return None
    ratio = Fraction(int(match[1]), int(match[2]))
    words = f"{match[1]} ÷ {match[2]} = {shown(ratio / rate.factor)}{rate.unit.name}"
    quotes = (
        *reading.quotes([rate]),
        reading.layout.quote(rate.paragraph, rate.end + 1, rate.end + match.end() - 1),
    )
    if rate.may_be(ratio):
        return Held(Kind.RATE, quotes, Text(words, words))
    stated = as_printed(rate)
    return Finding(
        Kind.RATE,
        Level.PROVEN if rate.is_exact else Level.ASK,
        quotes,
        Text(f"{words}，文中写为{stated}。", f"{words}, but the text says {stated}."),
        printed(rate),
        plain(round(ratio / rate.factor, max(rate.printed.decimals, 2))),
    )


def _that_is(rate: Figure, figures: list[Figure]) -> Figure | None:
    """护理型床位占比达71.2%，即586张: the count that the rate itself says it is."""
    following = next((one for one in figures if one.number == rate.number + 1), None)
    if following is None or not following.is_count or not following.value:
        return None
    return following if re.fullmatch(r"(?:即|也即|亦即)(?:约|为)?", following.subject) else None


def _of_count_behind(
    reading: Reading, rate: Figure, count: Figure, figures: list[Figure], name: str
) -> Iterator[Finding | Held]:
    """Held where a whole of the paragraph fits; accused only where one slip would mend the nearest."""
    wholes = [
        one
        for one in figures
        if one is not count
        and alike(one.unit, count.unit)
        and one.is_exact
        and (one.value or 0) >= (count.value or 0)
        and abs(one.sentence - rate.sentence) <= 1
    ]
    pairs = [Pair(count, one, 0, True, True, False) for one in wholes]
    for pair in pairs:
        if fits(pair, rate):
            yield _held(reading, pair, rate, name)
            return
    mended = [pair for pair in pairs if rate_needs_one_slip(count, pair.denominator, rate)]
    if len(wholes) == 1 and mended and count.is_exact and rate.is_exact:
        yield _wrong(reading, mended[0], rate, name, Level.NEAR_CERTAIN)


OTHER_UNITS = {
    "%": Fraction(1, 100),
    "‰": Fraction(1, 1000),
    "/万": PER_10K,
    "/10万": PER_100K,
    "倍": Fraction(1),
}


def _other_unit(rate: Figure, pairs: list[Pair]) -> tuple[Pair, str] | None:
    """合格149份 of 172份，合格率86.63‰: the quotient as printed, but for its unit."""
    if not rate.is_exact or len(rate.printed.digits.replace(".", "").strip("0")) < 3:
        return None
    for pair in pairs:
        if not pair.link or pair.score < SPEAKS_FROM - 1 or not pair.denominator.value:
            continue
        share = (pair.numerator.value or Fraction(0)) / pair.denominator.value
        for name, factor in OTHER_UNITS.items():
            if name != rate.unit.name and stands_for(rate.printed, factor, share, padded=True):
                return pair, name
    return None


def _wrong_unit(reading: Reading, pair: Pair, rate: Figure, unit: str) -> Finding:
    share = (pair.numerator.value or Fraction(0)) / (pair.denominator.value or Fraction(1))
    right = f"{shown(share / OTHER_UNITS[unit])}{unit}"
    words = f"{_count(pair.numerator)} ÷ {_count(pair.denominator)} = {right}"
    return reading.finding(
        _kind(rate) if unit == "倍" else Kind.UNIT,
        Level.PROVEN,
        [pair.denominator, pair.numerator, rate],
        Text(
            f"{words}，文中写为{as_printed(rate)}，单位有误。",
            f"{words}, not {as_printed(rate)}: the unit is wrong.",
        ),
        stated=printed(rate),
        computed=plain(round(share / OTHER_UNITS[unit], max(rate.printed.decimals, 2))),
        suggestion=Text(f"应为{rate.printed.digits}{unit}。", f"{rate.printed.digits}{unit}."),
    )


def _portion_level(named: portions.Portion, rate: Figure) -> Level | None:
    """How surely a share whose part and whole are named is wrong."""
    if not named.part.value or not named.whole.value or rate.value is None:
        return None
    share = named.part.value / named.whole.value
    if rate_needs_one_slip(named.part, named.whole, rate):
        return Level.PROVEN
    if abs(share - rate.value) <= rate.value / 4:
        return Level.PROVEN if named.part.sentence == named.whole.sentence else Level.NEAR_CERTAIN
    return Level.ASK if named.named else None


def _of_several(rate: Figure, pairs: list[Pair], figures: list[Figure]) -> list[Figure] | None:
    """疑似职业病12人，职业禁忌证86人，异常率1.14%: the counts just before may be counted together."""
    run: list[Figure] = []
    for one in reversed([one for one in figures if one.end <= rate.start and one.sentence == rate.sentence]):
        if not one.is_count or not one.is_exact or (run and one.unit.name != run[0].unit.name):
            break
        run.insert(0, one)
    wholes = [one for one in (*run, *(pair.denominator for pair in pairs)) if one.value]
    for start in range(len(run) - 2, 0, -1):
        top = sum((one.value or Fraction(0) for one in run[start:]), Fraction(0))
        for whole in wholes:
            if whole.end > run[start].start or not whole.value or top > whole.value:
                continue
            if stands_for(rate.printed, rate.factor, top / whole.value, padded=False):
                return [whole, *run[start:]]
    return None


def _sum_of(figures: list[Figure], rate: Figure) -> str:
    whole, *parts = figures
    top = sum((one.value or Fraction(0) for one in parts), Fraction(0))
    assert whole.value
    added = " + ".join(one.printed.digits for one in parts)
    return f"({added}) ÷ {whole.printed.digits} = {shown(top / whole.value / rate.factor)}{rate.unit.name}"


def _is_near_or_exact(pair: Pair, rate: Figure) -> bool:
    """Whether the counts are of the rate's own segment; of another, 1.1万 may not stand for what it likes."""
    if pair.numerator.segment == rate.segment or not pair.denominator.value or pair.numerator.value is None:
        return pair.numerator.segment == rate.segment
    return rate.may_be(pair.numerator.value / pair.denominator.value)


def _is_of(pair: Pair, rate: Figure) -> bool:
    """Whether a rate gives the quotient as it stands: 98.80% is no rounding of 98.77%."""
    if not pair.numerator.value or not pair.denominator.value or not rate.is_exact:
        return False  # 95%以上 fits too much to take a pair away
    return stands_for(rate.printed, rate.factor, pair.numerator.value / pair.denominator.value, padded=False)


def _is_rival(other: Figure, rate: Figure) -> bool:
    return other is not rate and _is_checked(other) and other.sentence == rate.sentence


def _likeliest(pairs: list[Pair], rate: Figure) -> list[Pair]:
    """Of the pairs that the words favour about alike, the one that a slip would mend; else the first."""
    near = [pair for pair in pairs if pair.score >= pairs[0].score - 2 and pair.link]
    mended = [pair for pair in near if rate_needs_one_slip(pair.numerator, pair.denominator, rate)]
    return (mended or pairs)[:1]


def _level(pair: Pair, rate: Figure, figures: list[Figure]) -> Level | None:
    top, bottom = pair.numerator, pair.denominator
    if top.value is None or not bottom.value or rate.value is None:
        return None
    ratio = top.value / bottom.value
    slip = rate_needs_one_slip(top, bottom, rate)
    close = rate.value > 0 and abs(ratio - rate.value) <= rate.value / 10
    if ratio > 1 and not slip and _kind(rate) is Kind.RATE and not MAY_EXCEED_ONE.search(rate.subject):
        return None
    if ratio > 1 >= rate.value and top.start < bottom.start:
        return None
    if ratio > 3 and ratio > 5 * rate.value and not slip:
        return None  # 托育机构46家，托位2874个，使用率57%: other things
    exact = top.is_exact and bottom.is_exact and rate.is_exact
    if not exact:
        return Level.ASK if pair.score >= SURE_FROM and (slip or close) else None
    alone = sum(alike(figure.unit, top.unit) and figure.sentence == rate.sentence for figure in figures) <= 2
    if rate.value == 1 and any(_is_rest(figure, pair) for figure in figures):
        return None  # 任务428家，完成403家，关闭25家: the rest is accounted for
    named = rate_name(rate.subject).removesuffix("率")
    if (
        pair.link
        and slip
        and len(named) > 2
        and top.subject.endswith(named)
        and top.segment == bottom.segment
    ):
        return Level.PROVEN if pair.among and pair.score >= SPEAKS_FROM else Level.NEAR_CERTAIN
    in_row = rate.number - top.number == top.number - bottom.number == 1
    if pair.link and in_row and pair.score >= SURE_FROM and slip and top.segment == bottom.segment:
        return Level.PROVEN
    if pair.link and pair.among and pair.score >= SURE_FROM and (slip or close or alone):
        near = pair.score > SURE_FROM and rate.value / 3 < ratio < rate.value * 3
        far = not rate.value / 5 < ratio < rate.value * 5
        return Level.PROVEN if slip or close or near else None if far else Level.NEAR_CERTAIN
    if pair.link and pair.score >= SPEAKS_FROM + (not pair.nested) and (slip or close):
        return Level.NEAR_CERTAIN
    if (
        pair.link
        and alone
        and pair.score > SPEAKS_FROM
        and rate.value / 2 < ratio < min(2 * rate.value, Fraction(1))
    ):
        return Level.ASK
    if pair.link and pair.score >= SPEAKS_FROM - 1 and slip:
        return Level.ASK
    if slip and _goes_on_with(pair, rate, figures):
        return Level.NEAR_CERTAIN
    shared = pair.link and pair.among and ratio < 1 and _is_witnessed(pair.denominator, rate, figures)
    if shared and not slip and OF_A_GROUP.search(top.subject):
        return None  # 签约15.62万人，覆盖率…，其中重点人群签约8.34万人，签约率71.5%: of another whole
    return Level.NEAR_CERTAIN if shared and rate.number - top.number == 1 else None


def _is_rest(figure: Figure, pair: Pair) -> bool:
    top, bottom = pair.numerator, pair.denominator
    if not top.value or not bottom.value or figure.sentence != top.sentence:
        return False
    return alike(figure.unit, top.unit) and figure.value == bottom.value - top.value


def _is_witnessed(whole: Figure, rate: Figure, figures: list[Figure]) -> bool:
    """Whether the rate just before in the sentence is of this whole: 规范管理31907人，规范管理率75.4%."""
    earlier = [
        one for one in figures if one.is_ratio and one.sentence == rate.sentence and one.number < rate.number
    ]
    if not earlier or not whole.value or not earlier[-1].is_exact:
        return False
    counts = [
        one for one in figures if one.number == earlier[-1].number - 1 and one is not whole and one.value
    ]
    return bool(counts) and earlier[-1].may_be((counts[0].value or Fraction(0)) / whole.value)


def _goes_on_with(pair: Pair, rate: Figure, figures: list[Figure]) -> bool:
    """In 老年人62351人，体检45236人，体检率…，辨识41023人，管理率… the whole is that of the rate before."""
    before = [figure for figure in figures if figure.number in (rate.number - 1, rate.number - 2)]
    if len(before) < 2 or before[1] is not pair.numerator or not before[0].is_ratio:
        return False
    earlier = [figure for figure in figures if figure.is_count and figure.end <= before[0].start]
    if not earlier or before[0].sentence != rate.sentence:
        return False
    return fits(Pair(earlier[-1], pair.denominator, 0, True, True, False), before[0])


def _kind(rate: Figure) -> Kind:
    words = rate.paragraph.text[max(0, rate.start - 16) : rate.start] if rate.subject.startswith("的") else ""
    return Kind.COMPLETION if COMPLETING.search(words + rate.subject) else Kind.RATE


def _sum(pair: Pair, rate: Figure) -> tuple[str, Fraction]:
    assert pair.numerator.value is not None
    assert pair.denominator.value
    ratio = pair.numerator.value / pair.denominator.value
    result = f"{shown(ratio / rate.factor)}{rate.unit.name}"
    words = f"{_count(pair.numerator)} ÷ {_count(pair.denominator)} = {result}"
    return words, ratio


def _count(figure: Figure) -> str:
    return f"{figure.printed.digits}{figure.unit_words if figure.scale > 1 else ''}"


def _held(reading: Reading, pair: Pair, rate: Figure, name: str) -> Held:
    words, _ = _sum(pair, rate)
    return reading.held(_kind(rate), [pair.denominator, pair.numerator, rate], Text(words, words))


def _wrong(reading: Reading, pair: Pair, rate: Figure, name: str, level: Level) -> Finding:
    words, ratio = _sum(pair, rate)
    right = round(ratio / rate.factor, max(rate.printed.decimals, 2))
    stated = as_printed(rate)
    return reading.finding(
        _kind(rate),
        level,
        [pair.denominator, pair.numerator, rate],
        Text(
            f"{words}，文中写为{stated}。",
            f"{words}, but the text says {stated}.",
        ),
        stated=printed(rate),
        computed=plain(right),
        suggestion=Text(
            f"如两个数字无误，应为{shown(right)}{rate.unit.name}；请核对三个数字。",
            f"If both counts are right it is {shown(right)}{rate.unit.name}; check all three.",
        ),
    )


def _by_common_noun(
    reading: Reading, rate: Figure, name: str, figures: list[Figure]
) -> Finding | Held | None:
    """督查45个乡镇卫生院，督查面达86.5%: the whole (52个乡镇卫生院) may stand elsewhere in the document."""
    if not re.search(r"面$|覆盖率$|覆盖面$|占$|比例$", name):
        return None
    parts = [
        f
        for f in figures
        if f.is_count and f.is_exact and f.start < rate.start and f.sentence == rate.sentence
    ]
    part = parts[-1] if parts else None
    if part is None or not part.value or len(noun := _noun(part)) < 3 or rate.value is None:
        return None
    wholes = [
        figure
        for figure in reading.figures
        if figure is not part
        and figure.unit.name == part.unit.name
        and figure.is_exact
        and figure.value
        and figure.value >= part.value
        and _noun(figure).startswith(noun[:6])
    ]
    for whole in wholes:
        pair = Pair(part, whole, SPEAKS_FROM, True, True, False)
        if fits(pair, rate):
            return _held(reading, pair, rate, name)
    for whole in wholes:
        if rate_needs_one_slip(part, whole, rate):
            return _wrong(reading, Pair(part, whole, 0, True, True, False), rate, name, Level.NEAR_CERTAIN)
    return None


def _noun(figure: Figure) -> str:
    return re.sub(r"^的", "", figure.after)[:8]
