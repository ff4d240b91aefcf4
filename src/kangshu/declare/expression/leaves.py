"""What an expression may ask of the record, the person, the case, the period and the place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kangshu.declare.errors import BadDeclaration
from kangshu.declare.expression.core import Expression, Kind, need


@dataclass(frozen=True)
class Answer(Expression):
    """The answer to a field of the frame's form."""

    name: str
    op: ClassVar[str] = "answer"

    def count(self) -> RowCount:
        """How many rows a field of rows has; 0 when none was entered."""
        return RowCount(self)


@dataclass(frozen=True)
class RowCount(Expression):
    """The number of rows of an answer; never missing."""

    part: Expression
    op: ClassVar[str] = "row_count"

    def __post_init__(self) -> None:
        need(self.part, Kind.ROWS, "count")

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER


@dataclass(frozen=True)
class Points:
    """What a code of an item is worth."""

    code: str
    points: int


@dataclass(frozen=True)
class Score(Expression):
    """The sum over answers of the frame's form: each its whole number, or what its code is worth by `points`.
    Missing as long as one of them is missing or has a code without points, so that an unfinished scale is
    never read as a low one."""

    items: tuple[str, ...]
    points: tuple[Points, ...] = ()
    op: ClassVar[str] = "score"

    def __post_init__(self) -> None:
        if not self.items:
            raise BadDeclaration("score", "needs at least one item")
        if len(self.items) != len(set(self.items)):
            raise BadDeclaration("score", "counts an item twice")
        codes = [points.code for points in self.points]
        if len(codes) != len(set(codes)):
            raise BadDeclaration("score", f"a code is given points twice in {codes}")

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER

    def worth(self, code: str) -> int | None:
        return next((points.points for points in self.points if points.code == code), None)


@dataclass(frozen=True)
class AssessmentValue(Expression):
    """A value that the rules found when the frame's record was saved."""

    name: str
    op: ClassVar[str] = "assessment"


@dataclass(frozen=True)
class PerformedOn(Expression):
    """The day of the frame's record (or of the diagnosis)."""

    op: ClassVar[str] = "performed_on"

    @property
    def kind(self) -> Kind:
        return Kind.DATE


@dataclass(frozen=True)
class DaysToNext(Expression):
    """Days from the frame's event to the next one among the events being looked through; missing at the
    last."""

    op: ClassVar[str] = "days_to_next"

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER


_PERSON = {"sex": Kind.TEXT, "birth_date": Kind.DATE, "death_on": Kind.DATE, "region": Kind.TEXT}
_CASE = {"opened_on": Kind.DATE, "closed_on": Kind.DATE, "closing_reason": Kind.TEXT}


@dataclass(frozen=True)
class PersonAttribute(Expression):
    name: str
    op: ClassVar[str] = "person"

    def __post_init__(self) -> None:
        if self.name not in _PERSON:
            raise BadDeclaration("person", f"has no {self.name!r}; known: {', '.join(_PERSON)}")

    @property
    def kind(self) -> Kind:
        return _PERSON[self.name]


@dataclass(frozen=True)
class CaseAttribute(Expression):
    """Of the person's case of this capability: the latest opened on or before the last day looked at."""

    name: str
    op: ClassVar[str] = "case"

    def __post_init__(self) -> None:
        if self.name not in _CASE:
            raise BadDeclaration("case", f"has no {self.name!r}; known: {', '.join(_CASE)}")

    @property
    def kind(self) -> Kind:
        return _CASE[self.name]


@dataclass(frozen=True)
class CaseFact(Expression):
    name: str
    op: ClassVar[str] = "case_fact"


@dataclass(frozen=True)
class LivesIn(Expression):
    """Whether the person lives in one of some regions: codes of the national division, shortened to the level
    that is meant (9 digits a township, 12 a village)."""

    regions: tuple[str, ...]
    op: ClassVar[str] = "lives_in"

    def __post_init__(self) -> None:
        if not self.regions or not all(code.isdecimal() for code in self.regions):
            raise BadDeclaration("lives_in", f"needs codes of regions, got {list(self.regions)}")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class EnrolledIn(Expression):
    """Whether the person has an open case of one of some capabilities, on the day of the question."""

    kinds: tuple[str, ...]
    op: ClassVar[str] = "enrolled_in"

    def __post_init__(self) -> None:
        if not self.kinds:
            raise BadDeclaration("enrolled_in", "needs at least one capability")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class PeriodBoundary(Expression):
    which: str
    op: ClassVar[str] = "period"

    def __post_init__(self) -> None:
        if self.which not in ("first", "last"):
            raise BadDeclaration("period", f"has a first and a last day, not {self.which!r}")

    @property
    def kind(self) -> Kind:
        return Kind.DATE


@dataclass(frozen=True)
class ParameterValue(Expression):
    """The parameter's value in force on a day: by default the visit's day in a form, the period's last day
    in an indicator. Inside `records(…).where(…)` say `on=performed_on` for the edition of the day of
    service."""

    id: str
    on: Expression | None = None
    op: ClassVar[str] = "parameter"

    def __post_init__(self) -> None:
        if self.on is not None:
            need(self.on, Kind.DATE, f"parameter {self.id}")


@dataclass(frozen=True)
class Population(Expression):
    """Residents of the place in the period's year, from the population denominators. Only in an estimated
    denominator."""

    age_from: int = 0
    age_to: int | None = None
    sex: str | None = None
    op: ClassVar[str] = "population"

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER
