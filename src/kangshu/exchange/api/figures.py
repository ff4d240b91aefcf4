"""Indicators and their dated figures."""

from __future__ import annotations

from typing import Any

from ninja import Query, Router

from kangshu.access.request import ActorRequest
from kangshu.access.roles import check_allowed
from kangshu.declare import registry
from kangshu.exchange.api.answers import FigureOut, IndicatorOut
from kangshu.figures.models import Figure

router = Router()


@router.get("", response=list[IndicatorOut], summary="Every indicator, in its latest version")
def list_indicators(request: ActorRequest) -> Any:
    check_allowed(request.actor, "read.indicator")
    return [
        IndicatorOut(id=one.id, version=one.version, title=one.title.to_json(), unit=str(one.unit))
        for one in registry.indicators()
    ]


@router.get("/{indicator_id}/figures", response=list[FigureOut], summary="Its computed and reported values")
def list_figures(
    request: ActorRequest,
    indicator_id: str,
    period: str | None = None,
    place: str | None = None,
    limit: int = Query(200, ge=1, le=1000),
) -> Any:
    """The newest first. Each says its snapshot, numerator and denominator."""
    check_allowed(request.actor, "read.indicator")
    figures = Figure.objects.filter(indicator=indicator_id).order_by("-computed_at", "id")
    if period:
        figures = figures.filter(period=period)
    if place:
        figures = figures.filter(place=place)
    return list(figures[:limit])
