"""Rates whose whole is the county's people, named anywhere in the document: records, contracts, members,
cases and deaths. The quotient may be right but for its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import stands_for
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.repair import rate_needs_one_slip
from kangshu.summaries.audit.rules.rates import OTHER_UNITS
from kangshu.summaries.audit.rules.twice import ENDING, SETTING
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

PEOPLE = re.compile(
    r"(?:常住|户籍|总|服务|农业|农村|参合|参保|应参[合保])(?:总?人口|农民|居民|农村居民|人数|总数)?(?:数)?"
)
BEHIND = re.compile(r"(?:常住|户籍|服务|参合|农业)(?:总?人口|农民|居民)")
NAMES = re.compile(
    r"(?:发病|登记|患病|住院|出生|检出|签约|建档|参合|参保|建档立卡|电子建档|档案)率$|(?:粗|总|人口|传染病|居民)死亡率$"
)
MEMBERS = re.compile(r"参合率|参保率")
GROUPS = re.compile(
    r"重点|老年|儿童|孕|产|婴|新生儿|岁|高血压|糖尿病|患者|病人|贫困|脱贫|残|妇女|学生|户|报告率|缺陷|人群|镇|乡|疾病检出"
)
NEWLY = re.compile(r"新[建增签]|今年|当年|上半年")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every rate whose name or whose count is of the people as such."""
    wholes = [one for one in reading.figures if _is_people(reading, one)]
    if not wholes:
        return
    for figures in reading.by_paragraph.values():
        for rate in figures:
            name = rate_name(rate.subject)
            if not rate.is_ratio or not rate.is_exact or not rate.value or not NAMES.search(name):
                continue
            if says_change(rate.subject) or reading.is_aim(rate) or GROUPS.search(name):
                continue
            count = _count(reading, rate, figures)
            if count is not None:
                yield from _judge(reading, rate, count, _meant(name, count, wholes), name)


def _is_people(reading: Reading, figure: Figure) -> bool:
    if not figure.is_count or not figure.is_exact or reading.is_prior(figure) or (figure.value or 0) < 20_000:
        return False
    if figure.unit.group not in {"people", ""} and figure.unit.name:
        return False
    words = re.sub(r"^[占按以]", "", ENDING.sub("", SETTING.sub("", figure.subject)))
    said = re.search(r"(?:以|按|为|全|[县市区])$", figure.subject)
    return bool(PEOPLE.fullmatch(words)) or bool(
        BEHIND.match(figure.after) and (said or SETTING.sub("", figure.subject) in {"", "按", "以"})
    )


def _count(reading: Reading, rate: Figure, figures: list[Figure]) -> Figure | None:
    """The count just before the rate in its sentence, with nothing but amounts between."""
    before = [
        one
        for one in figures
        if one.number < rate.number and one.sentence == rate.sentence and one.bracket == rate.bracket
    ]
    counts = [one for one in before if one.unit.group in {"people", "papers", "visits"}]
    if not counts:
        return None
    count = counts[-1]
    # 甲类1例、乙类1372例，发病率…: of two counts in a row the rate may be that of both.
    several = len(counts) > 1 and counts[-2].clause == count.clause and not re.search(r"种", count.subject)
    if not count.is_exact or not count.value or rate.number - count.number > 2 or several:
        return None
    if NEWLY.search(count.subject) or GROUPS.search(count.subject) or reading.is_prior(count):
        return None
    if ("死亡" in rate.subject) != ("死亡" in count.subject):
        return None
    return count


def _meant(name: str, count: Figure, wholes: list[Figure]) -> list[Figure]:
    """参合率 is of the rural people; 住院率 of the members may be."""
    found = [one for one in wholes if one is not count and (one.value or 0) >= (count.value or 0)]
    if MEMBERS.search(name):
        return [one for one in found if re.search(r"农[业村]|应参|总人口|户籍|常住", one.words)]
    return found


def _judge(
    reading: Reading, rate: Figure, count: Figure, wholes: list[Figure], name: str
) -> Iterator[Finding | Held]:
    for whole in wholes:
        if _may_be(count, whole, rate):
            yield reading.held(Kind.RATE, [whole, count, rate], Text(*[_sum(count, whole, rate)] * 2))
            return
    assert count.value
    for whole in wholes:
        assert whole.value
        for unit, factor in OTHER_UNITS.items():
            long = len(rate.printed.digits.replace(".", "").strip("0")) >= 3
            if unit in {rate.unit.name, "倍"} or not long:
                continue
            if stands_for(rate.printed, factor, count.value / whole.value, padded=True) or (
                whole.printed.decimals
                and count.low / whole.high <= rate.printed.value * factor <= count.high / whole.low  # type: ignore[operator]
            ):
                yield _wrong_unit(reading, rate, count, whole, unit)
                return
    if rate.unit.name != "%" or not wholes or rate.value == 1:
        return
    own = [one for one in wholes if one.sentence == rate.sentence and one.paragraph is rate.paragraph]
    meant = own or wholes
    if len({one.value for one in meant}) > 2 or (not own and not re.search(r"建档|签约|参[合保]", name)):
        return
    whole = next((one for one in meant if rate_needs_one_slip(count, one, rate)), meant[0])
    assert whole.value
    assert rate.value
    slip = rate_needs_one_slip(count, whole, rate)
    close = abs(count.value / whole.value - rate.value) <= rate.value / 10
    if not (slip or close) or not rate.value / 2 < count.value / whole.value < rate.value * 2:
        return
    right = count.value / whole.value / rate.factor
    yield reading.finding(
        Kind.RATE,
        Level.NEAR_CERTAIN if slip or own else Level.ASK,
        [whole, count, rate],
        Text(
            f"{_sum(count, whole, rate)}，文中写为{as_printed(rate)}。",
            f"{_sum(count, whole, rate)}, but the text says {as_printed(rate)}.",
        ),
        stated=printed(rate),
        computed=plain(round(right, 2)),
    )


def _may_be(count: Figure, whole: Figure, rate: Figure) -> bool:
    if not count.value or not whole.value or not whole.low:
        return False
    if rate.may_be(count.value / whole.value):
        return True
    return count.low / whole.high <= rate.high and rate.low <= count.high / whole.low


def _sum(count: Figure, whole: Figure, rate: Figure) -> str:
    share = (count.value or Fraction(0)) / (whole.value or Fraction(1))
    return f"{as_printed(count)} ÷ {as_printed(whole)} = {shown(share / rate.factor, 2)}{rate.unit.name}"


def _wrong_unit(reading: Reading, rate: Figure, count: Figure, whole: Figure, unit: str) -> Finding:
    share = (count.value or Fraction(0)) / (whole.value or Fraction(1))
    words = f"{as_printed(count)} ÷ {as_printed(whole)} = {shown(share / OTHER_UNITS[unit], 2)}{unit}"
    return reading.finding(
        Kind.UNIT,
        Level.PROVEN,
        [whole, count, rate],
        Text(
            f"{words}，文中写为{as_printed(rate)}，单位有误。",
            f"{words}, not {as_printed(rate)}: the unit is wrong.",
        ),
        stated=printed(rate),
        computed=plain(round(share / OTHER_UNITS[unit], max(rate.printed.decimals, 2))),
        suggestion=Text(f"应为{rate.printed.digits}{unit}。", f"{rate.printed.digits}{unit}."),
    )
