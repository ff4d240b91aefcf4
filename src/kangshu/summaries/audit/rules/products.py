"""Price times quantity: 每人补助500元，补助336人，共16.8万元; 5个成员各帮扶2户，共10户; 人均献血量307毫升.

A price is whatever is said of one: 每…, 人均, 次均, 各, 元/人. What it multiplies is the count of
the same counter
near by; the product is of the price's own kind. A price by the month is paid twelve times a year.
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
from kangshu.summaries.audit.repair import is_slip_of, values_one_slip_away
from kangshu.summaries.audit.units import COUNTERS, UNITS, Dimension, alike
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

PRICE = re.compile(
    r"(?:每|人均|次均|户均|村均|均次|床均|例均|院均|平均每?)"
    r"(平方米|床日|人份|公里|亩|[人名例户所家个张床次份村亩套台支剂件起处院]?(?:人次|次|均)?)|(?:各|均)[\u4e00-\u9fff]{2,8}$"
)
AVERAGE = re.compile(r"人均|户均|次均|例均|平均每")
EACH = re.compile(r"(?:各|每([人名户所家个村组院队校期场次班批支镇县]|团队|机构)?(?:人|次)?)[^，。；]{0,8}$")
MEAN = re.compile(r"(?:(人)|(户)|(村)|(场)|(次))均[^，。；]{0,6}$")
TOGETHER = re.compile(r"(?:共|合计|总计|累计|总额|总金额|总)[^，。；]{0,10}$")
UNRELATED = re.compile(r"总投资|预算|收入|固定资产")
MONTHLY = re.compile(r"每月|月均|月人均|按月|/月")
MONTHS = re.compile(r"(\d{1,2})个月")


@dataclass(frozen=True)
class Product:
    """`price` of one, the `count` of them, how many `times` it is paid, and what is said it makes."""

    price: Figure
    count: Figure
    total: Figure
    times: int = 1

    @property
    def value(self) -> Fraction:
        return (self.price.value or Fraction(0)) * (self.count.value or Fraction(0)) * self.times


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Products of money, of measures and of counts."""
    for figures in reading.by_paragraph.values():
        prices = [one for one in figures if one.value and not one.is_masked and _is_price(one)]
        prices += _raised(figures)
        fitting = [one for price in prices if (one := _fitting(price, figures)) is not None]
        yield from _added(reading, figures)
        for one in fitting:
            yield _held(reading, one)
        explained = {one.total.number for one in fitting}
        priced = {one.price.number for one in fitting}
        for price in prices:
            if price.number not in priced:
                yield from _amounts(reading, price, figures, explained, fitting)
        for each in figures:
            if each.value and each.is_count and (EACH.search(each.subject) or MEAN.search(each.subject)):
                yield from _counts(reading, each, figures)


RAISED = re.compile(r"(?:提高|增加|上调|调整|提升|增|升|降|调)[^，。；]{0,4}(?:到|至|为)[^，。；]{0,2}$")


def _is_price(figure: Figure) -> bool:
    if re.search(r"[由从][^，。；]{0,8}$", figure.subject):
        return False  # 由74元提高到79元: what it was
    if figure.unit.dimension is Dimension.MONEY_PER:
        return True
    if figure.unit.dimension is Dimension.MEASURE:
        return bool(AVERAGE.search(figure.subject))
    return figure.unit.dimension is Dimension.MONEY and bool(PRICE.search(figure.subject))


def _raised(figures: list[Figure]) -> list[Figure]:
    """人均经费由74元提高到79元: the second is the price, though the first carries its words."""
    return [
        now
        for before, now in itertools.pairwise(figures)
        if now.unit.dimension is Dimension.MONEY
        and now.value
        and before.unit is now.unit
        and PRICE.search(before.subject)
        and RAISED.search(now.subject)
    ]


def _group(price: Figure) -> str | None:
    """What the price is counted by; None when it does not say."""
    word = price.per
    match = None if word else PRICE.search(price.subject)
    if match is not None:
        word = match[1] or ("人" if match[0].startswith("人均") else "")
        if match[0].startswith(("次均", "均次")):
            word = "人次"
    word = re.sub(r"[均年月日天]$", "", word) if word != "床日" else word
    unit = UNITS.get(word)
    return COUNTERS.get(word) or (unit.group if unit is not None else None)


def _times(price: Figure) -> tuple[int, ...]:
    """How often the price may have been paid: by the month twelve times, or as many as the sentence says."""
    first, last = price.paragraph.sentences[price.sentence]
    said = price.paragraph.text[price.subject_start : price.end]
    if not MONTHLY.search(said) and not price.per.endswith("月"):
        return (1,)
    months = [int(match[1]) for match in MONTHS.finditer(price.paragraph.text, first, last)]
    return (*months, 12, 1)


def _totals(price: Figure, figures: list[Figure]) -> list[Figure]:
    """Sums of the price's own kind in its sentence."""
    kind = Dimension.MEASURE if price.unit.dimension is Dimension.MEASURE else Dimension.MONEY
    return [
        figure
        for figure in figures
        if figure.sentence == price.sentence
        and figure is not price
        and figure.unit.dimension is kind
        and (kind is Dimension.MONEY or alike(figure.unit, price.unit))
        and not _is_price(figure)
        and not figure.is_masked
        and not UNRELATED.search(figure.subject)
        and figure.value
        and figure.value > (price.value or 0)
    ]


def _products(price: Figure, figures: list[Figure], *, far: bool) -> list[Product]:
    """What the price may multiply, and to what: in its own sentence, or `far`, in an earlier one."""
    group = _group(price)
    counts = [
        one
        for one in figures
        if one is not price
        and (one.sentence < price.sentence if far else one.sentence == price.sentence)
        and _may_be_counted(one, price, group)
    ]
    totals = [one for one in _totals(price, figures) if not far or 0 < one.number - price.number <= 2]
    return [
        Product(price, count, total, times) for count in counts for total in totals for times in _times(price)
    ]


def _fitting(price: Figure, figures: list[Figure]) -> Product | None:
    near = next((one for one in _products(price, figures, far=False) if _fits(one)), None)
    if near is not None:
        return near
    # Of another sentence only a sum that leaves no doubt: every digit of it.
    return next((one for one in _products(price, figures, far=True) if _is_plain(one)), None)


def _is_plain(one: Product) -> bool:
    exact = one.price.is_exact and one.count.is_exact and one.total.is_exact
    return exact and len(one.total.printed.digits.strip("0.")) > 2 and one.total.may_be(one.value)


def _amounts(
    reading: Reading, price: Figure, figures: list[Figure], explained: set[int], fitting: list[Product]
) -> Iterator[Finding | Held]:
    products = [one for one in _products(price, figures, far=False) if one.total.number not in explained]
    counts, totals = {one.count.number for one in products}, {one.total.number for one in products}
    alone = len(counts) == 1 and len(totals) == 1 and _group(price) is not None
    if products:
        yield from _accused(reading, products, alone=alone)
        return
    # 按每人40元计1073.66万元，按每人30元计850.25万元: what the one is reckoned on, the other is, too.
    shared = {one.count.number for one in fitting}
    for one in _products(price, figures, far=True):
        if one.count.number in shared and one.total.number not in explained and _is_slip(one):
            yield _wrong(reading, one, Level.PROVEN)
            return


def _is_slip(one: Product) -> bool:
    assert one.price.value is not None
    assert one.count.value
    return is_slip_of(one.value, one.total) or any(
        one.total.may_be(value * one.count.value * one.times) for value in values_one_slip_away(one.price)
    )


def _may_be_counted(figure: Figure, price: Figure, group: str | None) -> bool:
    if not figure.value or figure.unit.dimension not in {Dimension.COUNT, Dimension.MEASURE}:
        return False
    if figure.unit.group == group or (figure.unit.name == "张" and "每床" in price.subject):
        return True
    if not figure.is_count:
        return False
    if group == "people" and figure.unit.group == "visits":
        return "均" in price.subject
    return group is None and figure.unit.group in {"people", "places", "visits"}


def _accused(reading: Reading, products: list[Product], *, alone: bool) -> Iterator[Finding]:
    """住院5人次，报销8万元，人均报销…: those that stand in a row belong together."""
    products = sorted(
        products,
        key=lambda one: (
            abs(one.price.number - one.count.number),
            abs(one.price.number - one.total.number),
            -one.times,
        ),
    )
    judged = [(one, _level(one, alone=alone)) for one in products]
    speaking = [(one, level) for one, level in judged if level is not None]
    if speaking:
        order = (Level.PROVEN, Level.NEAR_CERTAIN, Level.ASK)
        one, level = min(speaking, key=lambda pair: order.index(pair[1]))
        yield _wrong(reading, one, level)


def _fits(one: Product) -> bool:
    price, count, total = one.price, one.count, one.total
    assert total.value is not None
    if total.may_be(one.value) or one.value == total.value:
        return True
    if price.unit.dimension is Dimension.COUNT:
        return False
    averaged = re.search(r"均", price.subject) is not None
    if averaged or not price.is_exact or not count.is_exact or not total.is_exact or count.scale > 1:
        return (
            price.low * count.low * one.times <= total.high
            and total.low <= price.high * count.high * one.times
        )
    return False


def _level(one: Product, *, alone: bool) -> Level | None:
    price, count, total, times = one.price, one.count, one.total, one.times
    assert price.value is not None
    assert count.value
    assert total.value is not None
    product = one.value
    slip = (
        is_slip_of(product, total)
        or any(total.may_be(value * count.value * times) for value in values_one_slip_away(price))
        or any(total.may_be(price.value * value * times) for value in values_one_slip_away(count))
    )
    exact = price.is_exact and count.is_exact and total.is_exact
    averaged = "均" in price.subject
    in_row = price.number - total.number == total.number - count.number == 1
    whole_cost = averaged and re.search(r"总?费用|收入|基金|支出|补偿|支付", total.subject) is not None
    average = total.value / count.value / times
    if averaged and exact and (in_row or whole_cost) and is_slip_of(average, price):
        return Level.PROVEN if in_row or "总" in total.subject else Level.NEAR_CERTAIN
    if averaged and exact and in_row and abs(average - price.value) <= average / 4:
        return Level.NEAR_CERTAIN
    close = abs(product - total.value) <= total.value / 20
    powers = any(
        total.may_be(product * 10**power) or total.may_be(product / 10**power) for power in (1, 2, 3, 4)
    )
    together = bool(TOGETHER.search(total.subject))
    if exact and alone and (slip or powers):
        return Level.PROVEN
    if exact and (slip or powers) and together:
        return Level.NEAR_CERTAIN
    if exact and slip and not total.is_count:
        return Level.ASK
    if alone and together and close:
        return Level.NEAR_CERTAIN if exact else Level.ASK
    return Level.ASK if alone and together and exact else None


DIVIDED = re.compile(r"分(?:成|为|别|赴|批)?[^，。；]{0,2}$")


def _counts(reading: Reading, each: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    """N个成员各帮扶M户，共K户; 培训12期，每期60人，共720人次; 36人分12批，每批3人."""
    near = [f for f in figures if f.is_count and f.sentence == each.sentence and f.value and f is not each]
    word = EACH.search(each.subject)
    mean = MEAN.search(each.subject)
    if mean is not None or "平均" in each.subject:
        yield from _averaged(reading, each, near, (word and word[1]) or (mean and mean[0][0]) or "")
        return
    before = [f for f in near if f.end <= each.start]
    named = [f for f in before if word and word[1] and _is_counted_by(f, word[1])]
    if not before or not each.is_exact:
        return
    count = (named or before)[-1]
    after = [f for f in near if f.start > each.end and TOGETHER.search(f.subject) and _same_sort(f, each)]
    visits = [f for f in named if word and f.unit.name == f"{word[1]}次"]
    places = [f for f in named if f not in visits]
    if visits and places:
        count, after = places[-1], visits[-1:]  # 1126户，监督4504户次，每户4次
    divided = [
        f
        for f in before
        if f.number == count.number - 1 and _same_sort(f, each) and named and DIVIDED.search(count.subject)
    ]
    for total in (*after[:1], *divided):
        one = Product(each, count, total)
        if not count.is_exact or not total.is_exact or abs(total.number - count.number) > 3:
            continue
        if _fits(one):
            yield _held(reading, one)
        elif abs(total.number - each.number) == 1 or total in divided:
            level = _level(one, alone=True)
            yield _wrong(reading, one, Level.ASK if level is None else level)
        return


def _averaged(reading: Reading, each: Figure, near: list[Figure], word: str) -> Iterator[Finding | Held]:
    """巡回医疗36次，服务5400人次，平均每次150人次; 2560名、封闭6912颗，人均2.7颗."""
    totals = [f for f in near if f.unit.name == each.unit.name and f.end <= each.start and f.value]
    group = COUNTERS.get(word)
    counts = [
        f
        for f in near
        if f.end <= each.start
        and f not in totals[-1:]
        and (_is_counted_by(f, word) or (word == "人" and f.unit.group == group))
    ]
    if not totals or not counts or not word:
        return
    total = totals[-1]
    fitting = [
        f
        for f in counts
        if f.value and abs((total.value or 0) / f.value - (each.value or 0)) <= each.printed.place
    ]
    count = (fitting or counts)[-1]
    if not fitting and len({f.value for f in counts}) > 1:
        return
    if fitting:
        yield _held(reading, Product(each, count, total))
        return
    if (
        not count.value
        or total.value is None
        or each.value is None
        or total.number - count.number not in {-1, 1}
    ):
        return
    mean = total.value / count.value
    one = Product(each, count, total)
    # 平均每场50人: such means are rounded as one likes.
    round_number = each.printed.decimals == 0 and abs(mean - each.value) <= mean / 20
    if round_number or each.may_be(mean) or abs(mean - each.value) <= each.printed.place:
        yield _held(reading, one)
    elif count.is_exact and total.is_exact and each.is_exact:
        slip = _level(one, alone=True) is Level.PROVEN or is_slip_of(mean, each)
        yield _wrong(reading, one, Level.PROVEN if slip else Level.NEAR_CERTAIN)


def _is_counted_by(figure: Figure, word: str) -> bool:
    """每期 of 12期, 每批 of 12批次, 每村 of 18个村, 每院 of 20所乡镇卫生院."""
    return figure.unit.name.startswith(word) or bool(re.match(rf"[\u4e00-\u9fff]{{0,6}}{word}", figure.after))


def _same_sort(total: Figure, each: Figure) -> bool:
    groups = {total.unit.group, each.unit.group}
    return len(groups) == 1 or groups in ({"people", "visits"}, {"place visits", "visits"})


def _sum(one: Product) -> tuple[str, Fraction]:
    twelve = f" × {one.times}个月" if one.times > 1 else ""
    words = (
        f"{one.count.printed.digits}{one.count.unit_words} × {as_printed(one.price)}{twelve} = "
        f"{shown(one.value / one.total.factor)}{one.total.unit_words}"
    )
    return words, one.value


def _held(reading: Reading, one: Product) -> Held:
    words, _ = _sum(one)
    return reading.held(Kind.PRODUCT, [one.price, one.count, one.total], Text(words, words))


def _wrong(reading: Reading, one: Product, level: Level) -> Finding:
    words, product = _sum(one)
    total = one.total
    return reading.finding(
        Kind.PRODUCT,
        level,
        [one.price, one.count, total],
        Text(f"{words}，文中写为{as_printed(total)}。", f"{words}, but the text says {as_printed(total)}."),
        stated=printed(total),
        computed=plain(product / total.factor),
        suggestion=Text("请核对单价、数量和总额。", "Check price, quantity and amount."),
    )


def _added(reading: Reading, figures: list[Figure]) -> Iterator[Finding | Held]:
    """新建34所、改扩建58所，每所新建12万元、改扩建4.5万元，共669万元: as many counts as prices, and
    their sum."""
    for at, first in enumerate(figures):
        if first.unit.dimension is not Dimension.MONEY or "每" not in first.subject:
            continue
        prices = _row(figures[at:], first)
        counts = [one for one in figures[:at] if one.sentence == first.sentence][-len(prices) :]
        totals = [one for one in figures[at + len(prices) :][:1] if TOGETHER.search(one.subject)]
        if len(prices) < 2 or len(counts) != len(prices) or not totals:
            continue
        total = totals[0]
        alike_counts = all(one.is_count and one.is_exact and one.unit is counts[0].unit for one in counts)
        if not alike_counts or total.unit.dimension is not Dimension.MONEY or not total.is_exact:
            continue
        terms = zip(counts, prices, strict=True)
        value = sum(
            ((one.value or Fraction(0)) * (price.value or Fraction(0)) for one, price in terms), Fraction(0)
        )
        words = " + ".join(
            f"{one.printed.digits} × {as_printed(price)}" for one, price in zip(counts, prices, strict=True)
        )
        words += f" = {shown(value / total.factor)}{total.unit_words}"
        quoted = [*counts, *prices, total]
        if total.may_be(value):
            yield reading.held(Kind.PRODUCT, quoted, Text(words, words))
        elif is_slip_of(value, total) or abs(value - (total.value or Fraction(0))) <= value / 4:
            yield reading.finding(
                Kind.PRODUCT,
                Level.PROVEN if is_slip_of(value, total) else Level.NEAR_CERTAIN,
                quoted,
                Text(
                    f"{words}，文中写为{as_printed(total)}。",
                    f"{words}, but the text says {as_printed(total)}.",
                ),
                stated=printed(total),
                computed=plain(value / total.factor),
                suggestion=Text("请核对单价、数量和总额。", "Check price, quantity and amount."),
            )


def _row(figures: list[Figure], first: Figure) -> list[Figure]:
    row = list(
        itertools.takewhile(lambda one: one.unit is first.unit and one.sentence == first.sentence, figures)
    )
    return [one for one in row if not TOGETHER.search(one.subject)]
