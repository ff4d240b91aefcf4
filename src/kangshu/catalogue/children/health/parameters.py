"""The numbers of norms A4.4. Those tagged M2, and those of the technical specification of home visits (2012),
a county may set itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

THIRD_EDITION = date(2017, 2, 28)
VISITS_2012 = "新生儿访视技术规范（2012）"


def _number(
    id: str, zh: str, en: str, unit: str, value: str, *, local: bool = False, source: str = "norms A4.4"
) -> Parameter:
    values = (DatedValue(THIRD_EDITION, Decimal(value)),)
    return Parameter(f"child_health.{id}", Text(zh, en), unit, values, local=local, source=source)


PARAMETERS = (
    _number("hb_6_to_59_months", "6～59月龄贫血界值", "Anaemia below, 6 to 59 months", "g/L", "110"),
    _number("hb_from_5_years", "5岁及以上贫血界值", "Anaemia below, from 5 years", "g/L", "115"),
    _number("hb_moderate", "中度贫血界值", "Moderate anaemia below", "g/L", "90"),
    _number("hb_severe", "重度贫血界值", "Severe anaemia below", "g/L", "60"),
    _number("low_sd", "低体重、生长迟缓、消瘦界值", "Underweight, stunted, wasted below", "SD", "-2"),
    _number("overweight_under_5", "5岁以下超重起点", "Overweight from, under 5", "SD", "2", local=True),
    _number("obese_under_5", "5岁以下肥胖起点", "Obese from, under 5", "SD", "3", local=True),
    _number("overweight_from_5", "5岁及以上超重起点", "Overweight from, 5 and more", "SD", "1", local=True),
    _number("obese_from_5", "5岁及以上肥胖起点", "Obese from, 5 and more", "SD", "2", local=True),
    _number("vision_at_4", "4岁视力转诊上限", "Refer for vision up to, at 4", "", "4.8", local=True),
    _number(
        "vision_from_5", "5岁及以上视力转诊上限", "Refer for vision up to, from 5", "", "4.9", local=True
    ),
    _number("vision_lines", "双眼视力相差（两行）", "Eyes differ by (two lines)", "", "0.2", local=True),
    _number("low_birth_weight", "低出生体重界值", "Low birth weight below", "kg", "2.5", source="norms H1"),
    _number("preterm", "早产界值", "Preterm below", "周", "37", source="norms H1"),
    *(
        _number(id, zh, en, unit, value, local=True, source=VISITS_2012)
        for id, zh, en, unit, value in (
            ("fever", "新生儿体温转诊起点", "Newborn: refer from temperature", "℃", "37.5"),
            ("cold", "新生儿体温转诊下限", "Newborn: refer up to temperature", "℃", "35.5"),
            ("slow_breathing", "新生儿呼吸频率下限", "Newborn: breaths below", "次/分", "20"),
            ("fast_breathing", "新生儿呼吸频率上限", "Newborn: breaths above", "次/分", "60"),
            ("slow_heart", "新生儿心率下限", "Newborn: heart rate below", "次/分", "100"),
            ("fast_heart", "新生儿心率上限", "Newborn: heart rate above", "次/分", "160"),
        )
    ),
)

NORM = NormValues(PARAMETERS)
