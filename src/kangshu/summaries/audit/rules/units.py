"""Units that cannot be: per cent where per mille is meant, 万元 where 元, a rate without its base.

A known measure is judged by its customary unit and the values counties report. Where the stated unit gives
what no county reports and another unit would not, the unit is accused; where none would, the value is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.measures import MONEY_CEILINGS, PER_PERSON, Measure, measure_of
from kangshu.summaries.audit.numerals import Approximation
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.units import PER_10K, PER_100K, PER_MILLE, PERCENT, Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import MAY_EXCEED_ONE, rate_name, says_change

RATIOS = {"%": PERCENT, "‰": PER_MILLE, "/万": PER_10K, "/10万": PER_100K}
OLDEST = 122
INCIDENCE = re.compile(r"(?:发病率|患病率|死亡率|登记率)$")
RATE = re.compile(r"[\u4e00-\u9fff]率$")
NOT_A_RATE = re.compile(r"频率|功率|利率|汇率|心率|效率|税率|费率|比率|概率|速率|率$(?<=次率)")


# Reckoned on an estimated or a registered population, these are sometimes reported above 100 %.
OFTEN_ABOVE = re.compile(r"(?:覆盖|接种|服苗|参合|参保|建档|管理)率$")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Findings on the units and the size of known measures and of money."""
    for figure in reading.figures:
        name = rate_name(figure.subject or _told_with(reading, figure))
        if says_change(figure.subject):
            continue
        if figure.unit.name == "岁" and (figure.value or 0) > OLDEST:
            yield _too_old(reading, figure)
            continue
        measure = measure_of(name)
        if figure.is_ratio:
            if figure.is_masked:
                continue
            if measure is not None:
                yield from _known(reading, figure, measure)
            else:
                yield from _above_one(reading, figure, name)
        elif RATE.search(name) and not NOT_A_RATE.search(name):
            yield from _without_base(reading, figure, name, measure)
        elif measure is not None and measure.factor == 1 and not figure.is_masked:
            yield from _size(reading, figure, measure)
        elif figure.unit.dimension is Dimension.MONEY and not figure.is_masked:
            yield from _money(reading, figure)


def _too_old(reading: Reading, figure: Figure) -> Finding:
    return reading.finding(
        Kind.MAGNITUDE,
        Level.NEAR_CERTAIN,
        [figure],
        Text(
            f"{as_printed(figure)}：有记录以来最长寿者{OLDEST}岁。",
            f"{as_printed(figure)}: nobody is known to have lived beyond {OLDEST} years.",
        ),
        stated=printed(figure),
    )


def _told_with(reading: Reading, figure: Figure) -> str:
    """血压、血糖控制率分别为58.3%、53.6%: the second has the name of the first."""
    row = reading.in_paragraph(figure.paragraph)
    for one in reversed(row[: row.index(figure)]):
        if one.unit is not figure.unit or one.sentence != figure.sentence:
            return ""
        if one.subject:
            return one.subject if "分别" in one.subject else ""
    return ""


def _known(reading: Reading, figure: Figure, measure: Measure) -> Iterator[Finding | Held]:
    if figure.value is None or measure.factor == 1 or figure.approximation is Approximation.AT_MOST:
        return
    inside = figure.value == 0 or measure.low <= figure.value / measure.factor <= measure.high
    number = figure.value / figure.unit.factor
    if inside and (figure.unit.name == measure.unit or figure.unit.name != "%" or measure.unit == "%"):
        return
    if figure.unit.name != measure.unit and measure.low <= number <= measure.high:
        siblings = _siblings(reading, figure, measure)
        if inside:
            if not siblings:
                return
            level = Level.ASK
        else:
            level = Level.NEAR_CERTAIN
        yield _wrong_unit(reading, figure, measure, level, siblings)
    elif not inside:
        level = Level.NEAR_CERTAIN if number > 3 * measure.high else Level.ASK
        yield _out_of_range(reading, figure, measure, level)


def _siblings(reading: Reading, figure: Figure, measure: Measure) -> list[Figure]:
    """Other death and birth rates near by that carry the customary unit."""
    near = [
        other
        for other in reading.figures
        if abs(other.paragraph.index - figure.paragraph.index) <= 1
        and other.is_ratio
        and other is not figure
        and other.unit.name == measure.unit
        and re.search(r"死亡率|发生率|发病率|出生率", other.subject)
    ]
    return near[:1]


def _wrong_unit(
    reading: Reading, figure: Figure, measure: Measure, level: Level, siblings: list[Figure]
) -> Finding:
    assert figure.value is not None
    stated, wanted = as_printed(figure), f"{figure.printed.digits}{measure.unit}"
    converted = f"{shown(figure.value / measure.factor, 2)}{measure.unit}"
    births = _live_births(reading)
    zh = f"{measure.title}按{measure.unit}统计；{stated}即{converted}，"
    en = f"{measure.english.capitalize()} is given per {measure.unit}; {stated} would be {converted}, "
    if births is not None and births.value and measure.unit == "‰":
        deaths = round(figure.value * births.value)
        zh += f"以活产{births.printed.digits}计为{deaths}例，"
        en += f"{deaths} of {births.printed.digits} live births, "
    return reading.finding(
        Kind.UNIT,
        level,
        [*siblings, figure],
        Text(f"{zh}没有县报告过这样的水平。", f"{en}which no county reports."),
        stated=printed(figure),
        computed=None,
        suggestion=Text(f"应为{wanted}？", f"{wanted}?"),
    )


def _live_births(reading: Reading) -> Figure | None:
    found = [figure for figure in reading.figures if figure.is_count and re.search(r"活产", figure.subject)]
    return found[0] if len(found) == 1 and not found[0].is_masked else None


def _out_of_range(reading: Reading, figure: Figure, measure: Measure, level: Level) -> Finding:
    bounds = f"{shown(measure.low)}—{shown(measure.high)}{measure.unit}"
    return reading.finding(
        Kind.MAGNITUDE,
        level,
        [figure],
        Text(
            f"{measure.title}{as_printed(figure)}超出各县报告的范围（{bounds}）。",
            f"{measure.english.capitalize()} of {as_printed(figure)}: no county reports this ({bounds}).",
        ),
        stated=printed(figure),
        suggestion=Text("请核对数值和单位。", "Check the value and its unit."),
    )


def _size(reading: Reading, figure: Figure, measure: Measure) -> Iterator[Finding]:
    if figure.printed.value is None or figure.scale > 1:
        return
    if figure.unit.name and measure.unit and figure.unit.name != measure.unit and figure.unit.name != "日":
        return
    value = figure.printed.value
    if not measure.low <= value <= measure.high:
        far = value > measure.high * Fraction(5, 4) or value * Fraction(5, 4) < measure.low
        yield _out_of_range(reading, figure, measure, Level.NEAR_CERTAIN if far else Level.ASK)


def _above_one(reading: Reading, figure: Figure, name: str) -> Iterator[Finding]:
    """A share above 100 % that is no completion rate."""
    if figure.value is None or figure.value <= 1 or figure.unit.name != "%":
        return
    clause = figure.paragraph.text[max(0, figure.start - 30) : figure.start]
    if not (name.endswith(("率", "比例", "比重", "面", "占比", "补偿比", "报销比")) or "占" in name):
        return
    if re.search(r"任务|计划|目标|指标", clause):
        return
    may = MAY_EXCEED_ONE.search(clause) and not OFTEN_ABOVE.search(name)
    if may and not re.search(r"合格率|治愈率|占[^比有用]*$|知晓率|满意[率度]|及格率|达标率", name):
        return
    yield reading.finding(
        Kind.PART_EXCEEDS_WHOLE,
        Level.ASK
        if OFTEN_ABOVE.search(name)
        else Level.PROVEN
        if re.search(r"合格率|治愈率|及格率|知晓率|占", name)
        else Level.NEAR_CERTAIN,
        [figure],
        Text(
            f"{name or '该比例'}是部分占总数的比例，不能超过100%（文中{as_printed(figure)}）。",
            f"A share of a whole cannot exceed 100% (the text says {as_printed(figure)}).",
        ),
        stated=printed(figure),
        computed=100,
        suggestion=Text("请核对分子、分母或小数点。", "Check numerator, denominator or the decimal point."),
    )


def _without_base(reading: Reading, figure: Figure, name: str, measure: Measure | None) -> Iterator[Finding]:
    """发病率为 x 万: a rate that names no base, or is counted in persons."""
    if figure.printed.value == 0 or figure.unit.dimension in {
        Dimension.POINTS,
        Dimension.RANK,
        Dimension.TIMES,
    }:
        return
    if figure.unit.dimension is Dimension.NONE and figure.scale == 1 and not figure.is_masked:
        if not INCIDENCE.search(name):
            return
        level = Level.ASK
    elif (figure.unit.dimension is Dimension.NONE and figure.scale == 1) or figure.unit.dimension in {
        Dimension.AGE,
        Dimension.DURATION,
    }:
        return
    else:
        level = Level.NEAR_CERTAIN
    wanted = measure.unit if measure is not None else "/10万" if INCIDENCE.search(name) else "%"
    yield reading.finding(
        Kind.UNIT,
        level,
        [figure],
        Text(
            f"“{name[-12:]}”是比率，应注明基数（如{wanted}），文中写为{as_printed(figure)}。",
            f"“{name[-12:]}” is a rate and needs its base (such as {wanted}), not {as_printed(figure)}.",
        ),
        stated=printed(figure),
        suggestion=Text(f"应为{figure.printed.digits}{wanted}？", f"{figure.printed.digits}{wanted}?"),
    )


def _money(reading: Reading, figure: Figure) -> Iterator[Finding]:
    if figure.value is None:
        return
    if "均" in figure.subject or "每" in figure.subject:
        yield from _one_persons_money(reading, figure, figure.value, figure.subject)
        return
    for words, ceiling, title, english in MONEY_CEILINGS:
        if words.search(figure.subject) and figure.low > ceiling:
            yield _too_much(reading, figure, title, english)
            return


def _too_much(reading: Reading, figure: Figure, title: str, english: str) -> Finding:
    assert figure.value is not None
    assert figure.printed.value is not None
    other = [
        one
        for one in reading.figures
        if one.unit.dimension is Dimension.MONEY
        and one.value
        and re.search(r"补偿|报销|支出", one.paragraph.text[max(0, one.start - 30) : one.start])
    ]
    compared = max(other, key=lambda one: one.value or Fraction(0), default=None)
    zh = f"{title}{as_printed(figure)}，远超一个县一年可能的数额"
    en = f"{as_printed(figure)} of {english} is far beyond what a county sees in a year"
    if compared is not None and compared.value and figure.value > compared.value:
        times = shown(figure.value / compared.value, 1)
        zh += f"，是文中补偿支出{as_printed(compared)}的{times}倍"
        en += f", {times} times the {as_printed(compared)} given elsewhere"
    base = figure.unit.name
    return reading.finding(
        Kind.UNIT,
        Level.NEAR_CERTAIN,
        [figure],
        Text(zh + "，单位有误。", en + "; the unit is wrong."),
        stated=printed(figure),
        computed=plain(figure.printed.value / 10_000) if figure.scale == 10_000 else None,
        suggestion=Text(f"应为{figure.printed.digits}{base}？", f"{figure.printed.digits} yuan?"),
    )


def _one_persons_money(reading: Reading, figure: Figure, value: Fraction, words: str) -> Iterator[Finding]:
    for pattern, low, high in PER_PERSON:
        if not pattern.search(words):
            continue
        if not low <= value <= high:
            yield reading.finding(
                Kind.MAGNITUDE,
                Level.ASK,
                [figure],
                Text(
                    f"人均（次均）{as_printed(figure)}超出常见范围（{shown(low)}—{shown(high)}元）。",
                    f"{as_printed(figure)} for one person is outside {shown(low)}–{shown(high)} yuan.",
                ),
                stated=printed(figure),
                suggestion=Text("请核对数值和单位（元、万元）。", "Check the value and its unit."),
            )
        return
