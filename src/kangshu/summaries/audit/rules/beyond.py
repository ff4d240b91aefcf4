"""Counts beyond what they are of, and shares of a few that no whole number gives.

12—17岁人群3.24万人，已接种3.42万人; 贫困人口38417人 … 签约贫困人口39102人; 17所卫生院…优秀的占38.5%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.rules.changes import direction_of
from kangshu.summaries.audit.rules.twice import ENDING, SETTING
from kangshu.summaries.audit.values import Finding, Kind, Level
from kangshu.summaries.audit.vocabulary import says_change

DONE_TO = re.compile(r"^(?:现|均|其中)?已(?!累计|超|经超)[^，。；\d]{0,8}$|^实际[^，。；\d]{0,8}$")
AMONG_WHOM = re.compile(r"人群|对象|符合|条件|应|需|患者|病人|总|共|在册|登记|摸底|排查")
MAY_BE_MORE = re.compile(r"任务|计划|目标|指标|编制|核定|预算|合同|不少于|床位|招聘|岗位|累计|新增|本年|当年")
VERBS = (
    r"(?:已|共|累计)?(?:签约|体检|规范管理|健康管理|管理|救治|参保|参合|随访|服药|接种|建档|帮扶|资助)(?:了)?"
)
OF_WHOM = re.compile(rf"{VERBS}(?P<noun>[\u4e00-\u9fff]{{4,10}})$")
FEW = re.compile(r"(?:占|比例为|占比为?)$|(?:合格率|及格率|通过率|优秀率|优良率|达标率)(?:为|达|达到|是)?$")
HIRED = re.compile(r"^(?:[^，。；\d]{0,6})(?:录用|录取|聘用|招录|到岗)$")


def check(reading: Reading) -> Iterator[Finding]:
    for figures in reading.by_paragraph.values():
        for first, second in pairwise(figures):
            yield from _more_than_there_are(reading, first, second)
            yield from _of_a_few(reading, first, second, figures)
        yield from _hired(reading, figures)
    yield from _of_whom(reading)


def _more_than_there_are(reading: Reading, first: Figure, second: Figure) -> Iterator[Finding]:
    if first.unit.name != second.unit.name or not first.is_count or first.sentence != second.sentence:
        return
    if not (first.is_exact and second.is_exact) or (second.low <= first.high):
        return
    if (
        not DONE_TO.search(second.subject)
        or second.bracket != first.bracket
        or second.clause - first.clause > 1
    ):
        return
    if second.subject.startswith("实际") and "应" not in first.subject:
        return  # 实际占用床日, 实际开放床日
    if not AMONG_WHOM.search(first.subject) or MAY_BE_MORE.search(first.subject + second.subject):
        return
    if direction_of(first) is not None or reading.is_prior(first):
        return
    swapped = sorted(first.printed.digits) == sorted(second.printed.digits)
    yield _beyond(reading, first, second, Level.PROVEN if swapped else Level.NEAR_CERTAIN)


def _beyond(reading: Reading, whole: Figure, part: Figure, level: Level) -> Finding:
    return reading.finding(
        Kind.PART_EXCEEDS_WHOLE,
        level,
        [whole, part],
        Text(
            f"{as_printed(part)}多于其对象总数{as_printed(whole)}。",
            f"{as_printed(part)} is more than the {as_printed(whole)} there are.",
        ),
        stated=printed(part),
        suggestion=Text("请核对两数。", "Check both."),
    )


def _noun(figure: Figure) -> str:
    """What is counted; of 贫困人口11264户38417人 both are 贫困人口."""
    words = (
        figure.subject
        or re.split(r"[，。；、：（）\d]", figure.paragraph.text[: figure.start].rstrip("户万0123456789.,"))[
            -1
        ]
    )
    return ENDING.sub("", SETTING.sub("", words))


def _of_whom(reading: Reading) -> Iterator[Finding]:
    """签约贫困人口39102人, where 贫困人口 are 38417人."""
    counts = [
        one for one in reading.figures if one.unit.name in {"人", "名", "户"} and one.is_exact and one.value
    ]
    named: dict[str, list[Figure]] = {}
    for one in counts:
        if not reading.is_prior(one) and direction_of(one) is None:
            named.setdefault(_noun(one), []).append(one)
    for one in counts:
        match = OF_WHOM.search(one.subject)
        wholes = [
            whole
            for name, group in named.items()
            if match and name.endswith(match["noun"]) and not re.match(VERBS + r"[\u4e00-\u9fff]", name)
            for whole in group
        ]
        if not wholes or reading.is_prior(one) or reading.is_aim(one):
            continue
        same = [whole for whole in wholes if whole.unit.name == one.unit.name]
        if same and all(one.low > whole.high for whole in same) and one.low < same[0].high * 2:
            yield _beyond(reading, same[0], one, Level.NEAR_CERTAIN)


def _hired(reading: Reading, figures: list[Figure]) -> Iterator[Finding]:
    """岗位48个，报名103人，录用52人."""
    for one in figures:
        if not HIRED.search(one.subject) or not one.is_exact or one.unit.group != "people":
            continue
        posts = [
            other
            for other in figures
            if other.sentence == one.sentence
            and other.number < one.number
            and re.search(r"岗位|名额", other.subject + other.after[:3])
            and other.is_exact
        ]
        if len(posts) == 1 and (one.value or 0) > (posts[0].value or 0):
            yield _beyond(reading, posts[0], one, Level.ASK)


def _of_a_few(reading: Reading, whole: Figure, rate: Figure, figures: list[Figure]) -> Iterator[Finding]:
    """全县17所…卫生院，…优秀等次的占38.5%: the only count of the sentence, and a share of it."""
    if not rate.is_ratio or not rate.is_exact or rate.value is None or rate.printed.decimals < 1:
        return
    if not whole.is_count or not whole.is_exact or whole.sentence != rate.sentence or rate.unit.name != "%":
        return
    if not FEW.search(rate.subject) or says_change(rate.subject) or reading.is_aim(rate) or not whole.value:
        return
    before = [one for one in figures if one.sentence == rate.sentence and one.number < rate.number]
    others = [one for one in before if one.is_count and one is not whole and one.segment == rate.segment]
    between = rate.paragraph.text[whole.end : rate.start]
    among = re.search(r"中，|中[^，。；]{0,20}占$|的占$|的占", between + "")
    if others or re.search(r"[。；]", between) or whole.bracket != -1 or rate.value >= 1:
        return
    if "占" in rate.subject and not among:
        return
    step = rate.printed.place * rate.factor
    if whole.value < 2 or step * whole.value * 3 / 2 > Fraction(1, 3):
        return
    low, high = floor((rate.value - step) * whole.value) - 1, ceil((rate.value + step) * whole.value) + 2
    if any(rate.may_be(Fraction(count) / whole.value) for count in range(max(low, 0), high)):
        return
    below = floor(rate.value * whole.value)
    sums = "、".join(
        f"{count} ÷ {whole.printed.digits} = {shown(Fraction(count) / whole.value * 100, 2)}%"
        for count in (below, below + 1)
    )
    yield reading.finding(
        Kind.UNREACHABLE_RATE,
        Level.PROVEN if among else Level.NEAR_CERTAIN,
        [whole, rate],
        Text(
            f"以{whole.printed.digits}为分母，没有一个整数能得出{as_printed(rate)}：{sums}。",
            f"No whole number of {whole.printed.digits} gives {as_printed(rate)}: {sums}.",
        ),
        stated=printed(rate),
        computed=plain(round(Fraction(below) / whole.value * 100, 2)),
    )
