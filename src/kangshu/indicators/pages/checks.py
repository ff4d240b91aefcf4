"""Parts of an indicator's page that come after it stands: its course over two years, how far its records can
be trusted, and, when somebody asks, how it was computed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.declare.units import unit_in
from kangshu.indicators import board, lineage
from kangshu.indicators import quality as checking
from kangshu.indicators.control import CHARTS, RULES
from kangshu.indicators.engine.compute import Question, compute_all, find_indicator, is_possible
from kangshu.indicators.engine.splits import Dimension
from kangshu.indicators.listing import explained
from kangshu.indicators.pages import charts
from kangshu.indicators.pages.asking import asked_by
from kangshu.indicators.results import Row
from kangshu.indicators.series import judged, months_of
from kangshu.kernel.text import Text


@page("read.indicator", methods=("GET",))
def course(request: ActorRequest, indicator_id: str) -> HttpResponse:
    """The control chart of this year and the year before, each month by itself."""
    found = find_indicator(indicator_id)
    asked = asked_by(request)
    months = months_of([found], asked.place.path, asked.store)[found.id]
    chart = judged(found, months)
    signals = {point.name: point for point in chart.signals}
    rows = [(month, signals.get(str(month.period))) for month in months]
    context = {
        "indicator": found,
        "judged": chart,
        "chart_name": CHARTS[chart.chart],
        "option": charts.control(found, chart, get_language() or "") if chart.points else None,
        "rows": [(month, [RULES[rule] for rule in point.rules] if point else []) for month, point in rows],
        "rules": RULES.values(),
    }
    return TemplateResponse(request, "indicators/course.html", context)


@page("read.indicator", methods=("GET",))
def quality(request: ActorRequest, indicator_id: str) -> HttpResponse:
    """Completeness, timeliness, silent places, outliers and unlikely changes."""
    found = find_indicator(indicator_id)
    asked = asked_by(request)
    places = board.places_of(asked.store)
    by, ranked = board.ranking(found, asked.period, asked.place, asked.store)
    known = {one.key: one for one in ranked if one.row.value is not None}
    scores = checking.outliers({key: float(one.row.value or 0) for key, one in known.items()})
    context: dict[str, Any] = {
        "indicator": found,
        "quality": checking.quality(found, asked.period, asked.place.path, asked.store, places),
        "days": checking.IN_TIME_DAYS,
        "outliers": [(known[key], round(score, 1)) for key, score in sorted(scores.items())],
        "unlikely": _unlikely(found, asked, by, known) if found.is_share else [],
    }
    return TemplateResponse(request, "indicators/quality.html", context)


@page("read.indicator", methods=("GET",))
def statement(request: ActorRequest, indicator_id: str) -> HttpResponse:
    """The SQL of a figure with its snapshot, definition and parameters: enough to count it again."""
    found = find_indicator(indicator_id)
    asked = asked_by(request)
    question = Question(asked.period, within=asked.place.path)
    context = {
        "asked": asked,
        "indicator": found,
        "definition": found.content_hash(),
        "parameters": [
            (
                Text(**one["name"]),
                [
                    f"{value} {unit_in(one['unit'], get_language() or '')} ({day})"
                    for day, value in one["values"]
                ],
            )
            for one in explained(found)["parameters"]
        ],
        "statements": lineage.statements(found, question, asked.store),
    }
    return TemplateResponse(request, "indicators/statement.html", context)


def _unlikely(found: Any, asked: Any, by: Dimension, known: dict[str, Any]) -> list[tuple[Any, Row]]:
    earlier = asked.period.year_before()
    if not is_possible(found, earlier, asked.store):
        return []
    (result,) = compute_all([found], Question(earlier, (by,), within=asked.place.path), asked.store)
    before = {row.by[by]: row for row in result.rows if row.value is not None}
    return [
        (one, before[key])
        for key, one in known.items()
        if key in before and checking.is_unlikely(_pair(one.row), _pair(before[key]))
    ]


def _pair(row: Row) -> tuple[float, float]:
    return float(row.numerator or 0), float(row.denominator or 0)
