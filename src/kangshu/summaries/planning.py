"""Next year's plan: what a place is to reach, and how that is divided among the institutions under it.

A rate is the same for everybody unless somebody says otherwise. A number of people or services is divided by
the residents each institution looks after, in whole units, so that the parts make exactly the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from kangshu.declare.indicator import Indicator
from kangshu.indicators import board
from kangshu.indicators.actions import set_target
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, NotFound, Problem
from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.places.models import Institution
from kangshu.places.scope import is_within, path_range


@dataclass(frozen=True)
class Share:
    """An institution under a place: the residents it looks after, and its target for the year, if set."""

    institution: Institution
    residents: int
    target: Decimal | None


class PlaceNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__(
            "target.place_not_found",
            Text("该机构不在您的管辖范围内。", "This institution is outside of your area."),
        )


def divide(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of a total in proportion to the weights, by largest remainder (ties: the earlier first).

    The parts add up to the total. Without any weight everybody gets an equal part.
    """
    if not weights:
        return []
    counted = list(weights) if sum(weights) else [1] * len(weights)
    exact = [divmod(total * weight, sum(counted)) for weight in counted]
    parts = [whole for whole, _ in exact]
    order = sorted(range(len(parts)), key=lambda index: (-exact[index][1], index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def shares(indicator: Indicator, year: int, place: Institution) -> list[Share]:
    """The institutions directly under a place, in the order of the tree: those that look after residents or
    have a target already; if there are none, all."""
    under = list(Institution.objects.filter(parent=place).order_by("path"))
    ids = [one.pk for one in under]
    targets = board.targets_of([indicator.id], date(year, 12, 31), ids)
    residents = _residents(place, under)
    every = [Share(one, residents.get(one.pk, 0), targets.get((indicator.id, str(one.pk)))) for one in under]
    looking_after = [share for share in every if share.residents or share.target is not None]
    return looking_after or every


def _residents(place: Institution, under: Sequence[Institution]) -> dict[UUID, int]:
    """Residents by institution, those of the institutions under it included."""
    low, high = path_range(place.path)
    counted = (
        Person.objects.filter(
            scope_path__gte=low, scope_path__lt=high, status="active", merged_into__isnull=True
        )
        .values("scope_path")
        .annotate(people=Count("pk"))
    )
    by_path = {row["scope_path"]: row["people"] for row in counted}
    return {
        one.pk: sum(people for path, people in by_path.items() if is_within(path, one.path)) for one in under
    }


def set_targets(
    *,
    indicator: Indicator,
    year: int,
    values: Mapping[Institution, Decimal],
    source: str,
    from_on: date,
    by: Actor,
    now: datetime,
) -> int:
    """Set several places' targets, all or none; those that stand already are left. Returns how many were set.

    Raises BadInput, NotAllowed, PlaceNotFound, and what `set_target` raises.
    """
    reach = board.reach_of(by)
    if any(not is_within(place.path, reach) for place in values):
        raise PlaceNotFound
    if not indicator.is_ratio and any(value != value.to_integral_value() for value in values.values()):
        message = Text("数量目标必须是整数。", "A target that is a number is a whole number.")
        raise BadInput([Problem("value", "target.whole", message)])
    standing = board.targets_of([indicator.id], date(year, 12, 31), [place.pk for place in values])
    with transaction.atomic():
        changed = {
            place: value
            for place, value in values.items()
            if standing.get((indicator.id, str(place.pk))) != value
        }
        for place, value in changed.items():
            set_target(
                indicator_id=indicator.id,
                year=year,
                institution=place,
                value=value,
                from_on=from_on,
                by=by,
                now=now,
                source=source,
            )
    return len(changed)


def divided(indicator: Indicator, value: Decimal, under: Sequence[Share]) -> dict[Institution, Decimal]:
    """What each institution gets of a place's target: a rate as it is, a number by residents."""
    if indicator.is_ratio:
        return {share.institution: value for share in under}
    parts = divide(int(value), [share.residents for share in under])
    return {share.institution: Decimal(part) for share, part in zip(under, parts, strict=True)}
