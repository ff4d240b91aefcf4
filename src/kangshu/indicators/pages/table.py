"""Build your own table: choose figures, periods, a place and splits; keep it, share it, take it along."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import TITLES, Role
from kangshu.declare import registry
from kangshu.documents.sheet import SHEET_TYPE, Sheet, write_workbook
from kangshu.figures.models import SavedTable
from kangshu.indicators import board, tables
from kangshu.indicators.engine.splits import Dimension
from kangshu.indicators.pages.asking import Asked, asked_by
from kangshu.indicators.pages.figure import SPLITS
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution, Staff
from kangshu.places.scope import path_range


@page("read.indicator", methods=("GET",))
def table(request: ActorRequest) -> HttpResponse:
    """The choice, and the table of what was chosen."""
    if not board.has_snapshot():
        return TemplateResponse(request, "indicators/none.html", {})
    asked = asked_by(request)
    chosen = _wanted(request.GET, asked)
    found = None
    if chosen.indicators:
        found = tables.put_together(chosen, asked.place.path, asked.store, _names(asked))
    context = {
        "asked": asked,
        "wanted": chosen,
        "by": [str(one) for one in chosen.by] + ["", ""],
        "table": found,
        "groups": _groups({one.id for one in chosen.indicators}),
        "chosen": {one.id for one in chosen.indicators},
        "periods": [str(period) for period in chosen.periods],
        "splits": [(str(one), label) for one, label in SPLITS],
        "places": _places(request),
        "saved": tables.saved(request.actor),
        "own": request.actor.account_id,
        "roles": [(str(role), TITLES[role]) for role in Role if role in TITLES],
        "export": f"{reverse('indicators:table_export')}?{chosen.to_query()}",
        "query": chosen.to_query(),
    }
    return TemplateResponse(request, "indicators/table.html", context)


def _wanted(given: QueryDict, asked: Asked) -> tables.Wanted:
    periods = [text for text in given.getlist("period") if text] or [str(asked.period)]
    split = given.get("by") or ",".join(filter(None, [given.get("by_1", ""), given.get("by_2", "")]))
    return tables.wanted(given.getlist("indicator"), periods, split, asked.place.path)


def _groups(chosen: set[str]) -> list[tuple[Text, list[Any], bool]]:
    """Every indicator under the service that declares it, and whether one of them is chosen; those
    first."""
    groups: dict[str, tuple[Text, list[Any]]] = {}
    for one in registry.indicators():
        owner = registry.indicator_owner(one.id)
        groups.setdefault(owner.id, (owner.title, []))[1].append(one)
    rows = [(title, found, any(one.id in chosen for one in found)) for title, found in groups.values()]
    return sorted(rows, key=lambda row: not row[2])


def _places(request: ActorRequest) -> list[Institution]:
    """The county and what lies right under it, as far as the reader reaches."""
    low, high = path_range(board.reach_of(request.actor))
    found = Institution.objects.filter(path__gte=low, path__lt=high, valid_to=None).order_by("path")
    return [one for one in found if one.path.count(".") - low.count(".") <= 1]


def _names(asked: Asked) -> dict[Dimension, Callable[[str], str]]:
    places = board.places_of(asked.store)
    sexes = {"1": _("male"), "2": _("female")}
    staff: dict[str, str] = {}

    def institution(key: str) -> str:
        return places.by_id[key].name if key in places.by_id else "—"

    def region(key: str) -> str:
        return places.regions.get(key, ("—", 0, None))[0]

    def doctor(key: str) -> str:
        if not staff:
            staff.update((str(id), name) for id, name in Staff.objects.values_list("pk", "name"))
        return staff.get(key, "—")

    return {
        Dimension.INSTITUTION: institution,
        Dimension.CENTRE: institution,
        Dimension.TOWNSHIP: region,
        Dimension.VILLAGE: region,
        Dimension.DOCTOR: doctor,
        Dimension.SEX: lambda key: sexes.get(key, _("unknown")),
    }


@page("read.indicator", methods=("GET",))
def export(request: ActorRequest) -> HttpResponse:
    """The table as a spreadsheet, with numerator and denominator beside each value."""
    asked = asked_by(request)
    chosen = _wanted(request.GET, asked)
    found = tables.put_together(chosen, asked.place.path, asked.store, _names(asked))
    language = get_language() or ""
    head = [str(dict(SPLITS)[one]) for one in chosen.by]
    for indicator, period in found.columns:
        name = f"{indicator.title.in_language(language)} {_said(period, language)}"
        head += [f"{name} {word}" for word in (_("Counted"), _("Out of"), _("Value"))]
    rows = [
        [*line.labels, *(value for cell in line.cells for value in _cells(cell, language))]
        for line in found.lines
    ]
    target = BytesIO()
    write_workbook(target, Sheet(asked.place.name, f"{_('Snapshot')} {asked.store.name}", head, rows))
    response = HttpResponse(target.getvalue(), content_type=SHEET_TYPE)
    response["Content-Disposition"] = 'attachment; filename="table.xlsx"'
    return response


def _said(period: Period, language: str) -> str:
    return period.title().in_language(language)


def _cells(cell: Any, language: str) -> list[Any]:
    return [None] * 3 if cell is None else tables.values_of(cell, language)


@page("read.indicator", methods=("POST",))
def save(request: ActorRequest) -> HttpResponse:
    """Keep the table that was shown."""
    query = QueryDict(request.POST.get("query", ""))
    back = f"{reverse('indicators:table')}?{query.urlencode()}"
    try:
        asked = tables.wanted(
            query.getlist("indicator"), query.getlist("period"), query.get("by", ""), query.get("place", "")
        )
        place = Institution.objects.filter(path=request.POST.get("shared_path") or "-").first()
        tables.save(
            request.POST.get("name", ""), asked, shared_role=request.POST.get("shared_role", ""),
            shared_with=place, by=request.actor, now=timezone.now(),
        )  # fmt: skip
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(get_language() or ""))
    else:
        messages.success(request, _("The table is saved."))
    return redirect(back)


@page("read.indicator", methods=("POST",))
def delete(request: ActorRequest, table_id: UUID) -> HttpResponse:
    """Take a saved table away; only its owner may."""
    try:
        tables.delete(table_id, by=request.actor)
    except SavedTable.DoesNotExist:
        raise Http404 from None
    return redirect("indicators:table")
