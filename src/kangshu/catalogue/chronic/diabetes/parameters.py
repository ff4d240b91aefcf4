"""The numbers of norms A8 by edition. The thresholds are the nation's; the prevalence with which a county
estimates its patients is its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

SECOND_EDITION = date(2011, 5, 24)


def _number(id: str, zh: str, en: str, unit: str, value: str, source: str = "norms A8") -> Parameter:
    values = (DatedValue(SECOND_EDITION, Decimal(value)),)
    return Parameter(f"diabetes.{id}", Text(zh, en), unit, values, source=source)


PARAMETERS = (
    _number("earliest_age", "纳入管理的最低年龄", "Earliest age of enrolment", "岁", "35"),
    _number("target_fbg", "空腹血糖目标（低于）", "Fasting glucose target (below)", "mmol/L", "7.0"),
    _number("emergency_fbg_high", "紧急转诊的空腹血糖上限", "High glucose of an emergency", "mmol/L", "16.7"),
    _number("emergency_fbg_low", "紧急转诊的空腹血糖下限", "Low glucose of an emergency", "mmol/L", "3.9"),
    _number("emergency_sbp", "紧急转诊的收缩压", "Systolic pressure of an emergency", "mmHg", "180"),
    _number("emergency_dbp", "紧急转诊的舒张压", "Diastolic pressure of an emergency", "mmHg", "110"),
    _number(
        "emergency_heart_rate", "紧急转诊的心率（超过）", "Heart rate of an emergency (above)", "次/分", "100"
    ),
    _number(
        "emergency_temperature", "紧急转诊的体温（超过）", "Temperature of an emergency (above)", "℃", "39"
    ),
    _number("visits_per_year", "每年面对面随访次数", "Face-to-face visits a year", "次", "4"),
    Parameter(
        "diabetes.adult_prevalence",
        Text("成人糖尿病患病率（估计患者数用）", "Adult prevalence, for estimating the patients"),
        "%",
        (DatedValue(SECOND_EDITION, Decimal("9.7")), DatedValue(date(2019, 1, 1), Decimal("11.9"))),
        local=True,
        source="norms A7.4, M10 (local estimate, M3)",
    ),
)

NORM = NormValues(PARAMETERS)
