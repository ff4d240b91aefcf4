"""The funds of a year, and one of them: sources, institutions, postings."""

from __future__ import annotations

from io import BytesIO

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.audit import log
from kangshu.documents.sheet import SHEET_TYPE, Sheet, write_workbook
from kangshu.kernel.dates import china_today
from kangshu.ledger import queries
from kangshu.ledger.actions import known_fund
from kangshu.ledger.models import Account

PERMISSION = "read.fund"
A_PAGE = 50


def year_of(request: ActorRequest) -> int:
    text = request.GET.get("year", "") or request.POST.get("year", "")
    return int(text) if text.isdecimal() and len(text) == 4 else china_today().year


@page(PERMISSION, methods=("GET", "HEAD"))
def funds(request: ActorRequest) -> HttpResponse:
    """Every fund with what it has, what it spent and the share."""
    year = year_of(request)
    rows = queries.fund_years(year)
    context = {
        "year": year,
        "years": _years(),
        "rows": rows,
        "allotted": sum((row.allotted for row in rows), queries.NOTHING),
        "spent": sum((row.spent for row in rows), queries.NOTHING),
    }
    return TemplateResponse(request, "ledger/funds.html", context)


@page(PERMISSION, methods=("GET", "HEAD"))
def fund(request: ActorRequest, fund_id: str) -> HttpResponse:
    """One fund in a year."""
    known, year = known_fund(fund_id), year_of(request)
    shown = Paginator(queries.postings_of(known, year), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "fund": known,
        "year": year,
        "years": _years(),
        "whole": queries.fund_year(known, year),
        "sources": queries.sources_of(known, year),
        "places": queries.places_of(known, year),
        "apart": queries.check_parts(known, year),
        "allotments": [(one, known.source_title(one.source)) for one in queries.allotments_of(known, year)],
        "page": shown,
        "may_keep": is_allowed(request.actor, "keep.fund"),
    }
    return TemplateResponse(request, "ledger/fund.html", context)


@page(PERMISSION, methods=("GET",))
def export(request: ActorRequest, fund_id: str) -> HttpResponse:
    """The postings of a fund in a year, as a spreadsheet. Without names: amounts, institutions, documents."""
    known, year = known_fund(fund_id), year_of(request)
    rows = [
        (
            row.on,
            row.get_kind_display(),
            row.institution.name if row.institution else "",
            row.amount if row.debit == Account.PURSE else -row.amount,
            row.document,
            row.memo,
            row.by_name,
        )
        for row in queries.postings_of(known, year)
    ]
    title = f"{known.title.in_language(get_language() or '')} {year}"
    note = _("Taken by %(name)s on %(day)s") % {"name": request.actor.name, "day": china_today().isoformat()}
    head = [
        _("Day"),
        _("Kind of movement"),
        _("Institution"),
        _("Yuan"),
        _("Paper or voucher number"),
        _("Note"),
        _("By"),
    ]
    made = BytesIO()
    write_workbook(made, Sheet(title, note, head, rows))
    log.write(by=request.actor, action="data.exported", about=("fund", known.id), detail={"rows": len(rows)})
    response = HttpResponse(made.getvalue(), content_type=SHEET_TYPE)
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{title}.xlsx") or "attachment"
    )
    return response


def _years() -> list[int]:
    return [china_today().year + step for step in (-2, -1, 0, 1)]
