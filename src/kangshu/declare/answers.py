"""Answers between their JSON form, which records keep, and the typed form, which rules read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from kangshu.declare.expression import Kind
from kangshu.declare.form import Field, Form
from kangshu.kernel.dates import CHINA


class NotThisType(ValueError):
    """A JSON value that cannot be an answer to the field."""


def typed_value(field: Field, value: Any) -> Any:
    """None stays None; see `FieldType` for the JSON forms. Raises NotThisType."""
    if value is None:
        return None
    try:
        if field.fields:
            return tuple(_row(field, row) for row in value)
        return _READERS[field.kind](value)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise NotThisType(f"{value!r} is no {field.kind} ({field.name})") from error


def typed_as(kind: Kind, value: Any) -> Any:
    """A JSON value of which only the kind is known, such as a case's fact. Raises NotThisType."""
    try:
        return None if value is None else _READERS[kind](value)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise NotThisType(f"{value!r} is no {kind}") from error


def _row(field: Field, row: Mapping[str, Any]) -> dict[str, Any]:
    """One row of a field of rows, typed."""
    return {
        part.name: typed_value(part, row[part.name])
        for part in field.fields
        if row.get(part.name) is not None
    }


def typed(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Typed answers to the fields the form asks; others are left out. Raises NotThisType."""
    return {
        field.name: typed_value(field, answers[field.name])
        for field in form.fields
        if answers.get(field.name) is not None
    }


def plain_value(value: Any) -> Any:
    """A typed value in its JSON form."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(CHINA).replace(tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [plain(part) if isinstance(part, Mapping) else part for part in value]
    return value


def plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain_value(value) for name, value in answers.items() if value is not None}


def _integer(value: Any) -> int:
    if isinstance(value, bool):
        raise ValueError(value)
    number = Decimal(str(value))
    if number != number.to_integral_value():
        raise ValueError(value)
    return int(number)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueError(value)
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(value)
    return number


def _date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=CHINA)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def _codes(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise ValueError(value)
    return tuple(_text(code) for code in value)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


_READERS = {
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.TEXT: _text,
    Kind.CODES: _codes,
    Kind.BOOLEAN: _boolean,
    Kind.MOMENT: _moment,
    Kind.ANY: _decimal,
}
