"""Looking at the stock: what is where, what happened to some goods, where a number is, what was consumed."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

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
from kangshu.declare.stock import goods_by_id
from kangshu.declare.units import unit_in
from kangshu.documents.sheet import SHEET_TYPE, Sheet, write_workbook
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput
from kangshu.stock import queries
from kangshu.stock.moving import known_goods, state_title
from kangshu.stock.pages.acts import acts_for

PERMISSION = "read.stock"
A_PAGE = 50


@page(PERMISSION, methods=("GET", "HEAD"))
def goods(request: ActorRequest) -> HttpResponse:
    """What is kept within reach, with what runs out or expires; what is on its way; what is not covered."""
    today = china_today()
    place = _asked(request)
    found = queries.standings(request.actor, institution=place)
    rows = [_row(standing, today) for standing in found]
    only = request.GET.get("only", "")
    kept = {one.goods.id for one in found}
    context = {
        "rows": [row for row in rows if not only or row["alerts"]],
        "only": only,
        "alerts": sum(bool(row["alerts"]) for row in rows),
        "place": place,
        "places": queries.keepers(request.actor),
        "others": [one for id, one in goods_by_id().items() if id not in kept],
        "transfers": queries.transfers_waiting(request.actor),
        "gaps": queries.gaps(request.actor).count(),
        "settles": len(queries.to_settle(request.actor)),
        "may_keep": is_allowed(request.actor, "keep.stock"),
        "compares": any(one.against for one in goods_by_id().values()),
        "several": len({one.institution.pk for one in found}) > 1,
    }
    return TemplateResponse(request, "stock/goods.html", context)


@page(PERMISSION, methods=("GET", "HEAD"))
def ledger(request: ActorRequest, goods_id: str) -> HttpResponse:
    """The ledger of some goods: what there is by batch or number, and every movement."""
    known, today = known_goods(goods_id), china_today()
    place = _asked(request)
    rows = queries.movements(request.actor, known.id, place)
    shown = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    papers = queries.papers_at(request.actor, known.id) if known.is_numbered else []
    context = {
        "goods": known,
        "standings": [
            _row(one, today) for one in queries.standings(request.actor, institution=place, goods=known.id)
        ],
        "papers": [
            (one, [(state_title(state), number) for state, number in one.states])
            for one in papers
            if place is None or one.institution.pk == place
        ],
        "page": shown,
        "rows": [(row, state_title(row.becomes) if row.becomes else None) for row in shown],
        "place": place,
        "places": queries.keepers(request.actor),
        "acts": acts_for(known) if is_allowed(request.actor, "keep.stock") else [],
        "today": today,
    }
    return TemplateResponse(request, "stock/ledger.html", context)


@page(PERMISSION, methods=("GET", "HEAD"))
def number(request: ActorRequest) -> HttpResponse:
    """Where a numbered paper is: for checking one that somebody presents."""
    asked = request.GET.get("number", "").strip()
    context: dict[str, Any] = {"asked": asked}
    if asked:
        try:
            context["traces"] = [
                (one, state_title(one.paper.state), [(row, _becomes(row)) for row in one.movements])
                for one in queries.traces(asked)
            ]
        except BadInput as refusal:
            context["problems"] = refusal.problems
    return TemplateResponse(request, "stock/number.html", context)


@page(PERMISSION, methods=("GET", "HEAD"))
def consumption(request: ActorRequest) -> HttpResponse:
    """What was used beside what it is used with: syringes and doses, by institution."""
    today = china_today()
    first, last = _day(request.GET.get("first"), today.replace(day=1)), _day(request.GET.get("last"), today)
    context = {"first": first, "last": last, "rows": queries.compared(request.actor, first, last)}
    return TemplateResponse(request, "stock/consumption.html", context)


@page(PERMISSION, methods=("GET",))
def export(request: ActorRequest) -> HttpResponse:
    """What is kept within reach, as a spreadsheet: one line for each batch."""
    english = (get_language() or "").startswith("en")
    rows = [
        (
            standing.institution.name,
            standing.goods.title.en if english else standing.goods.title.zh,
            lot.batch,
            lot.expires_on,
            lot.quantity,
            unit_in(standing.goods.unit, get_language() or ""),
        )
        for standing in queries.standings(request.actor, institution=_asked(request))
        for lot in standing.lots
    ]
    head = [_("Institution"), _("Goods"), _("Batch"), _("Expires on"), _("Quantity"), _("Unit")]
    return _sheet(request, _("Stock"), head, rows, "stock")


@page(PERMISSION, methods=("GET",))
def export_ledger(request: ActorRequest, goods_id: str) -> HttpResponse:
    """Every movement of some goods, as a spreadsheet."""
    known = known_goods(goods_id)
    rows = [
        (
            row.on,
            row.institution.name,
            row.get_kind_display(),
            row.quantity,
            row.batch or _numbers(row),
            row.expires_on,
            row.other,
            row.document,
            row.reason,
            row.by_name,
        )
        for row in queries.movements(request.actor, known.id, _asked(request))
    ]
    head = [
        _("Day"),
        _("Institution"),
        _("Kind of movement"),
        _("In or out"),
        _("Batch or numbers"),
        _("Expires on"),
        _("From or to"),
        _("Delivery note"),
        _("Reason"),
        _("By"),
    ]
    title = known.title.in_language(get_language() or "")
    return _sheet(request, title, head, rows, known.id)


def _row(standing: queries.Standing, today: date) -> dict[str, Any]:
    """A standing with its alerts: colour, words."""
    alerts = []
    if standing.expired(today):
        alerts.append(("bad", _("%(n)d expired") % {"n": standing.expired(today)}))
    if standing.is_under_floor:
        alerts.append(("bad", _("under the floor of %(n)d") % {"n": standing.goods.floor}))
    if standing.expiring(today):
        alerts.append(("attention", _("%(n)d expire soon") % {"n": standing.expiring(today)}))
    return {"one": standing, "alerts": alerts}


def _becomes(row: Any) -> Any:
    return state_title(row.becomes) if row.becomes else None


def _numbers(row: Any) -> str:
    return (
        row.first_number if row.first_number == row.last_number else f"{row.first_number}–{row.last_number}"
    )


def _asked(request: ActorRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("institution", ""))
    except ValueError:
        return None


def _day(text: str | None, usual: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return usual


def _sheet(request: ActorRequest, title: str, head: list[str], rows: list, name: str) -> HttpResponse:
    note = _("Taken by %(name)s on %(day)s") % {"name": request.actor.name, "day": china_today().isoformat()}
    made = BytesIO()
    write_workbook(made, Sheet(title, note, head, rows))
    log.write(by=request.actor, action="data.exported", about=("stock", name), detail={"rows": len(rows)})
    response = HttpResponse(made.getvalue(), content_type=SHEET_TYPE)
    filename = f"{title}-{china_today().isoformat()}.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    return response
