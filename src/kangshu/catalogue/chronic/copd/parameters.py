"""The numbers of norms A14. The trial specification of 2024 was not seen (M2, M20): the county may set all of
them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

TRIAL_EDITION = date(2024, 9, 13)


def _number(id: str, zh: str, en: str, unit: str, value: str) -> Parameter:
    values = (DatedValue(TRIAL_EDITION, Decimal(value)),)
    return Parameter(f"copd.{id}", Text(zh, en), unit, values, local=True, source="norms A14 (M2)")


PARAMETERS = (
    _number("earliest_age", "纳入管理的最低年龄", "Earliest age of enrolment", "岁", "35"),
    _number(
        "emergency_spo2", "紧急转诊的血氧饱和度（低于）", "Saturation of an emergency (below)", "%", "90"
    ),
    _number("many_symptoms_cat", "症状较多的CAT起点", "Many symptoms from a CAT of", "分", "10"),
    _number("many_symptoms_mmrc", "症状较多的mMRC起点", "Many symptoms from an mMRC of", "级", "2"),
    _number("sq_positive", "COPD-SQ阳性起点", "COPD-SQ positive from", "分", "16"),
    _number("ps_positive", "COPD-PS阳性起点", "COPD-PS positive from", "分", "5"),
    _number("visits_per_year", "每年随访次数", "Visits a year", "次", "2"),
    _number(
        "adult_prevalence",
        "40岁及以上患病率（估计患者数用）",
        "Prevalence from 40 on, for the estimate",
        "%",
        "13.6",
    ),
)

NORM = NormValues(PARAMETERS)
