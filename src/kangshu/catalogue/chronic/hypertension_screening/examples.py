"""Worked measurements: every branch of norms A7.1."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kangshu.declare import Example, Text

FORM = "chronic.hypertension.screening"
DIAGNOSIS_FORM = "chronic.hypertension.diagnosis"
DAY = date(2026, 5, 12)


def before(on: str, sbp: int, dbp: int) -> dict[str, Any]:
    return {"performed_on": on, "answers": {"sbp": sbp, "dbp": dbp}}


def _measured(
    name: str,
    zh: str,
    en: str,
    pressure: tuple[int, int],
    expected: dict[str, Any],
    *earlier: dict[str, Any],
    age: int = 45,
    sex: str = "1",
    **answers: Any,
) -> Example:
    return Example(
        name=name,
        title=Text(zh, en),
        form=FORM,
        performed_on=DAY,
        answers={"sbp": pressure[0], "dbp": pressure[1], **answers},
        expected=expected,
        person={"sex": sex, "birth_date": date(DAY.year - age, 3, 1).isoformat()},
        earlier=earlier,
        clause="norms A7.1",
    )


def _answered(name: str, zh: str, en: str, result: str, outcome: str) -> Example:
    return Example(
        name,
        Text(zh, en),
        DIAGNOSIS_FORM,
        DAY,
        {"result": result},
        {"outcome": outcome},
        clause="norms A7.1",
    )


NORMAL, RECHECK, REFER = {"outcome": "normal"}, {"outcome": "recheck"}, {"outcome": "refer"}


def at_risk(*factors: str) -> dict[str, Any]:
    return {"outcome": "high_risk", "risk_factors": list(factors)}


EXAMPLES = (
    _measured("normal", "正常血压", "normal", (118, 76), NORMAL),
    _measured(
        "first_raised",
        "首次升高：非同日复测",
        "raised for the first time",
        (140, 85),
        {**RECHECK, "raised_days": 1},
    ),
    _measured("diastolic_alone", "仅舒张压90", "diastolic 90 alone", (128, 90), RECHECK),
    _measured(
        "second_day",
        "第二日仍升高",
        "raised on a second day",
        (146, 88),
        {**RECHECK, "raised_days": 2},
        before("2026-05-05", 150, 90),
    ),
    _measured(
        "third_day",
        "三个不同日均升高：转诊",
        "raised on three different days: refer",
        (142, 86),
        {**REFER, "raised_days": 3},
        before("2026-04-28", 150, 90),
        before("2026-05-05", 144, 88),
    ),
    _measured(
        "same_day_counts_once",
        "同日三次测量只算一日",
        "three readings of one day count once",
        (142, 86),
        {**RECHECK, "raised_days": 1},
        before("2026-05-12", 150, 90),
        before("2026-05-12", 146, 88),
    ),
    _measured(
        "last_of_day_counts",
        "同日以最后一次为准",
        "the last reading of a day counts",
        (142, 86),
        {**RECHECK, "raised_days": 1},
        before("2026-05-05", 150, 90),
        before("2026-05-05", 128, 80),
    ),
    _measured(
        "broken_row",
        "中间一日正常：重新计数",
        "a normal day in between: counted anew",
        (142, 86),
        {**RECHECK, "raised_days": 1},
        before("2026-04-21", 150, 90),
        before("2026-04-28", 148, 92),
        before("2026-05-05", 126, 80),
    ),
    _measured(
        "later_does_not_count",
        "补录：只看此前的测量",
        "entered late: only earlier days count",
        (142, 86),
        {**RECHECK, "raised_days": 1},
        before("2026-05-20", 150, 90),
        before("2026-05-27", 150, 90),
    ),
    _measured("emergency", "危急血压", "dangerous", (182, 96), {"outcome": "emergency"}),
    _measured("emergency_diastolic", "舒张压110", "diastolic 110", (150, 110), {"outcome": "emergency"}),
    _measured(
        "known",
        "已确诊：建议纳入管理",
        "diagnosed already: enrol",
        (150, 92),
        {"outcome": "known"},
        known="2",
    ),
    _measured(
        "known_emergency",
        "已确诊但血压危急",
        "diagnosed, but dangerous",
        (190, 92),
        {"outcome": "emergency"},
        known="2",
    ),
    _measured(
        "secondary",
        "怀疑继发性：转诊",
        "secondary suspected: refer",
        (150, 92),
        REFER,
        secondary_suspected="2",
    ),
    _measured("risk_pressure", "高危：130/80", "at risk: 130/80", (130, 80), at_risk("1")),
    _measured("risk_diastolic", "高危：舒张压85", "at risk: diastolic 85", (120, 85), at_risk("1")),
    _measured("no_risk_129", "129/84：正常", "129/84: normal", (129, 84), NORMAL),
    _measured(
        "risk_bmi",
        "高危：BMI 24",
        "at risk: BMI 24",
        (118, 76),
        at_risk("2"),
        height=Decimal(170),
        weight=Decimal("69.4"),
    ),
    _measured(
        "no_risk_bmi",
        "BMI 23.9：正常",
        "BMI 23.9: normal",
        (118, 76),
        NORMAL,
        height=Decimal(170),
        weight=Decimal("69.0"),
    ),
    _measured(
        "risk_waist_man",
        "高危：男，腰围90",
        "at risk: man, waist 90",
        (118, 76),
        at_risk("2"),
        waist=Decimal(90),
    ),
    _measured(
        "no_risk_waist_man", "男，腰围89.9", "man, waist 89.9", (118, 76), NORMAL, waist=Decimal("89.9")
    ),
    _measured(
        "risk_waist_woman",
        "高危：女，腰围85",
        "at risk: woman, waist 85",
        (118, 76),
        at_risk("2"),
        sex="2",
        waist=Decimal(85),
    ),
    _measured(
        "risk_family", "高危：家族史", "at risk: family history", (118, 76), at_risk("3"), family_history="2"
    ),
    _measured("risk_salt", "高危：高盐", "at risk: salt", (118, 76), at_risk("4"), high_salt="2"),
    _measured(
        "risk_alcohol",
        "高危：白酒100 mL/日",
        "at risk: 100 mL of spirit a day",
        (118, 76),
        at_risk("5"),
        spirit_ml=100,
    ),
    _measured("no_risk_alcohol", "白酒99 mL/日", "99 mL of spirit a day", (118, 76), NORMAL, spirit_ml=99),
    _measured("risk_age", "高危：55岁", "at risk: 55 years", (118, 76), at_risk("6"), age=55),
    _measured("no_risk_age", "54岁", "54 years", (118, 76), NORMAL, age=54),
    _measured("two_risks", "两项高危因素", "two risk factors", (134, 76), at_risk("1", "6"), age=60),
    Example(
        "no_pressure",
        Text("没有血压", "no pressure"),
        FORM,
        DAY,
        {"sbp": 140},
        {},
        refused="hypertension.pressure_missing",
        clause="norms A7.1",
    ),
    _answered("confirmed", "确诊", "confirmed", "1", "confirmed"),
    _answered("excluded", "排除", "excluded", "2", "excluded"),
    _answered("secondary_found", "继发性", "secondary", "3", "secondary"),
    _answered("not_seen", "未就诊", "has not gone", "4", "not_seen"),
)
