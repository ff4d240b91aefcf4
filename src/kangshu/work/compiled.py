"""Expressions as closures, for saving thousands of records a second.

`declare.evaluate` is the judge and is written to be read; this gives the same values
(tests/work/test_compiled.py holds it to that) without looking each node up again. What it does not know it
leaves to the judge.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from kangshu.declare import expression as e
from kangshu.declare.evaluate import Context, evaluate
from kangshu.kernel import dates

Reader = Callable[[Context], Any]

_cache: dict[int, tuple[e.Expression, Reader]] = {}


def reader(node: e.Expression) -> Reader:
    """A function from a context to the value of the expression; None when it is missing. Compiled once a
    node.
    """
    known = _cache.get(id(node))
    if known is None:
        # The node is kept beside its reader, so that its id cannot be given to another.
        known = _cache[id(node)] = (node, _compile(node))
    return known[1]


def holds(node: e.Expression, context: Context) -> bool:
    """Whether a condition is True (missing is not)."""
    return reader(node)(context) is True


def _compile(node: e.Expression) -> Reader:
    make = _MAKERS.get(type(node))
    return make(node) if make is not None else lambda context: evaluate(node, context)


def _literal(node: e.Literal) -> Reader:
    value = node.value
    return lambda context: value


def _answer(node: e.Answer) -> Reader:
    name = node.name
    return lambda context: None if context.frame is None else context.frame.answers.get(name)


def _assessment(node: e.AssessmentValue) -> Reader:
    name = node.name
    return lambda context: None if context.frame is None else context.frame.assessment.get(name)


def _performed_on(node: e.PerformedOn) -> Reader:
    return lambda context: None if context.frame is None else context.frame.performed_on


def _person(node: e.PersonAttribute) -> Reader:
    name = node.name
    return lambda context: getattr(context.person, name)


def _all(node: e.All) -> Reader:
    parts = [reader(part) for part in node.parts]

    def read(context: Context) -> bool | None:
        result: bool | None = True
        for part in parts:
            value = part(context)
            if value is False:
                return False
            if value is None:
                result = None
        return result

    return read


def _any(node: e.Any_) -> Reader:
    parts = [reader(part) for part in node.parts]

    def read(context: Context) -> bool | None:
        result: bool | None = False
        for part in parts:
            value = part(context)
            if value is True:
                return True
            if value is None:
                result = None
        return result

    return read


def _not(node: e.Not) -> Reader:
    part = reader(node.part)

    def read(context: Context) -> bool | None:
        value = part(context)
        return None if value is None else not value

    return read


_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "lt": lambda left, right: left < right,
    "le": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "ge": lambda left, right: left >= right,
}


def _compare(node: e.Compare) -> Reader:
    left, right, how = reader(node.left), reader(node.right), _COMPARE[node.how]

    def read(context: Context) -> bool | None:
        first, second = left(context), right(context)
        return None if first is None or second is None else how(first, second)

    return read


def _is_in(node: e.IsIn) -> Reader:
    part, values = reader(node.part), [literal.value for literal in node.values]

    def read(context: Context) -> bool | None:
        value = part(context)
        return None if value is None else value in values

    return read


def _includes(node: e.Includes) -> Reader:
    part, code = reader(node.part), node.code

    def read(context: Context) -> bool | None:
        value = part(context)
        return None if value is None else code in value

    return read


def _is_missing(node: e.IsMissing) -> Reader:
    part = reader(node.part)
    return lambda context: part(context) is None


_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda left, right: left + right,
    "sub": lambda left, right: left - right,
    "mul": lambda left, right: left * right,
    "div": lambda left, right: None if right == 0 else Decimal(left) / Decimal(right),
}


def _arithmetic(node: e.Arithmetic) -> Reader:
    left, right, how = reader(node.left), reader(node.right), _ARITHMETIC[node.how]

    def read(context: Context) -> Any:
        first, second = left(context), right(context)
        return None if first is None or second is None else how(first, second)

    return read


def _rounded(node: e.Rounded) -> Reader:
    part, step = reader(node.part), Decimal(1).scaleb(-node.places)

    def read(context: Context) -> Decimal | None:
        value = part(context)
        return None if value is None else Decimal(value).quantize(step, rounding=ROUND_HALF_UP)

    return read


def _age_on(node: e.AgeOn) -> Reader:
    day = reader(node.on)

    def read(context: Context) -> int | None:
        birth, on = context.person.birth_date, day(context)
        return None if birth is None or on is None or on < birth else dates.age_on(birth, on)

    return read


def _choose(node: e.Choose) -> Reader:
    branches = [(reader(branch.when), reader(branch.then)) for branch in node.branches]
    default = None if node.default is None else reader(node.default)

    def read(context: Context) -> Any:
        for when, then in branches:
            if when(context) is True:
                return then(context)
        return None if default is None else default(context)

    return read


_MAKERS: dict[type[e.Expression], Callable[[Any], Reader]] = {
    e.Literal: _literal,
    e.Answer: _answer,
    e.AssessmentValue: _assessment,
    e.PerformedOn: _performed_on,
    e.PersonAttribute: _person,
    e.All: _all,
    e.Any_: _any,
    e.Not: _not,
    e.Compare: _compare,
    e.IsIn: _is_in,
    e.Includes: _includes,
    e.IsMissing: _is_missing,
    e.Arithmetic: _arithmetic,
    e.Rounded: _rounded,
    e.AgeOn: _age_on,
    e.Choose: _choose,
}
