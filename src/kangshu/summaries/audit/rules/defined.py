"""Figures that definitions tie together, wherever in a paragraph they stand.

药占比 is drug income in medical income. A third of what was given up is reimbursed. What is to be
reached in a year
is what there is and what is added. Nobody sees a doctor sixty times a year, and what is covered is
not more than there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import stands_for
from kangshu.summaries.audit.reading import Reading, as_printed, bigrams, plain, printed, shown
from kangshu.summaries.audit.repair import is_slip_of, rate_needs_one_slip, values_one_slip_away
from kangshu.summaries.audit.rules.incidence import population
from kangshu.summaries.audit.units import PER_10K, PER_100K, Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

# Name of a rate, what it counts, among what.
DEFINED = (
    (
        re.compile(r"药占比|药品(?:收入)?占比"),
        re.compile(r"药品(?:收入|费用)$"),
        re.compile(r"(?:医疗|业务|医药|总)(?:总)?(?:收入|费用)$"),
    ),
    (
        re.compile(r"耗占比|耗材占比"),
        re.compile(r"(?:耗材|材料)(?:收入|费用)$"),
        re.compile(r"(?:医疗|业务|医药|总)(?:总)?(?:收入|费用)$"),
    ),
    (
        re.compile(r"老龄化(?:率|程度)|老年人口占比"),
        re.compile(r"(?:60|65)(?:周)?岁(?:及)?以上(?:老年人|老年人口|人口)"),
        re.compile(r"(?:常住|户籍|总)人口"),
    ),
)
VISITS = re.compile(r"门诊|急诊|诊疗|就诊|门急诊")
MOST_VISITS, FEWEST_PEOPLE = 20, 30_000
PORTION = re.compile(r"按(?:照)?[^，。；]{0,20}的$")
TARGET = re.compile(r"(?:达到|增加到|增至|扩大到|达)$")
ADDED = re.compile(
    r"^(?:比|较)[^，。；\d]{0,4}(?:\d{4}年|今年|上年|本年)?[^，。；\d]{0,6}(?:增加|新增|增长|提高)$"
)
COVERED = re.compile(r"覆盖$")
ALL_OF_THEM = re.compile(r"(?:全[县市区镇]|辖区|共|现)(?:内|有|共有|现有)*[^，。；]{2,14}$")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Every tie of a definition whose figures the text gives."""
    people = population(reading)
    for figures in reading.by_paragraph.values():
        for figure in figures:
            if figure.is_ratio and figure.is_exact and figure.value:
                yield from _defined(reading, figure, figures)
                yield from _portion(reading, figure, figures)
                if people is not None and figure.unit.factor == PER_10K:
                    yield from _ten_times(reading, figure, figures, people)
            elif figure.is_count and figure.is_exact and figure.value:
                if people is not None:
                    yield from _visits(reading, figure, people)
                yield from _target(reading, figure, figures)
                yield from _covered(reading, figure, figures)


def _of_others(reading: Reading, figure: Figure) -> bool:
    return reading.is_prior(figure) or reading.is_planned(figure) or says_change(figure.subject)


def _defined(reading: Reading, rate: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    before = figures[: figures.index(rate)][-1:]
    named = rate.subject
    if before and re.search(r"(?:降|升|增|提高|减少|增加|下降|上升)(?:到|至|为)$", rate.subject):
        named = before[0].subject  # 药占比由38.9%降至34.2%
    elif re.search(r"[由从](?!.*(?:到|至))|年$|年的$|去年|上年", rate.subject):
        return
    for name, counted, among in DEFINED:
        if not name.search(named) or says_change(rate.subject):
            continue
        near = [
            one for one in figures if one.is_exact and one.value and abs(one.sentence - rate.sentence) <= 2
        ]
        tops = [one for one in near if counted.search(one.subject)]
        bottoms = [one for one in near if among.search(one.subject) and one.unit.dimension is Dimension.MONEY]
        if len(tops) != 1 or len(bottoms) != 1 or not bottoms[0].value:
            return
        top, bottom = tops[0], bottoms[0]
        assert top.value is not None
        assert bottom.value
        share = top.value / bottom.value
        words = f"{as_printed(top)} ÷ {as_printed(bottom)} = {shown(share / rate.factor, 2)}{rate.unit.name}"
        quoted = [rate, top, bottom]
        if rate.may_be(share) or (rate.low <= top.high / bottom.low and top.low / bottom.high <= rate.high):
            yield reading.held(Kind.RATE, quoted, Text(words, words))
            return
        # 药占比 may be reckoned without herbal medicine; far off it is another matter.
        if rate_needs_one_slip(top, bottom, rate) or abs(share - (rate.value or 0)) > share / 20:
            yield _wrong(
                reading, Kind.RATES_INCOMPATIBLE, Level.NEAR_CERTAIN, quoted, words, rate, share / rate.factor
            )
        return


def _portion(reading: Reading, rate: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    """让利1127.6万元，财政按20%给予补偿，补偿资金225.52万元."""
    if not PORTION.search(rate.subject) or rate.unit.name != "%":
        return
    behind = [one for one in figures if 0 < one.number - rate.number <= 2 and one.sentence == rate.sentence]
    amounts = [one for one in behind if one.unit.dimension is Dimension.MONEY and one.is_exact and one.value]
    bases = [
        one
        for one in figures
        if one.number < rate.number
        and one.sentence == rate.sentence
        and one.unit.dimension is Dimension.MONEY
        and one.is_exact
        and one.value
        and amounts
        and one.value > (amounts[0].value or 0)
    ]
    if not amounts or not bases or not rate.value:
        return
    amount = amounts[0]
    for base in bases:
        assert base.value is not None
        if amount.may_be(base.value * rate.value):
            words = f"{as_printed(base)} × {as_printed(rate)} = {as_printed(amount)}"
            yield reading.held(Kind.PRODUCT, [base, rate, amount], Text(words, words))
            return
    for base in bases:
        assert base.value is not None
        product = base.value * rate.value
        slip = is_slip_of(product, amount) or any(
            amount.may_be(value * rate.value) for value in values_one_slip_away(base, lost=False)
        )
        if slip:
            words = f"{as_printed(base)} × {as_printed(rate)} = {shown(product / amount.factor)}"
            words += amount.unit_words
            yield _wrong(
                reading,
                Kind.PRODUCT,
                Level.PROVEN,
                [base, rate, amount],
                words,
                amount,
                product / amount.factor,
            )
            return


def _ten_times(reading: Reading, rate: Figure, figures: list[Figure], people: Figure) -> Iterator[Finding]:
    """报告2087例，发病率664.65/万 among 31.4万 people: it is per 100,000."""
    cases = [one for one in figures if one.number == rate.number - 1 and one.unit.group == "people"]
    if not cases or not cases[0].value or not people.value or not re.search(r"率$", rate_name(rate.subject)):
        return
    share = cases[0].value / people.value
    if (
        not stands_for(rate.printed, PER_100K, share, padded=True)
        and abs((rate.printed.value or 0) * PER_100K - share) > share / 20
    ):
        return
    words = f"{as_printed(cases[0])} ÷ {as_printed(people)} = {shown(share / PER_100K, 2)}/10万"
    yield _wrong(reading, Kind.UNIT, Level.PROVEN, [people, cases[0], rate], words, rate, share / PER_100K)


def _visits(reading: Reading, visits: Figure, people: Figure) -> Iterator[Finding]:
    if visits.unit.name != "人次" or not VISITS.search(visits.subject) or _of_others(reading, visits):
        return
    if not people.value or people.value < FEWEST_PEOPLE or not visits.value:
        return
    each = visits.value / people.value
    if each > MOST_VISITS:
        words = f"{as_printed(visits)} ÷ {as_printed(people)} = {shown(each, 1)}"
        yield reading.finding(
            Kind.MAGNITUDE,
            Level.NEAR_CERTAIN,
            [visits, people],
            Text(f"人均就诊{words}次，不可能。", f"{words} visits a head, which cannot be."),
            stated=printed(visits),
            suggestion=Text("请核对单位（人次、万人次）。", "Check the unit."),
        )


def _target(reading: Reading, target: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    """托位总数达到1886个，比2025年增加100个, where 1786 stand elsewhere."""
    at = figures.index(target)
    added = figures[at + 1] if at + 1 < len(figures) else None
    if added is None or not TARGET.search(target.subject) or not ADDED.search(added.subject):
        return
    if (
        added.unit.name != target.unit.name
        or not added.is_exact
        or target.paragraph.index not in reading.planned
    ):
        return
    noun = bigrams(re.sub(r"总数|总量|达到|增至|增加到|达$|全[县市区]|\d+年底?|^到", "", target.subject)[-6:])
    wholes = [
        one
        for one in reading.figures
        if one.unit.name == target.unit.name
        and one.is_exact
        and one.value
        and one.paragraph.index not in reading.planned
        and not _of_others(reading, one)
        and noun
        and noun <= bigrams(re.sub(r"总数|总量", "", one.subject))
        and not re.search(r"新增|增加|新建", one.subject)
    ]
    if len({one.value for one in wholes}) != 1:
        return
    now = wholes[0]
    assert now.value is not None
    reached = now.value + (added.value or Fraction(0))
    words = f"{as_printed(now)} + {as_printed(added)} = {shown(reached)}"
    quoted = [now, target, added]
    if target.may_be(reached):
        yield reading.held(Kind.CHANGE, quoted, Text(words, words))
    else:
        yield _wrong(reading, Kind.CHANGE, Level.NEAR_CERTAIN, quoted, words, target, reached)


def _covered(reading: Reading, part: Figure, figures: list[Figure]) -> Iterator[Finding]:
    """全县医疗机构463家，……医疗废物集中处置覆盖470家."""
    if not COVERED.search(part.subject):
        return
    wholes = [
        one
        for one in figures
        if one.end <= part.start
        and one.segment == part.segment
        and one.unit.name == part.unit.name
        and one.is_exact
        and ALL_OF_THEM.search(one.subject)
    ]
    if wholes and (part.value or 0) > (wholes[0].value or 0):
        yield reading.finding(
            Kind.PART_EXCEEDS_WHOLE,
            Level.PROVEN,
            [wholes[0], part],
            Text(
                f"覆盖{as_printed(part)}，多于总数{as_printed(wholes[0])}。",
                f"{as_printed(part)} are covered of {as_printed(wholes[0])}.",
            ),
            stated=printed(part),
            computed=printed(wholes[0]),
        )


def _wrong(
    reading: Reading,
    kind: Kind,
    level: Level,
    quoted: list[Figure],
    words: str,
    stated: Figure,
    right: Fraction,
) -> Finding:
    return reading.finding(
        kind,
        level,
        quoted,
        Text(f"{words}，文中写为{as_printed(stated)}。", f"{words}, but the text says {as_printed(stated)}."),
        stated=printed(stated),
        computed=plain(round(right, 4)),
        suggestion=Text("请核对各数和单位。", "Check the figures and their units."),
    )
