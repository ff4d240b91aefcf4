"""Changing a composition: each function gives the changed one, the screen stores it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from kangshu.campaigns.composition import (
    STAGE_TITLES,
    Composition,
    Condition,
    Positive,
    Question,
    Stage,
    StageKind,
)
from kangshu.campaigns.library import free_name
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.form import Choice, Field, FieldType, Range
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text

LONGEST = {FieldType.TEXT: 100, FieldType.LONG_TEXT: 500}


def with_stage(composition: Composition, kind: StageKind) -> Composition:
    """With an empty stage of the kind, if it has none."""
    if composition.stage(kind) is not None:
        return composition
    return replace(composition, stages=(*composition.stages, Stage(kind, STAGE_TITLES[kind])))


def without_stage(composition: Composition, kind: StageKind) -> Composition:
    return replace(composition, stages=tuple(stage for stage in composition.stages if stage.kind is not kind))


def in_stage(composition: Composition, kind: StageKind, change: Callable[[Stage], Stage]) -> Composition:
    """With the stage of the kind changed; it is added when there is none."""
    composition = with_stage(composition, kind)
    return replace(
        composition,
        stages=tuple(change(stage) if stage.kind is kind else stage for stage in composition.stages),
    )


def with_question(stage: Stage, question: Question) -> Stage:
    return replace(stage, questions=(*stage.questions, question))


def without_question(stage: Stage, name: str) -> Stage:
    """Without the question and the conditions that ask it."""
    conditions = tuple(each for each in stage.positive.conditions if each.field != name)
    return replace(
        stage,
        questions=tuple(asked for asked in stage.questions if asked.field.name != name),
        positive=replace(stage.positive, conditions=conditions),
    )


def moved(stage: Stage, name: str, by: int) -> Stage:
    """With a question `by` places further down (up, if negative); at the end it stays."""
    questions = list(stage.questions)
    place = next((place for place, asked in enumerate(questions) if asked.field.name == name), None)
    if place is None or not 0 <= place + by < len(questions):
        return stage
    questions[place], questions[place + by] = questions[place + by], questions[place]
    return replace(stage, questions=tuple(questions))


def with_required(stage: Stage, names: set[str]) -> Stage:
    """With exactly these questions required."""
    return replace(
        stage,
        questions=tuple(
            replace(asked, field=replace(asked.field, required=asked.field.name in names))
            for asked in stage.questions
        ),
    )


def with_condition(stage: Stage, condition: Condition) -> Stage:
    conditions = (*stage.positive.conditions, condition)
    return replace(stage, positive=replace(stage.positive, conditions=conditions))


def without_condition(stage: Stage, position: int) -> Stage:
    conditions = tuple(each for place, each in enumerate(stage.positive.conditions) if place != position)
    return replace(stage, positive=Positive(conditions, stage.positive.every))


def own_question(
    stage: Stage,
    title: str,
    title_en: str,
    type: FieldType,
    choices: Sequence[str],
    unit: str,
    least: str,
    greatest: str,
    required: bool,
) -> Question:
    """A question that no form asks yet. Raises BadInput."""
    problems = []
    if not title.strip():
        problems.append(Problem("title", "required", _NO_TITLE))
    coded = type in (FieldType.CHOICE, FieldType.CHOICES)
    lines = [line.strip() for line in choices if line.strip()]
    if coded and len(lines) < 2:
        problems.append(Problem("choices", "required", _NO_CHOICES, "\n".join(choices)))
    limits = _limits(least, greatest, problems) if type in (FieldType.INTEGER, FieldType.DECIMAL) else None
    if problems:
        raise BadInput(problems)
    name = free_name("own_1", (asked.field.name for asked in stage.questions))
    return Question(
        Field(
            name,
            text_of(title, title_en),
            type,
            unit=unit.strip() if type in (FieldType.INTEGER, FieldType.DECIMAL) else "",
            choices=tuple(_choice(number, line) for number, line in enumerate(lines, 1)) if coded else (),
            hard=limits,
            required=required,
            max_length=LONGEST.get(type),
        )
    )


def text_of(zh: str, en: str = "") -> Text:
    """The county's own words: where there is no English, the Chinese stands in its place."""
    return Text(zh.strip(), en.strip() or zh.strip())


def _choice(number: int, line: str) -> Choice:
    zh, _, en = line.partition("|")
    return Choice(str(number), text_of(zh, en))


def _limits(least: str, greatest: str, problems: list[Problem]) -> Range | None:
    values = []
    for name, given in (("least", least), ("greatest", greatest)):
        try:
            values.append(Decimal(given.strip()) if given.strip() else None)
        except InvalidOperation:
            problems.append(Problem(name, "number", _NOT_A_NUMBER.format(value=given), given))
            values.append(None)
    if values == [None, None]:
        return None
    try:
        return Range(*values)
    except BadDeclaration:
        problems.append(Problem("greatest", "range", _WRONG_RANGE, greatest))
        return None


_NO_TITLE = Text("请填写项目名称。", "Give the question a name.")
_NO_CHOICES = Text("请至少写两个选项，每行一个。", "Write at least two choices, one a line.")
_NOT_A_NUMBER = Text("“{value}”不是数字。", "“{value}” is not a number.")
_WRONG_RANGE = Text("上限小于下限。", "The greatest is below the least.")
