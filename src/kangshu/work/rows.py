"""Fields of rows: a medication list, contacts. Read from a page, a cell or JSON, and judged row by row.

In one cell of a spreadsheet a row is a line, its answers in the order of the columns with `；` between them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kangshu.declare.answers import plain_value
from kangshu.declare.evaluate import Context, EventView
from kangshu.declare.expression import Expression
from kangshu.declare.form import Field, Range
from kangshu.kernel.errors import Problem
from kangshu.kernel.text import Text
from kangshu.work.compiled import reader

Row = Mapping[str, Any]
SEPARATOR = "；"


class BadRow(ValueError):
    """A value of a row that cannot be read: where, and what to say."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(code)
        self.code, self.message = code, message


def rows_given(field: Field, value: Any) -> list[Row]:
    """What was given as a list of rows, those without any answer left out. Raises BadRow."""
    if isinstance(value, str):
        value = [_from_line(field, line) for line in value.splitlines() if line.strip()]
    if not isinstance(value, list | tuple) or not all(isinstance(row, Mapping) for row in value):
        raise BadRow("rows", _NOT_ROWS.format(title=field.title))
    return [row for row in value if any(not _is_blank(part) for part in row.values())]


def _from_line(field: Field, line: str) -> Row:
    parts = [part.strip() for part in line.replace(";", SEPARATOR).split(SEPARATOR)]
    if len(parts) > len(field.fields):
        raise BadRow("rows", _TOO_MANY_PARTS.format(title=field.title, line=line))
    return {column.name: part for column, part in zip(field.fields, parts, strict=False)}


def rows_reader(
    field: Field, read_of: Callable[[Field], Callable[[Any], Any]]
) -> Callable[[Any], tuple[dict[str, Any], ...]]:
    """The function that reads the rows of a field with the readers of its columns (`read_of`); it raises
    BadRow or what they raise, told with the row."""
    readers = {column.name: (column, read_of(column)) for column in field.fields}

    def read(value: Any) -> tuple[dict[str, Any], ...]:
        given = rows_given(field, value)
        if len(given) > field.most_rows:
            raise BadRow("too_many_rows", _TOO_MANY.format(title=field.title, most=field.most_rows))
        return tuple(_read_row(number, row, readers) for number, row in enumerate(given, start=1))

    return read


def _read_row(
    number: int, row: Row, readers: Mapping[str, tuple[Field, Callable[[Any], Any]]]
) -> dict[str, Any]:
    unknown = sorted(set(row) - set(readers))
    if unknown:
        raise BadRow("unknown", _UNKNOWN.format(number=number, name=unknown[0]))
    typed = {}
    for name, (column, read) in readers.items():
        value = row.get(name)
        if _is_blank(value):
            continue
        try:
            typed[name] = read(value)
        except ValueError as error:
            message = getattr(error, "message", Text("无法识别。", "cannot be read."))
            raise BadRow(
                getattr(error, "code", "rows"),
                _IN_ROW.format(number=number, title=column.title, message=message),
            ) from None
    return typed


def judge_rows(
    field: Field, rows: tuple[dict[str, Any], ...], context: Context
) -> tuple[tuple[dict[str, Any], ...], list[Problem], list[Problem]]:
    """The rows without answers that are not asked, what cannot be, and what is unlikely."""
    problems: list[Problem] = []
    warnings: list[Problem] = []
    kept = []
    for number, row in enumerate(rows, start=1):
        day = None if context.frame is None else context.frame.performed_on
        asked = dict(row)
        inner = context if day is None else replace(context, frame=EventView(day, answers=asked))
        for column in field.fields:
            if column.visible is not None and reader(column.visible)(inner) is not True:
                asked.pop(column.name, None)
                continue
            told = _judge_value(column, asked.get(column.name), inner)
            if told is not None:
                code, message, is_hard = told
                said = _IN_ROW.format(number=number, title=column.title, message=message)
                (problems if is_hard else warnings).append(
                    Problem(field.name, code, said, plain_value(asked.get(column.name)))
                )
        kept.append(asked)
    return tuple(kept), problems, warnings


def _judge_value(column: Field, value: Any, context: Context) -> tuple[str, Text, bool] | None:
    if value is None:
        required = column.required
        if isinstance(required, Expression):
            required = reader(required)(context) is True
        return ("required", _REQUIRED, True) if required else None
    if column.hard is not None and not column.hard.holds(value):
        return "hard_range", _IMPOSSIBLE.format(value=plain_value(value), limits=_limits(column.hard)), True
    if column.max_length is not None and isinstance(value, str) and len(value) > column.max_length:
        return "too_long", _TOO_LONG.format(limit=column.max_length), True
    if column.soft is not None and not column.soft.holds(value):
        return "soft_range", _UNUSUAL.format(value=plain_value(value), limits=_limits(column.soft)), False
    return None


def _limits(limits: Range) -> str:
    least = "" if limits.least is None else format(limits.least, "f")
    greatest = "" if limits.greatest is None else format(limits.greatest, "f")
    return f"{least}～{greatest}"


def _is_blank(value: Any) -> bool:
    return value is None or value in ([], ()) or (isinstance(value, str) and not value.strip())


_NOT_ROWS = Text("“{title}”应按行填写。", "{title} is filled row by row.")
_TOO_MANY_PARTS = Text(
    "“{title}”的“{line}”一行内容多于列数，各项之间用“；”分隔。",
    "{title}: the line “{line}” has more parts than there are columns; put “；” between them.",
)
_TOO_MANY = Text("“{title}”最多填 {most} 行。", "{title} takes at most {most} rows.")
_UNKNOWN = Text("第{number}行：没有“{name}”这一列。", "Row {number}: there is no column {name}.")
_IN_ROW = Text("第{number}行“{title}”：{message}", "Row {number}, {title}: {message}")
_REQUIRED = Text("请填写。", "this is needed.")
_IMPOSSIBLE = Text(
    "填的是 {value}，不在可能的范围（{limits}）内。", "{value} is outside what is possible ({limits})."
)
_UNUSUAL = Text(
    "填的是 {value}，超出常见范围（{limits}）。", "{value} is outside the usual range ({limits})."
)
_TOO_LONG = Text("最多 {limit} 个字。", "at most {limit} characters.")
