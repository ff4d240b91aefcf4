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
from kangshu.indicators import board
from kangshu.indicators.pages import charts
from kangshu.indicators.pages.asking import Asked, asked_by


@page("read.indicator", methods=("GET",))
def dashboard(request: ActorRequest) -> HttpResponse:
    """Cards of every indicator; ranking and trend of the chosen one."""
    if not board.has_snapshot():
        context = {"may_take": is_allowed(request.actor, "take.snapshot")}
        return TemplateResponse(request, "indicators/none.html", context)
    asked = asked_by(request)
    # Rates that a target can be set for come first, plain counts after them.
    ordered = sorted(registry.indicators(), key=lambda one: (one.denominator is None, not one.is_ratio))
    cards = board.cards(ordered, asked.period, asked.place, asked.store)
    context: dict[str, Any] = {
        "asked": asked,
        "cards": [(card, asked.address("indicator", card.indicator.id)) for card in cards],
        "may_take": is_allowed(request.actor, "take.snapshot"),
    }
    chosen = _chosen(request, [card.indicator for card in cards])
    if chosen is not None:
        context |= _about(chosen, asked)
    return TemplateResponse(request, "indicators/dashboard.html", context)


def _chosen(request: ActorRequest, indicators: list[Indicator]) -> Indicator | None:
    wanted = request.GET.get("indicator")
    rates = [one for one in indicators if one.denominator is not None] or indicators
    return next((one for one in indicators if one.id == wanted), rates[0] if rates else None)


def _about(indicator: Indicator, asked: Asked) -> dict[str, Any]:
    by, ranked = board.ranking(indicator, asked.period, asked.place, asked.store)
    trend = board.trend(indicator, asked.period, asked.place, asked.store)
    language = get_language() or ""
    return {
        "chosen": indicator,
        "ranked": [(one, asked.address("indicator", indicator.id, by=str(by))) for one in ranked],
        "ranking_chart": charts.ranking(indicator, ranked, language),
        "trend": trend.rows,
        "trend_chart": charts.trend(indicator, trend, language),
        "by": str(by),
    }
