"""The same quantity told twice with two values.

Two ways to know that it is the same: its words are the same and there can be only one of it in a county and a
year (总人口, 参合率, 孕产妇死亡率); or two long printed numbers are so alike that one was
copied badly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise

from kangshu.kernel.text import Text
from kangshu.summaries.audit.figures import DATE, Figure
from kangshu.summaries.audit.measures import measure_of
from kangshu.summaries.audit.numerals import stands_for
from kangshu.summaries.audit.reading import Reading, as_printed, bigrams, plain, printed, shown
from kangshu.summaries.audit.repair import slips
from kangshu.summaries.audit.rules.deadlines import reported_year
from kangshu.summaries.audit.units import Dimension
from kangshu.summaries.audit.values import Finding, Held, Kind, Level
from kangshu.summaries.audit.vocabulary import rate_name, says_change

SETTING = re.compile(
    r"^(?:截至|截止|目前|现|今年|本年|全年|年内|我[市县区]|全[市县区省]|辖区|其中|累计|上半年|到|至|止|已|总共|共计|共有|现有|共|拥有|设有|全部|"
    r"[^，。；]{0,6}年(?:度|底|末)?|[^，。；]{0,4}月(?:底|末|份)?|[^，。；]{0,3}日|共计|合计|完成|实现|建成|的)+"
)
ENDING = re.compile(
    r"(?:总?人?数)?(?:共|共有|共计|为|是|达|达到|已达|有|约|到|至|增至|增加到|提高到|上升到|稳定在|保持在|均|分别)*$"
)
STOCKS = re.compile(
    r"(?:总|常住|户籍|农业|农村|服务)人口|参合(?:农民|农村居民|人口|人数)?|参保(?:人口|居民|人数)?|活产|新生儿活产|出生人口|出生|"
    r"(?:村|标准化村)卫生室|村(?:级)?卫生(?:所|室|站)|乡镇卫生院|(?:公立)?医疗(?:卫生)?机构|医疗卫生单位|"
    r"(?:编制|实有|开放|核定)?(?:床位|病床)|卫生(?:专业)?技术人员|卫技人员|执业(?:助理)?医师|注册护士|乡村医生|"
    r"社区卫生服务(?:中心|站)|从业人员总|家庭医生(?:签约)?(?:服务)?团队|孕产妇(?:总)?|产妇(?:总)?|"
    r"高血压(?:患者|病人)|糖尿病(?:患者|病人)|严?重性?精神(?:障碍|疾?病)(?:患者|病人)|65岁(?:及)?以上老年人|老年人口"
)
OF_WHOM = re.compile(
    r"高血压|糖尿病|孕产?妇|产妇|儿童|新生儿|婴儿|老年|65岁|精神|结核|参合|参保|新农合|分娩|免疫|疫苗|传染病|档案|家庭医生|"
    r"改厕|饮水|献血|婚检|婚前|出生缺陷|计划生育|健康素养|病床|床位|甲乙|手足口|艾滋|慢病|早孕|叶酸|两癌|食源|职业"
)
# Names of one thing: 参合农民, 参合人数; and where they may stand: 常住人口47.28万, 47.28万常住人口.
SAME_STOCK = (
    ("常住人口", re.compile(r"常住人口")),
    ("户籍人口", re.compile(r"户籍(?:总)?人口")),
    ("总人口", re.compile(r"(?<![域辖])总人口")),
    ("参合人数", re.compile(r"(?<!应)参合(?:农民|农村居民|人口|人数|群众|总人数)?")),
    ("参保人数", re.compile(r"(?<!应)(?:医保|居民)?参保(?:居民|人口|人数|总人数)?")),
    ("活产数", re.compile(r"活产(?:数|婴儿)?")),
)
AIMED = re.compile(r"达到?$|力争|目标|计划|争取|预计|突破|控制在")
SAID_FREELY = re.compile(
    r"^(?:[^，。；]{0,6}(?:按照?|以|为|确保|保障|使|对|让))?(?:现有|全[县市区])?(?:服务)?"
)
PLACE_OF_ITS_OWN = re.compile(r"[\u4e00-\u9fff]{2,}(?:镇|乡|街道|村|医院|卫生院|中心)")
MISREAD_DIGITS = 6


def check(reading: Reading) -> Iterator[Finding | Held]:
    """Contradictions between two places of the text, and quantities told twice that agree."""
    yield from _same_words(reading)
    yield from _miscopied(reading)


def _same_words(reading: Reading) -> Iterator[Finding | Held]:
    named: dict[tuple[str, str], list[Figure]] = {}
    for figure in reading.figures:
        key = _key(reading, figure)
        if key is not None:
            named.setdefault(key, []).append(figure)
    told = reported_year(reading)
    year = str(told[0]) if told else ""
    for (name, _), group in named.items():
        # Each later telling against the first: of ten tellings one finding each, not one for every two.
        for first, second in ((group[0], later) for later in group[1:]):
            if not _same_time(first, second, year):
                continue
            said = _compare(reading, name, first, second)
            if said is not None:
                yield said


def _key(reading: Reading, figure: Figure) -> tuple[str, str] | None:
    """What a figure is of, where there can be only one such figure."""
    if figure.is_masked or reading.is_prior(figure) or figure.value is None:
        return None
    if figure.is_count and not AIMED.search(figure.subject) and (stock := _stock(figure)) is not None:
        return stock, "stock"  # 按全县47.82万常住人口测算 is a fact in a plan, too
    if reading.is_planned(figure):
        return None
    if says_change(figure.subject) or figure.printed.in_words:
        return None
    if figure.is_ratio:
        name = SETTING.sub("", rate_name(figure.subject))
        if not name.endswith("率") or PLACE_OF_ITS_OWN.search(name):
            return None
        known = measure_of(name) is not None
        if not known and not (OF_WHOM.search(name) and len(name) >= 5):
            return None
        return name, "rate"
    if figure.is_count:
        name = ENDING.sub("", SETTING.sub("", figure.subject))
        if not name:
            name = SETTING.sub("", figure.after)[:10]
        return (name, figure.unit.group) if STOCKS.fullmatch(name) else None
    return None


def _stock(figure: Figure) -> str | None:
    """The county's one population, births or members that a figure is said of, whatever the order
    of words."""
    before = SAID_FREELY.sub("", ENDING.sub("", SETTING.sub("", figure.subject)))
    after = figure.after.removeprefix("的")
    for name, words in SAME_STOCK:
        if words.fullmatch(before):
            return name
        match = words.match(after)
        if (
            match
            and not figure.subject.endswith(("每", "万"))
            and SAID_FREELY.fullmatch(SETTING.sub("", figure.subject))
        ):
            return name
    return None


def period_of(figure: Figure) -> tuple[str, ...]:
    """Times named before the figure in its sentence."""
    text = figure.paragraph.text
    start = figure.paragraph.sentences[figure.sentence][0] if figure.paragraph.sentences else 0
    said = [match[0] for match in DATE.finditer(text, start, figure.start)]
    return (
        *said[-1:],
        *re.findall(
            r"去年|上年|同期|前年|年初|上半年|一季度|三季度|截至|当年|去年底", text[start : figure.start]
        ),
    )


def _same_time(first: Figure, second: Figure, reported: str) -> bool:
    """Whether two figures may be of one time; where a sentence names no year, the year reported is meant."""
    a, b = period_of(first), period_of(second)
    if any("去年" in one or "上年" in one or "同期" in one or "年初" in one for one in (*a, *b)):
        return False
    years = [{m for one in side for m in re.findall(r"(?:19|20)\d\d|[xX]{2,4}年", one)} for side in (a, b)]
    sides = [side or ({reported} if reported else set()) for side in years]
    if sides[0] and sides[1] and not sides[0] & sides[1]:
        return False
    return ("上半年" in a) == ("上半年" in b)


def _compare(reading: Reading, name: str, first: Figure, second: Figure) -> Finding | Held | None:
    agree = first.low <= second.high and second.low <= first.high
    if first.value == second.value or agree:
        words = f"{name}：{as_printed(first)} = {as_printed(second)}"
        return reading.held(Kind.SAME_QUANTITY_TWO_VALUES, [first, second], Text(words, words))
    same_list = first.sentence == second.sentence and first.paragraph is second.paragraph
    if same_list:
        return None
    exact = first.is_exact and second.is_exact
    level = (
        Level.PROVEN
        if exact and first.unit.name == second.unit.name and first.is_ratio
        else Level.NEAR_CERTAIN
    )
    near = abs(first.low - second.low) <= max(first.low, second.low) / 5
    if first.is_count:
        level = Level.NEAR_CERTAIN if exact and near else Level.ASK
    elif not near:
        level = Level.NEAR_CERTAIN
    if exact and level is Level.NEAR_CERTAIN and _witnessed(reading, first) != _witnessed(reading, second):
        level = Level.PROVEN
    return reading.finding(
        Kind.SAME_QUANTITY_TWO_VALUES,
        level if exact else Level.ASK,
        [first, second],
        Text(
            f"同一数量“{name}”前后不一：{as_printed(first)}，{as_printed(second)}。",
            f"“{name}” is given twice: {as_printed(first)} and {as_printed(second)}.",
        ),
        stated=(printed(first), printed(second)),
        suggestion=Text("请核定后统一。", "Settle on one value."),
    )


def _witnessed(reading: Reading, whole: Figure) -> bool:
    """Whether a count and its rate elsewhere give this value, as 34.87万份 and 88.06% give 39.6万人."""
    return any(
        count.value
        and whole.value
        and abs(float(count.value) / float(whole.value) - float(rate.value or 0))
        <= 2 * rate.printed.place * rate.factor
        and stands_for(rate.printed, rate.factor, count.value / whole.value, padded=False)
        for figures in reading.by_paragraph.values()
        for count, rate in pairwise(figures)
        if rate.is_ratio
        and rate.is_exact
        and rate.printed.decimals
        and not count.is_ratio
        and count.is_exact
        and count is not whole
        and count.sentence == rate.sentence
    )


def _miscopied(reading: Reading) -> Iterator[Finding]:
    """394.648万元 and 394.4648万元: long numbers one slip apart."""
    long = [
        figure
        for figure in reading.figures
        if figure.is_exact
        and figure.unit.dimension in {Dimension.MONEY, Dimension.COUNT}
        and len(figure.printed.digits.replace(".", "").strip("0")) >= MISREAD_DIGITS
        and not reading.is_prior(figure)
    ]
    for first, second in combinations(long, 2):
        if first.unit.dimension is not second.unit.dimension or first.scale != second.scale:
            continue
        if first.value == second.value or abs(first.paragraph.index - second.paragraph.index) > 12:
            continue
        if not _one_slip(first.printed.digits, second.printed.digits) or not _may_be_one(first, second):
            continue
        yield _told_twice(reading, first, second)


def _one_slip(one: str, other: str) -> bool:
    if len(one) < len(other):
        one, other = other, one
    return other in set(slips(one)) or one in set(slips(other))


def _may_be_one(first: Figure, second: Figure) -> bool:
    """应种 and 实种 may differ by one; last year's value may, too. Money and the inserted digit may not."""
    if re.search(r"应|实|同比|上年|去年", first.subject + second.subject):
        return False
    assert first.value is not None
    assert second.value is not None
    if abs(first.value - second.value) > max(first.value, second.value) / 50:
        return False
    lengths = len(first.printed.digits) != len(second.printed.digits)
    return lengths or bool(bigrams(first.words) & bigrams(second.words))


def _told_twice(reading: Reading, first: Figure, second: Figure) -> Finding:
    tied = [_tie(reading, figure) for figure in (first, second)]
    proof = [words for words in tied if words]
    zh = "；".join([f"{as_printed(first)}与{as_printed(second)}只差一笔", *proof])
    return reading.finding(
        Kind.SAME_QUANTITY_TWO_VALUES,
        Level.PROVEN if len(proof) == 1 or (len(proof) == 2 and proof[0] != proof[1]) else Level.NEAR_CERTAIN,
        [first, second],
        Text(
            zh + "。",
            "; ".join([f"{as_printed(first)} and {as_printed(second)} differ by one slip", *proof]) + ".",
        ),
        stated=(printed(first), printed(second)),
        suggestion=Text(
            "请核定后统一，并重算引用它的合计。", "Settle on one value and renew the sums that use it."
        ),
    )


def _tie(reading: Reading, figure: Figure) -> str:
    """An exact sum or product that this value takes part in; '' when there is none."""
    near = [
        one
        for one in reading.in_paragraph(figure.paragraph)
        if one is not figure and one.is_exact and one.value
    ]
    if figure.unit.dimension is Dimension.MONEY and figure.value is not None:
        for people in near:
            if (
                people.unit.group != "people"
                or len(people.printed.digits.replace(".", "")) < 4
                or not people.value
            ):
                continue
            each = figure.value / people.value
            if each.denominator == 1 and 1 <= each <= 5000:
                return f"{as_printed(people)} × {plain(each)}元 = {as_printed(figure)}"
    inside = [
        one for one in near if one.bracket == figure.bracket and one.unit.dimension is figure.unit.dimension
    ]
    total = (figure.value or Fraction(0)) + sum((one.value or Fraction(0) for one in inside), Fraction(0))
    for whole in near:
        if whole not in inside and len(inside) >= 2 and whole.value == total:
            return f"其所在各项之和 = {shown(total / whole.factor, 6)}{whole.unit_words}"
    return ""
