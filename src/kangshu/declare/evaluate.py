"""The plain interpreter of expressions, over values in memory.

Forms use it for what is visible and required; the reference engine of the indicators uses it on whole
counties to judge the fast engines. It is written to be read, not to be quick: one function per node.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

from kangshu.declare import expression as e
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.rules import Parameters
from kangshu.kernel import dates
from kangshu.kernel.workdays import UnknownWorkdays, working_days_between

Value = Any  # bool, int, Decimal, date, str, a tuple of codes, or None for missing


@dataclass(frozen=True)
class EventView:
    """A record or a diagnosis. `order` is the order of entry, which decides among events of one day. For a
    diagnosis `form` is empty and `code` the ICD-10 code."""

    performed_on: date
    form: str = ""
    answers: Mapping[str, Value] = field(default_factory=dict)
    assessment: Mapping[str, Value] = field(default_factory=dict)
    order: int = 0
    code: str = ""


@dataclass(frozen=True)
class CaseView:
    opened_on: date
    closed_on: date | None = None
    closing_reason: str | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonView:
    """Everything an expression may ask of one person. `case` is the one case of the capability concerned,
    `programmes` are the ids of the capabilities of which a case is open. `cases` are those of every programme
    as events: `form` is the capability, `performed_on` the day of opening."""

    sex: str | None = None
    birth_date: date | None = None
    death_on: date | None = None
    case: CaseView | None = None
    records: tuple[EventView, ...] = ()
    diagnoses: tuple[EventView, ...] = ()
    cases: tuple[EventView, ...] = ()
    region: str | None = None
    programmes: frozenset[str] = frozenset()


class NoParameters:
    """Where no parameter may be asked."""

    def value(self, id: str, on: date) -> Decimal:
        raise KeyError(id)


@dataclass(frozen=True)
class Context:
    """Where an expression is asked. `frame` is the form being filled or the record looked at; `days_to_next`
    belongs to it. `population` answers population(age_from, age_to, sex) for the place and year of an
    estimate."""

    person: PersonView = PersonView()
    frame: EventView | None = None
    first: date | None = None
    last: date | None = None
    parameters: Parameters = field(default_factory=NoParameters)
    population: Callable[[int, int | None, str | None], int | None] | None = None
    days_to_next: int | None = None
    on: date | None = None

    @property
    def default_day(self) -> date | None:
        """The day whose edition of a parameter counts."""
        if self.on is not None:
            return self.on
        if self.last is not None:
            return self.last
        return None if self.frame is None else self.frame.performed_on


def form_context(
    answers: Mapping[str, Value],
    performed_on: date,
    person: PersonView = PersonView(),
    parameters: Parameters | None = None,
) -> Context:
    """The context of a form being filled on a day, with typed answers."""
    return Context(
        person=person,
        frame=EventView(performed_on, answers=answers),
        parameters=parameters or NoParameters(),
        on=performed_on,
    )


def evaluate(node: e.Expression, context: Context) -> Value:
    """The value of an expression; None when it is missing."""
    try:
        reader = _READERS[type(node)]
    except KeyError:
        raise BadDeclaration("evaluate", f"cannot evaluate {type(node).__name__}") from None
    return reader(node, context)


def holds(node: e.Expression, context: Context) -> bool:
    """Whether a condition is True (missing is not)."""
    return evaluate(node, context) is True


def events(source: e.Events, context: Context) -> list[EventView]:
    """The events of a source, by day and then by order of entry."""
    if isinstance(source, e.Where):
        found = events(source.source, context)
        return [event for event, inner in framed(found, context) if holds(source.condition, inner)]
    if isinstance(source, e.Records):
        found = [record for record in context.person.records if record.form == source.form]
    elif isinstance(source, e.Cases):
        found = [case for case in context.person.cases if case.form == source.capability]
    elif isinstance(source, e.Diagnoses):
        found = [event for event in context.person.diagnoses if event.code.startswith(source.prefixes)]
    else:
        raise BadDeclaration("evaluate", f"cannot list {type(source).__name__}")
    return sorted(found, key=lambda event: (event.performed_on, event.order))


def framed(found: list[EventView], context: Context) -> list[tuple[EventView, Context]]:
    """Each event with the context in which it is the frame."""
    following: list[EventView | None] = [*found[1:], None] if found else []
    return [
        (
            event,
            replace(
                context,
                frame=event,
                days_to_next=None if after is None else (after.performed_on - event.performed_on).days,
            ),
        )
        for event, after in zip(found, following, strict=True)
    ]


# ---------------------------------------------------------------- one function per node


def _answer(node: e.Answer, context: Context) -> Value:
    return None if context.frame is None else context.frame.answers.get(node.name)


def _assessment(node: e.AssessmentValue, context: Context) -> Value:
    return None if context.frame is None else context.frame.assessment.get(node.name)


def _performed_on(node: e.PerformedOn, context: Context) -> Value:
    return None if context.frame is None else context.frame.performed_on


def _case(node: e.CaseAttribute, context: Context) -> Value:
    return None if context.person.case is None else getattr(context.person.case, node.name)


def _case_fact(node: e.CaseFact, context: Context) -> Value:
    return None if context.person.case is None else context.person.case.facts.get(node.name)


def _parameter(node: e.ParameterValue, context: Context) -> Value:
    on = context.default_day if node.on is None else evaluate(node.on, context)
    return None if on is None else context.parameters.value(node.id, on)


def _population(node: e.Population, context: Context) -> Value:
    if context.population is None:
        raise BadDeclaration("population", "is only known per place")
    return context.population(node.age_from, node.age_to, node.sex)


def _all(node: e.All, context: Context) -> Value:
    values = [evaluate(part, context) for part in node.parts]
    if False in values:
        return False
    return None if None in values else True


def _any(node: e.Any_, context: Context) -> Value:
    values = [evaluate(part, context) for part in node.parts]
    if True in values:
        return True
    return None if None in values else False


def _not(node: e.Not, context: Context) -> Value:
    value = evaluate(node.part, context)
    return None if value is None else not value


_COMPARE: dict[str, Callable[[Value, Value], bool]] = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "lt": lambda left, right: left < right,
    "le": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "ge": lambda left, right: left >= right,
}


def _compare(node: e.Compare, context: Context) -> Value:
    left, right = evaluate(node.left, context), evaluate(node.right, context)
    return None if left is None or right is None else _COMPARE[node.how](left, right)


def _is_in(node: e.IsIn, context: Context) -> Value:
    value = evaluate(node.part, context)
    return None if value is None else value in [literal.value for literal in node.values]


def _includes(node: e.Includes, context: Context) -> Value:
    value = evaluate(node.part, context)
    return None if value is None else node.code in value


def _is_missing(node: e.IsMissing, context: Context) -> Value:
    return evaluate(node.part, context) is None


def _arithmetic(node: e.Arithmetic, context: Context) -> Value:
    left, right = evaluate(node.left, context), evaluate(node.right, context)
    if left is None or right is None:
        return None
    if node.how == "add":
        return left + right
    if node.how == "sub":
        return left - right
    if node.how == "mul":
        return left * right
    return None if right == 0 else Decimal(left) / Decimal(right)


def _rounded(node: e.Rounded, context: Context) -> Value:
    value = evaluate(node.part, context)
    step = Decimal(1).scaleb(-node.places)
    return None if value is None else Decimal(value).quantize(step, rounding=ROUND_HALF_UP)


def _ceil(node: e.Ceil, context: Context) -> Value:
    value = evaluate(node.part, context)
    return None if value is None else int(Decimal(value).to_integral_value(rounding=ROUND_CEILING))


def _extreme(node: e.Extreme, context: Context) -> Value:
    known = [value for value in (evaluate(part, context) for part in node.parts) if value is not None]
    if not known:
        return None
    return min(known) if node.which == "least" else max(known)


def _between(node: e.Between, context: Context) -> Value:
    first, last = evaluate(node.first, context), evaluate(node.last, context)
    if first is None or last is None:
        return None
    if node.unit == "hours":
        return int((last - first).total_seconds() / 3600)
    if node.unit == "working_days":
        return _working_days(first, last)
    if node.unit in ("days", "weeks"):
        days = (last - first).days
        return days if node.unit == "days" else int(days / 7)
    months = dates.months_between(first, last)
    return months if node.unit == "months" else int(months / 12)


def _working_days(first: date, last: date) -> int | None:
    try:
        return working_days_between(first, last)
    except UnknownWorkdays:
        return None


def _lives_in(node: e.LivesIn, context: Context) -> Value:
    region = context.person.region
    return None if region is None else region.startswith(node.regions)


def _row_count(node: e.RowCount, context: Context) -> Value:
    return len(evaluate(node.part, context) or ())


def _score(node: e.Score, context: Context) -> Value:
    answers = {} if context.frame is None else context.frame.answers
    worth = [_worth(node, answers.get(item)) for item in node.items]
    return None if None in worth else sum(worth)


def _worth(node: e.Score, value: Value) -> Value:
    return node.worth(value) if isinstance(value, str) else value


def _age_on(node: e.AgeOn, context: Context) -> Value:
    birth, on = context.person.birth_date, evaluate(node.on, context)
    if birth is None or on is None or on < birth:
        return None
    return dates.age_on(birth, on)


def _add_time(node: e.AddTime, context: Context) -> Value:
    start, amount = evaluate(node.start, context), evaluate(node.amount, context)
    if start is None or amount is None:
        return None
    add = dates.add_days if node.unit == "days" else dates.add_months
    return add(start, int(amount))


def _choose(node: e.Choose, context: Context) -> Value:
    for branch in node.branches:
        if holds(branch.when, context):
            return evaluate(branch.then, context)
    return None if node.default is None else evaluate(node.default, context)


def _sum(node: e.Sum, context: Context) -> Value:
    found = framed(events(node.source, context), context)
    values = [evaluate(node.value, inner) for _, inner in found]
    return sum((value for value in values if value is not None), 0)


def _picked(node: e.Picked, context: Context) -> Value:
    found = framed(events(node.source, context), context)
    if not found:
        return None
    _, inner = found[0 if node.which == "first" else -1]
    return evaluate(node.value, inner)


_READERS: dict[type[e.Expression], Callable[[Any, Context], Value]] = {
    e.Literal: lambda node, context: node.value,
    e.Answer: _answer,
    e.AssessmentValue: _assessment,
    e.PerformedOn: _performed_on,
    e.DaysToNext: lambda node, context: context.days_to_next,
    e.PersonAttribute: lambda node, context: getattr(context.person, node.name),
    e.CaseAttribute: _case,
    e.CaseFact: _case_fact,
    e.PeriodBoundary: lambda node, context: context.first if node.which == "first" else context.last,
    e.ParameterValue: _parameter,
    e.Population: _population,
    e.All: _all,
    e.Any_: _any,
    e.Not: _not,
    e.Compare: _compare,
    e.IsIn: _is_in,
    e.Includes: _includes,
    e.IsMissing: _is_missing,
    e.Arithmetic: _arithmetic,
    e.Rounded: _rounded,
    e.Ceil: _ceil,
    e.Extreme: _extreme,
    e.Between: _between,
    e.AgeOn: _age_on,
    e.AddTime: _add_time,
    e.Choose: _choose,
    e.Count: lambda node, context: len(events(node.source, context)),
    e.Exists: lambda node, context: bool(events(node.source, context)),
    e.Sum: _sum,
    e.Picked: _picked,
    e.RowCount: _row_count,
    e.Score: _score,
    e.LivesIn: _lives_in,
    e.EnrolledIn: lambda node, context: bool(context.person.programmes & set(node.kinds)),
}
