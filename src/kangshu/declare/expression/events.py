"""A person's records, diagnoses and cases: filtered, counted, summed, picked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kangshu.declare.errors import BadDeclaration
from kangshu.declare.expression.core import Expression, Kind, Node, need
from kangshu.declare.expression.leaves import Answer, AssessmentValue, PerformedOn


@dataclass(frozen=True)
class Events(Node):
    """Some of one person's records, diagnoses or cases, ordered by day, then by order of entry."""

    def where(self, condition: Expression) -> Where:
        return Where(self, condition)

    def count(self) -> Count:
        return Count(self)

    def exists(self) -> Exists:
        return Exists(self)

    def sum(self, value: Expression) -> Sum:
        return Sum(self, value)

    def first(self) -> Pick:
        return Pick(self, "first")

    def last(self) -> Pick:
        return Pick(self, "last")


@dataclass(frozen=True)
class Records(Events):
    """Current (not succeeded, not withdrawn) records of one form, any version."""

    form: str
    op: ClassVar[str] = "records"


@dataclass(frozen=True)
class Diagnoses(Events):
    """Diagnoses whose ICD-10 code starts with one of the prefixes."""

    prefixes: tuple[str, ...]
    op: ClassVar[str] = "diagnoses"

    def __post_init__(self) -> None:
        if not self.prefixes:
            raise BadDeclaration("diagnoses", "needs at least one ICD-10 prefix")


@dataclass(frozen=True)
class Cases(Events):
    """The person's cases in another programme, by the day they were opened: that is their `performed_on`;
    `answer("closed_on")` and `answer("closing_reason")` speak of the case."""

    capability: str
    op: ClassVar[str] = "cases"


@dataclass(frozen=True)
class Where(Events):
    source: Events
    condition: Expression
    op: ClassVar[str] = "where"

    def __post_init__(self) -> None:
        need(self.condition, Kind.BOOLEAN, "where")


@dataclass(frozen=True)
class Count(Expression):
    source: Events
    op: ClassVar[str] = "count"

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER


@dataclass(frozen=True)
class Exists(Expression):
    source: Events
    op: ClassVar[str] = "exists"

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class Sum(Expression):
    """Of the known values; 0 when there is none."""

    source: Events
    value: Expression
    op: ClassVar[str] = "sum"

    def __post_init__(self) -> None:
        if not self.value.kind.is_number:
            raise BadDeclaration("sum", f"needs numbers, got {self.value.kind}")

    @property
    def kind(self) -> Kind:
        return self.value.kind


@dataclass(frozen=True)
class Picked(Expression):
    """A value of the first or last of some events; missing when there is none."""

    source: Events
    which: str
    value: Expression
    op: ClassVar[str] = "picked"

    def __post_init__(self) -> None:
        if self.which not in ("first", "last"):
            raise BadDeclaration("picked", f"{self.which!r} is neither first nor last")

    @property
    def kind(self) -> Kind:
        return self.value.kind


@dataclass(frozen=True)
class Pick:
    """`records(…).last()`, waiting to be asked for a value. Not a node itself."""

    source: Events
    which: str

    def value(self, value: Expression) -> Picked:
        return Picked(self.source, self.which, value)

    def answer(self, name: str) -> Picked:
        return self.value(Answer(name))

    def assessment(self, name: str) -> Picked:
        return self.value(AssessmentValue(name))

    @property
    def performed_on(self) -> Picked:
        return self.value(PerformedOn())
