"""Results against what they are said to meet: 达到90%的目标, 高于全省平均, 低于…, and by how much.

A sentence gives a result, a verb that says how it stands to a mark (达到, 超过, 低于), the mark, and perhaps
the distance. All must agree. A whole year's aim cannot be below what a part of the year has brought.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, bigrams, plain, printed, shown
from kangshu.summaries.audit.repair import is_slip_of, values_one_slip_away
from kangshu.summaries.audit.rules.changes import direction_of
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

MARK = r"(?:目标|要求|标准|指标|任务|规定|考核|水平|平均|均值|红线|底线|线)"
ABOVE = re.compile(r"(?:达到|超过|高于|高出|超出|突破|超额完成|优于|超)了?[^，。；]{0,14}$")
BELOW = re.compile(r"(?:低于|未达到?|不到|少于|未超过|没有超过|不高于|未完成|不及|控制在)了?[^，。；]{0,14}$")
# Fewer is better, so 达到 and 优于 say that it is below.
FEWER = re.compile(
    r"死亡|发病|药占比|耗材|住院日|费用|剖宫|缺陷|感染|病死|负债|使用强度|抗菌|逾期|投诉|贫血|占比"
)
COMPLETED = re.compile(r"(?:完成|占|为|达)(?:了)?(?:[^，。；\d]{0,8})(?:目标|任务|计划|指标)(?:值|数)?$")
DONE = re.compile(
    r"达标|超额完成|超过?(?:了)?(?:目标|任务|计划|要求|规定)|完成(?:了)?(?:目标|任务)|如期完成|圆满完成"
)
SO_FAR = re.compile(r"前[一二三]季度|1[—~\-至]\d{1,2}月|上半年|前三季度|[一二三]季度")


def check(reading: Reading) -> Iterator[Finding | Held]:
    for figures in reading.by_paragraph.values():
        for at, mark in enumerate(figures):
            if at == 0 or mark.is_masked or mark.value is None:
                continue
            result = _result(figures[at - 1], mark)
            if result is not None:
                yield from _met(reading, result, mark)
            if at + 1 < len(figures):
                yield from _distance(reading, figures, at)
        yield from _of_target(reading, figures)
        yield from _in_bracket(reading, figures)
    yield from _aim_below(reading)


def _result(figure: Figure, mark: Figure) -> Figure | None:
    same = figure.unit.name == mark.unit.name and figure.sentence == mark.sentence
    if not same or figure.is_masked or not figure.is_exact or figure.value is None:
        return None
    if direction_of(figure) is not None or direction_of(mark) is not None or figure.bracket != mark.bracket:
        return None
    return figure if mark.clause - figure.clause <= 1 else None


def _met(reading: Reading, result: Figure, mark: Figure) -> Iterator[Finding | Held]:
    """管理率63.1%，达到65%以上的目标: the result must be there."""
    after = mark.paragraph.text[mark.end : mark.end + 12]
    named = re.match(rf"(?:以[上下内]|左右)?的?[^，。；\d]{{0,8}}{MARK}", after) or re.search(
        MARK, mark.subject
    )
    subject = mark.subject
    if (
        not named
        or reading.is_aim(result)
        or re.search(r"较|比|力争|争取|确保|要|差距|不足|距|离|下年|明年", subject)
    ):
        return
    above, below = ABOVE.search(subject), BELOW.search(subject)
    if bool(above) == bool(below):
        return
    word = (above or below)[0]  # type: ignore[index]
    absolute = re.match(r"高|超出|低|少|未超|没有超|不高|不到|不及", word)
    if above and not absolute and FEWER.search(result.subject):
        return
    assert result.value is not None
    assert mark.value is not None
    wrong = result.value < mark.value if above else result.value > mark.value
    if not wrong:
        words = f"{as_printed(result)}{'≥' if above else '≤'}{as_printed(mark)}"
        yield reading.held(Kind.COMPLETION, [result, mark], Text(words, words))
        return
    verb = re.match(r"[\u4e00-\u9fff]{1,4}?(?=了|[^\u4e00-\u9fff]|$)|达到|超过|高于|低于|超", word)
    yield reading.finding(
        Kind.COMPLETION if not re.search(r"平均|均值|水平", after + subject) else Kind.RATES_INCOMPATIBLE,
        Level.NEAR_CERTAIN,
        [result, mark],
        Text(
            f"{as_printed(result)}{'低于' if above else '高于'}{as_printed(mark)}，"
            f"与文中“{verb[0] if verb else word[:2]}”不符。",
            f"{as_printed(result)} is {'below' if above else 'above'} {as_printed(mark)}; "
            "the text says otherwise.",
        ),
        stated=printed(result),
        computed=printed(mark),
    )


def _distance(reading: Reading, figures: list[Figure], at: int) -> Iterator[Finding | Held]:
    """36.7%，高于全省平均水平34.9%1.9个百分点; 比全市平均高1.2个百分点."""
    result, mark, by = figures[at - 1], figures[at], figures[at + 1]
    if _result(result, mark) is None or by.sentence != mark.sentence or by.is_masked or by.value is None:
        return
    points = by.unit.dimension is Dimension.POINTS and mark.is_ratio
    if not points or not by.is_exact or not mark.is_exact or mark.value is None or result.value is None:
        return
    text = mark.paragraph.text
    between = text[mark.end : by.start]
    if re.search(r"[。；（）]", between) or len(between) > 14:
        return
    if not re.search(r"高于|低于|超过|超出|超|比|较", mark.subject) or re.search(
        r"上年|去年|同期|20\d\d|[由从]", mark.subject
    ):
        return
    up = bool(re.search(r"高|超|多|快|领先", mark.subject + between))
    down = bool(re.search(r"低|少|慢|落后", mark.subject + between))
    if up == down:
        return
    gap = result.value - mark.value if up else mark.value - result.value
    words = (
        f"{as_printed(result)} − {as_printed(mark)} = {shown((result.value - mark.value) * 100, 2)}个百分点"
    )
    if abs(gap - by.value) <= Fraction(1, 10**6) or by.may_be(gap):
        yield reading.held(Kind.CHANGE, [result, mark, by], Text(words, words))
        return
    yield reading.finding(
        Kind.CHANGE,
        Level.PROVEN if is_slip_of(gap, by) or gap < 0 else Level.NEAR_CERTAIN,
        [result, mark, by],
        Text(f"{words}，文中写为{as_printed(by)}。", f"{words}, but the text says {as_printed(by)}."),
        stated=printed(by),
        computed=plain(gap / by.factor),
    )


def _of_target(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """管理率58.4%，完成全年目标65%的91.8%: a rate of rates."""
    for result, target, rate in zip(figures, figures[1:], figures[2:], strict=False):
        if not (result.is_ratio and target.is_ratio and rate.is_ratio and rate.subject == "的"):
            continue
        if result.sentence != rate.sentence or not COMPLETED.search(target.subject) or not target.value:
            continue
        if not (result.is_exact and rate.is_exact) or result.value is None or rate.value is None:
            continue
        share = result.value / target.value
        words = f"{as_printed(result)} ÷ {as_printed(target)} = {shown(share * 100, 2)}%"
        if rate.may_be(share):
            yield reading.held(Kind.COMPLETION, [result, target, rate], Text(words, words))
            continue
        slip = is_slip_of(share, rate) or any(
            rate.may_be(value / target.value) for value in values_one_slip_away(result, lost=False)
        )
        yield reading.finding(
            Kind.COMPLETION,
            Level.PROVEN if slip or abs(share - rate.value) < rate.value / 10 else Level.NEAR_CERTAIN,
            [result, target, rate],
            Text(f"{words}，文中写为{as_printed(rate)}。", f"{words}, but the text says {as_printed(rate)}."),
            stated=printed(rate),
            computed=plain(round(share * 100, 2)),
        )


def _in_bracket(reading: Reading, figures: list[Figure]) -> Iterator[Finding]:
    """规范管理率63.1%（目标65%以上），达标: what the bracket asks for is not reached."""
    for result, mark in itertools.pairwise(figures):
        if mark.bracket != result.end or result.unit.name != mark.unit.name or not result.is_exact:
            continue
        if not re.search(r"目标|要求|标准|任务", mark.subject) or result.value is None or mark.value is None:
            continue
        text = mark.paragraph.text
        behind = re.split(r"[。；]", text[mark.end :])[0][:16]
        if FEWER.search(result.subject) or not DONE.search(behind) or result.value >= mark.value:
            continue
        yield reading.finding(
            Kind.COMPLETION,
            Level.NEAR_CERTAIN,
            [result, mark],
            Text(
                f"{as_printed(result)}未达到{as_printed(mark)}，与“{DONE.search(behind)[0]}”不符。",  # type: ignore[index]
                f"{as_printed(result)} does not reach {as_printed(mark)}, though the text says so.",
            ),
            stated=printed(result),
            computed=printed(mark),
        )


def _aim_below(reading: Reading) -> Iterator[Finding]:
    """前三季度总诊疗284万人次 … 确保全年总诊疗量达到265万人次: the year brought more already."""
    if not any(SO_FAR.search(paragraph.text) for paragraph in reading.layout.paragraphs[:4]):
        return
    aims = [
        one
        for one in reading.figures
        if reading.is_planned(one)
        and re.search(r"全年|年底|年末", one.subject)
        and one.unit.dimension in {Dimension.COUNT, Dimension.MONEY}
        and one.value
        and one.printed.value
        and len(one.subject) > 4
    ]
    for aim in aims:
        stem = re.sub("^力争|量$|数$", "", aim.subject)
        stem = re.sub(
            r"^.*?(?:全年|年底|年末)|(?:量|数)?(?:力争)?(?:达到|达|完成|实现|突破|为|至|到)+$",
            "",
            stem,
        )
        named = bigrams(stem.removeprefix("总"))
        done = [
            one
            for one in reading.figures
            if one.unit is aim.unit
            and one.is_exact
            and not reading.is_planned(one)
            and not reading.is_prior(one)
            and one.number < aim.number
            and named
            and named <= bigrams(one.subject)
            and len(one.subject) <= len(stem) + 6
            and direction_of(one) is None
        ]
        if not done or not done[0].value or not aim.value or done[0].value <= aim.value:
            continue
        yield reading.finding(
            Kind.MAGNITUDE,
            Level.NEAR_CERTAIN,
            [done[0], aim],
            Text(
                f"已完成{as_printed(done[0])}，全年目标{as_printed(aim)}反而更低。",
                f"{as_printed(done[0])} is done already; the year's aim, {as_printed(aim)}, is less.",
            ),
            stated=printed(aim),
        )
