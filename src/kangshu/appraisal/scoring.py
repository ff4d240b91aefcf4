"""From a measured value to points, and from points to a score: rules over plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kangshu.kernel.money import percentage, round_half_up

FULL = Decimal(100)
NOTHING = Decimal("0.00")


class Source(StrEnum):
    """Where the value of a line comes from."""

    INDICATOR = "indicator"
    SAMPLE = "sample"
    ON_SITE = "on_site"


class Rule(StrEnum):
    """LINEAR: none of the points at the floor, all at the goal, in proportion between. ALL_OR_NOTHING: all
    when the goal is reached."""

    LINEAR = "linear"
    ALL_OR_NOTHING = "all_or_nothing"


@dataclass(frozen=True)
class Scale:
    """How a value becomes points. `falling`: the lower the value, the better; the goal then lies below the
    floor. `floor` counts for LINEAR only."""

    weight: Decimal
    rule: Rule
    goal: Decimal
    floor: Decimal = Decimal(0)
    falling: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether the goal lies on the better side of the floor."""
        if self.rule is Rule.ALL_OR_NOTHING:
            return True
        return self.goal < self.floor if self.falling else self.goal > self.floor


def points_for(scale: Scale, value: Decimal | None) -> Decimal:
    """Points in hundredths, from 0 to the line's weight; a value that could not be had gives none."""
    if value is None:
        return NOTHING
    if scale.rule is Rule.ALL_OR_NOTHING:
        reached = value <= scale.goal if scale.falling else value >= scale.goal
        return round_half_up(scale.weight) if reached else NOTHING
    share = (value - scale.floor) / (scale.goal - scale.floor)
    return round_half_up(scale.weight * min(max(share, Decimal(0)), Decimal(1)))


def multiplied(points: Decimal, true_share: Decimal | None) -> Decimal:
    """Points for quantity times the share of the sample that was found true, in percent (norm J3); as they
    are where nothing was drawn."""
    return points if true_share is None else round_half_up(points * true_share / FULL)


@dataclass(frozen=True)
class Counted:
    """What the checks told of one stratum: records it has, records answered for, those of them in order."""

    size: int
    answered: int
    in_order: int


def true_share(strata: Sequence[Counted]) -> Decimal | None:
    """The share of all records in order, in percent, each stratum counting with its size (a stratum may be
    drawn more densely than another). None when nobody could be asked."""
    told = [one for one in strata if one.answered]
    whole = sum(one.size for one in told)
    weighted = sum((Decimal(one.size) * one.in_order / one.answered for one in told), Decimal(0))
    return percentage(weighted, whole)


@dataclass(frozen=True)
class Place:
    """A rank: equal scores share it, and the next one counts those before it (1, 1, 3)."""

    key: object
    rank: int


def ranked(scores: Sequence[tuple[object, Decimal]]) -> list[Place]:
    """The best first; among equals in the order given."""
    ordered = sorted(scores, key=lambda one: -one[1])
    found: list[Place] = []
    for position, (key, score) in enumerate(ordered, start=1):
        tied = bool(found) and ordered[position - 2][1] == score
        found.append(Place(key, found[-1].rank if tied else position))
    return found
