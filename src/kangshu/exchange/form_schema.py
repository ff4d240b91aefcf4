"""A declared form as JSON Schema (2020-12). What the schema language cannot say (conditions, checks between
answers) stands beside it under `x-kangshu`, as the declaration's own expression trees."""

from __future__ import annotations

from typing import Any

from kangshu.declare.form import Field, FieldType, Form

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MOMENT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$"
_DECIMAL = r"^-?\d+(\.\d+)?$"


def json_schema(form: Form) -> dict[str, Any]:
    """The schema of `answers` of one version of a form."""
    asked = [field for field in form.fields if field.type is not FieldType.COMPUTED]
    return {
        "$schema": _DIALECT,
        "$id": f"urn:kangshu:form:{form.id}:{form.version}",
        "title": form.title.zh,
        "x-kangshu-title": form.title.to_json(),
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: field_schema(field) for field in asked},
        "required": [field.name for field in asked if field.required is True and field.visible is None],
        "x-kangshu": {
            "form": form.id,
            "version": form.version,
            "hash": form.content_hash(),
            "source": form.source,
            "checks": [
                {"name": check.name, "holds": check.holds.to_json(), "message": check.message.to_json(),
                 "hard": check.hard}
                for check in form.checks
            ],
        },
    }  # fmt: skip


def field_schema(field: Field) -> dict[str, Any]:
    """One question: its type, limits, codes, wording and national data element."""
    schema: dict[str, Any] = {"title": field.title.zh, "description": field.title.en, **_type_of(field)}
    notes: dict[str, Any] = {
        "title": field.title.to_json(),
        "unit": field.unit,
        "data_element": field.de,
        "choices": [{"code": choice.code, "title": choice.title.to_json()} for choice in field.choices],
        "exclusive": sorted(field.exclusive),
    }
    if field.visible is not None:
        notes["visible"] = field.visible.to_json()
    if not isinstance(field.required, bool):
        notes["required"] = field.required.to_json()
    if field.soft is not None:
        notes["soft"] = [str(field.soft.least), str(field.soft.greatest)]
    schema["x-kangshu"] = {name: value for name, value in notes.items() if value}
    return schema


def _type_of(field: Field) -> dict[str, Any]:
    codes = [choice.code for choice in field.choices]
    match field.type:
        case FieldType.INTEGER:
            return {"type": "integer", **_limits(field)}
        case FieldType.DECIMAL:
            # Exact: a decimal travels as text, limits stand beside it.
            return {"type": "string", "pattern": _DECIMAL, "x-limits": _limits(field)}
        case FieldType.DATE:
            return {"type": "string", "format": "date"}
        case FieldType.CHOICE:
            return {"type": "string", "enum": codes}
        case FieldType.CHOICES:
            return {"type": "array", "items": {"type": "string", "enum": codes}, "uniqueItems": True}
        case FieldType.YES_NO:
            return {"type": "boolean"}
        case FieldType.MOMENT:
            return {"type": "string", "pattern": _MOMENT}
        case FieldType.ROWS:
            row = {
                "type": "object",
                "additionalProperties": False,
                "properties": {column.name: field_schema(column) for column in field.fields},
                "required": [column.name for column in field.fields if column.required is True],
            }
            return {"type": "array", "maxItems": field.most_rows, "items": row}
        case _:
            return {"type": "string", **({"maxLength": field.max_length} if field.max_length else {})}


def _limits(field: Field) -> dict[str, Any]:
    if field.hard is None:
        return {}
    plain = {"minimum": field.hard.least, "maximum": field.hard.greatest}
    return {
        name: int(value) if value == value.to_integral_value() else float(value)
        for name, value in plain.items()
        if value is not None
    }
