"""Taking lists out: what the reader may see, as a spreadsheet that says who took it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import check_allowed, is_allowed
from kangshu.audit import log
from kangshu.exchange.excel.lists import SheetList, residents_list
from kangshu.exchange.excel.logbooks import logbook_of as logbook_sheet
from kangshu.exchange.excel.record_lists import encounters_of, forms_to_export, records_of
from kangshu.exchange.excel.work_lists import due_list_of, programmes_to_export, register_of
from kangshu.exchange.pages.imports import attachment
from kangshu.fieldwork.actions.admitting import logbook_of
from kangshu.fieldwork.pages.logbooks import wanted_of
from kangshu.fieldwork.refusals import LogbookNotFound
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.work.pages.lists import due_filter, register_filter

PERMISSION = "export.data"
CARE = "read.care"


@page(PERMISSION, methods=("GET",))
def exports(request: ActorRequest) -> HttpResponse:
    """What can be taken out, and what that means."""
    today = china_today()
    context = {
        "programmes": programmes_to_export(),
        "forms": forms_to_export(),
        "first": today.replace(month=1, day=1),
        "today": today,
        "may_read_care": is_allowed(request.actor, CARE),
    }
    return TemplateResponse(request, "exchange/exports.html", context)


@page(PERMISSION, methods=("GET",))
def export_residents(request: ActorRequest) -> HttpResponse:
    """The register of residents in scope."""
    return _taken(request, residents_list(_language()), ("people.person", "register"), {})


@page(PERMISSION, methods=("GET",))
def export_logbook(request: ActorRequest) -> HttpResponse:
    """The entries of a logbook, with the filters of its page; never those of a confidential one."""
    check_allowed(request.actor, "read.logbook")
    found = logbook_of(request.GET.get("logbook", ""))
    if found.confidentiality:
        raise LogbookNotFound
    wanted = wanted_of(request, china_today())
    listed = logbook_sheet(found, wanted, _language())
    asked = {"year": str(wanted.year or ""), "institution": wanted.institution, "stage": wanted.stage}
    return _taken(request, listed, ("fieldwork.entry", found.id), asked)


@page(PERMISSION, methods=("GET",))
def export_register(request: ActorRequest) -> HttpResponse:
    """A programme's register, with the filters of its page."""
    kind = request.GET.get("kind", "")
    wanted = register_filter(request, kind)
    listed = register_of(wanted, _language(), china_today())
    asked = {"state": wanted.state, "village": wanted.village, "doctor": str(wanted.doctor or "")}
    return _taken(request, listed, ("work.case", kind), asked)


@page(PERMISSION, methods=("GET",))
def export_due_list(request: ActorRequest) -> HttpResponse:
    """The due list, with the filters of its page."""
    wanted = due_filter(request, china_today())
    asked = {
        "state": wanted.state,
        "kind": wanted.kind,
        "village": wanted.village,
        "doctor": str(wanted.doctor or ""),
    }
    return _taken(request, due_list_of(wanted, _language()), ("work.due", "list"), asked)


@page(PERMISSION, methods=("GET",))
def export_records(request: ActorRequest) -> HttpResponse:
    """The records of one declared form in some days."""
    form_id = request.GET.get("form", "")
    first, last = _span(request)
    listed = records_of(form_id, first, last, _language())
    return _taken(request, listed, ("work.record", form_id), _days(first, last))


@page(PERMISSION, methods=("GET",))
def export_encounters(request: ActorRequest) -> HttpResponse:
    """Encounters with their diagnoses in some days; asks for the right to read care as well."""
    check_allowed(request.actor, CARE)
    first, last = _span(request)
    listed = encounters_of(first, last, _language())
    return _taken(request, listed, ("care.encounter", "list"), _days(first, last))


def _taken(
    request: ActorRequest, listed: SheetList, about: tuple[str, str], asked: Mapping[str, str]
) -> HttpResponse:
    """Write the sheet, remember who took what, and hand it over."""
    target = BytesIO()
    language = _language()
    count = listed.write(
        target, taken_by=request.actor.name, taken_at=timezone.localtime(), language=language
    )
    detail = {"rows": count} | {name: value for name, value in asked.items() if value}
    log.write(by=request.actor, action="data.exported", about=about, detail=detail)
    return attachment(target, f"{listed.title.in_language(language)}-{timezone.localdate():%Y%m%d}.xlsx")


def _span(request: ActorRequest) -> tuple[date, date]:
    """The days asked for: from the first of January until today unless said otherwise."""
    today = china_today()
    return _date(request, "from", today.replace(month=1, day=1)), _date(request, "until", today)


def _date(request: ActorRequest, name: str, otherwise: date) -> date:
    given = request.GET.get(name, "").strip()
    if not given:
        return otherwise
    try:
        return date.fromisoformat(given)
    except ValueError:
        reason = Text("不是有效日期，请写成 2026-09-30", "is not a valid date; write it as 2026-09-30")
        raise BadInput([Problem(name, "export.bad_date", reason, given)]) from None


def _days(first: date, last: date) -> dict[str, str]:
    return {"from": first.isoformat(), "until": last.isoformat()}


def _language() -> str:
    return get_language() or ""
