"""Binding expressions to the forms they speak of: every name must exist, every kind and code must fit.

An expression is typed as far as it can be when it is built; what `answer("sbp")` gives is only known
from the form. Binding rebuilds the tree with that knowledge, so that every node checks its operands
once more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, ClassVar

from kangshu.declare.errors import BadDeclaration, refuse_unless
from kangshu.declare.expression import (
    Answer,
    AssessmentValue,
    Branch,
    CaseFact,
    Cases,
    Compare,
    DaysToNext,
    Events,
    Expression,
    Includes,
    IsIn,
    Kind,
    Literal,
    Node,
    PerformedOn,
    Picked,
    Records,
    Score,
    Sum,
    Where,
)

if TYPE_CHECKING:
    from kangshu.declare.capability import Capability
    from kangshu.declare.form import Field, Form
    from kangshu.declare.schedule import Step

Frame = Mapping[str, "Field"]
CASE_ANSWERS = ("closed_on", "closing_reason")
"""What `answer()` may ask of a case of another programme."""


@dataclass(frozen=True)
class BoundAnswer(Answer):
    """An answer whose field is known. Only inside binding."""

    field: Field
    # Not an operation of its own: it is never written.
    op: ClassVar[str] = ""

    @property
    def kind(self) -> Kind:
        return self.field.kind


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it, parents first."""
    yield node
    for child in node.children:
        yield from walk(child)


def form_of(events: Events) -> str | None:
    """The form whose records these are; None for diagnoses."""
    while isinstance(events, Where):
        events = events.source
    return events.form if isinstance(events, Records) else None


def _are_cases(events: Events) -> bool:
    while isinstance(events, Where):
        events = events.source
    return isinstance(events, Cases)


def _check_cases(node: Where | Picked | Sum) -> None:
    """Cases of another programme are told by their days and how they ended; which of them is the last is not
    asked."""
    refuse_unless(isinstance(node, Where), "cases", "are asked whether or how many there are")
    for part in (part for child in node.children for part in walk(child)):
        refuse_unless(not isinstance(part, DaysToNext), "cases", "have no next one")
        refuse_unless(
            not isinstance(part, Answer) or part.name in CASE_ANSWERS,
            "cases",
            f"know {' and '.join(CASE_ANSWERS)}, not {getattr(part, 'name', '')!r}",
        )


def check_expression(
    node: Expression,
    frame: Frame | None,
    where: str,
    *,
    gives: Kind = Kind.BOOLEAN,
    forms: Mapping[str, Frame] | None = None,
) -> None:
    """Refuse unknown fields, values that can never occur, and an expression that does not give what is
    needed.

    `frame` holds the fields `answer()` may name (None: not known here), `forms` those of the forms that
    `records()` may name (forms not in it are not checked: they belong to other capabilities).
    """
    try:
        bound = _bind(node, frame, forms or {})
    except BadDeclaration as error:
        raise BadDeclaration(where, error.reason) from error
    assert isinstance(bound, Expression)
    refuse_unless(bound.kind.may_be(gives), where, f"gives {bound.kind}, where {gives} is needed")


def _bind(node: Node, frame: Frame | None, forms: Mapping[str, Frame]) -> Node:
    if isinstance(node, Answer):
        if frame is None:
            return node
        refuse_unless(node.name in frame, "answer", f"asks for {node.name!r}, which is no field here")
        return BoundAnswer(node.name, frame[node.name])
    if isinstance(node, Score):
        _check_items(node, frame)
        return node
    if isinstance(node, Where | Picked | Sum) and _are_cases(node.source):
        _check_cases(node)
    changes = {
        field.name: _bind_part(getattr(node, field.name), _frame_of(node, field.name, frame, forms), forms)
        for field in fields(node)
    }
    bound = replace(node, **changes)
    if isinstance(bound, Includes | IsIn | Compare):
        _check_codes(bound)
    return bound


def _bind_part(value: Any, frame: Frame | None, forms: Mapping[str, Frame]) -> Any:
    if isinstance(value, Node):
        return _bind(value, frame, forms)
    if isinstance(value, Branch):
        when, then = _bind(value.when, frame, forms), _bind(value.then, frame, forms)
        assert isinstance(when, Expression)
        assert isinstance(then, Expression)
        return Branch(when, then)
    if isinstance(value, tuple):
        return tuple(_bind_part(part, frame, forms) for part in value)
    return value


def _frame_of(node: Node, part: str, frame: Frame | None, forms: Mapping[str, Frame]) -> Frame | None:
    """What stands inside `records(…)` speaks of that record, not of the form around it."""
    if not isinstance(node, Where | Picked | Sum) or part == "source":
        return frame
    if _are_cases(node.source):
        return None
    name = form_of(node.source)
    return {} if name is None else forms.get(name)


def _check_items(node: Score, frame: Frame | None) -> None:
    """Every item is asked; a number counts as it is, and every code of a coded one has its points."""
    if frame is None:
        return
    for item in node.items:
        refuse_unless(item in frame, "score", f"asks for {item!r}, which is no field here")
        field = frame[item]
        if field.choices:
            unworth = [choice.code for choice in field.choices if node.worth(choice.code) is None]
            refuse_unless(field.kind is Kind.TEXT, "score", f"{item} may hold several codes")
            refuse_unless(not unworth, "score", f"{item}: no points for {', '.join(unworth)}")
        else:
            refuse_unless(field.kind is Kind.INTEGER, "score", f"{item} is neither coded nor a whole number")


def _check_codes(node: Includes | IsIn | Compare) -> None:
    asked = node.left if isinstance(node, Compare) else node.part
    if not isinstance(asked, BoundAnswer):
        return
    field = asked.field
    if isinstance(node, Includes):
        values: list[object] = [node.code]
    elif isinstance(node, IsIn):
        values = [value.value for value in node.values]
    else:
        values = [node.right.value] if isinstance(node.right, Literal) else []
    known = {choice.code for choice in field.choices}
    for value in values:
        refuse_unless(not known or value in known, "codes", f"{field.name} has no code {value!r}")


def check_form(form: Form) -> None:
    """Every condition of a form names only fields it asks, with values they can have."""
    frame = {field.name: field for field in form.fields}
    where = f"form {form.id}@{form.version}"
    for section in form.sections:
        if section.visible is not None:
            check_expression(section.visible, frame, f"{where} section {section.name}")
    for field in form.fields:
        for condition in (field.required, field.visible):
            if isinstance(condition, Expression):
                check_expression(condition, frame, f"{where} field {field.name}")
        if field.expression is not None:
            check_expression(field.expression, frame, f"{where} field {field.name}", gives=field.kind)
        _check_columns(field, f"{where} field {field.name}")
    for check in form.checks:
        check_expression(check.holds, frame, f"{where} check {check.name}")
        refuse_unless(
            not check.field or check.field in frame, where, f"check {check.name} points to no field"
        )


def _check_columns(field: Field, where: str) -> None:
    """Conditions of the columns of a field of rows speak of the same row."""
    row = {part.name: part for part in field.fields}
    for part in field.fields:
        for condition in (part.required, part.visible):
            if isinstance(condition, Expression):
                check_expression(condition, row, f"{where} column {part.name}")


def check_capability(capability: Capability) -> None:
    """The schedule, states and indicators of a capability name fields that its own forms ask."""
    forms = {form.id: {field.name: field for field in form.fields} for form in capability.forms}
    where = f"capability {capability.id}"
    _check_schedule(capability, forms, where)
    _check_facts(capability, forms, where)
    for move in capability.states.transitions if capability.states is not None else ():
        if move.when is not None:
            frame = forms.get(move.on.removeprefix("record:"))
            check_expression(move.when, frame, f"{where} transition on {move.on}")
    for indicator in capability.indicators:
        frame = forms.get(indicator.form)
        where = f"indicator {indicator.id}"
        for condition in (indicator.numerator, indicator.denominator):
            if condition is not None:
                check_expression(condition, frame, where, forms=forms)
        for value in (indicator.total, indicator.denominator_total, indicator.median):
            if value is not None:
                check_expression(value, frame, where, gives=Kind.DECIMAL, forms=forms)


def _check_facts(capability: Capability, forms: Mapping[str, Frame], where: str) -> None:
    declared = {fact.name for fact in capability.facts}
    refuse_unless(len(declared) == len(capability.facts), where, "declares a fact twice")
    for fact in capability.facts:
        if fact.value is not None:
            frame = forms.get(fact.form)
            check_expression(fact.value, frame, f"{where} fact {fact.name}", gives=fact.kind, forms=forms)
    asked = (node for step in capability.schedule.steps for node in _nodes_of(step))
    for node in asked:
        if isinstance(node, CaseFact):
            refuse_unless(
                node.name in declared, where, f"asks for the fact {node.name!r} without declaring it"
            )


def _nodes_of(step: Step) -> Iterator[Node]:
    for expression in step.anchor_expressions:
        yield from walk(expression)


def _refuse_frame(node: Node, where: str) -> None:
    """Refuse what speaks of a record, unless it stands inside `records(…)`."""
    refuse_unless(
        not isinstance(node, PerformedOn | AssessmentValue | DaysToNext),
        where,
        f"{node.op} speaks of a record, and there is none around it: ask records(…).last()",
    )
    for child in (node.source,) if isinstance(node, Where | Picked | Sum) else node.children:
        _refuse_frame(child, where)


def _check_schedule(capability: Capability, forms: Mapping[str, Frame], where: str) -> None:
    for step in capability.schedule.steps:
        frame, name = forms.get(step.form), f"{where} step {step.id}"
        branches = (part for branch in step.branches for part in (branch.when, branch.fulfilled_by))
        for condition in (step.counts, *branches):
            if condition is not None:
                check_expression(condition, frame, name)
        if step.begins is not None and step.begins.when is not None:
            check_expression(step.begins.when, forms.get(step.begins.form), name)
        if step.appointment and frame is not None:
            dated = step.appointment in frame and frame[step.appointment].kind is Kind.DATE
            refuse_unless(dated, name, f"the appointment {step.appointment!r} is no date of {step.form}")
        for asked, gives in ((step.origin, Kind.DATE), (step.when, Kind.BOOLEAN), (step.until, Kind.DATE)):
            if asked is not None:
                # There is no record around it: what is asked of one says which, `records(…).last()`.
                check_expression(asked, {}, name, gives=gives, forms=forms)
                _refuse_frame(asked, name)
