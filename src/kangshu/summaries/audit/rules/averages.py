"""A whole's rate lies between the rates of its parts; who dies of a disease had it; beds fill as
days are spent.

The rate of all schools cannot be lower than that of each kind of school. Deaths of a disease in a
year above its
new cases would be strange. Discharges times their mean stay are about the days that beds were occupied.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.families import Division, division
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

OF_ALL = re.compile(r"总体|总的?|平均|综合|全[县市区校]|合计|整体|我[县市区]")
AVERAGED = re.compile(r"率$|水平$|比例$|比重$|满意度$|得分$|占比$")
STAGES = re.compile(r"小学|初中|高中|幼儿园|大班")
DISEASE_RATE = re.compile(r"(?:肿瘤|癌|脑卒中|心梗|结核|肝炎|艾滋)[^，。；]{0,10}发病率$")
DAYS = {365, 366}
BEDS = re.compile(r"(?:开放|实有|编制)?(?:床位|病床)(?:总?数)?$")
DISCHARGED = re.compile(r"出院(?:患者|病人|人次|人数)?(?:达|达到|共)*$|住院(?:患者|病人)(?:达|达到|共)*$")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Rates of wholes among their parts, deaths against cases, and beds against days."""
    for figures in reading.by_paragraph.values():
        rates = [one for one in figures if _usable(reading, one)]
        yield from _between(reading, rates)
        yield from _deadly(reading, rates)
        yield from _beds(reading, figures)


def _usable(reading: Reading, figure: Figure) -> bool:
    return (
        figure.is_ratio
        and figure.is_exact
        and not reading.is_planned(figure)
        and not reading.is_prior(figure)
        and not says_change(figure.subject)
    )


def _between(reading: Reading, rates: list[Figure]) -> Iterator[Finding | Held]:
    """总体近视率53.98%，其中小学38.6%，初中72.1%，高中83.5%: the first is a mean of the others."""
    taken = 0
    for at, first in enumerate(rates):
        if at < taken:
            continue  # 初中 and 高中 are part of a list that 小学 began
        for length in (4, 3, 2):
            run = rates[at : at + length]
            if len(run) < length or not _is_run(run):
                continue
            found = division([one.subject for one in run])
            stages = all(STAGES.search(one.subject) for one in run)
            if found is not Division.CLOSED and not (stages and length > 1):
                continue
            taken = at + length
            whole = _whole_of(rates, run, first)
            if whole is not None:
                yield from _judge(reading, whole, run, sure=found is Division.CLOSED)
            break


def _is_run(run: Sequence[Figure]) -> bool:
    for one, other in itertools.pairwise(run):
        if other.sentence != one.sentence or other.unit is not one.unit or other.number - one.number > 2:
            return False
    return True


def _whole_of(rates: list[Figure], run: Sequence[Figure], first: Figure) -> Figure | None:
    """The rate of the same name that is said of all, just before or just behind its parts."""
    stem = _stem(run)
    near = [
        one
        for one in rates
        if one not in run
        and one.unit is first.unit
        and abs(one.sentence - first.sentence) <= 1
        and min(abs(one.number - run[0].number), abs(one.number - run[-1].number)) <= 4
        and OF_ALL.search(rate_name(one.subject))
        and _same_end(rate_name(one.subject), stem)
    ]
    return near[0] if len(near) == 1 else None


def _stem(run: Sequence[Figure]) -> str:
    return next((name for name in (rate_name(one.subject) for one in run) if AVERAGED.search(name)), "")


def _same_end(name: str, stem: str) -> bool:
    if not stem:
        return bool(AVERAGED.search(name))
    common = 0
    while common < min(len(name), len(stem)) and name[-1 - common] == stem[-1 - common]:
        common += 1
    # 健康建档率 and 建档率 are one; 签约率 and 签约服务率 are not.
    return common >= 3


def _judge(reading: Reading, whole: Figure, run: Sequence[Figure], *, sure: bool) -> Iterator[Finding | Held]:
    low, high = min(one.low for one in run), max(one.high for one in run)
    parts = "、".join(as_printed(one) for one in run)
    if low <= whole.high and whole.low <= high:
        words = f"{as_printed(whole)}在{parts}之间"
        yield reading.held(
            Kind.RATES_INCOMPATIBLE, [whole, *run], Text(words, f"{as_printed(whole)}: {parts}")
        )
        return
    yield reading.finding(
        Kind.RATES_INCOMPATIBLE,
        Level.PROVEN if sure else Level.NEAR_CERTAIN,
        [whole, *run],
        Text(
            f"总体{as_printed(whole)}应在各部分（{parts}）之间。",
            f"{as_printed(whole)} of all should lie between its parts ({parts}).",
        ),
        stated=printed(whole),
        suggestion=Text("请核对总体和各部分。", "Check the whole and its parts."),
    )


def _deadly(reading: Reading, rates: list[Figure]) -> Iterator[Finding | Held]:
    """肿瘤发病率286.5/10万，死亡率178.6/10万: the second is not above the first."""
    for cases, deaths in itertools.pairwise(rates):
        names = rate_name(cases.subject), rate_name(deaths.subject)
        if cases.sentence != deaths.sentence or cases.unit is not deaths.unit:
            continue
        if not DISEASE_RATE.search(names[0]) or not re.search(r"死亡率$", names[1]) or len(names[1]) > 9:
            continue
        words = f"{as_printed(deaths)} ≤ {as_printed(cases)}"
        if deaths.low <= cases.high:
            yield reading.held(Kind.RATES_INCOMPATIBLE, [cases, deaths], Text(words, words))
        else:
            yield reading.finding(
                Kind.RATES_INCOMPATIBLE,
                Level.NEAR_CERTAIN,
                [cases, deaths],
                Text(
                    f"死亡率{as_printed(deaths)}高于发病率{as_printed(cases)}。",
                    f"A mortality of {as_printed(deaths)} above an incidence of {as_printed(cases)}.",
                ),
                stated=printed(deaths),
                computed=printed(cases),
            )


def _beds(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """开放床位600张，出院25632人次，平均住院日7.5天: 25632 × 7.5 ÷ (600 × 365) is about 病床使用率."""
    for use in figures:
        if not re.search(r"(?:病床|床位)使用率", use.subject) or not _usable(reading, use) or not use.value:
            continue
        near = [one for one in figures if one.sentence == use.sentence and one.is_exact and one.value]
        beds = [one for one in near if one.unit.name == "张" and BEDS.search(one.subject)]
        people = [
            one for one in near if one.unit.group in {"people", "visits"} and DISCHARGED.search(one.subject)
        ]
        stays = [one for one in near if one.unit.name in {"天", "日"} and "平均住院" in one.subject]
        if not beds or len(people) != 1 or len(stays) != 1:
            continue
        title = reading.layout.paragraphs[0].text + use.paragraph.text
        if re.search(r"上半年|季度|1[—~\-至到]\d{1,2}月", title):
            continue
        yield from _occupied(reading, beds, people[0], stays[0], use)


def _occupied(
    reading: Reading, beds: list[Figure], people: Figure, stay: Figure, use: Figure
) -> Iterator[Finding | Held]:
    assert people.value is not None
    assert stay.printed.value is not None
    assert use.value
    days = people.value * stay.printed.value
    shares = [(days / (one.value * 365), one) for one in beds if one.value]
    share, bed = min(shares, key=lambda pair: abs(pair[0] - (use.value or 0)))
    words = (
        f"{as_printed(people)} × {as_printed(stay)} ÷ ({as_printed(bed)} × 365) = {shown(share * 100, 2)}%"
    )
    quoted = [bed, people, stay, use]
    gap = abs(share - use.value) / use.value
    if gap <= Fraction(5, 100):
        yield reading.held(Kind.RATE, quoted, Text(words, words))
    elif gap > Fraction(10, 100):
        yield reading.finding(
            Kind.RATE,
            Level.NEAR_CERTAIN if gap > Fraction(40, 100) else Level.ASK,
            quoted,
            Text(f"{words}，文中写为{as_printed(use)}。", f"{words}, but the text says {as_printed(use)}."),
            stated=printed(use),
            computed=plain(round(share * 100, 2)),
            suggestion=Text(
                "请核对床位数、出院人数、平均住院日和使用率。", "Check beds, discharges, mean stay and use."
            ),
        )
