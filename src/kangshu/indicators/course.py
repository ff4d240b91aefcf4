"""Alerts: figures that leave their course, told once, shown on the desk until somebody says what it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.indicator import Direction, Indicator
from kangshu.figures.models import Alert, AlertKind
from kangshu.indicators import board
from kangshu.indicators.control import RULES
from kangshu.indicators.engine.compute import Question, compute_all, is_possible
from kangshu.indicators.series import Month, judged, months_of, way_to
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Conflict
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.periods import year
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import is_within, path_range

#: Below this many people or records a month's share jumps about for no reason at all.
FEWEST_BELOW = 20


@dataclass(frozen=True)
class Seen:
    """What left its course, before it is stored."""

    indicator: Indicator
    institution: Institution
    kind: AlertKind
    month: str
    told: Text


def watch(indicators: Sequence[Indicator], store: Store, *, now: datetime) -> list[Alert]:
    """Look at every figure of the county and of each centre; store what was not seen before.

    Every night after the snapshot. Writes nothing about a month that somebody has acknowledged.
    """
    seen = [one for place in watched() for one in _of_place(indicators, place, store)]
    stored = []
    with transaction.atomic():
        for one in seen:
            alert, is_new = Alert.objects.get_or_create(
                indicator=one.indicator.id,
                kind=one.kind,
                month=one.month,
                institution=one.institution,
                defaults={
                    "id": new_id(),
                    "told": one.told.to_json(),
                    "snapshot_id": store.name,
                    "raised_at": now,
                },
            )
            if is_new:
                stored.append(alert)
    return stored


def watched() -> list[Institution]:
    """The bureau and what lies right under it."""
    roots = list(Institution.objects.filter(parent=None, valid_to=None).order_by("path")[:1])
    return roots + list(Institution.objects.filter(parent__in=roots, valid_to=None).order_by("path"))


def _of_place(indicators: Sequence[Indicator], place: Institution, store: Store) -> Iterable[Seen]:
    if place.path not in {one.path for one in board.places_of(store).institutions.values()}:
        return
    judged_here = [one for one in indicators if one.direction is not Direction.NONE or one.is_ratio]
    for id, months in months_of(judged_here, place.path, store).items():
        indicator = next(one for one in judged_here if one.id == id)
        if (one := _signal(indicator, place, months)) is not None:
            yield one
    yield from _behind(indicators, place, store)


def _signal(indicator: Indicator, place: Institution, months: Sequence[Month]) -> Seen | None:
    """A signal in the last month that is over."""
    over = [month for month in months if month.is_over and month.row.value is not None]
    if not over or (indicator.is_ratio and (over[-1].row.denominator or 0) < FEWEST_BELOW):
        return None
    chart = judged(indicator, months)
    if not chart.points or chart.points[-1].name != str(over[-1].period) or not chart.points[-1].is_signal:
        return None
    point = chart.points[-1]
    rules = [RULES[rule] for rule in point.rules]
    value, unit = over[-1].row.value, indicator.unit
    told = Text(
        f"{over[-1].period.title().zh}为{value}{unit}，{'；'.join(rule.zh for rule in rules)}"
        f"（中心线{chart.centre:.2f}）",
        f"{value} {unit} in {over[-1].period.title().en}: {'; '.join(rule.en for rule in rules)}"
        f" (centre {chart.centre:.2f})",
    )
    return Seen(indicator, place, AlertKind.SIGNAL, point.name, told)


def _behind(indicators: Sequence[Indicator], place: Institution, store: Store) -> Iterable[Seen]:
    """Figures with a target for this year that the straight way to it has left behind."""
    period = year(store.taken_on.year)
    targets = board.targets_of([one.id for one in indicators], store.taken_on, [place.pk])
    aimed = [
        one for one in indicators if (one.id, str(place.pk)) in targets and is_possible(one, period, store)
    ]
    if not aimed:
        return
    for result in compute_all(aimed, Question(period, within=place.path), store):
        indicator, value = result.indicator, result.only.value
        if value is None or indicator.direction is Direction.NONE:
            continue
        way = way_to(indicator, value, targets[indicator.id, str(place.pk)], store.taken_on)
        if not way.is_behind:
            continue
        expected, unit = f"{way.expected:.{indicator.decimals}f}", indicator.unit
        told = Text(
            f"截至{store.taken_on}为{value}{unit}，按进度应达到{expected}{unit}（年度目标{way.target.normalize():f}{unit}）",
            f"{value} {unit} by {store.taken_on}; on the way to the target of {way.target.normalize():f} it"
            f" should be {expected}",
        )
        yield Seen(indicator, place, AlertKind.BEHIND, f"{store.taken_on:%Y-%m}", told)


def open_alerts(by: Actor) -> QuerySet[Alert]:
    """What nobody has looked at yet, in the part of the county that the account may see."""
    return alerts_of(by).filter(acknowledged_at=None)


def alerts_of(by: Actor) -> QuerySet[Alert]:
    low, high = path_range(board.reach_of(by))
    return Alert.objects.filter(institution__path__gte=low, institution__path__lt=high).select_related(
        "institution"
    )


@transaction.atomic
def acknowledge(alert_id: UUID, note: str, *, by: Actor, now: datetime) -> Alert:
    """Say what it was. Raises NotAllowed, Conflict (somebody else has, or nothing was said)."""
    check_allowed(by, "read.indicator")
    alert = Alert.objects.select_for_update(of=("self",)).select_related("institution").get(pk=alert_id)
    if not is_within(alert.institution.path, board.reach_of(by)):
        raise Alert.DoesNotExist
    if alert.acknowledged_at is not None:
        raise Conflict(
            "alert.acknowledged",
            Text(
                f"{alert.acknowledged_by_name}已处理这条预警。",
                f"{alert.acknowledged_by_name} has already dealt with this alert.",
            ),
        )
    if not note.strip():
        raise Conflict(
            "alert.no_note",
            Text("请写明原因或处理措施。", "Say what it was or what is done about it."),
            where="note",
        )
    alert.acknowledged_at, alert.note = now, note.strip()[:400]
    alert.acknowledged_by, alert.acknowledged_by_name = by.account_id, by.name
    alert.save()
    log.write(
        by=by,
        action="alert.acknowledged",
        about=alert,
        scope_path=alert.institution.path,
        detail={"indicator": alert.indicator, "month": alert.month, "kind": alert.kind},
    )
    return alert
