"""Before, after and change: 由A上升到B，提高x个百分点; A，比去年同期的B增长x%; 原有、新增、现有.

The change is reckoned on the earlier value. Both a rounded and a truncated change are accepted.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.repair import is_slip_of, slips, values_one_slip_away
from kangshu.summaries.audit.units import Dimension, alike
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import MAY_EXCEED_ONE

UP = re.compile(
    r"增长|上升|提高|增加|增幅|上涨|提升|增至|升至|递增|多(?=[^，。；]{0,2}$)|增(?=[^，。；]{0,2}$)|升(?=[^，。；]{0,2}$)"
)
DOWN = re.compile(
    r"下降|减少|降低|降幅|下滑|回落|降至|减至|缩短|递减|下浮|少(?=[^，。；]{0,2}$)|降(?=[^，。；]{0,2}$)"
)
BEFORE = re.compile(
    r"(?:比|较|与)(?:19|20)\d\d年(?:同期|全年|底|末|度)?(?:的|为)?$|(?:去年|上年|前年|上一年|往年)(?:全年|同期|年底|末|度)?(?:同期)?(?:水平)?(?:的|为|是|度)?$|同期(?:数|水平)?(?:的|为|是)?$"
    r"|(?:去年|上年)同期[^，。；增减升降]{0,6}$|(?:由|从)(?:[^，。；]{0,12})$|原来的?$|(?:年初|之前|此前|改革前|实施前)的?$"
)
LIMIT = re.compile(r"封顶线|起付线|限额|额度|标准|报酬|价格")
COUNTED = {Dimension.COUNT, Dimension.MONEY, Dimension.MEASURE, Dimension.DURATION}


@dataclass(frozen=True)
class Change:
    """`now` against `before`; `by` says how much, upwards when `up`."""

    now: Figure
    before: Figure
    by: Figure
    up: bool


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Changes in every sentence, and stocks with what flowed in and out."""
    for figures in reading.by_paragraph.values():
        for by in figures:
            up = direction_of(by)
            if up is None or by.is_masked or by.value is None or by.unit.name == "倍":
                continue  # of 倍 `ratios` speaks
            if not up and by.unit.name == "%" and by.value > 1 and "倍" not in by.subject:
                yield _more_than_all(reading, by)
                continue
            change = _change(by, up, figures)
            if change is not None:
                yield from judge(reading, change)
            else:
                yield from _amount_and_share(reading, by, up, figures)
                yield from _points_beyond(reading, by, up, figures)
        yield from _from_to(reading, figures)
        yield from _stocks(reading, figures)


def changes_of(reading: Reading) -> Iterator[Change]:
    """Every change of the text that names both values."""
    for figures in reading.by_paragraph.values():
        for by in figures:
            up = direction_of(by)
            if up is not None and not by.is_masked and by.value is not None and by.unit.name != "倍":
                change = _change(by, up, figures)
                if change is not None:
                    yield change


def direction_of(figure: Figure) -> bool | None:
    """True for a rise, False for a fall, None when the figure is no change."""
    if figure.unit.dimension not in {Dimension.RATIO, Dimension.POINTS, Dimension.TIMES, *COUNTED}:
        return None
    words = figure.subject[-14:]
    if re.search(r"(?:到|至|为|达到?)$", words) and not re.search(
        r"(?:率|幅|增长|下降|上升|减少|增加)(?:为|达|达到)$", words
    ):
        return None
    ups, downs = list(UP.finditer(words)), list(DOWN.finditer(words))
    if not ups and not downs:
        return None
    last_up = ups[-1].end() if ups else -1
    last_down = downs[-1].end() if downs else -1
    if len(words) - max(last_up, last_down) > 4:
        return None
    return last_up > last_down


def _is_before(figure: Figure) -> bool:
    """Whether the words before it, inside or before its bracket, say that it is the earlier value."""
    words = figure.subject
    if not words and figure.bracket == figure.start - 1:
        words = figure.paragraph.text[max(0, figure.bracket - 12) : figure.bracket]
    return bool(BEFORE.search(words))


REACHED = re.compile(r"(?:已)?(?:达到?|增至|升至|降至|提高到|增加到|下降到|减少到|为)$")
CHANGED_TO = re.compile(r"(?:增|升|长|高|加|降|减|少|低|落|缩短|扩大)(?:到了?|至|为)$")
EARLIER = re.compile(r"(?:去年|上年|上一年)(?:同期|全年|度)?(?:的|为|是)?[^，。；（）\d增减升降]{0,8}$")


def _in_bracket_behind(by: Figure, figures: list[Figure]) -> Figure | None:
    """8.92万人，同比增长4.8%（去年同期8.51万人）: the earlier value in a bracket behind the change."""
    if by.paragraph.text[by.end : by.end + 1] != "（":
        return None
    inside = [one for one in figures if one.bracket == by.end]
    if len(inside) == 2 and re.search(r"今年|本年|本期", inside[1].subject):
        inside = inside[:1]
    return inside[0] if len(inside) == 1 and EARLIER.search(inside[0].subject) else None


def _told_behind(by: Figure, figures: list[Figure]) -> Figure | None:
    """总收入5.63亿元，同比增长12.6%，上年为5.00亿元: the earlier value follows the change."""
    behind = [one for one in figures if one.number > by.number and one.sentence == by.sentence]
    behind = behind[1:] if behind and REACHED.match(behind[0].subject) else behind
    while behind and behind[0].number == by.number + 1 and direction_of(behind[0]) is not None:
        behind = behind[1:]  # 同比减少587人、下降12.4%，上年出生4752人
    if not behind or by.unit.dimension is Dimension.POINTS or behind[0].is_masked:
        return None
    one = behind[0]
    told = re.match(
        r"(?:而)?(?:去年|上年|上一年|(?:19|20)\d\d年)(?:同期|全年)?(?:仅|只)?[^，。；\d增减升降]{0,4}(?:为|是)?$",
        one.subject,
    )
    return one if told else None


def _same_unit(now: Figure, before: Figure) -> bool:
    """出院人数8.92万…（去年同期8.51万）: the second may leave its unit out."""
    if before.unit.dimension is Dimension.NONE:
        return now.scale == before.scale > 1
    return now.unit.name == before.unit.name


def _change(by: Figure, up: bool, figures: list[Figure]) -> Change | None:
    near = [
        f
        for f in figures
        if f.sentence == by.sentence
        and f is not by
        and f.start < by.start
        and not f.is_masked
        and direction_of(f) is None
    ]
    behind = _in_bracket_behind(by, figures)
    if behind is not None:
        nows = [f for f in near if _same_unit(f, behind)]
        nows = [f for f in nows if f.clause == by.clause or f.clause == by.clause - 1]
        told = [f for f in figures if f.bracket == by.end and f is not behind and _same_unit(f, behind)]
        if told:
            return Change(told[0], behind, by, up)
        return Change(nows[-1], behind, by, up) if nows and by.unit.dimension not in COUNTED else None
    behind = _told_behind(by, figures)
    if behind is not None:
        nows = [f for f in near if _same_unit(f, behind) and by.number - f.number <= 2]
        nows += [
            f for f in figures if f.number == by.number + 1 and f is not behind and _same_unit(f, behind)
        ]
        counted = by.unit.dimension in COUNTED and by.unit.name != behind.unit.name
        return Change(nows[-1], behind, by, up) if nows and not counted else None
    others = {f.end for f in figures if f is not by and direction_of(f) is not None}
    befores = [f for f in near if _is_before(f) and f.bracket not in others]
    if not befores:
        return None
    before = befores[-1]
    nows = [f for f in near if f is not before and not _is_before(f) and alike(f.unit, before.unit)]
    reached = [
        f
        for f in figures
        if f.number == by.number + 1 and f.sentence == by.sentence and REACHED.match(f.subject)
    ]
    if not nows and reached and _same_unit(reached[0], before) and by.number - before.number == 1:
        return Change(reached[0], before, by, up)  # 较2022年的35.6%提高2.3个百分点，达到37.9%
    nows = [f for f in nows if f.unit.name == before.unit.name and abs(f.number - before.number) <= 4]
    if not nows or by.number - max(before.number, nows[-1].number) > 2:
        return None
    fitting = [
        f
        for f in nows
        if f.value is not None and before.value and _fits(Change(f, before, by, up), f.value, before.value)
    ]
    like = [f for f in nows if f.value and before.value and before.value / 5 < f.value < before.value * 5]
    nows = fitting or like or nows  # 2135例，死亡3例，较去年的2280例: the cases
    # 由186.5元下降到172.3元: what it changed to, rather than what stood before.
    now = min(nows, key=lambda f: (not CHANGED_TO.search(f.subject), abs(f.number - before.number)))
    if by.unit.dimension in COUNTED and by.unit.name != now.unit.name:
        return None
    return Change(now, before, by, up)


def judge(reading: Reading, change: Change) -> Iterator[Finding | Held]:
    now, before, by = change.now, change.before, change.by
    if now.value is None or before.value is None or by.value is None or not before.value:
        return
    if _fits(change, now.value, before.value):
        yield reading.held(Kind.CHANGE, [now, before, by], _words(change))
        return
    exact = now.is_exact and before.is_exact and by.is_exact
    if not exact and ((now.low > before.high and change.up) or (now.high < before.low and not change.up)):
        return
    if (now.value > before.value) != change.up and now.value != before.value:
        yield _wrong(reading, change, Level.PROVEN if exact else Level.NEAR_CERTAIN)
        return
    if now.is_ratio and by.is_ratio and exact:
        points = abs(now.value - before.value)
        if by.may_be(points) or abs(points - by.value) < Fraction(1, 10_000):
            yield _points(reading, change)
            return
    slip = any(_fits_value(change, value) for value in values_one_slip_away(by)) or any(
        _fits(change, value, before.value) for value in values_one_slip_away(now)
    )
    slip = slip or any(value and _fits(change, now.value, value) for value in values_one_slip_away(before))
    reckoned = _reckoned(change, now.value, before.value)
    close = abs(reckoned - by.value) <= max(by.value / 4, by.printed.place * by.factor * 3)
    if exact:
        yield _wrong(reading, change, Level.PROVEN if slip or close else Level.NEAR_CERTAIN)
    elif slip or close:
        yield _wrong(reading, change, Level.ASK)


def _reckoned(change: Change, now: Fraction, before: Fraction) -> Fraction:
    """What the change should be, in the base unit of `by`."""
    difference = now - before if change.up else before - now
    by = change.by
    if by.unit.dimension is Dimension.RATIO:
        return difference / before
    if by.unit.dimension is Dimension.TIMES:
        return difference / before
    return difference


def _fits(change: Change, now: Fraction, before: Fraction) -> bool:
    reckoned = _reckoned(change, now, before)
    by = change.by
    if by.may_be(reckoned):
        return True
    a, b = change.now, change.before
    if LIMIT.search(b.paragraph.text[max(0, b.start - 12) : b.start]):
        return False  # 封顶线由3万元提高到5万元: limits are set, not rounded
    if (a.low, a.high) == (a.value, a.value) and (b.low, b.high) == (b.value, b.value):
        return False
    if now != a.value or before != b.value or not b.low:
        return False
    if by.unit.dimension in {Dimension.RATIO, Dimension.TIMES}:
        options = [x / y - 1 for x in (a.low, a.high) for y in (b.low, b.high)]
    else:
        # The difference of two rounded values is off by one in the last place at most.
        place = max(figure.printed.place * figure.factor for figure in (a, b, by))
        return by.value is not None and abs(reckoned - by.value) <= place
    if not change.up:
        options = [-option for option in options]
    return min(options) <= by.high and by.low <= max(options)


def _fits_value(change: Change, value: Fraction) -> bool:
    assert change.now.value is not None
    assert change.before.value
    reckoned = _reckoned(change, change.now.value, change.before.value)
    place = change.by.printed.place * change.by.factor
    return value - place / 2 <= reckoned < value + place


def _words(change: Change) -> Text:
    now, before, by = change.now, change.before, change.by
    assert now.value is not None
    assert before.value
    reckoned = _reckoned(change, now.value, before.value)
    sign = "−" if not change.up else ""
    if by.unit.dimension in {Dimension.RATIO, Dimension.TIMES}:
        words = (
            f"({as_printed(now)} − {as_printed(before)}) ÷ {as_printed(before)} = "
            f"{sign}{shown(reckoned / by.factor, 2)}{by.unit.name}"
        )
    else:
        words = (
            f"{as_printed(now)} − {as_printed(before)} = {sign}{shown(reckoned / by.factor)}{by.unit_words}"
        )
    return Text(words, words)


def _wrong(reading: Reading, change: Change, level: Level) -> Finding:
    words, by = _words(change).zh, change.by
    assert change.now.value is not None
    assert change.before.value
    reckoned = _reckoned(change, change.now.value, change.before.value) / by.factor
    turn = ("增长" if change.up else "下降", "a rise of" if change.up else "a fall of")
    return reading.finding(
        Kind.CHANGE,
        level,
        [change.now, change.before, by],
        Text(
            f"{words}，文中写为{turn[0]}{as_printed(by)}。",
            f"{words}, but the text says {turn[1]} {as_printed(by)}.",
        ),
        stated=printed(by),
        computed=plain(round(reckoned, 4)),
        suggestion=Text("请核对前后两个数和变化幅度。", "Check both values and the change."),
    )


def _points(reading: Reading, change: Change) -> Finding:
    by, now, before = change.by, change.now, change.before
    assert now.value is not None
    assert before.value
    return reading.finding(
        Kind.UNIT,
        Level.NEAR_CERTAIN,
        [now, before, by],
        Text(
            f"{as_printed(before)}变为{as_printed(now)}相差{by.printed.digits}个百分点，不是{as_printed(by)}。",
            f"From {as_printed(before)} to {as_printed(now)} are {by.printed.digits} percentage points, "
            f"not {as_printed(by)}.",
        ),
        stated=printed(by),
        computed=plain(round(abs(now.value - before.value) / before.value * 100, 2)),
        suggestion=Text(f"应为{by.printed.digits}个百分点。", f"{by.printed.digits} percentage points."),
    )


def _more_than_all(reading: Reading, by: Figure) -> Finding:
    return reading.finding(
        Kind.CHANGE,
        Level.PROVEN,
        [by],
        Text(f"下降{as_printed(by)}：减少不可能超过原数的100%。", "Nothing can fall by more than 100%."),
        stated=printed(by),
        computed=100,
    )


def _points_beyond(reading: Reading, by: Figure, up: bool, figures: list[Figure]) -> Iterator[Finding]:
    """报销比例达35.3%，提高42个百分点: it would have been below 0 before."""
    now = next((one for one in figures if one.number == by.number - 1), None)
    if by.unit.name != "个百分点" or now is None or now.unit.name != "%" or not now.is_exact:
        return
    if now.sentence != by.sentence or direction_of(now) is not None or _is_before(now) or by.value is None:
        return
    assert now.value is not None
    before = now.value - by.value if up else now.value + by.value
    if before >= 0 if up else before <= 1 or now.value > 1 or MAY_EXCEED_ONE.search(now.subject):
        return
    words = f"{as_printed(now)} {'−' if up else '+'} {as_printed(by)} = {shown(before * 100, 2)}%"
    yield reading.finding(
        Kind.CHANGE,
        Level.PROVEN if by.is_exact else Level.ASK,
        [now, by],
        Text(f"按此推算上期为{words}，不可能。", f"The earlier value would be {words}, which cannot be."),
        stated=printed(by),
    )


def _amount_and_share(
    reading: Reading, by: Figure, up: bool, figures: list[Figure]
) -> Iterator[Finding | Held]:
    """A，比去年增加n，增长p%: p = n ÷ (A − n)."""
    if by.unit.name != "%" or by.value is None:
        return
    at = figures.index(by)
    if at < 2:
        return
    amount, now = figures[at - 1], figures[at - 2]
    found = _same_noun_before(now, amount, by, figures[: at - 1])
    if found is None:
        return
    now = found
    same = amount.sentence == by.sentence and by.sentence - now.sentence <= 1
    same = same and now.unit.name == amount.unit.name
    if (
        not same
        or direction_of(amount) is not up
        or direction_of(now) is not None
        or now.unit.dimension not in COUNTED
    ):
        return
    if now.value is None or amount.value is None or not (now.is_exact and amount.is_exact and by.is_exact):
        return
    before = now.value - amount.value if up else now.value + amount.value
    if re.search(r"(?:较|比|与)[^，。；\d]{0,4}(?:\d{4}年)?[^，。；\d]{0,6}的?$", now.subject):
        before = now.value  # 较2016年底的4105户减少1389户，降幅33.8%
    if before <= 0:
        return
    share = amount.value / before
    low = amount.low / max(before + (now.high - now.low) + (amount.high - amount.low), Fraction(1))
    least = before - (now.high - now.low) - (amount.high - amount.low)
    high = amount.high / least if least > 0 else low
    words = f"{as_printed(amount)} ÷ {shown(before / now.factor)}{now.unit_words} = {shown(share * 100, 2)}%"
    if by.may_be(share) or (now.scale > 1 and low <= by.high and by.low <= high):
        yield reading.held(Kind.CHANGE, [now, amount, by], Text(words, words))
        return
    slip = any(
        Fraction(digits) * by.factor - by.printed.place * by.factor / 2
        <= share
        < Fraction(digits) * by.factor + by.printed.place * by.factor
        for digits in slips(by.printed.digits)
        if digits.strip(".")
    )
    level = Level.PROVEN if slip or abs(share - by.value) <= by.value / 4 else Level.NEAR_CERTAIN
    yield reading.finding(
        Kind.CHANGE,
        level,
        [now, amount, by],
        Text(f"{words}，文中写为{as_printed(by)}。", f"{words}, but the text says {as_printed(by)}."),
        stated=printed(by),
        computed=plain(round(share * 100, by.printed.decimals)),
        suggestion=Text("请核对本期数、增减数和幅度。", "Check the value, the difference and the share."),
    )


def _same_noun_before(now: Figure, amount: Figure, by: Figure, before: list[Figure]) -> Figure | None:
    """处罚案件412件，其中警告134件。案件数比上年增加57件: the count that the change names again."""
    if now.sentence == by.sentence and now.unit.name == amount.unit.name:
        return now
    noun = re.match(r"([\u4e00-\u9fff]{2,6}?)(?:总?数|量)?(?:比|较|同比|与)", amount.subject)
    named = [
        one
        for one in before
        if noun and one.unit.name == amount.unit.name and noun[1][-2:] in one.words and one.is_exact
    ]
    return named[-1] if named else None


RISE_TO = re.compile(r"(上升|增加|增长|提高|提升|增|升|扩大)(?:到了?|至|为|达|成)")
FALL_TO = re.compile(r"(下降|减少|降低|降|减|缩短|缩小|压缩)(?:到了?|至|为|成)")


def _from_to(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """由1%上升为83%: the direction must agree."""
    for before, now in itertools.pairwise(figures):
        if (
            before.sentence != now.sentence
            or before.unit.name != now.unit.name
            or before.is_masked
            or now.is_masked
        ):
            continue
        if not re.search(r"(?:由|从)[^，。；]{0,14}$", before.subject):
            continue
        between = before.paragraph.text[before.end : now.start]
        up, down = RISE_TO.search(between), FALL_TO.search(between)
        if bool(up) == bool(down) or "。" in between or len(between) > 16:
            continue
        quoted = [before, now]
        words = f"{as_printed(before)} → {as_printed(now)}"
        if (now.low >= before.high) if up else (now.high <= before.low):
            yield reading.held(Kind.CHANGE, quoted, Text(words, words))
        elif (now.high < before.low) if up else (now.low > before.high):
            turn = (up or down)[1]  # type: ignore[index]
            yield reading.finding(
                Kind.CHANGE,
                Level.PROVEN,
                quoted,
                Text(f"{words}，与“{turn}”相反。", f"{words} is the opposite of what the text says."),
                stated=printed(now),
            )


STOCK = re.compile(
    r"原有|年初|上年末|去年底|期初|上年结余|上年结转|去年结余|年初结余|累计(?:报告|发现|登记|确诊)"
)
INFLOW = re.compile(r"新增|新建|新招|新进|引进|新发现|本年收入|当年收入|收入|今年增加|调入")
OUTFLOW = re.compile(r"减少|退出|注销|撤并|死亡|迁出|调出|支出|核销|退休|离职")
NOW = re.compile(r"现有|达到|年末|期末|总数达?|现共有|累计结余|年末结余|结余|现存活|^存活")


def _stocks(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """原有A，新增B，减少C，现有D: D = A + B − C."""
    for at, stock in enumerate(figures):
        yield from _surplus(reading, stock, figures[:at])
        if not STOCK.search(stock.subject) or stock.unit.dimension not in COUNTED or not stock.is_exact:
            continue
        flows: list[tuple[int, Figure]] = []
        for figure in figures[at + 1 :]:
            if (
                figure.sentence != stock.sentence
                or figure.unit.name != stock.unit.name
                or not figure.is_exact
            ):
                break
            if OUTFLOW.search(figure.subject):
                flows.append((-1, figure))
            elif INFLOW.search(figure.subject):
                flows.append((1, figure))
            elif NOW.search(figure.subject) and flows:
                yield _balance(reading, stock, flows, figure)
                break
            else:
                break


def _surplus(reading: Reading, rest: Figure, before: list[Figure]) -> Iterator[Finding | Held]:
    """总收入A，总支出B，结余C: C = A − B, unless something was left of earlier years."""
    if rest.unit.dimension is not Dimension.MONEY or not re.search(
        r"^(?:当年|本年|当期)?(?:结余|节余|盈余)", rest.subject
    ):
        return
    near = [one for one in before if one.sentence == rest.sentence and one.unit is rest.unit and one.is_exact]
    income = [one for one in near if re.search(r"收入|筹集|筹资|到位", one.subject)]
    spent = [one for one in near if re.search(r"支出|支付|补偿|使用", one.subject)]
    if (
        len(income) != 1
        or len(spent) != 1
        or income[0].value is None
        or spent[0].value is None
        or rest.value is None
    ):
        return
    value = income[0].value - spent[0].value
    quoted = [income[0], spent[0], rest]
    words = (
        f"{as_printed(income[0])} − {as_printed(spent[0])} = {shown(value / rest.factor, 6)}{rest.unit_words}"
    )
    place = max(one.printed.place * one.factor for one in quoted)
    if abs(value - rest.value) <= place:
        yield reading.held(Kind.CHANGE, quoted, Text(words, words))
    elif value > 0 and (is_slip_of(value, rest) or abs(value - rest.value) <= value / 5):
        yield reading.finding(
            Kind.CHANGE,
            Level.NEAR_CERTAIN,
            quoted,
            Text(f"{words}，文中写为{as_printed(rest)}。", f"{words}, but the text says {as_printed(rest)}."),
            stated=printed(rest),
            computed=plain(value / rest.factor),
        )


def _balance(reading: Reading, stock: Figure, flows: list[tuple[int, Figure]], now: Figure) -> Finding | Held:
    value = (stock.value or Fraction(0)) + sum(
        (sign * (flow.value or Fraction(0)) for sign, flow in flows), Fraction(0)
    )
    quoted = [stock, *(flow for _, flow in flows), now]
    words = as_printed(stock)
    for sign, flow in flows:
        words += f" {'+' if sign > 0 else '−'} {as_printed(flow)}"
    words += f" = {shown(value / now.factor)}{now.unit_words}"
    finest = min(figure.printed.place * figure.factor for figure in quoted)
    if value == now.value or (not now.is_count and abs(value - (now.value or 0)) <= finest * len(quoted) / 2):
        return reading.held(Kind.CHANGE, quoted, Text(words, words))
    return reading.finding(
        Kind.CHANGE,
        Level.NEAR_CERTAIN,
        quoted,
        Text(f"{words}，文中写为{as_printed(now)}。", f"{words}, but the text says {as_printed(now)}."),
        stated=printed(now),
        computed=plain(value / now.factor),
    )
