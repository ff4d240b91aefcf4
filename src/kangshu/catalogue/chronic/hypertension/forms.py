"""The follow-up form of hypertension: 高血压患者随访服务记录表, third edition (norms A7.3, ranges A17).

What the paper form prints is here in its order and with its codes. Three questions are added because the
decision table of the norm needs their answers and the paper leaves them to prose: signs of an emergency,
pregnancy or lactation, and whether a complication is new or worse.
"""

from __future__ import annotations

from kangshu.catalogue.chronic.hypertension.wording import ACTIONS
from kangshu.declare import Check, Choice, Field, FieldType, Form, Range, Section, Text, numbered
from kangshu.declare.expression import add_days, add_months, answer, performed_on, person, when

SOURCE = "国家基本公共卫生服务规范（第三版）2017，高血压患者健康管理服务规范；norms A7.3, A17"


GOOD_FAIR_POOR = numbered(("良好", "good"), ("一般", "fair"), ("差", "poor"))
LIGHT_MEDIUM_HEAVY = numbered(("轻", "light"), ("中", "medium"), ("重", "heavy"))
NO_YES = numbered(("无", "no"), ("有", "yes"))

VISIT = Section(
    "visit",
    Text("随访", "Visit"),
    (
        Field(
            "mode",
            Text("随访方式", "Mode"),
            FieldType.CHOICE,
            choices=numbered(("门诊", "clinic"), ("家庭", "home"), ("电话", "telephone")),
            required=True,
            carried=True,
        ),
        Field(
            "symptoms",
            Text("症状", "Symptoms"),
            FieldType.CHOICES,
            choices=numbered(
                ("无症状", "none"),
                ("头痛头晕", "headache or dizziness"),
                ("恶心呕吐", "nausea or vomiting"),
                ("眼花耳鸣", "blurred eyes or tinnitus"),
                ("呼吸困难", "dyspnoea"),
                ("心悸胸闷", "palpitation or chest tightness"),
                ("鼻衄出血不止", "nosebleed that does not stop"),
                ("四肢发麻", "numb limbs"),
                ("下肢水肿", "leg oedema"),
                ("其他", "other"),
            ),
            required=True,
            exclusive=frozenset({"1"}),
            carried=True,
            de="DE04.01.116.00",
        ),
        Field(
            "symptoms_other",
            Text("其他症状", "Other symptoms"),
            FieldType.TEXT,
            visible=answer("symptoms").includes("10"),
            required=answer("symptoms").includes("10"),
            max_length=100,
        ),
        Field(
            "emergency_signs",
            Text("危急情况", "Emergency signs"),
            FieldType.CHOICES,
            choices=numbered(
                ("无", "none"),
                ("意识改变", "change of consciousness"),
                ("剧烈头痛或头晕", "severe headache or dizziness"),
                ("恶心呕吐（伴血压升高）", "nausea and vomiting"),
                ("视力模糊、眼痛", "blurred vision or eye pain"),
                ("心悸、胸闷", "palpitation or chest tightness"),
                ("喘憋不能平卧", "dyspnoea, unable to lie flat"),
                ("其他不能处理的情况", "another condition beyond this institution"),
            ),
            exclusive=frozenset({"1"}),
            hint=Text("有任何一项都须紧急转诊", "any of them calls for urgent referral"),
        ),
        Field(
            "pregnant_or_lactating",
            Text("妊娠期或哺乳期", "Pregnant or lactating"),
            FieldType.YES_NO,
            visible=person.sex.equals("2") & (person.age_on(performed_on) <= 55),
            carried=True,
        ),
    ),
)

SIGNS = Section(
    "signs",
    Text("体征", "Signs"),
    (
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
        Field(
            "weight",
            Text("体重", "Weight"),
            FieldType.DECIMAL,
            unit="kg",
            places=1,
            hard=Range.of(20, 300),
            measured=True,
            de="DE04.10.188.00",
            fhir="29463-7",
        ),
        Field(
            "weight_target",
            Text("目标体重", "Target weight"),
            FieldType.DECIMAL,
            unit="kg",
            places=1,
            hard=Range.of(20, 300),
            carried=True,
        ),
        Field(
            "height",
            Text("身高", "Height"),
            FieldType.DECIMAL,
            unit="cm",
            places=1,
            hard=Range.of(80, 230),
            carried=True,
            de="DE04.10.167.00",
            fhir="8302-2",
        ),
        Field(
            "bmi",
            Text("体质指数", "BMI"),
            FieldType.COMPUTED,
            unit="kg/m²",
            places=1,
            expression=(answer("weight") / ((answer("height") / 100) * (answer("height") / 100))).rounded(1),
            hard=Range.of(8, 70),
            soft=Range.of("18.5", 24),
            fhir="39156-5",
        ),
        Field(
            "heart_rate",
            Text("心率", "Heart rate"),
            FieldType.INTEGER,
            unit="次/分",
            hard=Range.of(20, 250),
            soft=Range.of(50, 110),
            measured=True,
            de="DE04.10.206.00",
            fhir="8867-4",
        ),
        Field("other_signs", Text("其他体征", "Other signs"), FieldType.TEXT, max_length=200),
    ),
)


def _now_and_target(
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


LIFESTYLE = Section(
    "lifestyle",
    Text("生活方式指导", "Life style"),
    (
        *_now_and_target("smoking", ("日吸烟量", "Cigarettes a day"), "支", 200),
        *_now_and_target("drinking", ("日饮酒量", "Alcohol a day"), "两", 50, FieldType.DECIMAL),
        *_now_and_target("exercise_times", ("运动次数", "Exercise a week"), "次/周", 21),
        *_now_and_target("exercise_minutes", ("每次运动时间", "Minutes each time"), "分钟/次", 600),
        Field("salt", Text("摄盐情况", "Salt"), FieldType.CHOICE, choices=LIGHT_MEDIUM_HEAVY, carried=True),
        Field(
            "salt_target",
            Text("摄盐情况（目标）", "Salt, target"),
            FieldType.CHOICE,
            choices=LIGHT_MEDIUM_HEAVY,
            carried=True,
        ),
        Field(
            "psychological",
            Text("心理调整", "Psychological adjustment"),
            FieldType.CHOICE,
            choices=GOOD_FAIR_POOR,
            carried=True,
        ),
        Field(
            "compliance",
            Text("遵医行为", "Compliance"),
            FieldType.CHOICE,
            choices=GOOD_FAIR_POOR,
            carried=True,
        ),
    ),
)

_DRUGS = tuple(
    field
    for number, name in ((1, "药物1"), (2, "药物2"), (3, "药物3"), (4, "其他药物"))
    for field in (
        Field(
            f"drug_{number}_name",
            Text(f"{name}名称", f"Drug {number}" if number < 4 else "Other drug"),
            FieldType.TEXT,
            max_length=60,
            carried=True,
        ),
        Field(
            f"drug_{number}_times",
            Text(f"{name}每日次数", f"Drug {number}: times a day"),
            FieldType.INTEGER,
            unit="次/日",
            hard=Range.of(0, 24),
            visible=answer(f"drug_{number}_name").is_known(),
            carried=True,
        ),
        Field(
            f"drug_{number}_dose",
            Text(f"{name}每次用量", f"Drug {number}: amount each time"),
            FieldType.TEXT,
            max_length=30,
            visible=answer(f"drug_{number}_name").is_known(),
            carried=True,
        ),
    )
)

TREATMENT = Section(
    "treatment",
    Text("检查与用药", "Tests and medication"),
    (
        Field("auxiliary_test", Text("辅助检查", "Auxiliary tests"), FieldType.LONG_TEXT, max_length=500),
        Field(
            "medication_adherence",
            Text("服药依从性", "Medication adherence"),
            FieldType.CHOICE,
            choices=numbered(("规律", "regular"), ("间断", "intermittent"), ("不服药", "takes none")),
            required=True,
            carried=True,
        ),
        Field(
            "adverse_reaction",
            Text("药物不良反应", "Adverse drug reaction"),
            FieldType.CHOICE,
            choices=NO_YES,
            required=True,
            carried=True,
        ),
        Field(
            "adverse_reaction_text",
            Text("不良反应说明", "Which reaction"),
            FieldType.TEXT,
            max_length=200,
            visible=answer("adverse_reaction").equals("2"),
            required=answer("adverse_reaction").equals("2"),
        ),
        Field(
            "complication",
            Text("新发或加重的并发症", "New or worse complication"),
            FieldType.CHOICE,
            choices=NO_YES,
            hint=Text("自上次随访以来；不填视为无", "since the last visit; none if left empty"),
        ),
        Field(
            "complication_text",
            Text("并发症说明", "Which complication"),
            FieldType.TEXT,
            max_length=200,
            visible=answer("complication").equals("2"),
        ),
        *_DRUGS,
    ),
)

OUTCOME = Section(
    "outcome",
    Text("分类与处置", "Class and plan"),
    (
        Field(
            "class",
            Text("此次随访分类", "Class of this visit"),
            FieldType.CHOICE,
            choices=numbered(
                ("控制满意", "controlled"),
                ("控制不满意", "not controlled"),
                ("不良反应", "adverse reaction"),
                ("并发症", "complication"),
            ),
            assessed="class",
            hint=Text("留空则按规则分类", "left empty, the rules classify"),
        ),
        Field("referral_reason", Text("转诊原因", "Reason of referral"), FieldType.TEXT, max_length=200),
        Field("referral_to", Text("转诊机构及科别", "Referred to"), FieldType.TEXT, max_length=100),
        Field(
            "next_visit_on",
            Text("下次随访日期", "Next visit"),
            FieldType.DATE,
            assessed="next_visit_on",
        ),
        Field("doctor", Text("随访医生签名", "Doctor"), FieldType.TEXT, max_length=40),
    ),
)

_LIMIT = (
    when(answer("class").is_in("2", "3", "4"))
    .then(add_days(performed_on, 14))
    .otherwise(add_months(performed_on, 3))
)

FOLLOW_UP = Form(
    id="chronic.hypertension.follow_up",
    version=1,
    title=Text("高血压患者随访服务记录表", "Hypertension follow-up"),
    sections=(VISIT, SIGNS, LIFESTYLE, TREATMENT, OUTCOME),
    checks=(
        Check(
            "sbp_above_dbp",
            answer("sbp") > answer("dbp"),
            Text(
                "收缩压须高于舒张压，请核对两个数值。", "Systolic must be above diastolic: check both values."
            ),
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
            answer("next_visit_on") <= _LIMIT,
            Text(
                "下次随访不应晚于3个月；控制不满意、不良反应或并发症不应晚于14天。",
                "The next visit should be within 3 months; within 14 days when not controlled, "
                "with an adverse reaction or a complication.",
            ),
            hard=False,
            field="next_visit_on",
        ),
    ),
    rule="assess",
    outcomes=tuple(Choice(code, title) for code, title in ACTIONS.items()),
    source=SOURCE,
)
