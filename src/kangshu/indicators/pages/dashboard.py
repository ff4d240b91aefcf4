"""The dashboard: this period against target and last year, places ranked, the course of the year."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.declare import registry
from kangshu.declare.indicator import Indicator
from kangshu.indicators import board, course
from kangshu.indicators.engine.compute import find_indicator, is_possible
from kangshu.indicators.pages import charts
from kangshu.indicators.pages.asking import Asked, asked_by
from kangshu.kernel.text import Text

NOTHING_RECORDED = Text("尚无相关记录", "nothing recorded yet")

#: So many figures are compiled and counted in one request.
AT_ONCE = 8


@page("read.indicator", methods=("GET",))
def dashboard(request: ActorRequest) -> HttpResponse:
    """Cards of every indicator; ranking and trend of the chosen one."""
    if not board.has_snapshot():
        context = {"may_take": is_allowed(request.actor, "take.snapshot")}
        return TemplateResponse(request, "indicators/none.html", context)
    asked = asked_by(request)
    cards, lacking = board.ready_cards(registry.indicators(), asked.period, asked.place, asked.store)
    groups, empty = board.grouped(cards)
    shown = [card for group in groups for card in group.cards]
    context: dict[str, Any] = {
        "asked": asked,
        "groups": [
            (group.title, [(card, asked.address("indicator", card.indicator.id)) for card in group.cards])
            for group in groups
        ],
        "empty": [
            (one, note, asked.address("indicator", one.id))
            for one, note in [*((card.indicator, card.row.note) for card in empty), *_unrecorded(asked)]
        ],
        "reached": sum(1 for card in shown if card.target and card.target.met),
        "missed": sum(1 for card in shown if card.target and card.target.met is False),
        "lacking": lacking,
        "rest": asked.address("rest"),
        "alerts": course.open_alerts(request.actor).count(),
        "may_take": is_allowed(request.actor, "take.snapshot"),
    }
    chosen = _chosen(request, [card.indicator for card in shown])
    if chosen is not None and is_possible(chosen, asked.period, asked.store):
        context |= _about(chosen, asked)
    return TemplateResponse(request, "indicators/dashboard.html", context)


@page("read.indicator", methods=("GET",))
def rest(request: ActorRequest) -> HttpResponse:
    """Count a few of those that no job has counted yet (another period than this year's); the page asks
    again until none is left, so that nobody else waits for the snapshot meanwhile."""
    asked = asked_by(request)
    lacking = board.not_ready(registry.indicators(), asked.period, asked.place, asked.store)
    board.cards(lacking[:AT_ONCE], asked.period, asked.place, asked.store)
    context = {"lacking": len(lacking[AT_ONCE:]), "rest": asked.address("rest")}
    response = TemplateResponse(request, "indicators/rest.html", context)
    if len(lacking) <= AT_ONCE:
        response["HX-Refresh"] = "true"
    return response


def _unrecorded(asked: Asked) -> list[tuple[Indicator, Text]]:
    """Those that nothing was recorded for: they are named, and counted when somebody opens them."""
    every = [one for one in registry.indicators() if is_possible(one, asked.period, asked.store)]
    worth = {one.id for one in board.worth_counting(every, asked.period, asked.place, asked.store)}
    return [(one, NOTHING_RECORDED) for one in every if one.id not in worth]


def _chosen(request: ActorRequest, indicators: list[Indicator]) -> Indicator | None:
    """The one asked for, else the first rate; whatever is asked for is counted."""
    wanted = request.GET.get("indicator")
    if wanted:
        return find_indicator(wanted)
    rates = [one for one in indicators if one.denominator is not None] or indicators
    return next(iter(rates), None)


def _about(indicator: Indicator, asked: Asked) -> dict[str, Any]:
    by, ranked = board.ranking(indicator, asked.period, asked.place, asked.store)
    trend = board.trend(indicator, asked.period, asked.place, asked.store)
    language = get_language() or ""
    return {
        "chosen": indicator,
        "ranked": [(one, asked.address("indicator", indicator.id, by=str(by))) for one in ranked],
        "ends": board.ends(ranked),
        "address": asked.address("indicator", indicator.id),
        "ranking_chart": charts.ranking(indicator, ranked, language),
        "trend": trend.rows,
        "trend_chart": charts.trend(indicator, trend, language),
        "by": str(by),
    }
