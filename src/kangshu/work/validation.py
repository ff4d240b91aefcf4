"""Are these answers an acceptable filling of this form? Everything that is wrong, in one pass, in two
languages.

What cannot be (a hard range, a missing required answer, systolic below diastolic) is a *problem*: nothing
is saved. What is unlikely (a soft range) is a *warning*: it must be shown, and does not stop anybody. What
was typed is kept with the problem, so that a page can show it back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.declare.answers import plain_value
from kangshu.declare.evaluate import Context, EventView, NoParameters, PersonView
from kangshu.declare.expression import Expression
from kangshu.declare.form import Field, FieldType, Form, Range
from kangshu.declare.rules import Parameters
from kangshu.kernel.errors import Problem
from kangshu.kernel.text import Text
from kangshu.work.compiled import Reader, reader
from kangshu.work.reading import Unreadable, is_blank, reader_of
from kangshu.work.rows import judge_rows


@dataclass(frozen=True)
class Checked:
    """`answers` are clean and in the JSON form of `FieldType`; `typed` the same as rules read them."""

    answers: Mapping[str, Any]
    typed: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class AnswerContext:
    """For whom and for which day a form is filled."""

    performed_on: date
    person: PersonView = field(default_factory=PersonView)
    parameters: Parameters = field(default_factory=NoParameters)


@dataclass(frozen=True)
class _Question:
    """A field with everything looked up once."""

    name: str
    field: Field
    read: Callable[[Any], Any] | None
    visible: tuple[Reader, ...]
    required: bool | Reader
    computed: Reader | None


@dataclass
class _Filling:
    """What is being gathered while the questions are gone through in the order of the form."""

    context: Context
    typed: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


_questions: dict[int, tuple[Form, tuple[_Question, ...], frozenset[str]]] = {}


def check_answers(form: Form, answers: Mapping[str, Any], context: AnswerContext) -> Checked:
    """Read, complete and judge answers to a form.

    Values may be text (full-width digits are understood) or JSON. Computed fields are computed, whatever
    was sent for them. Answers to questions that are not asked here are left out with a warning; names the
    form does not know are problems. An empty field with `assessed` is not missing: the rule fills it later.
    """
    typed: dict[str, Any] = {}
    frame = EventView(context.performed_on, form=form.id, answers=typed)
    filling = _Filling(
        Context(person=context.person, frame=frame, parameters=context.parameters, on=context.performed_on),
        typed,
    )
    questions = questions_of(form)
    _read_all(questions, answers, filling)
    for question in questions:
        if question.required is not False or question.name in typed:
            _judge(question, filling)
    _judge_checks(form, filling)
    names = names_of(form)
    for name in answers:
        if name not in names:
            filling.problems.append(Problem(name, "unknown", _UNKNOWN.format(name=name), answers[name]))
    plain = {
        question.name: plain_value(typed[question.name]) for question in questions if question.name in typed
    }
    return Checked(plain, typed, tuple(filling.problems), tuple(filling.warnings))


def questions_of(form: Form) -> tuple[_Question, ...]:
    """The form's fields in order, with readers and conditions compiled once per form."""
    known = _questions.get(id(form))
    if known is None:
        questions = tuple(_questions_of(form))
        known = _questions[id(form)] = (form, questions, frozenset(question.name for question in questions))
    return known[1]


def names_of(form: Form) -> frozenset[str]:
    """The names of the form's fields."""
    questions_of(form)
    return _questions[id(form)][2]


def _questions_of(form: Form) -> list[_Question]:
    found = []
    for section in form.sections:
        for asked in section.fields:
            conditions = [part for part in (section.visible, asked.visible) if part is not None]
            found.append(
                _Question(
                    name=asked.name,
                    field=asked,
                    read=None if asked.type is FieldType.COMPUTED else reader_of(asked),
                    visible=tuple(reader(condition) for condition in conditions),
                    required=reader(asked.required)
                    if isinstance(asked.required, Expression)
                    else asked.required,
                    computed=None if asked.expression is None else reader(asked.expression),
                )
            )
    return found


def _read_all(questions: tuple[_Question, ...], answers: Mapping[str, Any], filling: _Filling) -> None:
    """Read everything first: a condition may speak of a question further down."""
    for question in questions:
        value = answers.get(question.name)
        if value is None or question.read is None or is_blank(value):
            continue
        try:
            read = question.read(value)
        except Unreadable as error:
            filling.problems.append(Problem(question.name, error.code, error.message, value))
            continue
        if read != ():
            filling.typed[question.name] = read
    for question in questions:
        if question.computed is not None:
            _compute(question, filling)


def _compute(question: _Question, filling: _Filling) -> None:
    assert question.computed is not None
    value = question.computed(filling.context)
    filling.typed.pop(question.field.name, None)
    if value is None:
        return
    if isinstance(value, Decimal) and question.field.places is not None:
        value = round(value, question.field.places)
    filling.typed[question.field.name] = value


def _judge(question: _Question, filling: _Filling) -> None:
    asked, typed = question.field, filling.typed
    if question.visible and any(condition(filling.context) is not True for condition in question.visible):
        if asked.name in typed:
            value = typed.pop(asked.name)
            if asked.type is not FieldType.COMPUTED:
                filling.warnings.append(
                    Problem(asked.name, "not_asked", _NOT_ASKED.format(title=asked.title), value)
                )
        return
    if asked.name not in typed:
        _judge_missing(question, filling)
        return
    value = typed[asked.name]
    if asked.fields:
        typed[asked.name], problems, warnings = judge_rows(asked, value, filling.context)
        filling.problems += problems
        filling.warnings += warnings
        return
    if asked.hard is not None and not asked.hard.holds(value):
        filling.problems.append(_out_of_range(asked, asked.hard, value))
    elif asked.soft is not None and not asked.soft.holds(value):
        message = _UNUSUAL.format(
            title=asked.title, value=plain_value(value), limits=_limits(asked, asked.soft)
        )
        filling.warnings.append(Problem(asked.name, "soft_range", message, value))
    if asked.max_length is not None and isinstance(value, str) and len(value) > asked.max_length:
        message = _TOO_LONG.format(title=asked.title, length=len(value), limit=asked.max_length)
        filling.problems.append(Problem(asked.name, "too_long", message, value))
    if asked.type is FieldType.DECIMAL and asked.places is not None and _places(value) > asked.places:
        message = _TOO_PRECISE.format(title=asked.title, places=asked.places)
        filling.problems.append(Problem(asked.name, "too_precise", message, value))


def _judge_missing(question: _Question, filling: _Filling) -> None:
    asked = question.field
    if asked.assessed or any(problem.field == asked.name for problem in filling.problems):
        return  # the rule fills it; or it was given and could not be read, which has been said
    required = (
        question.required if isinstance(question.required, bool) else question.required(filling.context)
    )
    if required is True:
        filling.problems.append(Problem(asked.name, "required", _REQUIRED.format(title=asked.title)))


def _judge_checks(form: Form, filling: _Filling) -> None:
    for check in form.checks:
        if reader(check.holds)(filling.context) is False:
            value = filling.typed.get(check.field) if check.field else None
            problem = Problem(check.field, f"check.{check.name}", check.message, value)
            (filling.problems if check.hard else filling.warnings).append(problem)


def _out_of_range(asked: Field, hard: Range, value: Any) -> Problem:
    message = _IMPOSSIBLE.format(title=asked.title, value=plain_value(value), limits=_limits(asked, hard))
    return Problem(asked.name, "hard_range", message, value)


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _limits(asked: Field, limits: Range) -> Text:
    unit = f" {asked.unit}" if asked.unit else ""
    if limits.least is None:
        return Text(f"不高于 {limits.greatest}{unit}", f"at most {limits.greatest}{unit}")
    if limits.greatest is None:
        return Text(f"不低于 {limits.least}{unit}", f"at least {limits.least}{unit}")
    return Text(f"{limits.least}～{limits.greatest}{unit}", f"{limits.least} to {limits.greatest}{unit}")


_REQUIRED = Text("请填写“{title}”。", "{title} is needed.")
_IMPOSSIBLE = Text(
    "“{title}”填的是 {value}，不在可能的范围（{limits}）内。请核对是否填错。",
    "{title} is {value}, outside what is possible ({limits}). Check for a slip.",
)
_UNUSUAL = Text(
    "“{title}”填的是 {value}，超出常见范围（{limits}）。如测量无误，可以保存。",
    "{title} is {value}, outside the usual range ({limits}). If you measured it so, save it.",
)
_TOO_LONG = Text(
    "“{title}”有 {length} 个字，最多 {limit} 个。", "{title} has {length} characters; at most {limit} fit."
)
_TOO_PRECISE = Text("“{title}”最多保留 {places} 位小数。", "{title} takes at most {places} decimals.")
_NOT_ASKED = Text(
    "按其他答案，“{title}”不需要填写，没有保存。",
    "Given the other answers, {title} is not asked; it was not kept.",
)
_UNKNOWN = Text("表单中没有“{name}”这一项。", "The form has no field {name}.")
