"""Numbers of screening (norms A7.1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

SECOND_EDITION = date(2011, 5, 24)


def _parameter(name: str, zh: str, en: str, unit: str, value: int, source: str = "norms A7.1") -> Parameter:
    return Parameter(
        f"hypertension_screening.{name}",
        Text(zh, en),
        unit,
        (DatedValue(SECOND_EDITION, Decimal(value)),),
        source=source,
    )


PARAMETERS = (
    _parameter("sbp", "可疑收缩压", "Systolic pressure that is suspect", "mmHg", 140),
    _parameter("dbp", "可疑舒张压", "Diastolic pressure that is suspect", "mmHg", 90),
    _parameter("measurements", "非同日测量次数", "Measurements on different days", "次", 3),
    _parameter(
        "emergency_sbp",
        "紧急转诊的收缩压",
        "Systolic pressure of an emergency",
        "mmHg",
        180,
        "norms A7.2",
    ),
    _parameter(
        "emergency_dbp",
        "紧急转诊的舒张压",
        "Diastolic pressure of an emergency",
        "mmHg",
        110,
        "norms A7.2",
    ),
)

NORM = NormValues(PARAMETERS)
