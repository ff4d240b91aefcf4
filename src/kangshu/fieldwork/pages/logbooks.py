"""The list of logbooks with what is due, and one logbook: its figures, who is silent, its entries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare.form import Field
from kangshu.declare.logbook import ENTERED, How, Logbook
from kangshu.declare.units import unit_in
from kangshu.fieldwork import queries
from kangshu.fieldwork.actions.admitting import logbook_of
from kangshu.fieldwork.models import Entry, Status
from kangshu.fieldwork.pages.due import due_lines
from kangshu.fieldwork.reckoning import LaidOut, reckon
from kangshu.fieldwork.rules import owed_periods
from kangshu.kernel.dates import china_today
from kangshu.kernel.periods import parse_period, year
from kangshu.kernel.text import Text
from kangshu.work.pages.drawing import shown

PER_PAGE = 30
PERIODS_SHOWN = 12
LISTED = 4
YEARS = 6


@page("read.logbook", methods=("GET", "HEAD"))
def logbooks(request: ActorRequest) -> HttpResponse:
    """Every logbook of the reader's place, and what is due in them."""
    today = china_today()
    rows = Entry.objects.filter(status=Status.CURRENT, counted_on__year=today.year)
    counts = dict(rows.values_list("logbook").annotate(number=Count("id")).order_by())
    known = queries.logbooks_for(request.actor, today)
    cards = [{"logbook": one, "count": counts.get(one.id, 0)} for one in known]
    context = {"cards": cards, "lines": due_lines(request.actor, today), "year": today.year}
    return TemplateResponse(request, "fieldwork/logbooks.html", context)


@page("read.logbook", methods=("GET", "HEAD"))
def logbook(request: ActorRequest, logbook_id: str) -> HttpResponse:
    """One logbook, filtered."""
    today = china_today()
    found = logbook_of(logbook_id)
    wanted = wanted_of(request, today)
    rows = queries.entries(found, wanted)
    shown_page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    institutions = queries.seen_institutions(found, request.actor, today)
    laid = queries.laid_out_entries(found, wanted.institution)
    keeps = bool(queries.keepers(found, request.actor, today)) and queries.may_keep(request.actor)
    columns = list_columns(found)
    context = {
        "logbook": found,
        "wanted": wanted,
        "page": shown_page,
        "rows": [_row(found, entry, columns, today) for entry in shown_page],
        "columns": columns,
        "institutions": institutions,
        "years": range(today.year, today.year - YEARS, -1),
        "stages": [(ENTERED, Text("已登记", "entered")), *((one.id, one.title) for one in found.stages)],
        "figures": _figures(found, wanted, laid, today),
        "chart": _chart(found, wanted, laid, today),
        "silent": _silent(request, found, institutions, today),
        "may_enter": keeps,
        "may_import": keeps and is_allowed(request.actor, "import.data"),
        "may_export": is_allowed(request.actor, "export.data"),
    }
    return TemplateResponse(request, "fieldwork/logbook.html", context)


def wanted_of(request: ActorRequest, today: date) -> queries.Wanted:
    """The filters of the address; this year unless another is asked for."""
    asked = request.GET.get("year", str(today.year))
    return queries.Wanted(
        year=int(asked) if asked.isdecimal() and len(asked) == 4 else None,
        institution=request.GET.get("institution", ""),
        site=_uuid_text(request.GET.get("site", "")),
        stage=request.GET.get("stage", ""),
        text=request.GET.get("q", "").strip()[:40],
        alarms="alarms" in request.GET,
        all_versions="versions" in request.GET,
    )


def _uuid_text(text: str) -> str:
    plain = text.replace("-", "")
    return text if len(plain) == 32 and all(letter in "0123456789abcdef" for letter in plain) else ""


def list_columns(found: Logbook) -> list[tuple[str, Field]]:
    """What of an entry stands in a list."""
    if found.list_fields:
        return [(name, found.frame[name]) for name in found.list_fields]
    return [(one.name, one) for one in found.form.fields if not one.fields and one.max_length is None][
        :LISTED
    ]


def _row(found: Logbook, entry: Entry, columns: list[tuple[str, Field]], today: date) -> dict[str, Any]:
    late = bool(entry.next_stage and entry.next_due_on and entry.next_due_on < today)
    return {
        "entry": entry,
        "cells": [(asked.title, shown(asked, entry.facts.get(name))) for name, asked in columns],
        "stage": stage_title(found, entry.stage),
        "next": stage_title(found, entry.next_stage) if entry.next_stage else None,
        "tone": "bad" if entry.is_alarm or late else "attention" if entry.next_stage else "good",
        "is_late": late,
        "has_ended": bool(entry.ends_on and entry.ends_on < today),
    }


def stage_title(found: Logbook, stage: str) -> Text:
    try:
        return found.stage(stage).title
    except KeyError:
        return Text("已登记", "entered")


def _figures(
    found: Logbook, wanted: queries.Wanted, laid: list[LaidOut], today: date
) -> list[Mapping[str, Any]]:
    """The logbook's figures of the year, as the database stands now."""
    period = year(wanted.year or today.year)
    register = queries.on_register(found, wanted.institution)
    language = get_language() or ""
    figures = []
    for figure in found.figures:
        value = reckon(figure, period, laid, register).value
        words = "—" if value is None else f"{value:,}"
        # Median and mean say of how many; a ratio says it in the catalogue.
        figures.append(
            {
                "title": figure.title,
                "value": words if value is None else f"{words} {unit_in(figure.unit, language)}".rstrip(),
                "url": reverse("indicators:indicator", args=[figure.id]) + f"?period={period}",
            }
        )
    return figures


def _chart(found: Logbook, wanted: queries.Wanted, laid: list[LaidOut], today: date) -> Any:
    """The first figure that adds up, by month; None where there is nothing to draw."""
    flows = [
        one
        for one in found.figures
        if one.of.how in (How.COUNT, How.TOTAL) and not one.standing and not one.out_of
    ]
    if not flows or not laid:
        return None
    figure, number = flows[0], wanted.year or today.year
    months = year(number).months()
    values = [reckon(figure, month, laid).value for month in months]
    if not any(values):
        return None
    language = get_language() or ""
    return {
        "grid": {"left": 44, "right": 12, "top": 48, "bottom": 26},
        "title": {"text": figure.title.in_language(language), "textStyle": {"fontSize": 13}},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [str(month.first.month) for month in months]},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": [{"type": "bar", "data": [float(value or 0) for value in values], "barMaxWidth": 28}],
    }


def _silent(
    request: ActorRequest, found: Logbook, institutions: list[Any], today: date
) -> dict[str, Any] | None:
    """Who has given what is owed for a period, and who has not."""
    if found.due is None:
        return None
    periods = owed_periods(found.due, today, PERIODS_SHOWN)
    asked = request.GET.get("period", "")
    chosen = next((one for one in periods if str(one) == asked), None)
    # The last period that is over: of the running one nobody is silent yet.
    chosen = chosen or next((one for one in periods if one.last < today), periods[0])
    lines = queries.owed(found, institutions, chosen, today)
    missing = [line for line in lines if line.entry is None]
    return {
        "periods": periods,
        "period": parse_period(str(chosen)),
        "total": len(lines),
        "given": len(lines) - len(missing),
        "late": sum(line.is_late for line in lines if line.entry is not None),
        "missing": missing,
        "is_over": bool(missing) and missing[0].is_late,
    }
