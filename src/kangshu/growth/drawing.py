"""The curves as options of the chart: five lines of the WHO, and the child's own between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kangshu.codes.growth import BANDS, Measure, band
from kangshu.growth.visits import Measured

CHILD, MEDIAN, NEAR, FAR = "#0b7285", "#2f9e44", "#e8a33d", "#c92a2a"
COLOURS = {-3: FAR, -2: NEAR, 0: MEDIAN, 2: NEAR, 3: FAR}
LAST_MONTH = 84


@dataclass(frozen=True)
class Curve:
    """One measure: its title, unit, and how its value is read from a visit."""

    measure: Measure
    title: Any
    unit: str
    value: Callable[[Measured], Decimal | None]

    @property
    def id(self) -> str:
        return f"growth-{self.measure.value}"


CURVES = (
    Curve(Measure.WEIGHT, gettext_lazy("Weight for age"), "kg", lambda visit: visit.weight),
    Curve(Measure.LENGTH, gettext_lazy("Length (height) for age"), "cm", lambda visit: visit.length),
    Curve(Measure.BMI, gettext_lazy("BMI for age"), "kg/m²", lambda visit: visit.bmi),
)


def option_of(curve: Curve, sex: str, visits: Sequence[Measured]) -> dict[str, Any] | None:
    """The chart of one measure; None where the child has no value of it."""
    points = [
        {
            "value": [float(visit.months), float(value)],
            "url": reverse("work:record_detail", args=[visit.record.pk]),
        }
        for visit in visits
        if (value := curve.value(visit)) is not None
    ]
    if not points:
        return None
    last = max(point["value"][0] for point in points)
    until = next((end for end in (12, 24, 36, 60) if last <= end - 1), LAST_MONTH)
    lines = [_line(curve.measure, sex, deviation, until) for deviation in BANDS]
    child = {
        "name": _("this child"),
        "type": "line",
        "symbol": "circle",
        "symbolSize": 8,
        "lineStyle": {"width": 3, "color": CHILD},
        "itemStyle": {"color": CHILD},
        "data": points,
        "z": 5,
    }
    return {
        "grid": {"left": 48, "right": 44, "top": 18, "bottom": 42},
        "tooltip": {"trigger": "item"},
        "xAxis": {
            "type": "value",
            "min": 0,
            "max": until,
            "interval": 2 if until == 12 else 12 if until > 36 else 6,
            "name": _("months of age"),
            "nameLocation": "middle",
            "nameGap": 26,
        },
        "yAxis": {"type": "value", "scale": True, "axisLabel": {"formatter": "{value} " + curve.unit}},
        "series": [*lines, child],
    }


def _line(measure: Measure, sex: str, deviation: int, until: int) -> dict[str, Any]:
    name = _("median") if deviation == 0 else f"{deviation:+d} SD"
    return {
        "name": name,
        "type": "line",
        "showSymbol": False,
        "silent": True,
        "smooth": False,
        "lineStyle": {
            "width": 2 if deviation == 0 else 1,
            "color": COLOURS[deviation],
            "type": "solid" if deviation == 0 else "dashed",
        },
        "endLabel": {"show": True, "formatter": name, "color": COLOURS[deviation], "fontSize": 10},
        "data": [list(point) for point in _points(measure, sex, deviation, until)],
    }


@lru_cache(maxsize=256)
def _points(measure: Measure, sex: str, deviation: int, until: int) -> tuple[tuple[float, float], ...]:
    found = ((month, band(measure, sex, month, deviation)) for month in range(until + 1))
    return tuple((month, float(value)) for month, value in found if value is not None)
