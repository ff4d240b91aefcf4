"""From nodes of the expression tree to values of SQL: one function per node, as in `declare.evaluate`.

Three-valued logic is SQL's own. What SQL does otherwise than the language is put right here: ages and
months are counted by the calendar rules of `kernel.dates`, parameters become the values in force, free text
is refused because the snapshot does not hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.declare import expression as e
from kangshu.declare.errors import BadDeclaration
from kangshu.indicators.engine import dialect
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot import layout
from kangshu.indicators.sql import value as v
from kangshu.indicators.sql.table import Table
from kangshu.indicators.sql.value import Type, Value
from kangshu.kernel.periods import Period

AGGREGATES = (e.Count, e.Exists, e.Sum, e.Picked)

_DECIMAL = v.decimal(38, 12)
_NARROW_PLACES = 6
_PERSON_COLUMNS = {"sex": "p_sex", "birth_date": "p_birth_date", "death_on": "p_death_on"}
_CASE_COLUMNS = {"opened_on": "c_opened_on", "closed_on": "c_closed_on", "closing_reason": "c_closing_reason"}


@dataclass(frozen=True)
class Place:
    """Where a node is asked: the table whose columns it may use, the period, and the parameters.

    `frame` is the table of the event looked at, if there is one (it may be the same table); `free_text` the
    columns of the frame that only say that something was written; `aggregates` names the columns that hold
    what `records(…)` expressions came to.
    """

    unit: Table | None
    period: Period
    parameters: Values
    frame: Table | None = None
    free_text: frozenset[str] = frozenset()
    days_to_next: Value | None = None
    has_case: bool = False
    aggregates: Mapping[e.Expression, str] | None = None

    def within(self, frame: Table, free_text: frozenset[str], days_to_next: Value | None = None) -> Place:
        return replace(self, frame=frame, free_text=free_text, days_to_next=days_to_next)


def translate(node: e.Expression, place: Place) -> Value:
    """The value of a node. Raises BadDeclaration for what cannot be asked of a snapshot."""
    if isinstance(node, AGGREGATES):
        if place.aggregates is None:
            raise BadDeclaration("engine", f"{node.op} was not prepared here")
        return _finished(node, _unit(place)[place.aggregates[node]])
    try:
        reader = _READERS[type(node)]
    except KeyError:
        raise BadDeclaration("engine", f"cannot compute {type(node).__name__}") from None
    return reader(node, place)


def _unit(place: Place) -> Table:
    assert place.unit is not None
    return place.unit


def _finished(node: e.Expression, column: Value) -> Value:
    """No event at all leaves nothing to join: a count of nothing is 0, not missing."""
    if isinstance(node, e.Exists):
        return column.or_else(False)
    if isinstance(node, e.Count | e.Sum):
        return column.or_else(0)
    return column


def literal(value: e.Plain) -> Value:
    """The narrowest type that holds it: numbers of 38 digits cost several times those of 18."""
    if not isinstance(value, Decimal):
        return v.literal(value)
    places = max(0, -int(value.as_tuple().exponent))
    if value == value.to_integral_value() and abs(value) < 10**9:
        return v.literal(int(value))
    if places <= _NARROW_PLACES and abs(value) < 10**9:
        return v.literal(value, v.decimal(18, places))
    return v.literal(value, _DECIMAL)


def _answer(node: e.Answer, place: Place) -> Value:
    name = layout.answer_column(node.name)
    if place.frame is None:
        raise BadDeclaration("engine", f"answer({node.name!r}) is asked outside of a record")
    if name not in place.frame:
        return v.missing(v.TEXT)
    return place.frame[name]


def _assessment(node: e.AssessmentValue, place: Place) -> Value:
    if place.frame is None:
        raise BadDeclaration("engine", f"assessment({node.name!r}) is asked outside of a record")
    name = layout.assessment_column(node.name)
    if name in place.frame:
        return place.frame[name]
    return dialect.text_in_json(place.frame["assessment"], node.name)


def _performed_on(node: e.PerformedOn, place: Place) -> Value:
    return v.missing(v.DATE) if place.frame is None else place.frame["performed_on"]


def _days_to_next(node: e.DaysToNext, place: Place) -> Value:
    return v.missing(v.INTEGER) if place.days_to_next is None else place.days_to_next


def _person(node: e.PersonAttribute, place: Place) -> Value:
    if node.name not in _PERSON_COLUMNS:
        raise BadDeclaration(
            "engine", f"the person's {node.name} is a split of an indicator, not a condition"
        )
    return _unit(place)[_PERSON_COLUMNS[node.name]]


def _case(node: e.CaseAttribute, place: Place) -> Value:
    if not place.has_case:
        return v.missing(v.TEXT if node.name == "closing_reason" else v.DATE)
    return _unit(place)[_CASE_COLUMNS[node.name]]


def _case_fact(node: e.CaseFact, place: Place) -> Value:
    if not place.has_case:
        return v.missing(v.TEXT)
    return dialect.text_in_json(_unit(place)["c_facts"], node.name)


def _boundary(node: e.PeriodBoundary, place: Place) -> Value:
    return v.literal(place.period.first if node.which == "first" else place.period.last)


def _parameter(node: e.ParameterValue, place: Place) -> Value:
    if node.on is None or isinstance(node.on, e.PeriodBoundary):
        which = "last" if node.on is None else node.on.which
        return literal(place.parameters.value(node.id, getattr(place.period, which)))
    on = translate(node.on, place)
    dated = place.parameters.dated(node.id)
    # Newest first; the oldest value also counts before its day, as in `Parameter.value_on`.
    branches = [(on >= day, literal(value)) for day, value in reversed(dated[1:])]
    oldest = literal(dated[0][1])
    chosen = v.cases(*branches, otherwise=oldest) if branches else oldest
    return v.cases((on.is_known(), chosen))


def _all(node: e.All, place: Place) -> Value:
    return v.joined([translate(part, place).as_boolean() for part in node.parts], "AND")


def _any(node: e.Any_, place: Place) -> Value:
    return v.joined([translate(part, place).as_boolean() for part in node.parts], "OR")


def _compare(node: e.Compare, place: Place) -> Value:
    _refuse_free_text(node.left, place)
    _refuse_free_text(node.right, place)
    left, right = _alike(translate(node.left, place), translate(node.right, place))
    return {
        "eq": lambda: left == right,
        "ne": lambda: left != right,
        "lt": lambda: left < right,
        "le": lambda: left <= right,
        "gt": lambda: left > right,
        "ge": lambda: left >= right,
    }[node.how]()


def _alike(left: Value, right: Value) -> tuple[Value, Value]:
    """Assessment values and case facts are laid out as text; compared with another kind they become it."""
    if left.type.is_text and not right.type.is_text:
        return dialect.as_far_as_it_is(left, _comparable(right)), right
    if right.type.is_text and not left.type.is_text:
        return left, dialect.as_far_as_it_is(right, _comparable(left))
    return left, right


def _comparable(value: Value) -> Type:
    return _DECIMAL if value.type.is_numeric else value.type


def _refuse_free_text(node: e.Expression, place: Place) -> None:
    if isinstance(node, e.Answer) and layout.answer_column(node.name) in place.free_text:
        raise BadDeclaration(
            "engine", f"{node.name} is free text: the snapshot only knows whether it was written"
        )


def _is_in(node: e.IsIn, place: Place) -> Value:
    _refuse_free_text(node.part, place)
    part = translate(node.part, place)
    tests = []
    for value in node.values:
        left, right = _alike(part, literal(value.value))
        tests.append(left == right)
    return v.joined(tests, "OR")


def _includes(node: e.Includes, place: Place) -> Value:
    part = translate(node.part, place)
    return (dialect.has_item if part.type.is_list else dialect.has_part)(part, node.code)


def _arithmetic(node: e.Arithmetic, place: Place) -> Value:
    left, right = (as_number(translate(side, place)) for side in (node.left, node.right))
    if node.how == "add":
        return left + right
    if node.how == "sub":
        return left - right
    if node.how == "mul":
        return left * right
    return _quotient(left, right)


def as_number(value: Value) -> Value:
    """The value as a number; text that is none is missing."""
    return dialect.as_far_as_it_is(value, _DECIMAL) if value.type.is_text else value


def _quotient(left: Value, right: Value) -> Value:
    """DuckDB divides in floating point; nine places put back what two decimals divide to."""
    return left.divided_by(right).rounded(9).cast(v.decimal(28, 9))


def _rounded(node: e.Rounded, place: Place) -> Value:
    return as_number(translate(node.part, place)).cast(_DECIMAL).rounded(node.places)


def _ceil(node: e.Ceil, place: Place) -> Value:
    part = node.part
    if isinstance(part, e.Arithmetic) and part.how == "div":
        left, right = translate(part.left, place), translate(part.right, place)
        if left.type.is_integer and right.type.is_integer:
            # Whole numbers of this size divide to a double that is whole exactly when the quotient is.
            return left.divided_by(right).ceiling()
    return as_number(translate(node.part, place)).ceiling()


def _extreme(node: e.Extreme, place: Place) -> Value:
    values = [translate(part, place) for part in node.parts]
    return v.least(*values) if node.which == "least" else v.greatest(*values)


def _between(node: e.Between, place: Place) -> Value:
    first, last = translate(node.first, place), translate(node.last, place)
    if node.unit == "days":
        return dialect.days_between(first, last)
    if node.unit == "weeks":
        return _toward_zero(dialect.days_between(first, last), 7)
    if node.unit == "hours":
        return _toward_zero(dialect.seconds_between(first, last), 3600)
    if node.unit == "working_days":
        raise BadDeclaration("engine", "working days are counted in a form or a rule, not in an indicator")
    months = dialect.months_between(first, last)
    if node.unit == "months":
        return months
    return _toward_zero(months, 12)


def _toward_zero(value: Value, size: int) -> Value:
    whole = value.absolute().divided_by(size).floor()
    return v.cases((value >= 0, whole), (value < 0, -whole))


def _row_count(node: e.RowCount, place: Place) -> Value:
    return translate(node.part, place).or_else(0)


def _score(node: e.Score, place: Place) -> Value:
    """A sum with a missing item is missing in SQL too."""
    return v.joined([_worth(node, item, place) for item in node.items], "+")


def _worth(node: e.Score, item: str, place: Place) -> Value:
    value = translate(e.Answer(item), place)
    if not value.type.is_text:
        return value
    return v.cases(*((value == points.code, points.points) for points in node.points))


def _age_on(node: e.AgeOn, place: Place) -> Value:
    birth, on = _unit(place)["p_birth_date"], translate(node.on, place)
    return v.cases((birth <= on, age(birth, on)))


def age(birth: Value, on: Value) -> Value:
    """Full years; the caller sees to it that the birth is not later."""
    before = (on.month() < birth.month()) | ((on.month() == birth.month()) & (on.day() < birth.day()))
    return on.year() - birth.year() - before.choose(1, 0)


def _add_time(node: e.AddTime, place: Place) -> Value:
    start, amount = translate(node.start, place), translate(node.amount, place)
    if node.unit == "days":
        return dialect.plus_days(start, amount)
    return dialect.plus_months(start, amount)


def _choose(node: e.Choose, place: Place) -> Value:
    branches = [
        (translate(one.when, place).as_boolean(), translate(one.then, place)) for one in node.branches
    ]
    return v.cases(*branches, otherwise=None if node.default is None else translate(node.default, place))


_READERS: dict[type[e.Expression], Callable[[Any, Place], Value]] = {
    e.Literal: lambda node, place: literal(node.value),
    e.Answer: _answer,
    e.AssessmentValue: _assessment,
    e.PerformedOn: _performed_on,
    e.DaysToNext: _days_to_next,
    e.PersonAttribute: _person,
    e.CaseAttribute: _case,
    e.CaseFact: _case_fact,
    e.PeriodBoundary: _boundary,
    e.ParameterValue: _parameter,
    e.All: _all,
    e.Any_: _any,
    e.Not: lambda node, place: ~translate(node.part, place).as_boolean(),
    e.Compare: _compare,
    e.IsIn: _is_in,
    e.Includes: _includes,
    e.IsMissing: lambda node, place: translate(node.part, place).is_missing(),
    e.Arithmetic: _arithmetic,
    e.Rounded: _rounded,
    e.Ceil: _ceil,
    e.Extreme: _extreme,
    e.Between: _between,
    e.AgeOn: _age_on,
    e.AddTime: _add_time,
    e.Choose: _choose,
    e.RowCount: _row_count,
    e.Score: _score,
}


def sentinel(kind: Type) -> Value:
    """A value that no answer has, so that the last record's missing answer is told from an earlier one's
    value."""
    if kind.is_numeric:
        return v.literal(-(10**11), None if kind == v.DECIMAL else kind)
    if kind.is_date:
        return v.literal(date(1, 1, 1))
    if kind == v.MOMENT:
        return v.literal(date(1, 1, 1)).cast(v.MOMENT)
    return dialect.list_of(dialect.no_answer()) if kind.is_list else dialect.no_answer()
