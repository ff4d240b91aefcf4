"""Fills any declared form: the recipe's answers first, then whatever the form itself says is missing.

The platform's own validation is the judge. What it calls missing gets an ordinary answer for the field's
type; what it calls impossible is drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kangshu.declare.form import Field, FieldType, Form
from kangshu.demo.recipes import How, Sitting
from kangshu.work.validation import AnswerContext, Checked, check_answers

TRIES = 6


def fill(
    form: Form, asked: Mapping[str, How], sitting: Sitting, context: AnswerContext, given: Mapping[str, Any]
) -> Checked | None:
    """Answers that the platform accepts; None when even its own hints did not help.

    `given` are answers made elsewhere, kept as they are.
    """
    answers: dict[str, Any] = dict(given)
    for name, how in asked.items():
        answers[name] = _json(how(sitting))
    for field in form.fields:
        if field.name == "doctor" and field.name not in answers:
            answers[field.name] = sitting.doctor
    by_name = {field.name: field for field in form.fields}
    for _ in range(TRIES):
        checked = check_answers(form, {k: v for k, v in answers.items() if v is not None}, context)
        if not checked.problems:
            return checked
        for problem in checked.problems:
            name = problem.field or ""
            wrong = by_name.get(name)
            if wrong is None or (
                wrong.required is False and problem.code != "required" and name not in asked
            ):
                answers.pop(name, None)
            elif name in asked and problem.code != "required":
                answers[name] = _json(asked[name](sitting))
            else:
                answers[name] = ordinary(wrong, sitting)
    return None


def ordinary(field: Field, sitting: Sitting) -> Any:
    """An unremarkable answer: the first choice, the middle of the usual range, today."""
    if field.type is FieldType.CHOICE:
        return field.choices[0].code
    if field.type is FieldType.CHOICES:
        return [next(iter(sorted(field.exclusive)), field.choices[0].code)]
    if field.is_number:
        return _number(field, sitting)
    if field.type is FieldType.DATE:
        return sitting.on.isoformat()
    if field.type is FieldType.MOMENT:
        return f"{sitting.on.isoformat()}T{8 + sitting.random.randrange(9):02d}:30"
    if field.type is FieldType.YES_NO:
        return False
    if field.type is FieldType.ROWS:
        return [{part.name: ordinary(part, sitting) for part in field.fields if part.required is not False}]
    return "无" if field.max_length is None or field.max_length >= 1 else ""


def _number(field: Field, sitting: Sitting) -> Any:
    limits = field.soft or field.hard
    low = limits.least if limits is not None and limits.least is not None else Decimal(0)
    high = limits.greatest if limits is not None and limits.greatest is not None else low + 10
    middle, spread = float(low + high) / 2, float(high - low) / 8
    value = min(max(sitting.random.gauss(middle, spread), float(low)), float(high))
    if field.type is FieldType.INTEGER or not field.places:
        return round(value)
    return str(round(Decimal(value), field.places))


def _json(value: Any) -> Any:
    return str(value) if isinstance(value, float | Decimal) else value
