"""The expression tree: conditions and values said once, for forms, rules, schedules and indicators alike.

Every node is a frozen value that knows its kind (what comes out), refuses operands that cannot be compared,
and can be written as JSON. Logic is three-valued: a missing answer makes a comparison missing (None), `&` and
`|` follow Kleene, and only True counts. Nodes compare structurally (`a == b` asks whether two trees are the same),
so equality inside the language is the method `.equals()`.

A *frame* is the one event (record or diagnosis) that `answer`, `assessment`, `performed_on` speak of: the form
being filled, or inside `records(…).where(…)` each record in turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, NoReturn, Union

from kangshu.declare.errors import BadDeclaration
from kangshu.declare.serial import decode_fields, encode_fields

Plain = Union[bool, int, Decimal, str, date]
Operand = Union["Expression", bool, int, Decimal, str, date]


class Kind(StrEnum):
    """What a node gives. ANY is not known until the expression is bound to a form."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXT = "text"
    CODES = "codes"
    ANY = "any"

    @property
    def is_number(self) -> bool:
        return self in (Kind.INTEGER, Kind.DECIMAL, Kind.ANY)

    def may_be(self, other: Kind) -> bool:
        if Kind.ANY in (self, other):
            return True
        return self is other or (self.is_number and other.is_number)


NODES: dict[str, type[Expression]] = {}


@dataclass(frozen=True)
class Expression:
    """Base of the nodes. Build them with the functions at the end of this module and with operators."""

    op: ClassVar[str] = ""

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if cls.op:
            NODES[cls.op] = cls

    @property
    def kind(self) -> Kind:
        return Kind.ANY

    @property
    def children(self) -> tuple[Expression | Events, ...]:
        found: list[Expression | Events] = []
        for value in vars(self).values():
            _collect(value, found)
        return tuple(found)

    # ---- JSON
    def encode_tagged(self) -> dict[str, Any]:
        return {"op": self.op, **encode_fields(self)}

    @classmethod
    def decode_tagged(cls, value: Mapping[str, Any]) -> Expression:
        fields = dict(value)
        op = fields.pop("op", None)
        if op not in NODES:
            raise BadDeclaration("expression", f"unknown operation {op!r}")
        if op == Literal.op:
            return Literal.from_fields(fields)
        return decode_fields(NODES[op], fields)

    def to_json(self) -> dict[str, Any]:
        return self.encode_tagged()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Expression:
        return Expression.decode_tagged(value)

    # ---- operators
    def __bool__(self) -> NoReturn:
        raise TypeError("an expression is not a truth value: use &, |, ~ and .equals(), not and/or/not/chained <")

    def equals(self, other: Operand) -> Compare:
        return Compare("eq", self, lift(other))

    def differs_from(self, other: Operand) -> Compare:
        return Compare("ne", self, lift(other))

    def __lt__(self, other: Operand) -> Compare:
        return Compare("lt", self, lift(other))

    def __le__(self, other: Operand) -> Compare:
        return Compare("le", self, lift(other))

    def __gt__(self, other: Operand) -> Compare:
        return Compare("gt", self, lift(other))

    def __ge__(self, other: Operand) -> Compare:
        return Compare("ge", self, lift(other))

    def between(self, first: Operand, last: Operand) -> All:
        """Both ends included."""
        return All((self >= first, self <= last))

    def is_in(self, *values: Plain) -> IsIn:
        return IsIn(self, tuple(Literal(value) for value in values))

    def includes(self, code: str) -> Includes:
        """Whether an answer of several codes holds this one."""
        return Includes(self, code)

    def includes_any(self, *codes: str) -> Expression:
        return any_of(*(Includes(self, code) for code in codes))

    def is_missing(self) -> IsMissing:
        return IsMissing(self)

    def is_known(self) -> Not:
        return Not(IsMissing(self))

    def __and__(self, other: Operand) -> All:
        right = lift(other)
        return All((*_parts(self, All), *_parts(right, All)))

    def __or__(self, other: Operand) -> Any_:
        right = lift(other)
        return Any_((*_parts(self, Any_), *_parts(right, Any_)))

    def __invert__(self) -> Not:
        return Not(self)

    def __add__(self, other: Operand) -> Arithmetic:
        return Arithmetic("add", self, lift(other))

    def __sub__(self, other: Operand) -> Arithmetic:
        return Arithmetic("sub", self, lift(other))

    def __mul__(self, other: Operand) -> Arithmetic:
        return Arithmetic("mul", self, lift(other))

    def __truediv__(self, other: Operand) -> Arithmetic:
        return Arithmetic("div", self, lift(other))

    def rounded(self, places: int) -> Rounded:
        return Rounded(self, places)


def _parts(node: Expression, kind: type[All] | type[Any_]) -> tuple[Expression, ...]:
    return node.parts if isinstance(node, kind) else (node,)


def _collect(value: Any, found: list[Expression | Events]) -> None:
    if isinstance(value, Expression | Events):
        found.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _collect(item, found)


def lift(value: Operand) -> Expression:
    """A plain value as a literal; an expression as it is."""
    return value if isinstance(value, Expression) else Literal(value)


def _need(node: Expression, kind: Kind, place: str) -> None:
    if not isinstance(node, Expression):
        raise BadDeclaration(place, f"needs an expression, got {node!r}")
    if not node.kind.may_be(kind):
        raise BadDeclaration(place, f"needs {kind}, got {node.kind} from {node.op}")


# ---------------------------------------------------------------- leaves


@dataclass(frozen=True)
class Literal(Expression):
    value: Plain

    op: ClassVar[str] = "literal"

    def __post_init__(self) -> None:
        if isinstance(self.value, float):
            raise BadDeclaration("literal", f"{self.value} is a float: write Decimal('{self.value}')")
        if not isinstance(self.value, bool | int | Decimal | str | date):
            raise BadDeclaration("literal", f"cannot hold {self.value!r}")

    # 1 and True and Decimal(1) are equal in Python, but not the same literal.
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Literal) and (type(self.value), self.value) == (type(other.value), other.value)

    def __hash__(self) -> int:
        return hash((type(self.value).__name__, self.value))

    @property
    def kind(self) -> Kind:
        return {bool: Kind.BOOLEAN, int: Kind.INTEGER, Decimal: Kind.DECIMAL, str: Kind.TEXT, date: Kind.DATE}[
            type(self.value)
        ]

    def encode_tagged(self) -> dict[str, Any]:
        if isinstance(self.value, Decimal):
            return {"op": self.op, "decimal": format(self.value, "f")}
        if isinstance(self.value, date):
            return {"op": self.op, "date": self.value.isoformat()}
        return {"op": self.op, "value": self.value}

    @staticmethod
    def from_fields(fields: Mapping[str, Any]) -> Literal:
        if "decimal" in fields:
            return Literal(Decimal(fields["decimal"]))
        if "date" in fields:
            return Literal(date.fromisoformat(fields["date"]))
        return Literal(fields["value"])


@dataclass(frozen=True)
class Answer(Expression):
    """The answer to a field of the frame's form."""

    name: str
    op: ClassVar[str] = "answer"


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
    """Days from the frame's event to the next one among the events being looked through; missing at the last."""

    op: ClassVar[str] = "days_to_next"

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER


_PERSON = {"sex": Kind.TEXT, "birth_date": Kind.DATE, "death_on": Kind.DATE}
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
    """The parameter's value in force on a day: by default the visit's day in a form, the period's last day in an
    indicator. Inside `records(…).where(…)` say `on=performed_on` for the edition of the day of service."""

    id: str
    on: Expression | None = None
    op: ClassVar[str] = "parameter"

    def __post_init__(self) -> None:
        if self.on is not None:
            _need(self.on, Kind.DATE, f"parameter {self.id}")


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


# ---------------------------------------------------------------- logic and comparison


@dataclass(frozen=True)
class All(Expression):
    """`a & b & …`"""

    parts: tuple[Expression, ...]
    op: ClassVar[str] = "all"

    def __post_init__(self) -> None:
        if not self.parts:
            raise BadDeclaration("all", "needs at least one part")
        for part in self.parts:
            _need(part, Kind.BOOLEAN, "all (&)")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class Any_(Expression):
    """`a | b | …`"""

    parts: tuple[Expression, ...]
    op: ClassVar[str] = "any"

    def __post_init__(self) -> None:
        if not self.parts:
            raise BadDeclaration("any", "needs at least one part")
        for part in self.parts:
            _need(part, Kind.BOOLEAN, "any (|)")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class Not(Expression):
    part: Expression
    op: ClassVar[str] = "not"

    def __post_init__(self) -> None:
        _need(self.part, Kind.BOOLEAN, "not (~)")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


COMPARISONS = ("eq", "ne", "lt", "le", "gt", "ge")


@dataclass(frozen=True)
class Compare(Expression):
    how: str
    left: Expression
    right: Expression
    op: ClassVar[str] = "compare"

    def __post_init__(self) -> None:
        if self.how not in COMPARISONS:
            raise BadDeclaration("compare", f"{self.how!r} is none of {', '.join(COMPARISONS)}")
        if not self.left.kind.may_be(self.right.kind):
            raise BadDeclaration("compare", f"cannot compare {self.left.kind} with {self.right.kind}")
        if Kind.CODES in (self.left.kind, self.right.kind):
            raise BadDeclaration("compare", "several codes are asked with .includes(), not compared")
        if self.how not in ("eq", "ne") and {self.left.kind, self.right.kind} & {Kind.BOOLEAN, Kind.TEXT}:
            raise BadDeclaration("compare", f"{self.left.kind} has no order for {self.how}")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class IsIn(Expression):
    part: Expression
    values: tuple[Literal, ...]
    op: ClassVar[str] = "is_in"

    def __post_init__(self) -> None:
        if not self.values:
            raise BadDeclaration("is_in", "needs at least one value")
        for value in self.values:
            if not self.part.kind.may_be(value.kind):
                raise BadDeclaration("is_in", f"cannot compare {self.part.kind} with {value.value!r}")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class Includes(Expression):
    part: Expression
    code: str
    op: ClassVar[str] = "includes"

    def __post_init__(self) -> None:
        _need(self.part, Kind.CODES, "includes")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class IsMissing(Expression):
    """Never missing itself: True or False."""

    part: Expression
    op: ClassVar[str] = "is_missing"

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


# ---------------------------------------------------------------- arithmetic and dates

ARITHMETIC = ("add", "sub", "mul", "div")


@dataclass(frozen=True)
class Arithmetic(Expression):
    """Exact decimal arithmetic. Division by zero gives missing."""

    how: str
    left: Expression
    right: Expression
    op: ClassVar[str] = "arithmetic"

    def __post_init__(self) -> None:
        if self.how not in ARITHMETIC:
            raise BadDeclaration("arithmetic", f"{self.how!r} is none of {', '.join(ARITHMETIC)}")
        for side in (self.left, self.right):
            if not side.kind.is_number:
                raise BadDeclaration("arithmetic", f"needs numbers, got {side.kind} from {side.op}")

    @property
    def kind(self) -> Kind:
        if self.how == "div":
            return Kind.DECIMAL
        kinds = {self.left.kind, self.right.kind}
        if Kind.ANY in kinds:
            return Kind.ANY
        return Kind.DECIMAL if Kind.DECIMAL in kinds else Kind.INTEGER


@dataclass(frozen=True)
class Rounded(Expression):
    """Half up, to so many decimal places."""

    part: Expression
    places: int
    op: ClassVar[str] = "rounded"

    def __post_init__(self) -> None:
        _need(self.part, Kind.DECIMAL, "rounded")

    @property
    def kind(self) -> Kind:
        return Kind.DECIMAL


@dataclass(frozen=True)
class Ceil(Expression):
    """The next whole number up."""

    part: Expression
    op: ClassVar[str] = "ceil"

    def __post_init__(self) -> None:
        _need(self.part, Kind.DECIMAL, "ceil")

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


BETWEEN_UNITS = ("days", "months", "years")


@dataclass(frozen=True)
class Between(Expression):
    """Full days, months or years from one date to another; negative when the second is earlier. Months and
    years are counted by `kernel.dates.months_between`; years are full months divided by 12, toward zero."""

    unit: str
    first: Expression
    last: Expression
    op: ClassVar[str] = "between"

    def __post_init__(self) -> None:
        if self.unit not in BETWEEN_UNITS:
            raise BadDeclaration("between", f"{self.unit!r} is none of {', '.join(BETWEEN_UNITS)}")
        _need(self.first, Kind.DATE, f"{self.unit}_between")
        _need(self.last, Kind.DATE, f"{self.unit}_between")

    @property
    def kind(self) -> Kind:
        return Kind.INTEGER


@dataclass(frozen=True)
class AgeOn(Expression):
    """Full years of age (`kernel.dates.age_on`); missing without a birth date or before birth."""

    on: Expression
    op: ClassVar[str] = "age_on"

    def __post_init__(self) -> None:
        _need(self.on, Kind.DATE, "person.age_on")

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
        _need(self.start, Kind.DATE, f"add_{self.unit}")
        _need(self.amount, Kind.INTEGER, f"add_{self.unit}")

    @property
    def kind(self) -> Kind:
        return Kind.DATE


@dataclass(frozen=True)
class Branch:
    when: Expression
    then: Expression

    def __post_init__(self) -> None:
        _need(self.when, Kind.BOOLEAN, "when")


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
    def children(self) -> tuple[Expression | Events, ...]:
        flat: list[Expression | Events] = []
        for branch in self.branches:
            flat += (branch.when, branch.then)
        return tuple(flat if self.default is None else [*flat, self.default])

    def when(self, condition: Expression) -> _When:
        return _When(condition, self.branches)

    def otherwise(self, value: Operand) -> Choose:
        return Choose(self.branches, lift(value))


class _When:
    def __init__(self, condition: Expression, before: tuple[Branch, ...]) -> None:
        self._condition, self._before = condition, before

    def then(self, value: Operand) -> Choose:
        return Choose((*self._before, Branch(self._condition, lift(value))))


# ---------------------------------------------------------------- events

SOURCES: dict[str, type[Events]] = {}


@dataclass(frozen=True)
class Events:
    """Some of one person's records or diagnoses, ordered by day, then by order of entry."""

    op: ClassVar[str] = ""

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if cls.op:
            SOURCES[cls.op] = cls

    def encode_tagged(self) -> dict[str, Any]:
        return {"op": self.op, **encode_fields(self)}

    @classmethod
    def decode_tagged(cls, value: Mapping[str, Any]) -> Events:
        fields = dict(value)
        op = fields.pop("op", None)
        if op not in SOURCES:
            raise BadDeclaration("events", f"unknown source {op!r}")
        return decode_fields(SOURCES[op], fields)

    def to_json(self) -> dict[str, Any]:
        return self.encode_tagged()

    @property
    def children(self) -> tuple[Expression | Events, ...]:
        found: list[Expression | Events] = []
        for value in vars(self).values():
            _collect(value, found)
        return tuple(found)

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
class Where(Events):
    source: Events
    condition: Expression
    op: ClassVar[str] = "where"

    def __post_init__(self) -> None:
        _need(self.condition, Kind.BOOLEAN, "where")


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


# ---------------------------------------------------------------- how declarations write it


class _Person:
    sex = PersonAttribute("sex")
    birth_date = PersonAttribute("birth_date")
    death_on = PersonAttribute("death_on")

    def age_on(self, on: Expression) -> AgeOn:
        return AgeOn(on)


class _Case:
    opened_on = CaseAttribute("opened_on")
    closed_on = CaseAttribute("closed_on")
    closing_reason = CaseAttribute("closing_reason")

    def fact(self, name: str) -> CaseFact:
        return CaseFact(name)


class _Period:
    first = PeriodBoundary("first")
    last = PeriodBoundary("last")


person, case, period = _Person(), _Case(), _Period()
performed_on = PerformedOn()
days_to_next = DaysToNext()


def answer(name: str) -> Answer:
    return Answer(name)


def assessment(name: str) -> AssessmentValue:
    return AssessmentValue(name)


def parameter(id: str, on: Expression | None = None) -> ParameterValue:
    return ParameterValue(id, on)


def population(age_from: int = 0, age_to: int | None = None, sex: str | None = None) -> Population:
    return Population(age_from, age_to, sex)


def records(form: str) -> Records:
    return Records(form)


def diagnoses(*prefixes: str) -> Diagnoses:
    return Diagnoses(prefixes)


def all_of(*parts: Expression) -> Expression:
    return parts[0] if len(parts) == 1 else All(parts)


def any_of(*parts: Expression) -> Expression:
    return parts[0] if len(parts) == 1 else Any_(parts)


def days_between(first: Operand, last: Operand) -> Between:
    return Between("days", lift(first), lift(last))


def months_between(first: Operand, last: Operand) -> Between:
    return Between("months", lift(first), lift(last))


def years_between(first: Operand, last: Operand) -> Between:
    return Between("years", lift(first), lift(last))


def add_days(start: Operand, amount: Operand) -> AddTime:
    return AddTime("days", lift(start), lift(amount))


def add_months(start: Operand, amount: Operand) -> AddTime:
    return AddTime("months", lift(start), lift(amount))


def ceil(part: Expression) -> Ceil:
    return Ceil(part)


def least(*parts: Operand) -> Extreme:
    return Extreme("least", tuple(lift(part) for part in parts))


def greatest(*parts: Operand) -> Extreme:
    return Extreme("greatest", tuple(lift(part) for part in parts))


def is_missing(part: Expression) -> IsMissing:
    return IsMissing(part)


def when(condition: Expression) -> _When:
    return _When(condition, ())
