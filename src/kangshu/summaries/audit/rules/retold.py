"""One quantity told in two places in other words: in two sentences, or in a table and a sentence.

What is meant is known by words: one telling carries the name of the other, or both end in the same name, and
nothing (who, which disease, when, how old) tells them apart. That it was copied badly is known by the digits:
one slip lies between the two values, in numbers long enough for that to be no chance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise, product

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, as_printed, bigrams, printed
from kangshu.summaries.audit.repair import slips
from kangshu.summaries.audit.rules.changes import direction_of
from kangshu.summaries.audit.rules.twice import ENDING, SETTING, period_of
from kangshu.summaries.audit.tables import find_tables
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name

# Words that tell quantities of one name apart.
APART = re.compile(
    r"高血压|糖尿病|精神|结核|老年|儿童|孕|产妇|新生儿|婴儿|残疾|贫困|脱贫|男|女|城镇|城市|农村|乡镇|县级|村|市|省|国家|门诊|住院|"
    r"甲|乙|丙|一类|二类|应|实|新[建增生]|累计|首|第[一二三四\d]|[一二三四]季度|上半年|下半年|去年|上年|同期|医院|中医|卫生院|"
    r"\d+岁|\d{4}年|不|未|无|非|死亡|治愈|重点|血压|血糖|初|复|涂阳|早|晚|宫颈|乳腺|常住|户籍|流动|月|境外|本地|加强"
)
SCOPE = re.compile(
    r"^(?:全|我|本|该)?[县市区镇]?(?:内|域|辖区内?|现|共|仅|只|已|还|也|有|设有?|拥有|配有|建成|现有|目前|共计|的|等)*$"
)
COPIED = {Dimension.COUNT, Dimension.MONEY, Dimension.RATIO, Dimension.MEASURE}
LONG_ENOUGH = 3
STOCK = re.compile(r"实有|现有|在编|在岗|在职")


def check(reading: Reading) -> Iterator[Finding]:
    """Sentences against sentences, then tables against sentences."""
    told = [one for one in reading.figures if _is_told(reading, one)]
    for first, second in _alike(told):
        if first.unit.name != second.unit.name or first.value == second.value:
            continue
        if first.paragraph is second.paragraph and first.sentence == second.sentence:
            continue
        level = _copied(first, second) or _counted_again(first, second)
        if level is not None:
            yield _two_values(reading, first, second, level)
    yield from _rate_of_one_count(reading)
    yield from _elders(reading)
    yield from _tables(reading, told)


def _alike(told: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of which one may be the other's copy, in the order of the text. All pairs are too many: they grow
    as the square of a summary's length."""
    by_digits, by_end, places = defaultdict(list), defaultdict(list), []
    for number, figure in enumerate(told):
        by_digits[figure.unit.name, _digits(figure)].append(number)
        name = _name(figure)
        if figure.unit.group == "people" and len(name) >= 6:
            by_end[name[-6:]].append(number)
        elif figure.unit.group == "places" and _is_whole(figure):
            places.append(number)
    pairs = set(combinations(places, 2))
    for numbers in by_end.values():
        pairs.update(combinations(numbers, 2))
    for (unit, digits), numbers in by_digits.items():
        if len(digits) < LONG_ENOUGH:
            continue
        for other in set(slips(digits, lost=False)):
            pairs.update(
                (min(pair), max(pair)) for pair in product(numbers, by_digits.get((unit, other), ()))
            )
    for one, two in sorted(pairs):
        yield told[one], told[two]


def _is_told(reading: Reading, figure: Figure) -> bool:
    return (
        figure.is_exact
        and figure.unit.dimension in COPIED
        and not reading.is_prior(figure)
        and not (reading.is_aim(figure) and not SCOPE.match(figure.subject))
        and direction_of(figure) is None
        and not re.search(r"计划|任务|目标|要求|标准|较|比|其中$", figure.subject)
        and "其中" not in figure.paragraph.text[max(0, figure.subject_start - 3) : figure.start]
    )


def _digits(figure: Figure) -> str:
    return figure.printed.digits


def _copied(first: Figure, second: Figure) -> Level | None:
    """死亡3581例 … 死亡3518例, by name and slip."""
    one, other = _digits(first), _digits(second)
    length = len(one.replace(".", "").strip("0"))
    names = [_name(figure) for figure in (first, second)]
    short, long = sorted(names, key=len)
    stock = (
        STOCK.search(short) and long.endswith(short[-6:]) and len(short) >= 6 and _same_time(first, second)
    )
    if stock and first.unit.group == "people" and abs(first.low - second.low) * 5 <= first.low:
        return Level.NEAR_CERTAIN
    if first.scale != second.scale or len(one) != len(other) or length < LONG_ENOUGH:
        return None
    if other not in set(slips(one, lost=False)) or not _same_time(first, second):
        return None
    swapped = sorted(one) == sorted(other)
    if _told_apart(first, second, *names):
        return None
    contained = len(short) >= 4 and bigrams(short) <= bigrams(_context(second if long == names[1] else first))
    tail = len(short) >= 4 and short[-4:] == long[-4:]
    if first.is_ratio:
        return Level.NEAR_CERTAIN if contained and tail and swapped and len(short) >= 5 else None
    if not (contained and tail) and not (tail and swapped and length >= 4):
        return None
    return Level.NEAR_CERTAIN if swapped or (length >= 4 and short == long) else Level.ASK


def _name(figure: Figure) -> str:
    words = rate_name(figure.subject) if figure.is_ratio else ENDING.sub("", figure.subject)
    words = SETTING.sub("", words)
    return words or re.match(r"[\u4e00-\u9fff]*", figure.after)[0][:8]  # type: ignore[index]


def _context(figure: Figure) -> str:
    """The words of its sentence up to the figure, since the last semicolon."""
    text = figure.paragraph.text
    begin = max(text.rfind(mark, 0, figure.start) for mark in "；。") + 1
    return text[begin : figure.start] + figure.after


def _told_apart(first: Figure, second: Figure, one: str, other: str) -> bool:
    """Whether a word sets one of them apart that the other's sentence does not have."""
    here, there = set(APART.findall(one)), set(APART.findall(other))
    return not (here <= set(APART.findall(_context(second))) and there <= set(APART.findall(_context(first))))


def _same_time(first: Figure, second: Figure) -> bool:
    years = [
        set(re.findall(r"\d{4}|[一二三四]季度|上半年|去年|上年|同期", " ".join(period_of(one))))
        for one in (first, second)
    ]
    return years[0] == years[1] or not (years[0] and years[1])


def _is_whole(figure: Figure) -> bool:
    """Whether nothing but the whole county is named as what it counts."""
    return bool(SCOPE.match(figure.subject) or (not figure.after and SETTING.match(figure.subject)))


def _counted_again(first: Figure, second: Figure) -> Level | None:
    """区内9家助产机构 … 全区仅有8家助产机构: the whole county's one number of something."""
    if first.unit.group != "places" or second.unit.group != "places" or not _same_time(first, second):
        return None
    if not (_is_whole(first) and _is_whole(second)):
        return None
    if not any(re.search(r"区|县|市|辖", one.subject) for one in (first, second)):
        return None
    names = [re.match(r"[\u4e00-\u9fff]*", one.after)[0] or _name(one) for one in (first, second)]  # type: ignore[index]
    short, long = sorted(names, key=len)
    near = abs((first.value or Fraction(0)) - (second.value or Fraction(0))) * 3 <= max(
        first.value or 0, second.value or 0
    )
    return Level.NEAR_CERTAIN if len(short) >= 4 and long.startswith(short) and near else None


def _rate_of_one_count(reading: Reading) -> Iterator[Finding]:
    """拨付1777.4万元，进度70% … 拨付1777.4万元，拨付率60%: one long count, two rates."""
    pairs = [
        (count, rate)
        for figures in reading.by_paragraph.values()
        for count, rate in pairwise(figures)
        if rate.unit.name == "%"
        and rate.is_exact
        and count.is_exact
        and count.sentence == rate.sentence
        and not count.is_ratio
        and direction_of(rate) is None
        and len(_digits(count).replace(".", "").strip("0")) >= 4
    ]
    for (one, first), (other, second) in combinations(pairs, 2):
        same = one.value == other.value and one.unit is other.unit and first.value != second.value
        names = bigrams(rate_name(first.subject)) & bigrams(rate_name(second.subject) + one.subject)
        if same and one.paragraph is not other.paragraph and names and second.subject[:1] != "占":
            if first.low <= second.high and second.low <= first.high:
                continue
            yield _two_values(reading, first, second, Level.NEAR_CERTAIN)


ELDERS = re.compile(r"(?:其中)?65周?岁(?:及)?以上(?:的)?(?:老年人口|老年人|人口|老人)?(?:有|为|共)?")
CARED_FOR = re.compile(r"签约|体检|管理|接种|服务|筛查|建档|随访|受益|覆盖|高龄|补贴|完成|发放|惠及|辨识")


def _elders(reading: Reading) -> Iterator[Finding]:
    """The county's one number of people of 65 and more, told twice."""
    told = [
        one
        for one in reading.figures
        if one.unit.name in {"人", "名"}
        and one.is_exact
        and ELDERS.fullmatch(SETTING.sub("", one.subject))
        and not reading.is_prior(one)
        and not CARED_FOR.search(
            one.paragraph.text[slice(one.paragraph.sentences[one.sentence][0], one.start)]
        )
    ]
    for second in told[1:]:
        first = told[0]
        near = abs(first.low - second.low) * 10 <= first.low
        if first.value != second.value and near and first.scale == second.scale:
            yield _two_values(reading, first, second, Level.NEAR_CERTAIN)


def _two_values(reading: Reading, first: Figure, second: Figure, level: Level) -> Finding:
    return reading.finding(
        Kind.SAME_QUANTITY_TWO_VALUES,
        level,
        [first, second],
        Text(
            f"同一数量前后不一：{as_printed(first)}与{as_printed(second)}。",
            f"One quantity is given two values: {as_printed(first)} and {as_printed(second)}.",
        ),
        stated=(printed(first), printed(second)),
        suggestion=Text("请核定后统一。", "Settle on one value."),
    )


def _tables(reading: Reading, told: list[Figure]) -> Iterator[Finding]:
    """The cell of a row that a sentence names, one slip from what the sentence says."""
    for table in find_tables(reading.layout):
        for row in table.rows:
            label = re.sub(r"^[\d.、]+|[（(].*$", "", row.label)
            name = re.match(r"[\u4e00-\u9fff]{1,6}?[镇乡街县区院所]|[\u4e00-\u9fff]{2,}", label)
            if row.is_total or name is None or len(name[0]) < 3:
                continue
            for figure in reading.figures:
                short = label[:2] in figure.subject and len(figure.printed.digits) >= 4
                if (
                    (name[0] not in figure.subject and not short)
                    or not figure.is_exact
                    or direction_of(figure) is not None
                ):
                    continue
                yield from _against_row(reading, table.heads, row, figure, name[0])


def _against_row(
    reading: Reading, heads: tuple[str, ...], row: object, figure: Figure, name: str
) -> Iterator[Finding]:
    cells = row.cells  # type: ignore[attr-defined]
    original = reading.layout.quote(figure.paragraph, figure.start, figure.end)
    if any(cell.quote.start <= original.start < cell.quote.end for cell in cells):
        return
    like = [
        (head, cell)
        for head, cell in zip(heads, cells, strict=False)
        if cell.printed is not None and (cell.share != 1) == figure.is_ratio
    ]
    same = [cell for _, cell in like if cell.value in {figure.value, figure.printed.value}]
    if same:
        return
    sentence = figure.paragraph.text[slice(*figure.paragraph.sentences[figure.sentence])]
    for head, cell in like:
        if cell.printed.digits not in set(slips(figure.printed.digits, lost=False)):
            continue
        if len(cell.printed.digits.replace(".", "").strip("0")) < LONG_ENOUGH:
            continue
        if not bigrams(head) & bigrams(sentence):
            continue
        if name not in figure.subject and sorted(cell.printed.digits) != sorted(figure.printed.digits):
            continue
        quotes = (*reading.quotes([figure]), cell.quote)
        yield Finding(
            Kind.SAME_QUANTITY_TWO_VALUES,
            Level.PROVEN
            if sorted(cell.printed.digits) == sorted(figure.printed.digits)
            else Level.NEAR_CERTAIN,
            tuple(sorted(quotes)),
            Text(
                f"表中“{head}”为{cell.quote.text}，文中写为{as_printed(figure)}。",
                f"The table's “{head}” is {cell.quote.text}; the sentence says {as_printed(figure)}.",
            ),
            stated=(printed(figure), cell.quote.text),
            suggestion=Text("请核定后统一。", "Settle on one value."),
        )
