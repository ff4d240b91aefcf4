"""The numbers of norms A9. The target of the reported prevalence changes by year and place (M2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

SECOND_EDITION = date(2011, 5, 24)

PARAMETERS = (
    Parameter(
        "mental_severe.unstable_risk",
        Text("病情不稳定的危险性起点", "Unstable from a risk of"),
        "级",
        (DatedValue(SECOND_EDITION, Decimal(3)),),
        source="norms A9.3",
    ),
    Parameter(
        "mental_severe.basically_risk",
        Text("病情基本稳定的危险性起点", "Not stable from a risk of"),
        "级",
        (DatedValue(SECOND_EDITION, Decimal(1)),),
        source="norms A9.3",
    ),
)

NORM = NormValues(PARAMETERS)
