"""Charts of figures, as ECharts options. The page shows a table of the same numbers beside each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kangshu.declare.indicator import Indicator
from kangshu.indicators.board import Ranked
from kangshu.indicators.control import Judged
from kangshu.indicators.results import Result, plain
from kangshu.kernel.periods import parse_period

#: More bars than this cannot be read on a phone; the table has them all.
MOST_BARS = 20


def ranking(indicator: Indicator, ranked: Sequence[Ranked], language: str) -> dict[str, Any]:
    """Horizontal bars, best on top."""
    shown = [one for one in ranked if one.row.value is not None][:MOST_BARS][::-1]
    return {
        "grid": {"left": 8, "right": 56, "top": 8, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "show": False, "min": 0},
        "yAxis": {
            "type": "category",
            "data": [one.name for one in shown],
            "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {"width": 130, "overflow": "truncate"},
        },
        "series": [
            {
                "type": "bar",
                "name": indicator.title.in_language(language),
                "data": [plain(one.row.value) for one in shown],
                "barMaxWidth": 18,
                "label": {"show": True, "position": "right", "formatter": f"{{c}}{_unit(indicator)}"},
            }
        ],
    }


def trend(indicator: Indicator, result: Result, language: str) -> dict[str, Any]:
    """A line by month; months that have not come are left open."""
    months = [parse_period(row.by["month"]) for row in result.rows]
    english = language.startswith("en")
    return {
        "grid": {"left": 8, "right": 16, "top": 24, "bottom": 8, "containLabel": True},
        "tooltip": {"trigger": "axis"},
        "xAxis": {
            "type": "category",
            "data": [f"{month.first:%b}" if english else f"{month.first.month}月" for month in months],
        },
        "yAxis": {"type": "value", "scale": True, "axisLabel": {"formatter": f"{{value}}{_unit(indicator)}"}},
        "series": [
            {
                "type": "line",
                "name": indicator.title.in_language(language),
                "data": [plain(row.value) for row in result.rows],
                "symbolSize": 7,
                "connectNulls": False,
                "showAllSymbol": True,
            }
        ],
    }


def control(indicator: Indicator, chart: Judged, language: str) -> dict[str, Any]:
    """Points between their limits; what is a signal has another colour and shape."""
    signals = [
        {"value": point.value, "symbol": "diamond", "symbolSize": 12, "itemStyle": {"color": "#b8503f"}}
        if point.is_signal
        else point.value
        for point in chart.points
    ]
    step = {"type": "line", "symbol": "none", "step": "middle", "lineStyle": {"type": "dashed", "width": 1}}
    limit = {"color": "#8a8f94"}
    names = ("上限", "下限", "中心线") if not language.startswith("en") else ("upper", "lower", "centre")
    return {
        "grid": {"left": 8, "right": 16, "top": 24, "bottom": 36, "containLabel": True},
        "legend": {"bottom": 0, "data": list(names), "icon": "path://M0 8h16v2H0z"},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": [point.name for point in chart.points]},
        "yAxis": {"type": "value", "scale": True, "axisLabel": {"formatter": f"{{value}}{_unit(indicator)}"}},
        "series": [
            {
                "type": "line",
                "name": indicator.title.in_language(language),
                "data": signals,
                "symbolSize": 7,
                # Else a narrow chart leaves symbols out, and signals with them.
                "showAllSymbol": True,
            },
            step
            | {
                "name": names[0],
                "data": [round(one.upper, 2) for one in chart.points],
                "color": limit["color"],
            },
            step
            | {
                "name": names[1],
                "data": [round(one.lower, 2) for one in chart.points],
                "color": limit["color"],
            },
            step
            | {"name": names[2], "data": [round(chart.centre, 2)] * len(chart.points), "color": "#0b6a6e"},
        ],
    }


def _unit(indicator: Indicator) -> str:
    return indicator.unit if indicator.unit in ("%", "‰") else ""
