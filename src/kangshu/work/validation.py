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
from typing import Any, NamedTuple

from kangshu.declare.answers import plain_value
from kangshu.declare.evaluate import Context, EventView, NoParameters, PersonView
from kangshu.declare.expression import Expression
from kangshu.declare.form import Check, Field, FieldType, Form, Range
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


class _Known(NamedTuple):
    """What one value given to one question comes to: read, in its JSON form, and what is wrong with it."""

    typed: Any = None
    plain: Any = None
    unreadable: Problem | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Question:
    """A field with everything looked up once. `known` remembers what values came to: forms are answered with
    codes and small numbers, and looking one up costs a tenth of reading and judging it."""

    name: str
    field: Field
    place: int
    read: Callable[[Any], Any] | None
    visible: tuple[Reader, ...]
    required: bool | Reader
    computed: Reader | None
    known: dict[Any, _Known | None] = field(default_factory=dict, repr=False)

    def look(self, value: Any) -> _Known | None:
        """What the value comes to; None when nothing was given."""
        key: Any
        kind = type(value)
        if kind is str:
            key = value
        elif kind is int or kind is float or kind is bool:
            key = (kind, value)  # 1, 1.0 and true are equal, and are not the same answer
        elif kind is list and all(type(part) is str for part in value):
            key = (list, *value)
        else:
            return self.look_anew(value)
        try:
            return self.known[key]
        except KeyError:
            found = self.look_anew(value)
        if kind is not str or len(value) <= REMEMBERED_LENGTH:
            if len(self.known) >= REMEMBERED:
                self.known.clear()
            self.known[key] = found
        return found

    def look_anew(self, value: Any) -> _Known | None:
        if self.read is None or is_blank(value):
            return None
        try:
            typed = self.read(value)
        except Unreadable as error:
            return _Known(unreadable=Problem(self.name, error.code, error.message, value))
        if typed == ():
            return None
        if self.field.fields:  # rows are judged in their context, and are the caller's to change
            return _Known(typed, plain_value(typed))
        return _Known(typed, plain_value(typed), None, *_judged(self.field, typed))


REMEMBERED, REMEMBERED_LENGTH = 2_000, 40
"""How many values a question remembers, and how long a text may be for it."""


@dataclass(frozen=True)
class Origins:
    """The names of the fields whose values are measured, and of those computed from others."""

    measured: frozenset[str]
    computed: frozenset[str]


@dataclass(frozen=True)
class _Asked:
    """A form with everything looked up once."""

    form: Form
    questions: tuple[_Question, ...]
    by_name: Mapping[str, _Question]
    required: tuple[_Question, ...]
    """Those that may be missing wrongly."""
    computed: tuple[_Question, ...]
    checks: tuple[tuple[Check, Reader], ...]
    origins: Origins


@dataclass
class _Filling:
    """What is being gathered while the questions are gone through in the order of the form."""

    context: Context
    typed: dict[str, Any]
    plain: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


_asked: dict[int, _Asked] = {}


def check_answers(form: Form, answers: Mapping[str, Any], context: AnswerContext) -> Checked:
    """Read, complete and judge answers to a form.

    Values may be text (full-width digits are understood) or JSON. Computed fields are computed, whatever
    was sent for them. Answers to questions that are not asked here are left out with a warning; names the
    form does not know are problems. An empty field with `assessed` is not missing: the rule fills it later.
    """
    asked = _asked_by(form)
    typed: dict[str, Any] = {}
    frame = EventView(context.performed_on, form=form.id, answers=typed)
    filling = _Filling(
        Context(person=context.person, frame=frame, parameters=context.parameters, on=context.performed_on),
        typed,
        {},
    )
    unknown, left = _read_all(asked, answers, filling)
    for question, known in left:
        _judge(question, known, filling)
    _judge_checks(asked, filling)
    for name in unknown:
        filling.problems.append(Problem(name, "unknown", _UNKNOWN.format(name=name), answers[name]))
    return Checked(filling.plain, typed, tuple(filling.problems), tuple(filling.warnings))


def origins_of(form: Form) -> Origins:
    """What of the form is measured and what is computed, looked up once."""
    return _asked_by(form).origins


def _asked_by(form: Form) -> _Asked:
    known = _asked.get(id(form))
    if known is None:
        questions = tuple(_questions_of(form))
        known = _asked[id(form)] = _Asked(
            form=form,  # kept, so that its id cannot be given to another
            questions=questions,
            by_name={question.name: question for question in questions},
            required=tuple(question for question in questions if question.required is not False),
            computed=tuple(question for question in questions if question.computed is not None),
            checks=tuple((check, reader(check.holds)) for check in form.checks),
            origins=Origins(
                frozenset(question.name for question in questions if question.field.measured),
                frozenset(question.name for question in questions if question.computed is not None),
            ),
        )
    return known


def _questions_of(form: Form) -> list[_Question]:
    found: list[_Question] = []
    for section in form.sections:
        for asked in section.fields:
            conditions = [part for part in (section.visible, asked.visible) if part is not None]
            found.append(
                _Question(
                    name=asked.name,
                    field=asked,
                    place=len(found),
                    read=None if asked.type is FieldType.COMPUTED else reader_of(asked),
                    visible=tuple(reader(condition) for condition in conditions),
                    required=reader(asked.required)
                    if isinstance(asked.required, Expression)
                    else asked.required,
                    computed=None if asked.expression is None else reader(asked.expression),
                )
            )
    return found


_Left = list[tuple[_Question, _Known | None]]


def _read_all(asked: _Asked, answers: Mapping[str, Any], filling: _Filling) -> tuple[list[str], _Left]:
    """Read everything first: a condition may speak of a question further down. Gives the names that the form
    does not know, and the questions that there is something to say of, in the form's order."""
    typed, plain, by_name = filling.typed, filling.plain, asked.by_name
    unknown: list[str] = []
    left: _Left = []
    unreadable: list[tuple[int, Problem]] = []
    for name, value in answers.items():
        question = by_name.get(name)
        if question is None:
            unknown.append(name)
            continue
        known = None if value is None else question.look(value)
        if known is None:
            continue
        if known.unreadable is not None:
            unreadable.append((question.place, known.unreadable))
            continue
        typed[name], plain[name] = known.typed, known.plain
        if question.visible or known.problems or known.warnings or question.field.fields:
            left.append((question, known))
    if unreadable:
        filling.problems += [problem for _, problem in sorted(unreadable, key=lambda pair: pair[0])]
    for question in asked.computed:
        _compute(question, filling)
        left.append((question, None))
    left += [(question, None) for question in asked.required if question.name not in typed]
    left.sort(key=_place_of)
    return unknown, left


def _place_of(pair: tuple[_Question, _Known | None]) -> int:
    return pair[0].place


def _compute(question: _Question, filling: _Filling) -> None:
    assert question.computed is not None
    value = question.computed(filling.context)
    if value is None:
        filling.typed.pop(question.name, None)
        filling.plain.pop(question.name, None)
        return
    if isinstance(value, Decimal) and question.field.places is not None:
        value = round(value, question.field.places)
    filling.typed[question.name], filling.plain[question.name] = value, plain_value(value)


def _judge(question: _Question, known: _Known | None, filling: _Filling) -> None:
    asked, typed, name = question.field, filling.typed, question.name
    if question.visible and any(condition(filling.context) is not True for condition in question.visible):
        if name in typed:
            value = typed.pop(name)
            del filling.plain[name]
            if asked.type is not FieldType.COMPUTED:
                filling.warnings.append(
                    Problem(name, "not_asked", _NOT_ASKED.format(title=asked.title), value)
                )
        return
    if name not in typed:
        if question.required is not False:
            _judge_missing(question, filling)
        return
    if asked.fields:
        typed[name], problems, warnings = judge_rows(asked, typed[name], filling.context)
        filling.plain[name] = plain_value(typed[name])
    elif known is not None:
        problems, warnings = known.problems, known.warnings
    else:
        problems, warnings = _judged(asked, typed[name])
    filling.problems += problems
    filling.warnings += warnings


def _judged(asked: Field, value: Any) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What is impossible and what is unlikely about a value, whatever the other answers are."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    if asked.hard is not None and not asked.hard.holds(value):
        problems.append(_out_of_range(asked, asked.hard, value))
    elif asked.soft is not None and not asked.soft.holds(value):
        message = _UNUSUAL.format(
            title=asked.title, value=plain_value(value), limits=_limits(asked, asked.soft)
        )
        warnings.append(Problem(asked.name, "soft_range", message, value))
    if asked.max_length is not None and isinstance(value, str) and len(value) > asked.max_length:
        message = _TOO_LONG.format(title=asked.title, length=len(value), limit=asked.max_length)
        problems.append(Problem(asked.name, "too_long", message, value))
    if asked.type is FieldType.DECIMAL and asked.places is not None and _places(value) > asked.places:
        message = _TOO_PRECISE.format(title=asked.title, places=asked.places)
        problems.append(Problem(asked.name, "too_precise", message, value))
    return tuple(problems), tuple(warnings)


def _judge_missing(question: _Question, filling: _Filling) -> None:
    asked = question.field
    if asked.assessed or any(problem.field == asked.name for problem in filling.problems):
        return  # the rule fills it; or it was given and could not be read, which has been said
    required = (
        question.required if isinstance(question.required, bool) else question.required(filling.context)
    )
    if required is True:
        filling.problems.append(Problem(asked.name, "required", _REQUIRED.format(title=asked.title)))


def _judge_checks(asked: _Asked, filling: _Filling) -> None:
    for check, holds in asked.checks:
        if holds(filling.context) is False:
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
