"""The base of expression nodes, literals, logic and arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, NoReturn, Self, Union

from kangshu.declare.errors import BadDeclaration
from kangshu.declare.serial import decode_fields, encode_fields

Plain = bool | int | Decimal | str | date
Operand = Union["Expression", bool, int, Decimal, str, date]


class Kind(StrEnum):
    """What a node gives. ANY is not known until the expression is bound to a form."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXT = "text"
    CODES = "codes"
    ROWS = "rows"
    MOMENT = "moment"
    ANY = "any"

    @property
    def is_number(self) -> bool:
        return self in (Kind.INTEGER, Kind.DECIMAL, Kind.ANY)

    def may_be(self, other: Kind) -> bool:
        if Kind.ANY in (self, other):
            return True
        return self is other or (self.is_number and other.is_number)


NODES: dict[str, type[Node]] = {}


@dataclass(frozen=True)
class Node:
    """Anything in the tree: an expression, or the events that an expression looks through."""

    op: ClassVar[str] = ""

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if cls.op:
            NODES[cls.op] = cls

    @property
    def children(self) -> tuple[Node, ...]:
        found: list[Node] = []
        for value in vars(self).values():
            parts = value if isinstance(value, tuple) else (value,)
            found += [part for part in parts if isinstance(part, Node)]
        return tuple(found)

    def encode_tagged(self) -> dict[str, Any]:
        return {"op": self.op, **encode_fields(self)}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        return decode_fields(cls, fields)

    @classmethod
    def decode_tagged(cls, value: Mapping[str, Any]) -> Self:
        fields = dict(value)
        op = fields.pop("op", None)
        if op not in NODES:
            raise BadDeclaration("expression", f"unknown operation {op!r}")
        node = NODES[op].from_fields(fields)
        if not isinstance(node, cls):
            raise BadDeclaration("expression", f"{op} cannot stand where {cls.__name__.lower()} is needed")
        return node

    def to_json(self) -> dict[str, Any]:
        return self.encode_tagged()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        return cls.decode_tagged(value)


@dataclass(frozen=True)
class Expression(Node):
    """A node that has a value. Build them with the functions of `writing` and with operators."""

    @property
    def kind(self) -> Kind:
        return Kind.ANY

    # ---- operators
    def __bool__(self) -> NoReturn:
        raise TypeError(
            "an expression is not a truth value: use &, |, ~ and .equals(), not and/or/not/chained <"
        )

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
        return Any_(tuple(Includes(self, code) for code in codes))

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


def lift(value: Operand) -> Expression:
    """A plain value as a literal; an expression as it is."""
    return value if isinstance(value, Expression) else Literal(value)


def need(node: Expression, kind: Kind, place: str) -> None:
    if not isinstance(node, Expression):
        raise BadDeclaration(place, f"needs an expression, got {node!r}")
    if not node.kind.may_be(kind):
        raise BadDeclaration(place, f"needs {kind}, got {node.kind} from {node.op}")


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
        return isinstance(other, Literal) and (type(self.value), self.value) == (
            type(other.value),
            other.value,
        )

    def __hash__(self) -> int:
        return hash((type(self.value).__name__, self.value))

    @property
    def kind(self) -> Kind:
        return {
            bool: Kind.BOOLEAN,
            int: Kind.INTEGER,
            Decimal: Kind.DECIMAL,
            str: Kind.TEXT,
            date: Kind.DATE,
        }[type(self.value)]

    def encode_tagged(self) -> dict[str, Any]:
        if isinstance(self.value, Decimal):
            return {"op": self.op, "decimal": format(self.value, "f")}
        if isinstance(self.value, date):
            return {"op": self.op, "date": self.value.isoformat()}
        return {"op": self.op, "value": self.value}

    @classmethod
    def from_fields(cls, fields: Mapping[str, Any]) -> Self:
        if "decimal" in fields:
            return cls(Decimal(fields["decimal"]))
        if "date" in fields:
            return cls(date.fromisoformat(fields["date"]))
        return cls(fields["value"])


@dataclass(frozen=True)
class All(Expression):
    """`a & b & …`"""

    parts: tuple[Expression, ...]
    op: ClassVar[str] = "all"

    def __post_init__(self) -> None:
        if not self.parts:
            raise BadDeclaration("all", "needs at least one part")
        for part in self.parts:
            need(part, Kind.BOOLEAN, "all (&)")

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
            need(part, Kind.BOOLEAN, "any (|)")

    @property
    def kind(self) -> Kind:
        return Kind.BOOLEAN


@dataclass(frozen=True)
class Not(Expression):
    part: Expression
    op: ClassVar[str] = "not"

    def __post_init__(self) -> None:
        need(self.part, Kind.BOOLEAN, "not (~)")

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
        if Kind.CODES in (self.left.kind, self.right.kind):
            raise BadDeclaration("compare", "use .includes() to ask an answer of several codes")
        if Kind.ROWS in (self.left.kind, self.right.kind):
            raise BadDeclaration("compare", "use .count() to ask how many rows there are")
        if not self.left.kind.may_be(self.right.kind):
            raise BadDeclaration("compare", f"cannot compare {self.left.kind} with {self.right.kind}")
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
        need(self.part, Kind.CODES, "includes")

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
        need(self.part, Kind.DECIMAL, "rounded")

    @property
    def kind(self) -> Kind:
        return Kind.DECIMAL
