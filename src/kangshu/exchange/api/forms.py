"""Declared forms as JSON Schema, so that a program knows what may be answered without asking us."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Router

from kangshu.declare import registry
from kangshu.declare.registry import UnknownDeclaration
from kangshu.exchange.form_schema import json_schema
from kangshu.kernel.errors import NotFound
from kangshu.kernel.text import Text

router = Router()


@router.get("", summary="Every form, in its latest version")
def list_forms(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"id": form.id, "version": form.version, "title": form.title.to_json()} for form in registry.forms()
    ]


@router.get("/{form_id}", summary="The JSON Schema of a form's answers")
def get_form(
    request: HttpRequest, form_id: str, version: int | None = None, on: date | None = None
) -> dict[str, Any]:
    """The version asked; else the one in force on a day; else the latest."""
    try:
        return json_schema(registry.form(form_id, version, on))
    except UnknownDeclaration as error:
        raise NotFound(
            "form.unknown", Text(f"没有这张表：{form_id}", f"There is no such form: {form_id}")
        ) from error
