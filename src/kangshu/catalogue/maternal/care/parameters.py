"""The numbers of maternal care (norms A5, A17); those of practice are marked as such."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

THIRD_EDITION = date(2017, 2, 28)


def _number(id: str, zh: str, en: str, unit: str, value: int, source: str) -> Parameter:
    return Parameter(
        f"maternal.{id}", Text(zh, en), unit, (DatedValue(THIRD_EDITION, Decimal(value)),), source=source
    )


PRACTICE = "clinical practice; to be confirmed"
PARAMETERS = (
    _number("early_weeks", "孕早期截止（未满）", "Early pregnancy: before", "孕周", 13, "norms A5.1"),
    _number("late_weeks", "孕晚期起始", "Late pregnancy: from", "孕周", 28, PRACTICE),
    _number("high_sbp", "妊娠期高血压：收缩压", "Hypertension: systolic", "mmHg", 140, "norms L10"),
    _number("high_dbp", "妊娠期高血压：舒张压", "Hypertension: diastolic", "mmHg", 90, "norms L10"),
    _number("severe_sbp", "重度高血压：收缩压", "Severe: systolic", "mmHg", 160, PRACTICE),
    _number("severe_dbp", "重度高血压：舒张压", "Severe: diastolic", "mmHg", 110, PRACTICE),
    _number("fetal_heart_low", "胎心率下限", "Fetal heart: least", "次/分", 110, "norms A5.2"),
    _number("fetal_heart_high", "胎心率上限", "Fetal heart: most", "次/分", 160, "norms A5.2"),
    _number("anaemia", "妊娠期贫血（低于）", "Anaemia: below", "g/L", 110, "norms A17"),
    _number("severe_anaemia", "重度贫血（低于）", "Severe anaemia: below", "g/L", 70, PRACTICE),
    _number("young_age", "低龄孕妇（不大于）", "Young mother: up to", "岁", 18, PRACTICE),
    _number("old_age", "高龄孕妇（不小于）", "Older mother: from", "岁", 35, PRACTICE),
    _number("visit_days", "产后访视时限", "Postpartum visit within", "天", 7, "norms A5.1"),
    _number("visit_counted_days", "产后访视统计时限", "Counted within", "天", 28, "norms A5.4"),
)

NORM = NormValues(PARAMETERS)
