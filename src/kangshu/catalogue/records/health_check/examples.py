"""Worked health checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.declare import Example, Text

FORM = "records.health_check"
DAY = date(2026, 5, 12)
USUAL: dict[str, Any] = {
    "symptoms": ("1",),
    "sbp_left": 128,
    "dbp_left": 80,
    "sbp_right": 130,
    "dbp_right": 82,
    "height": Decimal("165.0"),
    "weight": Decimal("62.0"),
    "evaluation": "1",
}


def _check(name: str, zh: str, en: str, expected: dict[str, Any], **changes: Any) -> Example:
    return Example(
        name,
        Text(zh, en),
        FORM,
        DAY,
        {key: value for key, value in {**USUAL, **changes}.items() if value is not None},
        expected,
        clause="norms A16",
    )


EXAMPLES = (
    _check("normal", "无异常", "nothing abnormal", {"outcome": "normal", "sbp": 130, "dbp": 82}),
    _check(
        "higher_arm",
        "两臂不同取较高者",
        "the higher arm counts",
        {"outcome": "abnormal", "sbp": 142},
        sbp_left=142,
        dbp_left=84,
    ),
    _check("diastolic_alone", "仅舒张压升高", "diastolic alone", {"outcome": "abnormal"}, dbp_right=90),
    _check(
        "dangerous", "血压危急", "dangerous pressure", {"outcome": "urgent"}, sbp_right=182, dbp_right=100
    ),
    _check("glucose", "血糖升高", "glucose raised", {"outcome": "abnormal"}, fbg=Decimal("7.0")),
    _check("glucose_high", "血糖危急（高）", "glucose very high", {"outcome": "urgent"}, fbg=Decimal("16.7")),
    _check("glucose_low", "血糖危急（低）", "glucose very low", {"outcome": "urgent"}, fbg=Decimal("3.9")),
    _check("other_abnormal", "其他异常", "another abnormal finding", {"outcome": "abnormal"}, evaluation="2"),
    Example(
        "no_pressure",
        Text("没有血压", "no pressure"),
        FORM,
        DAY,
        {"symptoms": ("1",), "evaluation": "1"},
        {},
        refused="health_check.pressure_missing",
        clause="norms A16",
    ),
)
