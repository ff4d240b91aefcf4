"""Rewriting expressions before they are compiled.

`settled` changes the shape so that as much as possible is asked of single records, whatever the period;
`fold` then puts in what one period decides. Two expressions that mean the same come out equal, whichever
indicator they stand in, so that each is computed once.
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

_LEAVES = (e.Answer, e.AssessmentValue, e.PerformedOn, e.Score, e.RowCount)


def fold(node: Any, period: Period, parameters: Values) -> Any:
    """The same expression (or events) for one period: what the period decides becomes a literal."""

    def settle(part: Any) -> Any:
        if isinstance(part, e.Expression) and not isinstance(part, e.Literal) and is_constant(part):
            value = constant(part, period, parameters)
            if value is not None:
                return e.Literal(value)
        return rebuilt(part, settle)

    return settle(node)


def settled(node: Any) -> Any:
    """The same expression in the shape that costs least."""
    node = rebuilt(node, settled)
    if isinstance(node, e.Picked):
        return _of_single_answers(node)
    if isinstance(node, e.Compare):
        return _decided_at_the_record(_apart(node))
    if isinstance(node, e.IsIn | e.Includes) and isinstance(node.part, e.Picked):
        return replace(node.part, value=replace(node, part=node.part.value))
    return node


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


def _apart(node: e.Compare) -> e.Expression:
    """`a <= least(b, c)` as `a <= b & (c is missing | a <= c)` where `b` hangs on the period alone: the rest
    can then be asked once for all periods."""
    extreme = node.right
    fitting = {"least": ("le", "lt"), "greatest": ("ge", "gt")}
    if not (isinstance(extreme, e.Extreme) and node.how in fitting[extreme.which]):
        return node
    if is_constant(extreme) or not any(is_constant(part) for part in extreme.parts):
        return node
    return e.All(
        tuple(
            replace(node, right=part)
            if is_constant(part)
            else e.Any_((e.IsMissing(part), replace(node, right=part)))
            for part in extreme.parts
        )
    )


def _decided_at_the_record(node: e.Expression) -> e.Expression:
    """`last().answer(x) < 7` as `last().value(answer(x) < 7)`: one bit to be picked instead of a value."""
    if (
        isinstance(node, e.Compare)
        and isinstance(node.left, e.Picked)
        and isinstance(node.left.value, _LEAVES)
        and isinstance(node.right, e.Literal)
    ):
        return replace(node.left, value=replace(node, left=node.left.value))
    return node


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
