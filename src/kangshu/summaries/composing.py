"""The draft of a summary, composed from the data by rules: what was done, what moved, what reached its
target, which places lead and lag.

A sentence holds references to figures, not numbers: in the draft as in any text a figure opens, and follows
the data until the document is frozen. Only what the data says is said; causes and plans are for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.indicator import Direction, Indicator
from kangshu.indicators import board
from kangshu.indicators.board import Card
from kangshu.indicators.reported import all_figures, reported
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period, year
from kangshu.places.models import Institution
from kangshu.summaries.outline import OF_A_TOPIC, OUTLINE, Kind, Outlined, domains_of

COUNTS_SAID, RATES_SAID = 5, 6
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Material:
    """What a draft is composed from. Without a `store` only reported figures are told."""

    period: Period
    place: Institution
    store: Store | None
    topic: str = ""

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Every figure that may be told and has a value in the period, by indicator. What nobody set a target
        for or recorded anything of is not counted first to be left out then."""
        if self.store is None:
            return {}
        may_be_told = [one for service in self.services for one in service.indicators]
        asked = board.worth_counting(may_be_told, self.period, self.place, self.store)
        found = board.cards(asked, self.period, self.place, self.store)
        return {
            card.indicator.id: card
            for card in found
            if card.row.value is not None and not card.row.suppressed
        }

    def cards_of(self, capability: Capability) -> list[Card]:
        """The figures of a service, in its own order."""
        return [self.cards[one.id] for one in capability.indicators if one.id in self.cards]

    @cached_property
    def unanswered(self) -> list[Indicator]:
        """What a target was set for at the period's end and the data has no value of: the plan is reported on
        all the same, because a target that is not mentioned looks like one that was never set."""
        known = [one for service in self.services for one in service.indicators if one.id not in self.cards]
        targets = board.targets_of([one.id for one in known], self.period.last, [self.place.pk])
        return [one for one in known if (one.id, str(self.place.pk)) in targets]

    @property
    def services(self) -> list[Capability]:
        """The topic's, or all of them by id."""
        if self.topic:
            return [registry.capability(self.topic)]
        return sorted(registry.capabilities(), key=lambda one: one.id)

    @property
    def told(self) -> list[Card]:
        """The figures of the topic, or all of them."""
        return [card for service in self.services for card in self.cards_of(service)]


def outline_for(kind: Kind, topic: str = "") -> tuple[Outlined, ...]:
    """The sections of a summary; one about a topic has the topic's service between beginning and end."""
    if kind is Kind.GENERAL:
        return OUTLINE
    known = {section.key: section for section in OUTLINE}
    capability = registry.capability(topic)
    middle = Outlined("topic", capability.title.zh, "责任科室")
    first, *rest = (known[key] for key in OF_A_TOPIC)
    return (first, middle, *rest)


def compose(section: Outlined, material: Material) -> str:
    """The text a section begins with: paragraphs, one a line. Empty where the data has nothing to say."""
    if section.key == "overview":
        return _overview(material)
    if section.key == "problems":
        return _problems(material)
    if section.key == "next_year":
        return _next_year(material)
    told = [part for one in _services(section, material) if (part := _service(one, material))]
    if len(told) == 1:
        paragraphs = list(told[0][1])
    else:
        paragraphs = [
            line
            for number, (title, lines) in enumerate(told, start=1)
            for line in (f"（{numeral(number)}）{title}", *lines)
        ]
    return "\n".join([*paragraphs, *_reported(section, material)])


def numeral(number: int) -> str:
    """1 to 99 as headings write them."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return ("" if tens == 1 else NUMERALS[tens - 1]) + "十" + (NUMERALS[ones - 1] if ones else "")


def _services(section: Outlined, material: Material) -> list[Capability]:
    if section.key == "topic":
        return [registry.capability(material.topic)]
    every = sorted(registry.capabilities(), key=lambda one: one.id)
    known = [domain for domain, _ in groupby(every, key=_domain)]
    wanted = domains_of(section, known)
    return [one for one in every if _domain(one) in wanted]


def _domain(capability: Capability) -> str:
    return capability.id.split(".", 1)[0]


def _service(capability: Capability, material: Material) -> tuple[str, Sequence[str]] | None:
    cards = material.cards_of(capability)
    if not cards or not any(card.row.numerator for card in cards):
        return None
    lines = [*_counts(cards), *_rates(cards), *_places(cards, material)]
    return capability.title.zh, ["".join(lines)]


def _counts(cards: Sequence[Card]) -> Iterable[str]:
    told = [card for card in cards if not card.indicator.is_ratio and card.row.numerator][:COUNTS_SAID]
    if told:
        yield "，".join(_count(card.indicator) for card in told) + "。"


def _count(indicator: Indicator) -> str:
    return f"{counted(indicator.title.zh, indicator.unit)}[[{indicator.id}]]{indicator.unit}"


def counted(title: str, unit: str) -> str:
    """A count's name before its number and unit: 健康体检人次 238 人次 is said 健康体检 238 人次."""
    for ending in (f"{unit}数", unit):
        if unit and title.endswith(ending) and title != ending:
            return title.removesuffix(ending)
    return title


def _rates(cards: Sequence[Card]) -> Iterable[str]:
    for card in [card for card in cards if card.indicator.is_ratio and card.row.numerator][:RATES_SAID]:
        indicator = card.indicator
        said = f"{indicator.title.zh}为[[{indicator.id}]]"
        if card.change is not None:
            said += f"，[[{indicator.id}|show=change]]"
        if card.target is not None and card.target.met is not None:
            said += f"，[[{indicator.id}|show=verdict]]"
        yield said + "。"


def _places(cards: Sequence[Card], material: Material) -> Iterable[str]:
    """The first and the last place by the service's leading rate."""
    for card in cards:
        indicator = card.indicator
        if not indicator.is_ratio or indicator.direction is Direction.NONE or material.store is None:
            continue
        ranked = board.ranking(indicator, material.period, material.place, material.store)[1]
        known = [one.row.value for one in ranked if one.row.value is not None and not one.row.suppressed]
        if len(known) > 2 and known[0] != known[-1]:
            high, low = ("最高", "最低") if indicator.direction is Direction.UP else ("最低", "最高")
            yield (
                f"从各单位看，{indicator.title.zh}{high}的是[[{indicator.id}|show=best]]，"
                f"{low}的是[[{indicator.id}|show=worst]]。"
            )
            return


def _reported(section: Outlined, material: Material) -> Iterable[str]:
    """What institutions reported; who is silent is said, because a sum with a hole looks like a fall."""
    told = [
        found
        for report, figure in all_figures()
        if figure.indicator.startswith(section.reported or ("\n",))
        and (found := reported(report, figure, material.period, material.place.path)).value is not None
    ]
    if not told:
        return
    said = "，".join(
        f"{counted(one.figure.title.zh, one.figure.unit)}[[{one.figure.indicator}|show=reported]]"
        f"{one.figure.unit}"
        for one in told
    )
    silent = {place.pk for one in told for place in one.silent}
    note = f"（截至成文，{len(silent)}家机构尚有未报或未审核的月份。）" if silent else ""
    yield f"据各医疗卫生机构上报，{said}。{note}"


def _overview(material: Material) -> str:
    opening = (
        f"{material.period.title().zh}，{material.place.name}围绕年度目标任务开展各项卫生健康工作，"
        "现将有关情况总结如下。"
    )
    lines = [opening]
    met = [card for card in material.told if card.target is not None and card.target.met]
    if met:
        lines.append("完成较好的有：" + "；".join(_shown(card, "verdict") for card in met) + "。")
    moved = sorted(
        (card for card in material.told if card.indicator.is_ratio and card.change),
        key=lambda card: (-abs(card.change or 0), card.indicator.id),
    )
    if moved:
        lines.append("变化较大的有：" + "；".join(_shown(card, "change") for card in moved[:3]) + "。")
    return "\n".join(lines)


def _shown(card: Card, show: str) -> str:
    return f"{card.indicator.title.zh}[[{card.indicator.id}]]，[[{card.indicator.id}|show={show}]]"


def _problems(material: Material) -> str:
    """Targets that were missed and rates that went the wrong way: `一是……二是……`."""
    found = []
    for card in material.told:
        if card.target is not None and card.target.met is False:
            found.append(_shown(card, "verdict"))
        elif _worsened(card):
            found.append(_shown(card, "change"))
    if material.unanswered:
        names = "；".join(_aimed(one) for one in material.unanswered)
        found.append(f"以下指标设有年度目标而系统中没有可用数据，完成情况无法核实：{names}")
    return "\n".join(f"{numeral(number)}是{said}。" for number, said in enumerate(found, start=1))


def _aimed(indicator: Indicator) -> str:
    return f"{indicator.title.zh}（目标[[{indicator.id}|show=target]]）"


def _worsened(card: Card) -> bool:
    if not card.change or not card.indicator.is_ratio:
        return False
    direction = card.indicator.direction
    return (direction is Direction.UP and card.change < 0) or (
        direction is Direction.DOWN and card.change > 0
    )


def _next_year(material: Material) -> str:
    """The targets already set for the year after the period; the next summary reports on them."""
    following = year(material.period.last.year + 1)
    services = [registry.capability(material.topic)] if material.topic else registry.capabilities()
    indicators = [one for service in services for one in service.indicators]
    targets = board.targets_of([one.id for one in indicators], following.last, [material.place.pk])
    said = [
        f"{one.title.zh}[[{one.id}|period={following}|show=target]]"
        for one in indicators
        if (one.id, str(material.place.pk)) in targets
    ]
    return f"{following.title().zh}主要目标：" + "；".join(said) + "。" if said else ""
