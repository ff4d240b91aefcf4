"""A declared form as a page shows it: questions with their words, what was typed, and what was there last
time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.declare.answers import plain_value
from kangshu.declare.expression import Expression
from kangshu.declare.form import Field, FieldType, Form, Section
from kangshu.declare.units import unit_in
from kangshu.kernel.errors import Problem
from kangshu.kernel.text import Text
from kangshu.work.completing import own_form
from kangshu.work.models import Provenance, Record

MANY_CHOICES = 3
BLANK = "row"
"""The number of the row that the browser copies for a new one."""
PREFIX = "a-"
"""Of the names of answers in a posted form, so that no question can be taken for the day or the reason."""


@dataclass(frozen=True)
class Option:
    value: str
    title: Text
    chosen: bool


@dataclass(frozen=True)
class Question:
    """One question on the page. `conditions` and `limits` are for the browser, which asks the same
    expressions.
    """

    field: Field
    value: str
    options: tuple[Option, ...]
    last: str
    last_raw: str
    provenance: str
    problems: tuple[str, ...]
    warnings: tuple[str, ...]
    settings: str
    row: tuple[str, str] = ("", "")
    rows: tuple[DrawnRow, ...] = ()
    blank_row: DrawnRow | None = None

    @property
    def name(self) -> str:
        """Of the control; that of a row is `a-drugs.2.dose`."""
        name, number = self.row
        return f"{PREFIX}{name}.{number}.{self.field.name}" if name else PREFIX + self.field.name

    @property
    def control(self) -> str:
        return self.name.removeprefix(PREFIX).replace(".", "-")

    @property
    def kind(self) -> str:
        return self.field.type.value

    @property
    def is_wide(self) -> bool:
        wide = (FieldType.LONG_TEXT, FieldType.CHOICES, FieldType.ROWS)
        return self.field.type in wide or len(self.field.choices) > MANY_CHOICES

    @property
    def keyboard(self) -> str:
        return {FieldType.INTEGER: "numeric", FieldType.DECIMAL: "decimal"}.get(self.field.type, "text")


@dataclass(frozen=True)
class DrawnRow:
    """One row of a field of rows; its questions carry the row's number in their names."""

    number: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class DrawnSection:
    section: Section
    questions: tuple[Question, ...]
    settings: str


@dataclass(frozen=True)
class Drawn:
    """A whole form on the page; `general` are problems that belong to no question."""

    form: Form
    sections: tuple[DrawnSection, ...]
    general: tuple[str, ...] = ()
    has_last: bool = False


@dataclass(frozen=True)
class Typed:
    """What stands in the fields: answers in JSON form or as typed, and where they came from."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    warnings: Sequence[Problem] = ()


def posted(form: Form, data: QueryDict) -> Typed:
    """The answers of a posted form, as typed; empty ones are left out."""
    answers: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for asked in form.fields:
        name = PREFIX + asked.name
        if asked.fields:
            rows = _posted_rows(asked, data)
            if rows:
                answers[asked.name] = rows
                if data.get(f"p-{asked.name}") == Provenance.CARRIED.value and asked.carried:
                    provenance[asked.name] = Provenance.CARRIED.value
            continue
        value: Any = data.getlist(name) if asked.type is FieldType.CHOICES else data.get(name, "")
        if asked.type is FieldType.COMPUTED or not value or (isinstance(value, str) and not value.strip()):
            continue
        answers[asked.name] = value
        if data.get(f"p-{asked.name}") == Provenance.CARRIED.value and asked.carried:
            provenance[asked.name] = Provenance.CARRIED.value
    return Typed(answers, provenance)


def _posted_rows(asked: Field, data: QueryDict) -> list[dict[str, Any]]:
    """The rows in which something was typed, in the order of their numbers."""
    start = f"{PREFIX}{asked.name}."
    numbers = {name.removeprefix(start).split(".")[0] for name in data if name.startswith(start)}
    rows = []
    for number in sorted((n for n in numbers if n.isdecimal()), key=int):
        row: dict[str, Any] = {}
        for column in asked.fields:
            name = f"{start}{number}.{column.name}"
            value: Any = data.getlist(name) if column.type is FieldType.CHOICES else data.get(name, "")
            if value and not (isinstance(value, str) and not value.strip()):
                row[column.name] = value
        if row:
            rows.append(row)
    return rows


def draw(form: Form, typed: Typed, last: Record | None = None) -> Drawn:
    """The form with what is typed in it. `last` is the record before, shown beside and never filled in."""
    language = get_language() or ""
    before = last.answers if last is not None else {}
    known = {asked.name for asked in form.fields}
    sections = tuple(
        DrawnSection(
            section,
            tuple(_question(asked, typed, before, language) for asked in section.fields),
            _json({"visible": _tree(section.visible)}),
        )
        for section in form.sections
    )
    general = tuple(
        problem.message.in_language(language) for problem in typed.problems if problem.field not in known
    )
    carries = any(asked.carried and asked.name in before for asked in form.fields)
    return Drawn(form, sections, general, carries)


def _question(asked: Field, typed: Typed, before: Mapping[str, Any], language: str) -> Question:
    given = typed.answers.get(asked.name)
    old = before.get(asked.name)
    rows = _rows(asked, given, language) if asked.fields else ()
    return Question(
        field=asked,
        value=as_text(given),
        options=_options(asked, given),
        rows=rows,
        blank_row=_row(asked, BLANK, {}, language) if asked.fields else None,
        last=shown(asked, old).in_language(language) if old is not None else "",
        last_raw=_json(old) if asked.carried and old is not None else "",
        provenance=typed.provenance.get(asked.name, ""),
        problems=_said(typed.problems, asked, language),
        warnings=_said(typed.warnings, asked, language),
        settings=_json(_settings(asked)),
    )


def _rows(asked: Field, given: Any, language: str) -> tuple[DrawnRow, ...]:
    """The rows that are there and, with none, one to begin with."""
    filled = given if isinstance(given, list | tuple) and given else [{}]
    return tuple(_row(asked, str(number), row, language) for number, row in enumerate(filled))


def _row(asked: Field, number: str, given: Mapping[str, Any], language: str) -> DrawnRow:
    questions = tuple(
        replace(_question(column, Typed(given), {}, language), row=(asked.name, number))
        for column in asked.fields
    )
    return DrawnRow(int(number) if number != BLANK else 0, questions)


def _said(problems: Iterable[Problem], asked: Field, language: str) -> tuple[str, ...]:
    return tuple(problem.message.in_language(language) for problem in problems if problem.field == asked.name)


def _options(asked: Field, given: Any) -> tuple[Option, ...]:
    if asked.type is FieldType.YES_NO:
        chosen = {True: "true", False: "false"}.get(given, given)
        return (Option("true", YES, chosen == "true"), Option("false", NO, chosen == "false"))
    if not asked.choices:
        return ()
    chosen = set(given) if isinstance(given, list | tuple) else {as_text(given)}
    return tuple(Option(choice.code, choice.title, choice.code in chosen) for choice in asked.choices)


def _settings(asked: Field) -> dict[str, Any]:
    """What the browser needs to show and warn at once; the server judges again."""
    limits = {
        name: [plain_value(limit.least), plain_value(limit.greatest)]
        for name, limit in (("hard", asked.hard), ("soft", asked.soft))
        if limit is not None
    }
    return {
        "name": asked.name,
        "type": asked.type.value,
        "places": asked.places,
        "exclusive": sorted(asked.exclusive),
        "visible": _tree(asked.visible),
        "required": asked.required if isinstance(asked.required, bool) else _tree(asked.required),
        "expression": _tree(asked.expression),
        "columns": [{"name": column.name, "type": column.type.value} for column in asked.fields],
        "most": asked.most_rows if asked.fields else None,
        **limits,
    }


def _tree(expression: Expression | None) -> Any:
    return None if expression is None else expression.to_json()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_text(value: Any) -> str:
    if value is None or isinstance(value, list | tuple | dict):
        return ""
    return str(value)


YES, NO = Text("是", "Yes"), Text("否", "No")


def shown(asked: Field, value: Any) -> Text:
    """A stored answer in words, with its unit."""
    if value is None or value == []:
        return Text("—", "—")
    if isinstance(value, bool):
        return YES if value else NO
    if asked.type is FieldType.MOMENT:
        return Text(str(value).replace("T", " "), str(value).replace("T", " "))
    if asked.fields:
        lines = [_line(asked, row) for row in value]
        return Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))
    if asked.choices:
        codes = value if isinstance(value, list) else [value]
        titles = [choice.title if (choice := asked.choice(code)) else Text(code, code) for code in codes]
        return Text("、".join(title.zh for title in titles), ", ".join(title.en for title in titles))
    return Text(
        f"{value} {asked.unit}".rstrip(),
        f"{value} {unit_in(asked.unit, 'en')}".rstrip(),
    )


def _line(asked: Field, row: Mapping[str, Any]) -> Text:
    """One row of a field of rows in words."""
    parts = [shown(column, row[column.name]) for column in asked.fields if column.name in row]
    return Text("，".join(part.zh for part in parts), ", ".join(part.en for part in parts))


@dataclass(frozen=True)
class ShownAnswer:
    field: Field
    words: Text
    provenance: str
    note: str


@dataclass(frozen=True)
class ShownSection:
    title: Text
    answers: tuple[ShownAnswer, ...]


def answers_shown(form: Form, record: Record) -> list[ShownSection]:
    """The answers that were given, section by section, each with where it came from if it was not typed."""
    words = {
        Provenance.CARRIED.value: _("as last time"),
        Provenance.COMPUTED.value: _("computed"),
        Provenance.IMPORT.value: _("imported"),
        Provenance.DEVICE.value: _("from a device"),
        Provenance.DEFAULT.value: _("default"),
    }
    sections = []
    for section in form.sections:
        answers = tuple(
            ShownAnswer(
                asked,
                shown(asked, record.answers[asked.name]),
                record.provenance.get(asked.name, ""),
                words.get(record.provenance.get(asked.name, ""), ""),
            )
            for asked in section.fields
            if asked.name in record.answers
        )
        if answers:
            sections.append(ShownSection(section.title, answers))
    return sections


def without_reckoned(drawn: Drawn) -> Drawn:
    """The form without what its owner fills in itself (`work.completing`)."""
    own = own_form(drawn.form.id)
    if own is None:
        return drawn
    sections = tuple(
        replace(
            section,
            questions=tuple(each for each in section.questions if each.field.name not in own.reckoned),
        )
        for section in drawn.sections
    )
    return replace(drawn, sections=sections)
