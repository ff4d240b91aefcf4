"""A value of a statement: its text, the type it has, and the columns it reads.

A value is written once, when it is made; putting two together is putting their texts together. So the cost
of a statement is the length of its text. Names of columns are unqualified: every step of a table
(`indicators.sql.table`) reads from one table, or joins two that share nothing but their keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Plain = bool | int | str | date | datetime | Decimal
_NOTHING: frozenset[str] = frozenset()

_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")


class Type(str):
    """The SQL name of a type. `DECIMAL` without digits is a decimal whose width the database decides."""

    __slots__ = ()

    @property
    def is_boolean(self) -> bool:
        return self == "BOOLEAN"

    @property
    def is_integer(self) -> bool:
        return self in _INTEGERS

    @property
    def is_decimal(self) -> bool:
        return self.startswith("DECIMAL")

    @property
    def is_numeric(self) -> bool:
        return self.is_integer or self.is_decimal or self in ("DOUBLE", "FLOAT")

    @property
    def is_text(self) -> bool:
        return self == "VARCHAR"

    @property
    def is_date(self) -> bool:
        return self == "DATE"

    @property
    def is_list(self) -> bool:
        return self.endswith("[]")


BOOLEAN = Type("BOOLEAN")
INTEGER = Type("BIGINT")
DOUBLE = Type("DOUBLE")
DECIMAL = Type("DECIMAL")
DATE = Type("DATE")
MOMENT = Type("TIMESTAMP")
TEXT = Type("VARCHAR")
_WIDER = {INTEGER: Type("HUGEINT")}


def decimal(width: int, places: int) -> Type:
    return Type(f"DECIMAL({width},{places})")


@dataclass(frozen=True, eq=False, slots=True)
class Value:
    """A piece of a select list or of a condition. Comparing two values writes a comparison."""

    text: str
    type: Type
    columns: frozenset[str] = _NOTHING

    # ------------------------------------------------------------ logic, and bits of masks

    def __and__(self, other: Any) -> Value:
        return joined([self, written(other)], "AND" if self.type.is_boolean else "&")

    def __or__(self, other: Any) -> Value:
        return joined([self, written(other)], "OR" if self.type.is_boolean else "|")

    def __invert__(self) -> Value:
        return Value(f"(NOT {self.text})", BOOLEAN, self.columns)

    def __lshift__(self, other: Any) -> Value:
        return _of_both(self, "<<", written(other), self.type)

    def __rshift__(self, other: Any) -> Value:
        return _of_both(self, ">>", written(other), self.type)

    # ------------------------------------------------------------ comparison

    def __eq__(self, other: object) -> Value:  # type: ignore[override]
        return _of_both(self, "=", written(other), BOOLEAN)

    def __ne__(self, other: object) -> Value:  # type: ignore[override]
        return _of_both(self, "<>", written(other), BOOLEAN)

    def __lt__(self, other: Any) -> Value:
        return _of_both(self, "<", written(other), BOOLEAN)

    def __le__(self, other: Any) -> Value:
        return _of_both(self, "<=", written(other), BOOLEAN)

    def __gt__(self, other: Any) -> Value:
        return _of_both(self, ">", written(other), BOOLEAN)

    def __ge__(self, other: Any) -> Value:
        return _of_both(self, ">=", written(other), BOOLEAN)

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError("a value of a statement is neither true nor false here")

    # ------------------------------------------------------------ arithmetic

    def __add__(self, other: Any) -> Value:
        return _reckoned(self, "+", written(other))

    def __sub__(self, other: Any) -> Value:
        return _reckoned(self, "-", written(other))

    def __mul__(self, other: Any) -> Value:
        return _reckoned(self, "*", written(other))

    def __mod__(self, other: Any) -> Value:
        return _reckoned(self, "%", written(other))

    def __neg__(self) -> Value:
        return Value(f"(-{self.text})", self.type, self.columns)

    def absolute(self) -> Value:
        return function("ABS", self.type, self)

    def divided_by(self, other: Any) -> Value:
        """In floating point; by nothing it is missing."""
        left, right = self.cast(DOUBLE), written(other).null_if(0).cast(DOUBLE)
        return _of_both(left, "/", right, DOUBLE)

    def rounded(self, places: int) -> Value:
        return Value(f"ROUND({self.text}, {places})", _inexact(self.type), self.columns)

    def floor(self) -> Value:
        return function("FLOOR", DOUBLE, self).cast(INTEGER)

    def ceiling(self) -> Value:
        return function("CEIL", DOUBLE, self).cast(INTEGER)

    # ------------------------------------------------------------ what is missing

    def is_missing(self) -> Value:
        return Value(f"({self.text} IS NULL)", BOOLEAN, self.columns)

    def is_known(self) -> Value:
        return Value(f"({self.text} IS NOT NULL)", BOOLEAN, self.columns)

    def or_else(self, other: Any) -> Value:
        """The other value where this one is missing."""
        return function("COALESCE", self.type, self, written(other))

    def null_if(self, other: Any) -> Value:
        return function("NULLIF", self.type, self, written(other))

    # ------------------------------------------------------------ choosing and casting

    def choose(self, yes: Any, no: Any) -> Value:
        """One value where this condition holds, the other where it does not or is missing."""
        return cases((self, yes), otherwise=no)

    def cast(self, kind: Type) -> Value:
        if kind == self.type:
            return self
        return Value(f"CAST({self.text} AS {kind})", kind, self.columns)

    def as_boolean(self) -> Value:
        return self.cast(BOOLEAN)

    # ------------------------------------------------------------ days

    def year(self) -> Value:
        return Value(f"EXTRACT(YEAR FROM {self.text})", INTEGER, self.columns)

    def month(self) -> Value:
        return Value(f"EXTRACT(MONTH FROM {self.text})", INTEGER, self.columns)

    def day(self) -> Value:
        return Value(f"EXTRACT(DAY FROM {self.text})", INTEGER, self.columns)

    # ------------------------------------------------------------ over the rows of a group

    def sum(self, where: Value | None = None) -> Value:
        """A condition counts 1. Of whole numbers the database takes a wider type."""
        value = self.cast(INTEGER) if self.type.is_boolean else self
        return value._aggregated("SUM", _WIDER.get(value.type, _inexact(value.type)), where)

    def min(self, where: Value | None = None) -> Value:
        return self._aggregated("MIN", self.type, where)

    def max(self, where: Value | None = None) -> Value:
        return self._aggregated("MAX", self.type, where)

    def bit_or(self) -> Value:
        return self._aggregated("BIT_OR", self.type, None)

    def any(self) -> Value:
        return self._aggregated("BOOL_OR", BOOLEAN, None)

    def _aggregated(self, name: str, kind: Type, where: Value | None) -> Value:
        return only(function(name, kind, self), where)

    def lead(self, *, of: Value, order: Value) -> Value:
        """The value of the next row of the same group."""
        text = f"LEAD({self.text}) OVER (PARTITION BY {of.text} ORDER BY {order.text})"
        return Value(text, self.type, self.columns | of.columns | order.columns)

    def least_of_later(self, *, of: Value, order: Value) -> Value:
        """The least value of the rows of the same group after this one."""
        text = (
            f"MIN({self.text}) OVER (PARTITION BY {of.text} ORDER BY {order.text}"
            " ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)"
        )
        return Value(text, self.type, self.columns | of.columns | order.columns)


def only(aggregate: Value, where: Value | None) -> Value:
    """An aggregate over those rows only where a condition holds."""
    if where is None:
        return aggregate
    text = f"{aggregate.text} FILTER (WHERE {where.text})"
    return Value(text, aggregate.type, aggregate.columns | where.columns)


def _of_both(left: Value, sign: str, right: Value, kind: Type) -> Value:
    return Value(f"({left.text} {sign} {right.text})", kind, left.columns | right.columns)


def _reckoned(left: Value, sign: str, right: Value) -> Value:
    return _of_both(left, sign, right, _inexact(common([left, right])))


def _inexact(kind: Type) -> Type:
    """The type of what is reckoned with decimals: how many places it has is the database's to say."""
    return DECIMAL if kind.is_decimal else kind


def common(values: Sequence[Value]) -> Type:
    """The type that values of one column take: of numbers the widest, else that of the first that says."""
    kinds = [value.type for value in values if value.text != "NULL"] or [value.type for value in values]
    if not all(kind.is_numeric for kind in kinds):
        return kinds[0]
    if any(kind == DOUBLE for kind in kinds):
        return DOUBLE
    decimals = {kind for kind in kinds if kind.is_decimal}
    if not decimals:
        return INTEGER
    return decimals.pop() if len(decimals) == len(set(kinds)) == 1 else DECIMAL


def written(value: Any) -> Value:
    """A plain value as a constant; a value of the statement as it is."""
    return value if isinstance(value, Value) else literal(value)


def literal(value: Plain, kind: Type | None = None) -> Value:
    """A constant, of a type of its own if one is named."""
    if isinstance(value, bool):
        found = Value("TRUE" if value else "FALSE", BOOLEAN)
    elif isinstance(value, int):
        found = Value(str(value) if value >= 0 else f"({value})", INTEGER)
        return found if kind is None else Value(f"CAST({value} AS {kind})", kind)
    elif isinstance(value, Decimal):
        found = Value(f"'{value:f}'", TEXT) if kind else Value(f"({value:f})", DECIMAL)
    elif isinstance(value, datetime):
        found = Value(f"TIMESTAMP '{value:%Y-%m-%d %H:%M:%S.%f}'", MOMENT)
    elif isinstance(value, date):
        found = Value(f"DATE '{value.isoformat()}'", DATE)
    elif isinstance(value, str):
        quoted = value.replace("'", "''")
        found = Value(f"'{quoted}'", TEXT)
    else:
        raise TypeError(f"no constant of {type(value).__name__}")
    return found if kind is None else found.cast(kind)


def missing(kind: Type) -> Value:
    return Value(f"CAST(NULL AS {kind})", kind)


def column(name: str, kind: Type) -> Value:
    quoted = name.replace('"', '""')
    return Value(f'"{quoted}"', kind, frozenset((name,)))


def function(name: str, kind: Type, *arguments: Value) -> Value:
    columns = arguments[0].columns.union(*(one.columns for one in arguments[1:])) if arguments else _NOTHING
    return Value(f"{name}({', '.join(one.text for one in arguments)})", kind, columns)


def joined(values: Sequence[Value], sign: str) -> Value:
    """Values side by side with `AND`, `OR`, `&`, `|` or `+` between them: flat, because a parser only goes so
    deep."""
    if len(values) == 1:
        return values[0]
    kind = BOOLEAN if sign in ("AND", "OR") else common(values)
    text = f" {sign} ".join(value.text for value in values)
    return Value(f"({text})", kind, values[0].columns.union(*(value.columns for value in values[1:])))


def cases(*branches: tuple[Value, Any], otherwise: Any = None) -> Value:
    """The value of the first branch whose condition holds; else `otherwise`, or missing."""
    pairs = [(condition, written(value)) for condition, value in branches]
    conditions, values = [condition for condition, _ in pairs], [value for _, value in pairs]
    text = " ".join(f"WHEN {condition.text} THEN {value.text}" for condition, value in pairs)
    if otherwise is not None:
        values.append(written(otherwise))
        text += f" ELSE {values[-1].text}"
    columns = _NOTHING.union(*(one.columns for one in (*conditions, *values)))
    return Value(f"(CASE {text} END)", common(values), columns)


def least(*values: Any) -> Value:
    """The least of those that are known."""
    parts = [written(value) for value in values]
    return function("LEAST", common(parts), *parts)


def greatest(*values: Any) -> Value:
    """The greatest of those that are known."""
    parts = [written(value) for value in values]
    return function("GREATEST", common(parts), *parts)


def count_of_rows() -> Value:
    return Value("COUNT(*)", INTEGER)
