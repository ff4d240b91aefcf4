"""Forms of screening: a measurement with the six risk factors, and what the hospital said (norms A7.1)."""

from __future__ import annotations

from kangshu.catalogue.chronic.hypertension_screening.wording import OUTCOMES
from kangshu.catalogue.chronic.questions import PRESSURE
from kangshu.declare import Check, Choice, Field, FieldType, Form, Range, Section, Text, numbered
from kangshu.declare.expression import answer, performed_on

SOURCE = "国家基本公共卫生服务规范（第三版）2017，高血压患者健康管理服务规范；norms A7.1, A17"
NO_YES = numbered(("否", "no"), ("是", "yes"))

MEASUREMENT = Section(
    "measurement",
    Text("血压测量", "Measurement"),
    (
        *PRESSURE,
        Field(
            "known",
            Text("已由医院确诊为原发性高血压", "Primary hypertension already diagnosed by a hospital"),
            FieldType.CHOICE,
            choices=NO_YES,
        ),
        Field(
            "secondary_suspected",
            Text("怀疑继发性高血压", "Secondary hypertension suspected"),
            FieldType.CHOICE,
            choices=NO_YES,
        ),
    ),
)

RISK_FACTORS = Section(
    "risk_factors",
    Text("高危因素", "Risk factors"),
    (
        Field(
            "height",
            Text("身高", "Height"),
            FieldType.DECIMAL,
            unit="cm",
            places=1,
            hard=Range.of(80, 230),
            carried=True,
            de="DE04.10.167.00",
        ),
        Field(
            "weight",
            Text("体重", "Weight"),
            FieldType.DECIMAL,
            unit="kg",
            places=1,
            hard=Range.of(20, 300),
            measured=True,
            de="DE04.10.188.00",
        ),
        Field(
            "bmi",
            Text("体质指数", "BMI"),
            FieldType.COMPUTED,
            unit="kg/m²",
            places=1,
            expression=(answer("weight") / ((answer("height") / 100) * (answer("height") / 100))).rounded(1),
            hard=Range.of(8, 70),
        ),
        Field(
            "waist",
            Text("腰围", "Waist"),
            FieldType.DECIMAL,
            unit="cm",
            places=1,
            hard=Range.of(30, 200),
            soft=Range.of(60, 110),
            measured=True,
            de="DE04.10.218.00",
        ),
        Field(
            "family_history",
            Text("高血压家族史（一、二级亲属）", "Family history (first or second degree)"),
            FieldType.CHOICE,
            choices=NO_YES,
            carried=True,
        ),
        Field(
            "high_salt",
            Text("长期高盐饮食", "Long-term high salt"),
            FieldType.CHOICE,
            choices=NO_YES,
            carried=True,
        ),
        Field(
            "spirit_ml",
            Text("每日饮白酒量", "White spirit a day"),
            FieldType.INTEGER,
            unit="mL",
            hard=Range.of(0, 2000),
            carried=True,
        ),
        Field("doctor", Text("测量人", "Measured by"), FieldType.TEXT, max_length=40),
    ),
)


def _outcomes(*codes: str) -> tuple[Choice, ...]:
    return tuple(Choice(code, OUTCOMES[code]) for code in codes)


SCREENING = Form(
    id="chronic.hypertension.screening",
    version=1,
    title=Text("高血压筛查记录表", "Hypertension screening"),
    sections=(MEASUREMENT, RISK_FACTORS),
    checks=(
        Check(
            "sbp_above_dbp",
            answer("sbp") > answer("dbp"),
            Text(
                "收缩压须高于舒张压，请核对两个数值。", "Systolic must be above diastolic: check both values."
            ),
            field="sbp",
        ),
    ),
    rule="assess_screening",
    outcomes=_outcomes("emergency", "known", "refer", "recheck", "high_risk", "normal"),
    source=SOURCE,
)

DIAGNOSIS = Form(
    id="chronic.hypertension.diagnosis",
    version=1,
    title=Text("高血压转诊结果记录表", "What came of the referral"),
    sections=(
        Section(
            "result",
            Text("转诊结果", "Result"),
            (
                Field(
                    "result",
                    Text("转诊结果", "Result"),
                    FieldType.CHOICE,
                    choices=numbered(
                        ("确诊原发性高血压", "primary hypertension confirmed"),
                        ("排除高血压", "no hypertension"),
                        ("继发性高血压", "secondary hypertension"),
                        ("未就诊", "has not gone"),
                    ),
                    required=True,
                ),
                Field(
                    "seen_on",
                    Text("就诊日期", "Seen on"),
                    FieldType.DATE,
                    required=answer("result").is_in("1", "2", "3"),
                    visible=answer("result").differs_from("4"),
                ),
                Field(
                    "hospital",
                    Text("诊断机构", "Hospital"),
                    FieldType.TEXT,
                    max_length=100,
                    visible=answer("result").differs_from("4"),
                ),
                Field("note", Text("备注", "Note"), FieldType.LONG_TEXT, max_length=500),
                Field("doctor", Text("随访医生", "Doctor"), FieldType.TEXT, max_length=40),
            ),
        ),
    ),
    checks=(
        Check(
            "seen_before_told",
            answer("seen_on") <= performed_on,
            Text("就诊日期不能晚于记录日期。", "Seen on a day after this record."),
            field="seen_on",
        ),
    ),
    rule="assess_diagnosis",
    outcomes=_outcomes("confirmed", "excluded", "secondary", "not_seen"),
    source=SOURCE,
)
