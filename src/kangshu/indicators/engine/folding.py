"""Rewriting an expression for one period: what the period decides becomes a literal, and a value of the last
record becomes values of its single answers.

Two expressions that mean the same for a period come out equal, whichever indicator they stand in, so that
each is computed once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from kangshu.declare import expression as e
from kangshu.declare.binding import walk
from kangshu.indicators.engine.analysis import asks_for_next, constant, is_constant
from kangshu.indicators.engine.values import AGGREGATES
from kangshu.indicators.parameters import Values
from kangshu.kernel.periods import Period

_LEAVES = (e.Answer, e.AssessmentValue, e.PerformedOn)


def fold(node: e.Expression, period: Period, parameters: Values) -> e.Expression:
    """The same expression for one period."""

    def settle(part: Any) -> Any:
        if isinstance(part, e.Expression) and not isinstance(part, e.Literal) and is_constant(part):
            value = constant(part, period, parameters)
            if value is not None:
                return e.Literal(value)
        part = rebuilt(part, settle)
        return _of_single_answers(part) if isinstance(part, e.Picked) else part

    return settle(node)


def rebuilt(node: Any, change: Callable[[Any], Any]) -> Any:
    """The node with `change` done to every node directly under it."""
    changed = {}
    for field in fields(node):
        value = getattr(node, field.name)
        new = _changed(value, change)
        if new is not value:
            changed[field.name] = new
    return replace(node, **changed) if changed else node


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, e.Expression | e.Events):
        return change(value)
    if isinstance(value, e.Branch):
        return e.Branch(change(value.when), change(value.then))
    if isinstance(value, tuple) and any(
        isinstance(item, e.Expression | e.Events | e.Branch) for item in value
    ):
        return tuple(_changed(item, change) for item in value)
    return value


def _of_single_answers(node: e.Picked) -> e.Expression:
    """`last().value(f(a, b))` as `f(last().value(a), last().value(b))`: what then remains to be looked for
    among the records leans on nothing but the records, however much `f` asks of the person."""
    # A condition is told by one bit at each record: cheaper to decide there than to pick all it asks for.
    if isinstance(node.value, _LEAVES) or node.kind is e.Kind.BOOLEAN or asks_for_next(node.value):
        return node
    if any(isinstance(part, AGGREGATES) for part in walk(node.value)):
        return node

    def pick(part: Any) -> Any:
        if isinstance(part, _LEAVES):
            return e.Picked(node.source, node.which, part)
        return rebuilt(part, pick)

    value = pick(node.value)
    # Without any record the whole is missing; a test for missing must not turn that into True.
    if any(isinstance(part, e.IsMissing | e.Choose) for part in walk(node.value)):
        return e.Choose((e.Branch(e.Exists(node.source), value),))
    return value
