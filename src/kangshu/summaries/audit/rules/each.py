"""So much for each: couples and people, a standard and what was paid, a cost by the square metre, an average
told as 近 or 余. The quotient may be right but for its unit, which is said as such."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.numerals import Approximation, read_number
from kangshu.summaries.audit.reading import Reading, as_printed, bigrams, plain, printed, shown
from kangshu.summaries.audit.repair import is_slip_of
from kangshu.summaries.audit.rules.changes import direction_of
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

STANDARD = re.compile(r"每人|人均|每[位名]|每户|每个|每所|每例|标准")
ON_AVERAGE = re.compile(
    r"平均每(?P<one>[\u4e00-\u9fff]{1,3}?)(?:约|近|达|为|有|接待|派|培训|配备|检查|服务)*$"
)
BY_AREA = re.compile(r"每平方米|单价|单方造价")
EACH_SIZED = re.compile(r"(?:每|各)(?P<counter>[所个家院村处间栋户站])(?:[\u4e00-\u9fff]{0,6})$")
PER_ONE = re.compile(r"^(?:平均)?(人|件|户|校|所|场|院|家|团队|队|期|镇|乡|村)均[^，。；\d每月日]{0,8}$")
COUNTERS_OF = {"人": "people", "件": "cases", "院": "所", "校": "所", "团队": "个", "队": "支"}
APIECE = re.compile(r"各(?:罚款?|奖励|补助|补贴|发放|资助|安排|投入|配套|处罚款?)?$")
TALKS = re.compile(r"讲座|培训|宣讲|义诊|咨询|授课|讲课")
LISTENERS = re.compile(r"听|受众|受益|参加|参训|培训|受教育|惠及|服务|参与")
MOST_LISTENERS = 1200
TENS = tuple(Fraction(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))


def check(reading: Reading) -> Iterator[Finding | Held]:
    for figures in reading.by_paragraph.values():
        yield from _couples(reading, figures)
        for at, figure in enumerate(figures):
            if figure.is_masked or not figure.value:
                continue
            yield from _by_standard(reading, figures, at)
            yield from _on_average(reading, figures, at)
            yield from _by_area(reading, figures, at)
            yield from _sized(reading, figures, at)
            yield from _per_one(reading, figures, at)
            yield from _apiece(reading, figures, at)
            yield from _listeners(reading, figures, at)


def _couples(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """2847对，共5695人: two to a couple."""
    for couples, people in itertools.pairwise(figures):
        if couples.unit.name != "对" or people.unit.name not in {"人", "名"} or not people.is_exact:
            continue
        between = couples.paragraph.text[couples.end : people.start]
        if not re.fullmatch(r"[夫妻妇]{0,2}[，、（]?(?:共计?|合计|计|即)", between) or not couples.is_exact:
            continue
        assert couples.value is not None
        words = f"{as_printed(couples)} × 2 = {shown(couples.value * 2)}人"
        if people.may_be(couples.value * 2):
            yield reading.held(Kind.PRODUCT, [couples, people], Text(words, words))
        elif couples.scale == people.scale == 1:
            yield _finding(
                reading, Kind.PRODUCT, Level.PROVEN, [couples, people], words, people, couples.value * 2
            )


def _by_standard(reading: Reading, figures: list[Figure], at: int) -> Iterator[Finding | Held]:
    """按签约对象每人每年120元标准，全年服务费1876.4万元: the people may stand sentences before."""
    each = figures[at]
    if each.unit.dimension is not Dimension.MONEY or each.scale != 1 or not each.is_exact:
        return
    words = each.subject + each.after[:3]
    if not STANDARD.search(words) or re.search(r"人均(?:收入|费用|筹资)|次均|由|从|提高|增", each.subject):
        return
    paid = next((one for one in figures[at + 1 : at + 4] if one.unit.dimension is Dimension.MONEY), None)
    if (
        paid is None
        or paid.sentence != each.sentence
        or not paid.is_exact
        or paid.scale == 1
        or not paid.value
    ):
        return
    if (
        paid.clause - each.clause > 1
        or direction_of(paid) is not None
        or "其中" in paid.paragraph.text[each.end : paid.start]
    ):
        return
    named = bigrams(each.subject + each.after + paid.subject)
    people = [
        one
        for one in figures
        if one.unit.group == "people" and one.number < each.number and one.is_exact and one.value
    ]
    assert each.value
    for one in people:
        assert one.value
        if paid.may_be(one.value * each.value) or (
            paid.low <= one.high * each.value and one.low * each.value <= paid.high
        ):
            said = _times(one, each, paid)
            yield reading.held(Kind.PRODUCT, [one, each, paid], Text(said, said))
            return
    meant = [one for one in people if bigrams(one.subject) & named]
    slipped = [one for one in meant if one.value and is_slip_of(one.value * each.value, paid, lost=False)]
    if len({one.value for one in slipped}) != 1:
        return
    one = slipped[-1]
    assert one.value
    said = _times(one, each, paid)
    yield _finding(
        reading, Kind.PRODUCT, Level.NEAR_CERTAIN, [one, each, paid], said, paid, one.value * each.value
    )


def _times(one: Figure, each: Figure, paid: Figure) -> str:
    value = (one.value or Fraction(0)) * (each.value or Fraction(0)) / paid.factor
    return f"{as_printed(one)} × {as_printed(each)} = {shown(value)}{paid.unit_words}"


def _on_average(reading: Reading, figures: list[Figure], at: int) -> Iterator[Finding | Held]:
    """坐诊1186人次，17个乡镇卫生院平均每院近100人次."""
    mean = figures[at]
    match = ON_AVERAGE.search(mean.subject) or ON_AVERAGE.search(
        mean.paragraph.text[max(0, mean.start - 12) : mean.start]
    )
    if match is None or mean.approximation is Approximation.EXACT or not mean.is_count:
        return
    before = [one for one in figures[:at] if one.sentence == mean.sentence and one.is_exact and one.value]
    totals = [one for one in before if one.unit.name == mean.unit.name]
    counts = [one for one in before if one.is_count and one.unit.name != mean.unit.name]
    if not totals or not counts:
        return
    total, count = totals[-1], counts[-1]
    if match["one"][-1] not in count.unit.name + count.after[:8] or not total.value or not count.value:
        return
    each = total.value / count.value
    words = f"{as_printed(total)} ÷ {as_printed(count)} = {shown(each, 1)}{mean.unit.name}"
    if mean.low * Fraction(9, 10) <= each <= mean.high * Fraction(11, 10):
        yield reading.held(Kind.PRODUCT, [total, count, mean], Text(words, words))
    else:
        yield _finding(reading, Kind.PRODUCT, Level.NEAR_CERTAIN, [total, count, mean], words, mean, each)


def _by_area(reading: Reading, figures: list[Figure], at: int) -> Iterator[Finding | Held]:
    """总投资6.8亿元，建筑面积11.4万平方米，每平方米造价5965万元."""
    price = figures[at]
    if price.unit.dimension is not Dimension.MONEY or not BY_AREA.search(price.subject) or not price.value:
        return
    before = [one for one in figures[:at] if one.sentence == price.sentence and one.is_exact and one.value]
    money = [one for one in before if one.unit.dimension is Dimension.MONEY]
    areas = [one for one in before if one.unit.name in {"平方米", "㎡"}]
    if not money or not areas or not areas[-1].value or not money[-1].value:
        return
    each = money[-1].value / areas[-1].value
    words = f"{as_printed(money[-1])} ÷ {as_printed(areas[-1])} = {shown(each, 2)}元"
    quoted = [money[-1], areas[-1], price]
    low, high = money[-1].low / areas[-1].high, money[-1].high / areas[-1].low
    if low <= price.high and price.low <= high:
        yield reading.held(Kind.PRODUCT, quoted, Text(words, words))
    elif any(low * move <= price.high and price.low <= high * move for move in TENS):
        yield _finding(reading, Kind.UNIT, Level.PROVEN, quoted, words, price, each)
    elif is_slip_of(each, price, lost=False):
        yield _finding(reading, Kind.PRODUCT, Level.NEAR_CERTAIN, quoted, words, price, each)


def _sized(reading: Reading, figures: list[Figure], at: int) -> Iterator[Finding | Held]:
    """新建38所、改建45所，每所60平方米，总面积4.98万平方米: one size, several counts, one total."""
    each = figures[at]
    match = EACH_SIZED.search(each.subject)
    if match is None or each.unit.dimension not in {Dimension.MEASURE, Dimension.MONEY} or not each.is_exact:
        return
    counts = [
        one
        for one in figures[:at]
        if one.sentence == each.sentence and one.is_exact and one.unit.name == match["counter"] and one.value
    ]
    total = next(
        (
            one
            for one in figures[at + 1 : at + 3]
            if one.unit.name == each.unit.name and re.search(r"共|总|合计|累计", one.subject) and one.value
        ),
        None,
    )
    if not counts or total is None or total.sentence != each.sentence or not total.value or not each.value:
        return
    sums = [
        sum((one.value or Fraction(0) for one in counts[start:]), Fraction(0)) for start in range(len(counts))
    ]
    sums += [one.value for one in counts if one.value]
    products = [number * each.value for number in sums]
    words = f"{shown(sums[0])}{match['counter']} × {as_printed(each)} = {shown(products[0])}{each.unit.name}"
    quoted = [*counts, each, total]
    place = total.printed.place * total.factor
    if any(total.may_be(product) or abs(product - total.value) <= place for product in products):
        yield reading.held(Kind.PRODUCT, quoted, Text(words, words))
    elif any(abs(product * move - total.value) <= place / 2 for product in products[:1] for move in TENS):
        yield _finding(reading, Kind.MAGNITUDE, Level.PROVEN, quoted, words, total, products[0])


def _per_one(reading: Reading, figures: list[Figure], at: int) -> Iterator[Finding | Held]:
    """驻点服务9828天，人均87天; 罚没款34.56万元，件均360元: the total just before, the counts before that."""
    mean = figures[at]
    match = PER_ONE.search(mean.subject)
    if match is None or at < 2 or not mean.is_exact or mean.unit.dimension is Dimension.RATIO:
        return
    total = figures[at - 1]
    if (
        total.unit.name != mean.unit.name
        or total.sentence != mean.sentence
        or not total.is_exact
        or not total.value
    ):
        return
    if direction_of(total) is not None or direction_of(mean) is not None:
        return
    counts = [
        one
        for one in figures[: at - 1]
        if one.is_count
        and one.value
        and mean.sentence - one.sentence <= 1
        and (COUNTERS_OF.get(match[1], match[1]) in {one.unit.name, one.unit.group})
    ]
    low_high = [(total.low / one.high, total.high / one.low) for one in counts if one.low]
    for one, (low, high) in zip(counts, low_high, strict=False):
        each = total.value / (one.value or 1)
        if mean.may_be(each) or (low <= mean.high and mean.low <= high) or abs(each - (mean.value or 0)) < 1:
            words = f"{as_printed(total)} ÷ {as_printed(one)} = {shown(each, 1)}{mean.unit.name}"
            yield reading.held(Kind.PRODUCT, [one, total, mean], Text(words, words))
            return
    near = [one for one in counts if one.sentence == mean.sentence and one.is_exact]
    for one in reversed(near):
        each = total.value / (one.value or 1)
        words = f"{as_printed(total)} ÷ {as_printed(one)} = {shown(each, 2)}{mean.unit.name}"
        rounded = read_number(str(round(each)))
        tens = any(mean.may_be(each * move) for move in TENS)
        if (
            tens
            or is_slip_of(each, mean, lost=False)
            or (rounded and each == round(each) and one is near[-1])
        ):
            kind = Kind.UNIT if tens else Kind.PRODUCT
            yield _finding(reading, kind, Level.NEAR_CERTAIN, [one, total, mean], words, mean, each)
            return


def _apiece(reading: Reading, figures: list[Figure], at: int) -> Iterator[Finding | Held]:
    """对2件案件当事人各罚款3万元，合计罚款60万元."""
    each = figures[at]
    if not APIECE.search(each.subject) or at == 0 or at + 1 >= len(figures) or not each.is_exact:
        return
    count, total = figures[at - 1], figures[at + 1]
    same = count.sentence == each.sentence == total.sentence and total.unit.name == each.unit.name
    if (
        not same
        or not count.is_count
        or not count.is_exact
        or not total.is_exact
        or total.clause - each.clause != 1
    ):
        return
    if not re.match(r"(?:合计|共计?|总计|累计)", total.subject) or count.clause != each.clause:
        return
    value = (count.value or Fraction(0)) * (each.value or Fraction(0))
    words = f"{as_printed(count)} × {as_printed(each)} = {shown(value / total.factor)}{total.unit_words}"
    if total.may_be(value):
        yield reading.held(Kind.PRODUCT, [count, each, total], Text(words, words))
    else:
        yield _finding(reading, Kind.PRODUCT, Level.PROVEN, [count, each, total], words, total, value)


def _listeners(reading: Reading, figures: list[Figure], at: int) -> Iterator[Finding]:
    """讲座96场，听众38.4万人次: four thousand to each."""
    people = figures[at]
    if at == 0 or people.unit.group not in {"people", "visits"} or not people.is_exact or people.scale == 1:
        return
    talks = figures[at - 1]
    if talks.sentence != people.sentence or not TALKS.search(talks.subject) or not talks.value:
        return
    if talks.unit.name not in {"场", "场次", "期", "次", "班", "期次"} or not LISTENERS.search(
        people.subject
    ):
        return
    each = (people.value or Fraction(0)) / talks.value
    if each < MOST_LISTENERS:
        return
    words = f"{as_printed(people)} ÷ {as_printed(talks)} ≈ {shown(each, 0)}人"
    yield reading.finding(
        Kind.MAGNITUDE,
        Level.NEAR_CERTAIN if each >= 3 * MOST_LISTENERS else Level.ASK,
        [talks, people],
        Text(f"平均每场{words}，请核对。", f"{words} to each; check."),
        stated=printed(people),
    )


def _finding(
    reading: Reading,
    kind: Kind,
    level: Level,
    quoted: list[Figure],
    words: str,
    stated: Figure,
    value: Fraction,
) -> Finding:
    return reading.finding(
        kind,
        level,
        quoted,
        Text(f"{words}，文中写为{as_printed(stated)}。", f"{words}, but the text says {as_printed(stated)}."),
        stated=printed(stated),
        computed=plain(round(value / stated.factor, 4)),
        suggestion=Text("请核对各数及其单位。", "Check the numbers and their units."),
    )
