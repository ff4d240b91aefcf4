"""Which two counts a rate comes from: by words (`vocabulary`), order and nearness. `rates` judges them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import bigrams
from kangshu.summaries.audit.units import Dimension, alike, is_times
from kangshu.summaries.audit.vocabulary import (
    STRONG_WHOLE,
    WHOLE,
    RateWords,
    rate_name,
    words_of,
)

ADDABLE = {Dimension.COUNT, Dimension.MONEY, Dimension.MEASURE}
# Words that stand before counts and rates alike and tie nothing.
TOO_COMMON = frozenset(
    {"群众", "人员", "儿童", "患者", "病人", "健康", "服务", "卫生", "工作", "居民", "医疗", "机构", "公共"}
    | {"全县", "全市", "全区", "我市", "我县", "我区", "重点", "人群", "妇女", "管理"}
)
OF_PEOPLE = re.compile(r"(?:发病|死亡|患病|登记)率$")
PEOPLE = re.compile(r"人口|活产|产妇|居民|新生儿|儿童|在校|学生")
NEWLY = re.compile(r"新(?:建|增|签|发|办|登记)|当年|本年|今年")
HOLDS_FROM, SPEAKS_FROM, SURE_FROM = 4, 6, 8


@dataclass(frozen=True)
class Pair:
    """Two counts a rate may come from. `score` says how well words and order fit, `link` that words tie."""

    numerator: Figure
    denominator: Figure
    score: int
    link: bool
    among: bool
    nested: bool


def pairs_for(rate: Figure, name: str, figures: list[Figure]) -> Iterator[Pair]:
    counts = [
        figure
        for figure in figures
        if figure.unit.dimension in ADDABLE
        and not figure.is_masked
        and figure.value
        and figure.sentence == rate.sentence
        and (not figure.printed.in_words or figure.value >= 100)
    ]
    row = words_of(name)
    rates = [figure for figure in figures if figure.is_ratio and figure is not rate]
    if _is_told_respectively(rate, figures):
        return  # `respective` looks for the counts of all of them
    stated = _stated_whole(rate, counts)
    if stated is not None:
        yield from stated
        return
    told = [one for one in counts if one.bracket == rate.end and one.number == rate.number + 1]
    alone = len([one for one in counts if one.bracket == rate.end]) == 1
    for numerator in told if told and alone else counts:
        for denominator in counts:
            comparable = alike(numerator.unit, denominator.unit) or _places_and_visits(numerator, denominator)
            if numerator is denominator or not comparable:
                continue
            pair = _scored(numerator, denominator, rate, name, row, counts, rates)
            if pair is not None:
                yield pair


def _is_told_respectively(rate: Figure, figures: list[Figure]) -> bool:
    """高血压18635人，糖尿病5872人，分别占应管理人数的64.3%和58.1%: none of the counts is another's whole."""
    run = [rate]
    for one in reversed([one for one in figures if one.number < rate.number]):
        if run[-1].subject or one.unit is not rate.unit or one.number != run[-1].number - 1:
            break
        run.append(one)
    return "分别" in run[-1].subject


def _stated_whole(rate: Figure, counts: list[Figure]) -> list[Pair] | None:
    """完成12580座，占年度任务12000座的104.83%, 占行政村（189个）的…: the whole stands inside the words
    of the rate."""
    text = rate.paragraph.text
    before = [figure for figure in counts if figure.end <= rate.start]
    if not before or not re.match(r"[^，。；、]{0,12}的$|的", rate.subject):
        return None
    whole = before[-1]
    if not rate.subject.startswith("的") and (whole.clause != rate.clause or "占" not in whole.subject):
        return None
    named = text[max(0, whole.bracket - 16) : whole.bracket] if whole.bracket >= 0 else whole.subject
    shut = whole.bracket >= 0 and text[whole.end : rate.subject_start] == "）"
    if (whole.end != rate.subject_start and not shut and whole.clause != rate.clause) or not re.search(
        r"占|为|相当于|完成", named
    ):
        return None
    parts = [
        figure
        for figure in before[:-1]
        if alike(figure.unit, whole.unit) or _places_and_visits(figure, whole)
    ]
    if not parts:
        return None
    # 发现213例，其中初治186例，复治27例，完成任务210例的…: what is said of all, not of the last part.
    among = text.rfind("其中", parts[0].end, parts[-1].start)
    of_all = [figure for figure in parts if figure.end <= among]
    pairs = [Pair(figure, whole, SURE_FROM + 1, True, True, False) for figure in (*of_all[-1:], parts[-1])]
    return sorted(pairs, key=lambda pair: not fits(pair, rate))


def _places_and_visits(numerator: Figure, denominator: Figure) -> bool:
    """户次 and 户 are said for one another: 监督12782户次，合格10909户. So are 人次 and 人, 份 and 人."""
    if is_times(numerator.unit, denominator.unit):
        return True
    groups = {numerator.unit.group, denominator.unit.group}
    return groups in (
        {"people", "papers"},
        {"people", "doses"},
        {"places", "place visits"},
        {"samples", "papers"},
        {"people", "visits"},
        {"samples", "places"},
    )


def _scored(
    numerator: Figure,
    denominator: Figure,
    rate: Figure,
    name: str,
    row: RateWords | None,
    counts: list[Figure],
    rates: list[Figure],
) -> Pair | None:
    if denominator.unit.group == "doses" and re.search(r"第[一二三1-3]剂|加强", denominator.subject):
        return None  # the second dose is no share of the first
    if NEWLY.search(numerator.subject) and re.match(
        r"(?:累计|总数|现有|已达|达到?|共有)", denominator.subject
    ):
        return None  # 新建档案3124份，累计23.4万份，建档率87.0%: the rate is of all there are by now
    behind = numerator.bracket == denominator.bracket == rate.end  # 接种率69.1%（应种…，实种…）
    if numerator.bracket != rate.bracket and numerator.bracket != -1 and rate.bracket == -1 and not behind:
        return None
    if numerator.start > rate.start and "其中" in rate.paragraph.text[rate.end : numerator.start]:
        return None  # a part of what the rate was of
    if numerator.segment > rate.segment:
        return None
    if numerator.start < denominator.start and re.match(r"(?:共计|合计|总计)$", denominator.subject):
        return None  # 学校382所、公共场所1268家，共计1650家: a sum of what stands before
    if OF_PEOPLE.search(name) and rate.unit.name == "/10万" and not PEOPLE.search(denominator.words):
        return None  # 8436例，死亡19例，死亡率0.46/10万: among all people, not among the sick
    between = rate.paragraph.text[min(denominator.end, numerator.start) : numerator.start]
    nested = denominator.start < numerator.start and "其中" in between
    says_whole = "占" in name
    link = not says_whole and is_counted(numerator, name, row)
    whole = _is_whole(denominator, row) or (says_whole and _is_named(denominator, name))
    parallel = link and is_counted(denominator, name, row) and not _is_strong_whole(denominator, row)
    if parallel and not _is_counted_longer(numerator, denominator, name):
        return None
    is_base = row is not None and not row.counted.search(numerator.words)
    if parallel and is_base and row is not None and row.counted.search(denominator.words):
        return None  # 累计签约31260人，其中重点人群1268人，重点人群签约率…: 1268 is the whole
    followed = next((one for one in rates if one.number == denominator.number + 1), None)
    if parallel and followed is not None and rate_name(followed.subject)[-3:] == name[-3:]:
        return None  # 签约28.96万人，签约率30.0%，其中重点人群签约15.83万人，签约率…: of another whole
    before = [
        figure
        for figure in counts
        if figure.start < rate.start
        and alike(figure.unit, numerator.unit)
        and figure.bracket == numerator.bracket
    ]
    share = says_whole and bool(before) and before[-1] is numerator
    if share and any(other.number == denominator.number + 1 and "占" in other.subject for other in rates):
        return None  # the whole asked for is not what was a part just before
    score = 3 * (link or share) + 2 * whole
    score += denominator.start < numerator.start < rate.start
    score += bool(before) and before[-1] is numerator
    score += len(before) > 1 and numerator in before and before[before.index(numerator) - 1] is denominator
    score += numerator.unit.name == denominator.unit.name
    score += nested
    score += 2 * behind
    score += numerator.segment == rate.segment == denominator.segment
    return Pair(numerator, denominator, score, link or share, whole, nested)


def _is_strong_whole(figure: Figure, row: RateWords | None) -> bool:
    """Whether its words name a whole; 累计签约 is itself what a rate counts."""
    word = STRONG_WHOLE.search(figure.words)
    if word is None:
        return False
    return not (word[0] == "累计" and row is not None and row.counted.match(figure.words, word.end()))


def _is_named(whole: Figure, name: str) -> bool:
    """占总投资的: the rate names its whole."""
    named = bigrams(name[name.index("占") + 1 :].removeprefix("总"))
    return bool(named & bigrams(whole.words))


def is_counted(figure: Figure, name: str, row: RateWords | None) -> bool:
    words = figure.subject + figure.after[:6]
    if row is not None and row.counted.search(words):
        return True
    stem = re.sub(r"率$|比例$|比重$", "", name)[-6:]
    return bool((bigrams(stem) & bigrams(words)) - TOO_COMMON)


def _is_counted_longer(numerator: Figure, denominator: Figure, name: str) -> bool:
    stem = bigrams(re.sub(r"率$", "", name))
    return len(stem & bigrams(numerator.words)) > len(stem & bigrams(denominator.words))


def _is_whole(figure: Figure, row: RateWords | None) -> bool:
    words = figure.subject + figure.after[:8]
    return bool(WHOLE.search(words)) or (row is not None and bool(row.among.search(words)))


def fits(pair: Pair, rate: Figure) -> bool:
    top, bottom = pair.numerator, pair.denominator
    if top.value is None or not bottom.value:
        return False
    if rate.may_be(top.value / bottom.value):
        return True
    if top.high == top.low and bottom.high == bottom.low:
        return False
    if not bottom.low:
        return False
    if bottom.is_exact and re.search(
        r"任务|目标|计划", bottom.subject
    ):  # a target of 3亿 is no more and no less
        return top.low / bottom.value <= rate.high and rate.low <= top.high / bottom.value
    return top.low / bottom.high <= rate.high and rate.low <= top.high / bottom.low
