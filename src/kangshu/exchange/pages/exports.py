"""Taking lists out: what the reader may see, as a spreadsheet that says who took it."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.audit import log
from kangshu.exchange.excel.lists import list_of_residents
from kangshu.exchange.pages.imports import attachment

PERMISSION = "export.data"


@page(PERMISSION, methods=("GET",))
def exports(request: HttpRequest) -> HttpResponse:
    """What can be taken out, and what that means."""
    return TemplateResponse(request, "exchange/exports.html", {})


@page(PERMISSION, methods=("GET",))
def export_residents(request: HttpRequest) -> HttpResponse:
    """The register of residents in scope."""
    target = BytesIO()
    language = get_language() or ""
    title, count = list_of_residents(
        target, taken_by=request.actor.name, taken_at=timezone.localtime(), language=language
    )
    log.write(
        by=request.actor, action="data.exported", about=("people.person", "register"), detail={"rows": count}
    )
    return attachment(target, f"{title.in_language(language)}-{timezone.localdate():%Y%m%d}.xlsx")
