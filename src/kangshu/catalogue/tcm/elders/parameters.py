"""The cut-offs of the constitution scale (norms A11.1, N tcm_elder). How items 9 and 28 are graded is M2."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.declare import DatedValue, NormValues, Parameter, Text

SINCE = date(2013, 7, 31)


def _number(id: str, zh: str, en: str, unit: str, value: str, *, local: bool = False) -> Parameter:
    values = (DatedValue(SINCE, Decimal(value)),)
    return Parameter(f"tcm_elders.{id}", Text(zh, en), unit, values, local=local, source="norms A11.1")


BMI_STEPS = ("24", "25", "26.5", "28")
WAIST_STEPS = ("80", "86", "91", "106")

PARAMETERS = (
    _number("yes", "偏颇体质“是”的最低分", "A biased constitution from", "分", "11"),
    _number("tends", "偏颇体质“倾向是”的最低分", "Tends to a biased constitution from", "分", "9"),
    _number("balanced", "平和质的最低分", "Balanced from", "分", "17"),
    _number("others_yes", "平和质“是”时其他体质的最高分", "Balanced: others at most", "分", "8"),
    _number(
        "others_basically",
        "平和质“基本是”时其他体质的最高分",
        "Basically balanced: others at most",
        "分",
        "10",
    ),
    *(
        _number(
            f"bmi_{grade}",
            f"第9项{grade}分的体质指数起点",
            f"Item 9: {grade} from a BMI of",
            "kg/m²",
            value,
            local=True,
        )
        for grade, value in enumerate(BMI_STEPS, start=2)
    ),
    *(
        _number(
            f"waist_{grade}",
            f"第28项{grade}分的腹围起点",
            f"Item 28: {grade} from a waist of",
            "cm",
            value,
            local=True,
        )
        for grade, value in enumerate(WAIST_STEPS, start=2)
    ),
)

NORM = NormValues(PARAMETERS)
