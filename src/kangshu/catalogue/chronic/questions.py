"""The questions that the follow-up forms of chronic diseases have in common (norms A7.3, A8).

A question with the same name, words, unit and codes is one question: whoever sees a person for two diseases
at once is asked it once, and both records hold the answer (`work.joint`). What only looks alike has a name of
its own: the drugs against one disease, the signs that make one disease an emergency.
"""

from __future__ import annotations

from kangshu.catalogue.asking import GOOD_FAIR_POOR, one_of, words
from kangshu.declare import Check, Field, FieldType, Range, Section, Text, numbered
from kangshu.declare.expression import Expression, add_days, add_months, answer, performed_on, person, when

NONE_YES = numbered(("无", "no"), ("有", "yes"))

MODE = Field(
    "mode",
    Text("随访方式", "Mode"),
    FieldType.CHOICE,
    choices=numbered(("门诊", "clinic"), ("家庭", "home"), ("电话", "telephone")),
    required=True,
    carried=True,
)
FACE_TO_FACE = answer("mode").is_in("1", "2")

PREGNANT = Field(
    "pregnant_or_lactating",
    Text("妊娠期或哺乳期", "Pregnant or lactating"),
    FieldType.YES_NO,
    visible=person.sex.equals("2") & (person.age_on(performed_on) <= 55),
    carried=True,
)

PRESSURE = (
    Field(
        "sbp",
        Text("收缩压", "Systolic pressure"),
        FieldType.INTEGER,
        unit="mmHg",
        hard=Range.of(40, 300),
        soft=Range.of(90, 179),
        required=True,
        measured=True,
        de="DE04.10.174.00",
        fhir="85354-9/8480-6",
    ),
    Field(
        "dbp",
        Text("舒张压", "Diastolic pressure"),
        FieldType.INTEGER,
        unit="mmHg",
        hard=Range.of(20, 200),
        soft=Range.of(60, 109),
        required=True,
        measured=True,
        de="DE04.10.176.00",
        fhir="85354-9/8462-4",
    ),
)

WEIGHT = Field(
    "weight",
    Text("体重", "Weight"),
    FieldType.DECIMAL,
    unit="kg",
    places=1,
    hard=Range.of(20, 300),
    measured=True,
    de="DE04.10.188.00",
    fhir="29463-7",
)
WEIGHT_TARGET = Field(
    "weight_target",
    Text("目标体重", "Target weight"),
    FieldType.DECIMAL,
    unit="kg",
    places=1,
    hard=Range.of(20, 300),
    carried=True,
)
HEIGHT = Field(
    "height",
    Text("身高", "Height"),
    FieldType.DECIMAL,
    unit="cm",
    places=1,
    hard=Range.of(80, 230),
    carried=True,
    de="DE04.10.167.00",
    fhir="8302-2",
)
BMI = Field(
    "bmi",
    Text("体质指数", "BMI"),
    FieldType.COMPUTED,
    unit="kg/m²",
    places=1,
    expression=(answer("weight") / ((answer("height") / 100) * (answer("height") / 100))).rounded(1),
    hard=Range.of(8, 70),
    soft=Range.of("18.5", 24),
    fhir="39156-5",
)
BODY = (WEIGHT, WEIGHT_TARGET, HEIGHT, BMI)

HEART_RATE = Field(
    "heart_rate",
    Text("心率", "Heart rate"),
    FieldType.INTEGER,
    unit="次/分",
    hard=Range.of(20, 250),
    soft=Range.of(50, 110),
    measured=True,
    de="DE04.10.206.00",
    fhir="8867-4",
)
OTHER_SIGNS = Field("other_signs", Text("其他体征", "Other signs"), FieldType.TEXT, max_length=200)


def now_and_target(
    name: str, title: tuple[str, str], unit: str, greatest: int, type: FieldType = FieldType.INTEGER
) -> tuple[Field, Field]:
    """The paper prints most habits as now / target."""
    zh, en = title
    places = 1 if type is FieldType.DECIMAL else None
    limit = Range.of(0, greatest)
    return (
        Field(name, Text(zh, en), type, unit=unit, hard=limit, places=places, carried=True),
        Field(
            f"{name}_target",
            Text(f"{zh}（目标）", f"{en}, target"),
            type,
            unit=unit,
            hard=limit,
            places=places,
            carried=True,
        ),
    )


HABITS = (
    *now_and_target("smoking", ("日吸烟量", "Cigarettes a day"), "支", 200),
    *now_and_target("drinking", ("日饮酒量", "Alcohol a day"), "两", 50, FieldType.DECIMAL),
    *now_and_target("exercise_times", ("运动次数", "Exercise a week"), "次/周", 21),
    *now_and_target("exercise_minutes", ("每次运动时间", "Minutes each time"), "分钟/次", 600),
)
PSYCHOLOGICAL = one_of("psychological", "心理调整", "Psychological adjustment", GOOD_FAIR_POOR)
COMPLIANCE = one_of("compliance", "遵医行为", "Compliance", GOOD_FAIR_POOR)
LIFESTYLE_TITLE = Text("生活方式指导", "Life style")

AUXILIARY_TEST = words("auxiliary_test", "辅助检查", "Auxiliary tests", length=500, carried=False)
ADHERENCE = one_of(
    "medication_adherence",
    "服药依从性",
    "Medication adherence",
    numbered(("规律", "regular"), ("间断", "intermittent"), ("不服药", "takes none")),
    required=True,
)
REACTION = (
    one_of("adverse_reaction", "药物不良反应", "Adverse drug reaction", NONE_YES, required=True),
    words(
        "adverse_reaction_text",
        "不良反应说明",
        "Which reaction",
        length=200,
        visible=answer("adverse_reaction").equals("2"),
        required=answer("adverse_reaction").equals("2"),
        carried=False,
    ),
)
COMPLICATION = (
    one_of(
        "complication",
        "新发或加重的并发症",
        "New or worse complication",
        NONE_YES,
        carried=False,
        hint=Text("自上次随访以来；不填视为无", "since the last visit; none if left empty"),
    ),
    words(
        "complication_text",
        "并发症说明",
        "Which complication",
        length=200,
        visible=answer("complication").equals("2"),
        carried=False,
    ),
)


def drugs(prefix: str, zh: str, en: str) -> tuple[Field, ...]:
    """Three named drugs and others, as the paper prints them: name, times a day, amount each time."""
    return tuple(
        field
        for number in (1, 2, 3, 4)
        for field in _drug(
            f"{prefix}_{number}",
            f"{zh}{number}" if number < 4 else f"其他{zh}",
            f"{en} {number}",
            Text(f"{zh}{number}名称", f"{en} {number}")
            if number < 4
            else Text(f"其他{zh}名称", f"Other {en.lower()}"),
        )
    )


def _drug(name: str, zh: str, en: str, title: Text) -> tuple[Field, ...]:
    named = answer(f"{name}_name").is_known()
    return (
        Field(f"{name}_name", title, FieldType.TEXT, max_length=60, carried=True),
        Field(
            f"{name}_times",
            Text(f"{zh}每日次数", f"{en}: times a day"),
            FieldType.INTEGER,
            unit="次/日",
            hard=Range.of(0, 24),
            visible=named,
            carried=True,
        ),
        Field(
            f"{name}_dose",
            Text(f"{zh}每次用量", f"{en}: amount each time"),
            FieldType.TEXT,
            max_length=30,
            visible=named,
            carried=True,
        ),
    )


CLASSES = numbered(
    ("控制满意", "controlled"),
    ("控制不满意", "not controlled"),
    ("不良反应", "adverse reaction"),
    ("并发症", "complication"),
)
OUTCOME = Section(
    "outcome",
    Text("分类与处置", "Class and plan"),
    (
        one_of(
            "class",
            "此次随访分类",
            "Class of this visit",
            CLASSES,
            assessed="class",
            hint=Text("留空则按规则分类", "left empty, the rules classify"),
        ),
        words("referral_reason", "转诊原因", "Reason of referral", length=200, carried=False),
        words("referral_to", "转诊机构及科别", "Referred to", carried=False),
        Field("next_visit_on", Text("下次随访日期", "Next visit"), FieldType.DATE, assessed="next_visit_on"),
        words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
    ),
)

LATEST_NEXT: Expression = (
    when(answer("class").is_in("2", "3", "4"))
    .then(add_days(performed_on, 14))
    .otherwise(add_months(performed_on, 3))
)

CHECKS = (
    Check(
        "sbp_above_dbp",
        answer("sbp") > answer("dbp"),
        Text("收缩压须高于舒张压，请核对两个数值。", "Systolic must be above diastolic: check both values."),
        field="sbp",
    ),
    Check(
        "class_1_means_no_trouble",
        ~(
            answer("class").equals("1")
            & (answer("adverse_reaction").equals("2") | answer("complication").equals("2"))
        ),
        Text(
            "有不良反应或并发症时，一般不应归为控制满意，请核对。",
            "With an adverse reaction or a complication the class is rarely 1: please check.",
        ),
        hard=False,
        field="class",
    ),
    Check(
        "next_after_this",
        answer("next_visit_on") > performed_on,
        Text("下次随访日期须晚于本次随访日期。", "The next visit must be after this one."),
        field="next_visit_on",
    ),
    Check(
        "next_in_time",
        answer("next_visit_on") <= LATEST_NEXT,
        Text(
            "下次随访不应晚于3个月；控制不满意、不良反应或并发症不应晚于14天。",
            "The next visit should be within 3 months; within 14 days when not controlled, "
            "with an adverse reaction or a complication.",
        ),
        hard=False,
        field="next_visit_on",
    ),
)
