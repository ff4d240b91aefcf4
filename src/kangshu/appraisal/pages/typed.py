"""What is typed into the pages of this package, as values; a saving that shows its refusal on the page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest

from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.text import Text


def decimal_of(request: HttpRequest, name: str, default: Decimal | None = None) -> Decimal:
    """A number of the form. Raises BadInput when there is none and no default."""
    text = request.POST.get(name, "").strip().replace(",", "").rstrip("%‰元")
    if not text and default is not None:
        return default
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        message = Text("请填写数字。", "Please give a number.")
        raise BadInput([Problem(name, "number", message, request.POST.get(name, ""))])
    return value


def optional_decimal(request: HttpRequest, name: str) -> Decimal | None:
    """A number, or None when the field was left empty. Raises BadInput."""
    return decimal_of(request, name) if request.POST.get(name, "").strip() else None


def whole_of(request: HttpRequest, name: str) -> int:
    """A whole number, at least 0. Raises BadInput."""
    text = request.POST.get(name, "").strip()
    if not text.isdecimal() or len(text) > 9:
        message = Text("请填写整数。", "Please give a whole number.")
        raise BadInput([Problem(name, "whole", message, text)])
    return int(text)


def uuid_of(text: str | None) -> UUID | None:
    """An id, or None for what is none."""
    with suppress(ValueError, AttributeError, TypeError):
        return UUID(text or "")
    return None


def uploaded(request: HttpRequest, name: str = "photo") -> bytes | None:
    """The content of an uploaded file; None when nothing was sent."""
    file = request.FILES.get(name)
    return file.read() if isinstance(file, UploadedFile) else None


def refused(save: Callable[[], Any]) -> dict[str, Any]:
    """Run a saving; what a page needs to show its refusal, or nothing. NotAllowed and NotFound go on."""
    try:
        # What was saved before a refusal goes with it.
        with transaction.atomic():
            save()
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        return {"problems": getattr(refusal, "problems", [_as_problem(refusal)])}
    return {}


def _as_problem(refusal: Refusal) -> Problem:
    return Problem(refusal.where or "form", refusal.code, refusal.message)
