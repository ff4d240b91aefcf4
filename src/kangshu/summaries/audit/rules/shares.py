"""Shares of shares, and rates that cannot stand beside one another.

A disease's share of all cases cannot exceed the share of all; infant deaths include those of the newborn;
what is in hospital and what is not make the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.families import Division, division
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import Approximation
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

# (what is contained, what contains it): the first can never be the greater rate.
CONTAINED = (
    (re.compile(r"早期新生儿死亡率$"), re.compile(r"(?<!早期)新生儿死亡率$")),
    (re.compile(r"新生儿死亡率$"), re.compile(r"(?<!生)婴儿死亡率$")),
    (re.compile(r"(?<!生)婴儿死亡率$"), re.compile(r"[5五]岁以下儿童死亡率$")),
    (re.compile(r"新生儿死亡率$"), re.compile(r"[5五]岁以下儿童死亡率$")),
    (
        re.compile(r"实际(?:住院)?(?:补偿|报销)比例?$"),
        re.compile(r"政策(?:范围)?内(?:住院)?(?:补偿|报销)比例?$"),
    ),
    (re.compile(r"非住院|(?<!非)住院分娩率$"), re.compile(r"^(?!.*非).*新法接生率$")),
    (re.compile(r"首[针剂]及时(?:接种)?率$"), re.compile(r"首[针剂]接种率$")),
    (re.compile(r"合格碘盐(?:食用|覆盖)率$"), re.compile(r"(?<!合格)碘盐(?:食用|覆盖)率$")),
)
# By the rule of the service the first needs the second; another denominator is not quite ruled out.
NEEDED = (
    (re.compile(r"全程接种率$"), re.compile(r"(?:首[针剂]|第一[针剂])接种率$")),
    (re.compile(r"加强[针剂免]{0,2}疫?接种率$"), re.compile(r"全程接种率$")),
    (re.compile(r"电子(?:健康)?档案建档率$"), re.compile(r"(?<!电子)(?<!子健康)档案建档率$")),
    (re.compile(r"孕产?妇系统管理率$"), re.compile(r"早孕建[册卡]率$")),
    (re.compile(r"孕产?妇系统管理率$"), re.compile(r"产后访视率$")),
)
COMPLEMENTS = (
    (re.compile(r"(?<!不)合格率$"), re.compile(r"不合格率$")),
    (re.compile(r"(?<!不)达标率$"), re.compile(r"不达标率$")),
    (re.compile(r"(?<!非)住院分娩率$"), re.compile(r"非住院分娩率$|家庭分娩率$")),
    (re.compile(r"顺产率$|自然分娩率$|阴道分娩率$"), re.compile(r"剖宫产率$|剖腹产率$")),
    (re.compile(r"(?<!不)满意率$"), re.compile(r"不满意率$")),
    (re.compile(r"县域?内?就诊率$"), re.compile(r"(?:县外|外转|转外)(?:就诊|转诊|就医)?率$")),
)


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Findings on shares in lists, nested ages, births and rates of one family."""
    for figures in reading.by_paragraph.values():
        yield from _shares_in_lists(reading, figures)
        yield from _whole_shares(reading, figures)
        yield from _nested_ages(reading, figures)
    rates = [figure for figure in reading.figures if _usable(reading, figure)]
    yield from _contained(reading, rates)
    yield from _complements(reading, rates)
    yield from _with_and_without(reading, rates)


def _usable(reading: Reading, figure: Figure) -> bool:
    return (
        figure.is_ratio
        and not figure.is_masked
        and not reading.is_planned(figure)
        and not reading.is_prior(figure)
        and not says_change(figure.subject)
        and figure.approximation is Approximation.EXACT
    )


def _shares_in_lists(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """占30.28%（其中甲13.69%，乙54.81%）: each part of a share is at most the share."""
    for index, whole in enumerate(figures):
        if not whole.is_ratio or whole.is_masked or whole.value is None or says_change(whole.subject):
            continue
        text = whole.paragraph.text
        inside: list[Figure] = []
        if text[whole.end : whole.end + 3] == "（其中" or re.match(r"（[^（）]*\d", text[whole.end :]):
            inside = [figure for figure in figures[index + 1 :] if figure.bracket == whole.end]
            if text[whole.end : whole.end + 3] != "（其中" and "占" not in whole.subject:
                continue
        parts = [part for part in inside if part.is_ratio and not part.is_masked and part.value is not None]
        parts = [part for part in parts if not re.search(r"占|率$|同比|较|比", part.subject)]
        if not parts:
            continue
        above = [part for part in parts if part.low > whole.high]
        for part in above:
            yield _part_above(reading, whole, part, parts)
        alikes = [part for part in parts if part.unit is whole.unit]
        if not above and alikes:
            words = "、".join(as_printed(part) for part in alikes) + f" ≤ {as_printed(whole)}"
            yield reading.held(Kind.PART_EXCEEDS_WHOLE, [whole, *alikes], Text(words, words))


def _part_above(reading: Reading, whole: Figure, part: Figure, parts: list[Figure]) -> Finding:
    others = {other.unit.name for other in parts if other is not part and other.unit is not part.unit}
    zh = f"部分（{as_printed(part)}）大于其所属的总体（{as_printed(whole)}）"
    en = f"A part ({as_printed(part)}) exceeds its whole ({as_printed(whole)})"
    suggestion = Text("请核对该数值和单位。", "Check the value and its unit.")
    if others:
        unit = sorted(others)[0]
        zh += f"；同列的其他项以{unit}计"
        en += f"; its neighbours are per {unit.strip('/')}"
        wanted = f"{part.printed.digits}{unit}"
        suggestion = Text(f"应为{wanted}？", f"{wanted}?")
    return reading.finding(
        Kind.PART_EXCEEDS_WHOLE,
        Level.PROVEN,
        [whole, part],
        Text(zh + "。", en + "."),
        stated=printed(part),
        suggestion=suggestion,
    )


def _pairs_apart(groups: Iterable[list[Figure]]) -> Iterator[list[Figure]]:
    """Of 基层占比63.8%，县域内占比89.4%，县外占比11.6% the last two alone make a whole."""
    for group in groups:
        at = next(
            (
                at
                for at in range(len(group) - 1)
                if len(group) > 2 and division([one.subject for one in group[at : at + 2]]) is Division.CLOSED
            ),
            None,
        )
        yield group if at is None else group[at : at + 2]


def _whole_shares(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """分别占45%、35%和21%: shares of one whole that the sentence says are all of it."""
    shares = [
        f for f in figures if f.is_ratio and f.unit.name == "%" and not f.is_masked and f.value is not None
    ]
    groups: dict[tuple[int, int], list[Figure]] = {}
    for figure in shares:
        if (
            re.search(r"占(?:比|总[^，]{0,6}|全部[^，]{0,6})?(?:为|的)?$", figure.subject)
            or not figure.subject
        ):
            groups.setdefault((figure.sentence, figure.segment), []).append(figure)
    for group in _pairs_apart(groups.values()):
        names = [figure.subject for figure in group]
        both = len(group) == 2 and division(names) is Division.CLOSED and "不" not in "".join(names)
        if (len(group) < 3 and not both) or not any("占" in figure.subject for figure in group):
            continue
        total = sum((figure.value or Fraction(0) for figure in group), Fraction(0))
        slack = sum((figure.printed.place * figure.factor for figure in group), Fraction(0))
        if total > 1 + slack or (both and total < 1 - slack):
            words = " + ".join(figure.printed.digits for figure in group) + f" = {shown(total * 100)}%"
            yield reading.finding(
                Kind.PARTS_AND_TOTAL,
                Level.PROVEN if both else Level.NEAR_CERTAIN if total < Fraction(3, 2) else Level.ASK,
                group,
                Text(f"各部分占比之和为{words}，应为100%。", f"The shares add up to {words}, not 100%."),
                stated=plain(total * 100),
                computed=100,
            )
        elif abs(total - 1) <= slack:
            words = " + ".join(figure.printed.digits for figure in group) + f" = {shown(total * 100)}%"
            yield reading.held(Kind.PARTS_AND_TOTAL, group, Text(words, words))


AGE = re.compile(r"(?:0[—~\-至到])?(\d{1,3})岁(?:及)?以下(儿童|婴幼儿|人口|人群)")


def _nested_ages(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """3岁以下儿童 are among the 5岁以下儿童."""
    by_age: dict[str, list[tuple[int, Figure]]] = {}
    for figure in figures:
        match = AGE.search(figure.subject)
        if (
            match
            and figure.is_count
            and figure.is_exact
            and re.fullmatch(r"[共有为数人总达计]*", figure.subject[match.end() :])
        ):
            by_age.setdefault(match[2], []).append((int(match[1]), figure))
    for group in by_age.values():
        for age, figure in group:
            for other_age, other in group:
                if age < other_age and figure.sentence == other.sentence:
                    if figure.low > other.high:
                        yield reading.finding(
                            Kind.PART_EXCEEDS_WHOLE,
                            Level.PROVEN,
                            [figure, other],
                            Text(
                                f"{age}岁以下（{as_printed(figure)}）多于{other_age}岁以下（{as_printed(other)}）。",
                                f"More people under {age} ({as_printed(figure)}) than under {other_age}.",
                            ),
                            stated=printed(figure),
                            computed=printed(other),
                        )
                    else:
                        words = f"{as_printed(figure)} ≤ {as_printed(other)}"
                        yield reading.held(Kind.PART_EXCEEDS_WHOLE, [figure, other], Text(words, words))


FROM = re.compile(r"[由从][^，。；到至]{0,12}$")
CHANGED_TO = re.compile(r"^(?:逐步|进一步)?(?:上升|下降|提高|降低|增加|减少|降|升|增)(?:到|至|为)$")


def _full_name(reading: Reading, rate: Figure) -> str:
    """婴儿死亡率由3.86‰降至2.17‰: the second has the name of the first."""
    if CHANGED_TO.match(rate.subject):
        row = reading.in_paragraph(rate.paragraph)
        before = row[row.index(rate) - 1] if row.index(rate) else rate
        if before.unit is rate.unit and before.number == rate.number - 1 and FROM.search(before.subject):
            return re.sub(r"[由从][^由从]*$", "", before.subject)
    name = rate_name(rate.subject)
    if name == "死亡率":  # 婴儿死亡42人，死亡率6.1‰
        row = reading.in_paragraph(rate.paragraph)
        before = row[row.index(rate) - 1] if row.index(rate) else rate
        if before.number == rate.number - 1 and before.subject.endswith("死亡"):
            return before.subject + "率"
    return name


def _contained(reading: Reading, rates: list[Figure]) -> Iterator[Finding | Held]:
    named = [(figure, _full_name(reading, figure)) for figure in rates]
    for inner, outer in (*CONTAINED, *NEEDED):
        sure = (inner, outer) in CONTAINED
        for part, name in named:
            if not inner.search(name) or "非" in part.subject:
                continue
            for whole, whole_name in named:
                near = abs(whole.paragraph.index - part.paragraph.index) <= 1
                if whole is part or not near or not outer.search(whole_name):
                    continue
                if not sure and (part.paragraph is not whole.paragraph or part.sentence != whole.sentence):
                    continue
                if FROM.search(part.subject) or FROM.search(whole.subject):
                    continue  # 由3.86‰降至2.17‰: what it was is of another year
                if part.low > whole.high:
                    yield reading.finding(
                        Kind.RATES_INCOMPATIBLE,
                        Level.PROVEN if sure and part.unit is whole.unit else Level.NEAR_CERTAIN,
                        [part, whole],
                        Text(
                            f"{name[-12:]}（{as_printed(part)}）包含于"
                            f"{whole_name[-12:]}（{as_printed(whole)}），不可能更高。",
                            f"The first ({as_printed(part)}) is part of the second ({as_printed(whole)}) "
                            "and cannot be higher.",
                        ),
                        stated=printed(part),
                        computed=printed(whole),
                    )
                else:
                    words = f"{as_printed(part)} ≤ {as_printed(whole)}"
                    yield reading.held(Kind.RATES_INCOMPATIBLE, [part, whole], Text(words, words))


def _complements(reading: Reading, rates: list[Figure]) -> Iterator[Finding | Held]:
    for first, second in COMPLEMENTS:
        for one in rates:
            for other in rates:
                if (
                    one is other
                    or one.paragraph is not other.paragraph
                    or abs(one.sentence - other.sentence) > 1
                ):
                    continue
                a, b = rate_name(one.subject), rate_name(other.subject)
                if not (first.search(a) and second.search(b)) or one.value is None or other.value is None:
                    continue
                total = one.value + other.value
                slack = one.printed.place * one.factor + other.printed.place * other.factor
                words = f"{as_printed(one)} + {as_printed(other)} = {shown(total * 100)}%"
                if abs(total - 1) <= slack:
                    yield reading.held(Kind.RATES_INCOMPATIBLE, [one, other], Text(words, words))
                elif abs(other.number - one.number) <= 2:
                    yield reading.finding(
                        Kind.RATES_INCOMPATIBLE,
                        Level.PROVEN if total > 1 else Level.NEAR_CERTAIN,
                        [one, other],
                        Text(f"两者互补，合计应为100%：{words}。", f"The two make a whole of 100%: {words}."),
                        stated=printed(other),
                        computed=plain((1 - one.value) / other.factor),
                    )


def _with_and_without(reading: Reading, rates: list[Figure]) -> Iterator[Finding | Held]:
    """住院分娩率 S, 非住院的新法接生率 N, 新法接生率 T: T = S + (1 - S) × N."""
    for rest in rates:
        match = re.search(r"非([\u4e00-\u9fff]{2,4})的?([\u4e00-\u9fff]{2,6}率)$", rate_name(rest.subject))
        if match is None:
            continue
        near = [
            rate
            for rate in rates
            if rate is not rest and abs(rate.paragraph.index - rest.paragraph.index) <= 1
        ]
        shares = [
            rate
            for rate in near
            if re.search(rf"(?<!非){match[1][:2]}[\u4e00-\u9fff]*率$", rate_name(rate.subject))
        ]
        wholes = [
            rate for rate in near if rate_name(rate.subject).endswith(match[2]) and "非" not in rate.subject
        ]
        for share in shares:
            for whole in wholes:
                if share is not whole:
                    yield _union(reading, share, rest, whole)


def _union(reading: Reading, share: Figure, rest: Figure, whole: Figure) -> Finding | Held:
    assert share.value is not None
    assert rest.value is not None
    assert whole.value is not None
    low = share.low + (1 - min(share.high, Fraction(1))) * rest.low
    low = min(low, share.low + (1 - share.low) * rest.low)
    high = max(share.high + (1 - share.high) * rest.high, share.low + (1 - share.low) * rest.high)
    computed = share.value + (1 - share.value) * rest.value
    inside, outside = share.printed.digits, rest.printed.digits
    words = f"{inside}% + (100% − {inside}%) × {outside}% = {shown(computed * 100, 2)}%"
    if low <= whole.high and whole.low <= high:
        return reading.held(Kind.RATES_INCOMPATIBLE, [whole, share, rest], Text(words, words))
    return reading.finding(
        Kind.RATES_INCOMPATIBLE,
        Level.PROVEN,
        [whole, share, rest],
        Text(f"{words}，文中写为{as_printed(whole)}。", f"{words}, but the text says {as_printed(whole)}."),
        stated=printed(whole),
        computed=plain(round(computed * 100, 2)),
        suggestion=Text("三个比率至少有一个有误。", "At least one of the three rates is wrong."),
    )
