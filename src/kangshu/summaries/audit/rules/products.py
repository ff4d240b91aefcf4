"""Price times quantity: 每人补助500元，补助336人，共16.8万元; 5个成员各帮扶2户，共10户.

A price is money 每…, 人均, 次均 or in 元/人; what it multiplies is the count of the same counter near by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, plain, printed, shown
from kangshu.summaries.audit.repair import is_slip_of, values_one_slip_away
from kangshu.summaries.audit.units import COUNTERS, Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level

PRICE = re.compile(
    r"(?:每|人均|次均|户均|村均|均次|床均|例均|平均每?)([人名例户所家个张床次份村亩套台支剂件起处]?(?:人次|次|均)?)|(?:各|均)[\u4e00-\u9fff]{2,8}$"
)
EACH = re.compile(r"(?:各|每[人名户所家个村组院队校期场次班批]?)[^，。；]{0,8}$")
TOGETHER = re.compile(r"(?:共|合计|总计|累计|总额|总金额|总)[^，。；]{0,10}$")
UNRELATED = re.compile(r"总投资|预算|收入|固定资产")


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Products of money and of counts."""
    for figures in reading.by_paragraph.values():
        for price in figures:
            if price.is_masked or price.value is None:
                continue
            if _is_price(price):
                yield from _money(reading, price, figures)
            elif price.is_count and EACH.search(price.subject):
                yield from _counts(reading, price, figures)


def _is_price(figure: Figure) -> bool:
    if figure.unit.dimension is Dimension.MONEY_PER:
        return True
    return figure.unit.dimension is Dimension.MONEY and bool(PRICE.search(figure.subject))


def _group(price: Figure) -> str | None:
    """What the price is counted by; None when it does not say."""
    word = price.per
    match = None if word else PRICE.search(price.subject)
    if match is not None:
        word = match[1] or ("人" if match[0].startswith("人均") else "")
        if match[0].startswith(("次均", "均次")):
            word = "人次"
    word = re.sub(r"[均年月日天]$", "", word)
    return COUNTERS.get(word)


def _money(reading: Reading, price: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    group = _group(price)
    near = [figure for figure in figures if figure.sentence == price.sentence and figure is not price]
    totals = [
        figure
        for figure in near
        if figure.unit.dimension is Dimension.MONEY
        and not _is_price(figure)
        and not figure.is_masked
        and not UNRELATED.search(figure.subject)
        and figure.value
    ]
    counts = [
        figure
        for figure in near
        if figure.is_count
        and figure.value
        and (
            figure.unit.group == group
            or (group == "people" and figure.unit.group == "visits" and "均" in price.subject)
            or (group is None and figure.unit.group in {"people", "places", "visits"})
        )
    ]
    if not totals or not counts:
        return
    if "各" in price.subject and group is None:
        group = counts[-1].unit.group
    for count in counts:
        for total in totals:
            if _fits(price, count, total):
                yield _held(reading, price, count, total)
                return
    # 住院5人次，报销8万元，人均报销…: those that stand in a row belong together.
    totals.sort(key=lambda one: abs(price.number - one.number))
    counts.sort(key=lambda one: abs(price.number - one.number))
    for count in counts:
        for total in totals:
            level = _level(
                price, count, total, alone=len(counts) == 1 and len(totals) == 1 and group is not None
            )
            if level is not None:
                yield _wrong(reading, price, count, total, level)
                return


def _fits(price: Figure, count: Figure, total: Figure) -> bool:
    assert price.value is not None
    assert count.value is not None
    assert total.value is not None
    if total.may_be(price.value * count.value) or price.value * count.value == total.value:
        return True
    if price.unit.dimension is Dimension.COUNT:
        return False
    averaged = re.search(r"均", price.subject) is not None
    if averaged or not price.is_exact or not count.is_exact or not total.is_exact or count.scale > 1:
        return price.low * count.low <= total.high and total.low <= price.high * count.high
    return False


def _level(price: Figure, count: Figure, total: Figure, *, alone: bool) -> Level | None:
    assert price.value is not None
    assert count.value is not None
    assert total.value is not None
    product = price.value * count.value
    slip = (
        is_slip_of(product, total)
        or any(total.may_be(value * count.value) for value in values_one_slip_away(price))
        or any(total.may_be(price.value * value) for value in values_one_slip_away(count))
    )
    exact = price.is_exact and count.is_exact and total.is_exact
    averaged = "均" in price.subject
    in_row = price.number - total.number == total.number - count.number == 1
    average = total.value / count.value
    if averaged and exact and in_row and is_slip_of(average, price):
        return Level.PROVEN
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


def _counts(reading: Reading, each: Figure, figures: list[Figure]) -> Iterator[Finding | Held]:
    """N个成员各帮扶M户，共K户."""
    at = figures.index(each)
    before = [f for f in figures[:at] if f.is_count and f.sentence == each.sentence and f.value]
    after = [
        f
        for f in figures[at + 1 :]
        if f.is_count
        and f.sentence == each.sentence
        and f.unit.group == each.unit.group
        and TOGETHER.search(f.subject)
    ]
    if not before or not after or not each.is_exact:
        return
    count, total = before[-1], after[0]
    if not count.is_exact or not total.is_exact or total.number - count.number > 3:
        return
    if _fits(each, count, total):
        yield _held(reading, each, count, total)
    elif total.number - each.number == 1:
        level = _level(each, count, total, alone=True)
        yield _wrong(reading, each, count, total, Level.ASK if level is None else level)


def _sum(price: Figure, count: Figure, total: Figure) -> tuple[str, Fraction]:
    assert price.value is not None
    assert count.value is not None
    product = price.value * count.value
    words = (
        f"{count.printed.digits}{count.unit_words} × {as_printed(price)} = "
        f"{shown(product / total.factor)}{total.unit_words}"
    )
    return words, product


def _held(reading: Reading, price: Figure, count: Figure, total: Figure) -> Held:
    words, _ = _sum(price, count, total)
    return reading.held(Kind.PRODUCT, [price, count, total], Text(words, words))


def _wrong(reading: Reading, price: Figure, count: Figure, total: Figure, level: Level) -> Finding:
    words, product = _sum(price, count, total)
    return reading.finding(
        Kind.PRODUCT,
        level,
        [price, count, total],
        Text(f"{words}，文中写为{as_printed(total)}。", f"{words}, but the text says {as_printed(total)}."),
        stated=printed(total),
        computed=plain(product / total.factor),
        suggestion=Text("请核对单价、数量和总额。", "Check price, quantity and amount."),
    )
