"""What can be known of an expression before any data is read: what it leans on, what is constant, which
days it can concern, and whether it can hold without a case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kangshu.declare import expression as e
from kangshu.declare.binding import walk
from kangshu.declare.evaluate import Context, evaluate
from kangshu.indicators.engine.values import AGGREGATES
from kangshu.indicators.parameters import Values
from kangshu.kernel.periods import Period

_VARIABLE = (
    e.Answer, e.AssessmentValue, e.PerformedOn, e.DaysToNext, e.PersonAttribute, e.AgeOn, e.CaseAttribute,
    e.CaseFact, e.Population, e.Score, e.LivesIn, e.EnrolledIn, *AGGREGATES,
)  # fmt: skip
_OF_UNIT = (e.PersonAttribute, e.AgeOn, e.CaseAttribute, e.CaseFact, *AGGREGATES)


def is_constant(node: e.Expression) -> bool:
    """Whether the period and the parameters alone decide it."""
    return not any(isinstance(part, _VARIABLE) for part in walk(node))


def constant(node: e.Expression, period: Period, parameters: Values) -> Any:
    return evaluate(node, Context(first=period.first, last=period.last, parameters=parameters))


def leans_on_unit(node: e.Expression | e.Events) -> bool:
    """Whether it asks for the person or the case, or counts other events."""
    return any(isinstance(part, _OF_UNIT) for part in walk(node))


def asks_for_next(node: e.Expression | e.Events) -> bool:
    return any(isinstance(part, e.DaysToNext) for part in walk(node))


def conjuncts(node: e.Expression) -> Iterator[e.Expression]:
    """The parts that must all hold."""
    if isinstance(node, e.All):
        for part in node.parts:
            yield from conjuncts(part)
    else:
        yield node


def conditions(source: e.Events) -> list[tuple[e.Events, e.Expression]]:
    """The filters of a source, innermost first, each with the events it looks through."""
    found: list[tuple[e.Events, e.Expression]] = []
    while isinstance(source, e.Where):
        found.append((source.source, source.condition))
        source = source.source
    return found[::-1]


def base(source: e.Events) -> e.Events:
    while isinstance(source, e.Where):
        source = source.source
    return source


def days(source: e.Events, period: Period, parameters: Values) -> tuple[date | None, date | None]:
    """First and last day that events of a source can have, as far as its filters say so plainly."""
    first: date | None = None
    last: date | None = None
    for _, condition in conditions(source):
        low, high = days_of_condition(condition, period, parameters)
        first = low if first is None else max(first, low or first)
        last = high if last is None else min(last, high or last)
    return first, last


def days_of_condition(
    condition: e.Expression, period: Period, parameters: Values
) -> tuple[date | None, date | None]:
    first: date | None = None
    last: date | None = None
    for part in conjuncts(condition):
        if not (
            isinstance(part, e.Compare) and isinstance(part.left, e.PerformedOn) and is_constant(part.right)
        ):
            continue
        bound = constant(part.right, period, parameters)
        if bound is None:
            continue
        if part.how in ("ge", "gt", "eq"):
            first = bound if first is None else max(first, bound)
        if part.how in ("le", "lt", "eq"):
            last = bound if last is None else min(last, bound)
    return first, last


def needs_case(node: e.Expression) -> bool:
    """Whether it can only hold (be True) for somebody who has a case: a comparison with what is missing
    never holds."""
    if isinstance(node, e.All):
        return any(needs_case(part) for part in node.parts)
    if isinstance(node, e.Any_):
        return all(needs_case(part) for part in node.parts)
    if isinstance(node, e.Compare):
        return any(_is_missing_without_case(side) for side in (node.left, node.right))
    if isinstance(node, e.IsIn):
        return _is_missing_without_case(node.part)
    return False


def _is_missing_without_case(node: e.Expression) -> bool:
    return isinstance(node, e.CaseAttribute | e.CaseFact)
