"""What A占B的r% speaks of: the phrases A and B are looked up among the figures said before.

仅精神病一项即占大病患者的53.5% names both; 高级职称286人，占专业技术人员的11.8% names the whole. A
phrase means the figure that carries all of its words; where none or several do, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kangshu.summaries.audit.figures import Figure
from kangshu.summaries.audit.reading import Reading, bigrams
from kangshu.summaries.audit.units import Dimension, alike, is_times

SHARE = re.compile(
    r"(?P<part>[^，。；]*?)(?:约|仅|即|就|共|分别)*占(?P<whole>[^，。；占]*?)的?(?:比例|比重|比)?(?:约|近|为|达|达到|超过)*$"
)
IDLE = re.compile(
    r"总数|总人数|总量|总额|人数|总人次|人次|例数|总例数|总|全部|所有|累计|的|患者|病人|同期|当年|今年|全年|一项|人员|人口|数$|^仅|^其中|^约|我[县市区]|全[县市区]"
)
BARE = re.compile(r"^(?:其中|仅|约|即|就|共|分别|也|已|都|均|只|其)*$")
KINDS = {Dimension.COUNT, Dimension.MONEY, Dimension.MEASURE}
FARTHEST = 3  # sentences back


@dataclass(frozen=True)
class Portion:
    """The part and the whole that the words of a share name; `named` when the part has a name, too."""

    part: Figure
    whole: Figure
    named: bool


def portion(reading: Reading, rate: Figure, figures: list[Figure]) -> Portion | None:
    """The figures that a share is of; None where the words leave a choice."""
    match = SHARE.match(rate.subject)
    if match is None or "前" in match["part"]:
        return None
    before = [
        one
        for one in figures
        if one.end <= rate.start
        and one.unit.dimension in KINDS
        and one.value
        and one.is_exact
        and rate.sentence - one.sentence <= FARTHEST
        and not reading.is_prior(one)
    ]
    part = _part(rate, before, match["part"])
    if part is None and not BARE.match(match["part"]):
        # 人员经费占支出的36.5%，全年支出2.46亿元，其中人员经费8979万元: both are told behind.
        before = [
            one
            for one in figures
            if one.sentence == rate.sentence
            and one.unit.dimension in KINDS
            and one.value
            and one.is_exact
            and not reading.is_prior(one)
        ]
        part = _part(rate, before, match["part"])
    if part is None and re.search(r"(?:常住|户籍|总)人口", match["whole"]):
        # 65岁及以上老年人口占常住人口的14.4%: there is one of each in a document, wherever.
        before = [one for one in reading.figures if one.is_count and one.is_exact and one.value]
        before = [one for one in before if not reading.is_planned(one) and not reading.is_prior(one)]
        named = [one for one in before if _named(match["part"], one)]
        part = named[-1] if len({one.value for one in named}) == 1 else None
    if part is None or not part.value:
        return None
    wholes = [
        one
        for one in before
        if one is not part
        and _may_hold(one, part)
        and (one.value or 0) >= part.value
        and _named(match["whole"], one)
    ]
    if re.search(r"总|全部|所有|累计", match["whole"]):
        plain = [one for one in wholes if IDLE.sub("", one.subject) == IDLE.sub("", match["whole"])]
        wholes = sorted(plain, key=lambda one: one.value or 0)[-1:] or wholes
    values = {one.value for one in wholes}
    if len(values) != 1:
        wholes = [one for one in wholes if one.sentence == rate.sentence]
        if len({one.value for one in wholes}) != 1:
            return None
    return Portion(part, wholes[-1], not BARE.match(match["part"]))


def _part(rate: Figure, before: list[Figure], words: str) -> Figure | None:
    if BARE.match(words):
        near = [one for one in before if one.sentence == rate.sentence and rate.number - one.number == 1]
        return near[0] if near else None
    named = [one for one in before if _named(words, one) and rate.sentence - one.sentence <= 1]
    return named[-1] if len({one.value for one in named}) == 1 else None


def _may_hold(whole: Figure, part: Figure) -> bool:
    groups = {whole.unit.group, part.unit.group}
    return alike(whole.unit, part.unit) or is_times(whole.unit, part.unit) or groups == {"people", "papers"}


def _named(words: str, figure: Figure) -> bool:
    """Whether the figure carries every word of the phrase that means something."""
    asked = bigrams(IDLE.sub("", words))
    return bool(asked) and asked <= bigrams(IDLE.sub("", figure.subject) + "，" + figure.after[:10])
