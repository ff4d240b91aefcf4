"""Figures in a text: `[[hypertension.control_rate]]` stands for a value, its unit and where it comes from.

More can be said after bars: `[[hypertension.control_rate|period=2025|place=0001.0002.|show=change]]`. Without
it, period and place are the summary's. `show` is one of `Show`. The same text printed on the same snapshot
gives the same words, and every value knows the page it opens to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from kangshu.declare.indicator import Direction, Indicator
from kangshu.indicators import board
from kangshu.indicators.engine.compute import Question, compute_all, find_indicator
from kangshu.indicators.reported import figures_of, reported
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import Period, parse_period
from kangshu.places.models import Institution
from kangshu.places.scope import is_within

TOKEN = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")


class Show(StrEnum):
    """Which part of the figure is printed."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    CHANGE = "change"  # against the same period of the year before
    TARGET = "target"
    VERDICT = "verdict"  # whether the target of the year was reached
    REPORTED = "reported"
    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True)
class Setting:
    """What the tokens of one summary are read against. `reach` is the path of what the reader may see."""

    store: Store | None
    period: Period
    place: Institution
    reach: str


@dataclass(frozen=True)
class Bound:
    """A token with its value. `text` is what is printed: a mark where there is none; then `why` says why.
    `printed` is the value itself as it would be printed, where the token asks for a part of it."""

    token: str
    indicator: str
    title: str
    period: str
    place: str
    show: str
    text: str
    url: str = ""
    kind: str = "computed"
    value: str = ""
    printed: str = ""
    numerator: str = ""
    denominator: str = ""
    unit: str = ""
    definition: str = ""
    source: str = ""
    snapshot: str = ""
    why: str = ""

    @property
    def is_missing(self) -> bool:
        return bool(self.why)

    @property
    def figure(self) -> tuple[str, ...]:
        """What it is a part of: value, numerator, change and verdict are told of one figure."""
        alone = self.show if self.show in ALONE or self.why else ""
        return self.indicator, self.period, self.place, self.kind, alone

    @property
    def value_text(self) -> str:
        """The figure itself, where the sentence shows only a part of it."""
        if self.why or self.show in ALONE or not self.value:
            return self.text
        return self.printed or f"{self.value}{self.unit}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class _Asked:
    token: str
    indicator: str
    period: Period
    place: Institution
    show: Show


class _Unreadable(Exception):
    """The token says something that cannot be understood; the message is for the writer."""


MISSING = "【无数据】"
ALONE = (Show.BEST, Show.WORST, Show.TARGET, Show.REPORTED)
NEEDS_VALUE = (Show.VALUE, Show.CHANGE, Show.VERDICT)


def tokens_in(text: str) -> list[str]:
    """The tokens of a text as written between the brackets, in order, each once."""
    return list(dict.fromkeys(TOKEN.findall(text)))


def bind(texts: Iterable[str], setting: Setting) -> dict[str, Bound]:
    """Every token of the texts with its value. One that cannot be had is bound to a mark and a reason."""
    return {token: _bound(token, setting) for text in texts for token in tokens_in(text)}


def _bound(token: str, setting: Setting) -> Bound:
    try:
        asked = _read(token, setting)
        if asked.show is Show.REPORTED:
            return _reported(asked)
        if asked.show is Show.TARGET:
            return _aimed(asked, find_indicator(asked.indicator))
        if setting.store is None:
            raise _Unreadable("还没有数据快照，请先生成快照。")
        return _computed(asked, setting.store)
    except _Unreadable as error:
        return _mark(token, str(error))
    except Refusal as refusal:
        return _mark(token, refusal.message.zh)


def _mark(token: str, why: str) -> Bound:
    name = token.split("|", 1)[0].strip()
    return Bound(token, name, _title_of(name), "", "", Show.VALUE, MISSING, why=why)


def _title_of(name: str) -> str:
    """The indicator's title, whether it is computed or only reported; else what was written."""
    try:
        return find_indicator(name).title.zh
    except Refusal:
        return next((figure.title.zh for _, figure in figures_of(name)), name)


def _read(token: str, setting: Setting) -> _Asked:
    name, *rest = (part.strip() for part in token.split("|"))
    given: dict[str, str] = {}
    for part in rest:
        key, _, value = part.partition("=")
        if key not in ("period", "place", "show") or not value:
            raise _Unreadable(f"看不懂“{part}”。可以写 period=、place=、show=。")
        given[key] = value
    try:
        show = Show(given.get("show", Show.VALUE))
    except ValueError:
        raise _Unreadable(f"show 只能是 {'、'.join(Show)}。") from None
    place = setting.place
    if "place" in given:
        if not is_within(given["place"], setting.reach):
            raise _Unreadable("该机构不在您的管辖范围内。")
        found = Institution.objects.filter(path=given["place"]).first()
        if found is None:
            raise _Unreadable(f"没有机构 {given['place']}。")
        place = found
    period = parse_period(given["period"]) if "period" in given else setting.period
    return _Asked(token, name, period, place, show)


def _computed(asked: _Asked, store: Store) -> Bound:
    found = find_indicator(asked.indicator)
    if asked.show in (Show.BEST, Show.WORST):
        return _extreme(asked, found, store)
    (result,) = compute_all([found], Question(asked.period, within=asked.place.path), store)
    row = result.only
    common = {
        "token": asked.token,
        "indicator": found.id,
        "title": found.title.zh,
        "period": str(asked.period),
        "place": asked.place.name,
        "show": asked.show,
        "numerator": _plain(row.numerator),
        "denominator": _plain(row.denominator),
        "unit": found.unit,
        "definition": definition(found),
        "source": found.source,
        "snapshot": store.name,
        "url": _address(found.id, asked, store),
    }
    if row.suppressed or (row.value is None and asked.show in NEEDS_VALUE):
        why = row.note.zh if row.note else "数值过小，不予公布。"
        return Bound(**common, text=MISSING, why=why)
    printed = with_unit(found, row.value) if row.value is not None else ""
    return Bound(**common, value=_plain(row.value), printed=printed, text=_text(asked, found, row, store))


def _aimed(asked: _Asked, found: Indicator) -> Bound:
    """A target: of a year that may not have begun, so nothing is computed."""
    value, written = _target(asked, found)
    return Bound(
        token=asked.token,
        indicator=found.id,
        title=found.title.zh,
        period=str(asked.period),
        place=asked.place.name,
        show=asked.show,
        text=written,
        kind="target",
        value=_plain(value),
        unit=found.unit,
        definition=definition(found),
        source=found.source,
        url=f"{reverse('summaries:targets')}?{urlencode({'year': asked.period.last.year})}",
    )


def _text(asked: _Asked, found: Indicator, row: Any, store: Store) -> str:
    if asked.show is Show.NUMERATOR:
        return _plain(row.numerator)
    if asked.show is Show.DENOMINATOR:
        return _plain(row.denominator)
    if asked.show is Show.VERDICT:
        return _verdict(asked, found, row.value)
    if asked.show is Show.CHANGE:
        return _change(asked, found, row.value, store)
    return with_unit(found, row.value)


def _target(asked: _Asked, found: Indicator) -> tuple[Decimal, str]:
    """The target in force at the period's end, and how it is written: `≥60%`."""
    targets = board.targets_of([found.id], asked.period.last, [asked.place.pk])
    value = targets.get((found.id, str(asked.place.pk)))
    if value is None:
        raise _Unreadable("没有设定目标。")
    sign = {Direction.UP: "≥", Direction.DOWN: "≤", Direction.NONE: ""}[found.direction]
    return value, f"{sign}{_trim(value)}{found.unit}"


def _verdict(asked: _Asked, found: Indicator, value: Decimal) -> str:
    target, written = _target(asked, found)
    if found.direction is Direction.NONE:
        raise _Unreadable("该指标没有高低优劣之分。")
    return f"{'达到' if board.is_met(found, value, target) else '未达到'}年度目标（{written}）"


def with_unit(found: Indicator, value: Decimal) -> str:
    """A value as printed: rates with their sign, counts without a unit (the sentence has it)."""
    return f"{value:.{found.decimals}f}{found.unit}" if found.is_ratio else _plain(value)


def _change(asked: _Asked, found: Indicator, value: Decimal, store: Store) -> str:
    earlier = asked.period.year_before()
    (result,) = compute_all([found], Question(earlier, within=asked.place.path), store)
    before = result.only.value
    if before is None:
        raise _Unreadable("上年同期没有数据。")
    if found.is_ratio:
        points = (value - before).quantize(Decimal(1).scaleb(-found.decimals))
        if not points:
            return "与上年持平"
        return f"比上年{'提高' if points > 0 else '下降'}{abs(points)}个百分点"
    if value == before:
        return "与上年持平"
    if not before:
        raise _Unreadable("上年同期为零，无法计算增减。")
    share = (abs(value - before) / before * 100).quantize(Decimal("0.01"))
    return f"比上年{'增长' if value > before else '下降'}{share}%"


def _extreme(asked: _Asked, found: Indicator, store: Store) -> Bound:
    """The best or the worst place under the place, by the indicator's own direction."""
    if found.direction is Direction.NONE:
        raise _Unreadable("该指标没有高低优劣之分。")
    by, ranked = board.ranking(found, asked.period, asked.place, store)
    known = [one for one in ranked if one.row.value is not None and not one.row.suppressed]
    if len(known) < 2:
        raise _Unreadable("可比较的机构不足两个。")
    one = known[0 if asked.show is Show.BEST else -1]
    assert one.row.value is not None
    return Bound(
        token=asked.token,
        indicator=found.id,
        title=found.title.zh,
        period=str(asked.period),
        place=asked.place.name,
        show=asked.show,
        text=f"{one.name}（{with_unit(found, one.row.value)}）",
        value=_plain(one.row.value),
        numerator=_plain(one.row.numerator),
        denominator=_plain(one.row.denominator),
        unit=found.unit,
        definition=definition(found),
        source=found.source,
        snapshot=store.name,
        url=_address(found.id, asked, store, by=str(by)),
    )


def _reported(asked: _Asked) -> Bound:
    known = figures_of(asked.indicator)
    if not known:
        raise _Unreadable("没有报表填报这个指标。")
    report, figure = known[0]
    sum_ = reported(report, figure, asked.period, asked.place.path)
    text = MISSING if sum_.value is None else _plain(sum_.value)
    why = "没有已审核的报表。" if sum_.value is None else ""
    silent = f"，{len(sum_.silent)} 家机构有未报月份" if sum_.silent else ""
    return Bound(
        token=asked.token,
        indicator=asked.indicator,
        title=figure.title.zh,
        period=str(asked.period),
        place=asked.place.name,
        show=asked.show,
        text=text,
        kind="reported",
        value="" if sum_.value is None else _plain(sum_.value),
        unit=figure.unit,
        definition=f"{report.title.zh}“{figure.title.zh}”各机构各月之和{silent}",
        source=report.title.zh,
        url=f"{reverse('work:report', args=[report.id])}?{urlencode({'period': str(asked.period)})}",
        why=why,
    )


def _address(indicator_id: str, asked: _Asked, store: Store, **more: str) -> str:
    query = {"period": str(asked.period), "place": asked.place.path, "snapshot": store.name} | more
    return f"{reverse('indicators:indicator', args=[indicator_id])}?{urlencode(query)}"


def definition(found: Indicator) -> str:
    """The indicator in the norm's words, for the annex."""
    top = found.numerator_words.zh if found.numerator_words else found.title.zh
    if not found.is_ratio:
        return top
    bottom = found.denominator_words.zh if found.denominator_words else ""
    return f"{top} ÷ {bottom}" if bottom else top


def _plain(number: Decimal | int | None) -> str:
    return "" if number is None else _trim(Decimal(number))


def _trim(value: Decimal) -> str:
    return format(value.normalize(), "f") if value != value.to_integral_value() else str(int(value))


def frozen(figures: Mapping[str, Mapping[str, Any]]) -> dict[str, Bound]:
    """Figures as they were kept when a summary was signed."""
    return {token: Bound(**values) for token, values in figures.items()}


def pieces(text: str, figures: Mapping[str, Bound]) -> list[list[str | Bound]]:
    """The paragraphs of a text, each a run of words and figures, in order; empty lines are left out."""
    found: list[list[str | Bound]] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        runs: list[str | Bound] = []
        last = 0
        for match in TOKEN.finditer(line):
            if match.start() > last:
                runs.append(line[last : match.start()])
            runs.append(figures.get(match.group(1)) or _mark(match.group(1), "没有这个数字。"))
            last = match.end()
        if last < len(line):
            runs.append(line[last:])
        found.append(runs)
    return found
