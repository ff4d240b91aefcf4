"""Dates, extremes and choices between values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kangshu.declare.errors import BadDeclaration
from kangshu.declare.expression.core import Expression, Kind, Node, Operand, lift, need


@dataclass(frozen=True)
class Ceil(Expression):
    """The next whole number up."""

    part: Expression
    op: ClassVar[str] = "ceil"

    def __post_init__(self) -> None:
        need(self.part, Kind.DECIMAL, "ceil")

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER


@dataclass(frozen=True)
class Extreme(Expression):
    """The least or greatest of several values, of those that are known; missing when none is."""

    which: str
    parts: tuple[Expression, ...]
    op: ClassVar[str] = "extreme"

    def __post_init__(self) -> None:
        if self.which not in ("least", "greatest"):
            raise BadDeclaration("extreme", f"{self.which!r} is neither least nor greatest")
        if len(self.parts) < 2:
            raise BadDeclaration(self.which, "needs at least two values")
        for part in self.parts[1:]:
            if not part.kind.may_be(self.parts[0].kind):
                raise BadDeclaration(self.which, f"cannot compare {self.parts[0].kind} with {part.kind}")

    @property
    def kind(self) -> Kind:
        return _common_kind(self.parts, self.which)


def _common_kind(parts: tuple[Expression, ...], place: str) -> Kind:
    kinds = {part.kind for part in parts} - {Kind.ANY}
    if not kinds:
        return Kind.ANY
    if kinds == {Kind.INTEGER, Kind.DECIMAL}:
        return Kind.DECIMAL
    if len(kinds) > 1:
        raise BadDeclaration(place, f"gives now {' now '.join(sorted(kinds))}: all branches must agree")
    return kinds.pop()


BETWEEN_UNITS = ("days", "months", "years", "weeks", "hours", "working_days")


@dataclass(frozen=True)
class Between(Expression):
    """Full days, weeks, months or years from one date to another; negative when the second is earlier. Months
    and years are counted by `kernel.dates.months_between`; years are full months divided by 12, toward zero.
    Hours lie between two moments. Working days are counted after the first day up to the last; missing for a
    year whose holidays are not announced."""

    unit: str
    first: Expression
    last: Expression
    op: ClassVar[str] = "between"

    def __post_init__(self) -> None:
        if self.unit not in BETWEEN_UNITS:
            raise BadDeclaration("between", f"{self.unit!r} is none of {', '.join(BETWEEN_UNITS)}")
        kind = Kind.MOMENT if self.unit == "hours" else Kind.DATE
        need(self.first, kind, f"{self.unit}_between")
        need(self.last, kind, f"{self.unit}_between")

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER


@dataclass(frozen=True)
class AgeOn(Expression):
    """Full years of age (`kernel.dates.age_on`); missing without a birth date or before birth."""

    on: Expression
    op: ClassVar[str] = "age_on"

    def __post_init__(self) -> None:
        need(self.on, Kind.DATE, "person.age_on")

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER


@dataclass(frozen=True)
class AddTime(Expression):
    """A date some days or months later. Months clamp to the month's end."""

    unit: str
    start: Expression
    amount: Expression
    op: ClassVar[str] = "add_time"

    def __post_init__(self) -> None:
        if self.unit not in ("days", "months"):
            raise BadDeclaration("add_time", f"{self.unit!r} is neither days nor months")
        need(self.start, Kind.DATE, f"add_{self.unit}")
        need(self.amount, Kind.INTEGER, f"add_{self.unit}")

    @property
    def kind(self) -> Kind:
        return Kind.DATE


@dataclass(frozen=True)
class Branch:
    when: Expression
    then: Expression

    def __post_init__(self) -> None:
        need(self.when, Kind.BOOLEAN, "when")


@dataclass(frozen=True)
class Choose(Expression):
    """The value of the first branch whose condition is True; otherwise the last value, or missing."""

    branches: tuple[Branch, ...]
    default: Expression | None = None
    op: ClassVar[str] = "choose"

    def __post_init__(self) -> None:
        if not self.branches:
            raise BadDeclaration("when", "needs at least one branch")
        self.kind  # noqa: B018 — refuses branches that disagree

    @property
    def kind(self) -> Kind:
        values = tuple(branch.then for branch in self.branches)
        return _common_kind(values if self.default is None else (*values, self.default), "when/then")

    @property
    def children(self) -> tuple[Node, ...]:
        flat: list[Node] = []
        for branch in self.branches:
            flat += (branch.when, branch.then)
        return tuple(flat if self.default is None else [*flat, self.default])

    def when(self, condition: Expression) -> When:
        return When(condition, self.branches)

    def otherwise(self, value: Operand) -> Choose:
        return Choose(self.branches, lift(value))


class When:
    def __init__(self, condition: Expression, before: tuple[Branch, ...]) -> None:
        self._condition, self._before = condition, before

    def then(self, value: Operand) -> Choose:
        return Choose((*self._before, Branch(self._condition, lift(value))))
