"""Binding expressions to what they speak of: every name must exist, every kind must fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kangshu.declare.errors import BadDeclaration, refuse_unless
from kangshu.declare.expression import (
    Answer,
    Compare,
    Events,
    Expression,
    Includes,
    IsIn,
    Kind,
    Literal,
    Node,
    Picked,
    Records,
    Sum,
    Where,
)

if TYPE_CHECKING:
    from kangshu.declare.capability import Capability
    from kangshu.declare.form import Field, Form


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


def check_form(form: Form) -> None:
    """Every condition of a form names only fields it asks, with values they can have."""
    fields = {field.name: field for field in form.fields}
    where = f"form {form.id}@{form.version}"
    for section in form.sections:
        if section.visible is not None:
            check_expression(section.visible, fields, f"{where} section {section.name}")
    for field in form.fields:
        for part in (field.required, field.visible, field.expression):
            if isinstance(part, Expression):
                check_expression(part, fields, f"{where} field {field.name}")
    for check in form.checks:
        check_expression(check.holds, fields, f"{where} check {check.name}")
        refuse_unless(
            not check.field or check.field in fields, where, f"check {check.name} points to no field"
        )


def check_expression(
    node: Node,
    frame: Mapping[str, Field] | None,
    where: str,
    forms: Mapping[str, Mapping[str, Field]] | None = None,
) -> None:
    """Refuse unknown fields and values that can never occur. `frame` gives the fields `answer()` may name
    (None: not known here); `forms` those of the forms that `records()` may name (None: not known yet)."""
    if isinstance(node, Answer):
        refuse_unless(
            frame is None or node.name in frame, where, f"asks for {node.name!r}, which is no field here"
        )
        return
    if isinstance(node, Includes | IsIn | Compare):
        _check_codes(node, frame, where)
    for child, inner in _children_with_frames(node, frame, where, forms):
        check_expression(child, inner, where, forms)


def _children_with_frames(
    node: Node,
    frame: Mapping[str, Field] | None,
    where: str,
    forms: Mapping[str, Mapping[str, Field]] | None,
) -> Iterator[tuple[Node, Mapping[str, Field] | None]]:
    """A node inside `records(…)` speaks of that record, not of the form around it."""
    if not isinstance(node, Where | Picked | Sum):
        yield from ((child, frame) for child in node.children)
        return
    yield node.source, frame
    name = form_of(node.source)
    inner: Mapping[str, Field] | None = {} if name is None else None
    if name is not None and forms is not None:
        if name not in forms:
            raise BadDeclaration(where, f"counts records of {name}, which is no form")
        inner = forms[name]
    yield (node.condition if isinstance(node, Where) else node.value), inner


def _check_codes(node: Includes | IsIn | Compare, frame: Mapping[str, Field] | None, where: str) -> None:
    asked = node.left if isinstance(node, Compare) else node.part
    if frame is None or not isinstance(asked, Answer) or asked.name not in frame:
        return
    field = frame[asked.name]
    if isinstance(node, Includes):
        values: list[object] = [node.code]
        refuse_unless(field.kind is Kind.CODES, where, f"{field.name} is one value, not several codes")
    elif isinstance(node, IsIn):
        values = [value.value for value in node.values]
    else:
        refuse_unless(
            field.kind is not Kind.CODES, where, f"{field.name} holds several codes: use .includes()"
        )
        refuse_unless(
            field.kind.may_be(node.right.kind),
            where,
            f"compares {field.name} ({field.kind}) with {node.right.kind}",
        )
        values = [node.right.value] if isinstance(node.right, Literal) else []
    known = {choice.code for choice in field.choices}
    for value in values:
        refuse_unless(not known or value in known, where, f"{field.name} has no code {value!r}")


def check_capability(capability: Capability) -> None:
    """The schedule, states and indicators of a capability name fields that its own forms ask."""
    forms = {form.id: {field.name: field for field in form.fields} for form in capability.forms}
    where = f"capability {capability.id}"
    for step in capability.schedule.steps:
        frame = forms.get(step.form)
        conditions = [
            step.counts,
            *(part for branch in step.branches for part in (branch.when, branch.fulfilled_by)),
        ]
        for condition in conditions:
            if condition is not None:
                check_expression(condition, frame, f"{where} step {step.id}")
        if step.begins is not None and step.begins.when is not None:
            check_expression(step.begins.when, forms.get(step.begins.form), f"{where} step {step.id}")
        if step.appointment and frame is not None:
            refuse_unless(
                step.appointment in frame and frame[step.appointment].kind is Kind.DATE,
                f"{where} step {step.id}",
                f"the appointment {step.appointment!r} is no date of {step.form}",
            )
    for move in capability.states.transitions if capability.states is not None else ():
        if move.when is not None:
            form_id = move.on.removeprefix("record:")
            check_expression(move.when, forms.get(form_id), f"{where} transition on {move.on}")
