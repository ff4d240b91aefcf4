"""The numbers of norms A10 and N tb."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

THIRD_EDITION = date(2017, 2, 28)


def _number(id: str, zh: str, en: str, unit: str, value: int) -> Parameter:
    return Parameter(
        f"tb.{id}", Text(zh, en), unit, (DatedValue(THIRD_EDITION, Decimal(value)),), source="norms A10"
    )


PARAMETERS = (
    _number("first_visit_hours", "第一次入户时限", "First visit within", "小时", 72),
    _number("missed_doses_report", "须报告的累计漏服次数", "Doses missed to be reported", "次", 7),
    _number("regular_percent", "规则服药的最低服药率", "Regular from", "%", 90),
)

NORM = NormValues(PARAMETERS)
