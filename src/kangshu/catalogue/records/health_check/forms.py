"""The adult health-check form: 健康体检表, third edition (norms A16, ranges A17).

Shared by every programme that asks for a yearly check: elders, hypertension, diabetes, severe mental
disorder. Items that the paper marks with a star are done where they can be done, so they are never required.
"""

from __future__ import annotations

from kangshu.catalogue.asking import number, one_of, several_of, words
from kangshu.catalogue.records.health_check.examination import EXAMINATION, ORGANS
from kangshu.catalogue.records.health_check.history import (
    EVALUATION,
    INPATIENT,
    MEDICATION,
    PROBLEMS,
    VACCINATION,
)
from kangshu.catalogue.records.health_check.tests_done import TESTS
from kangshu.declare import Check, Choice, Field, FieldType, Form, Range, Section, Text, numbered
from kangshu.declare.expression import Expression, answer, performed_on, person

SOURCE = "国家基本公共卫生服务规范（第三版）2017，健康体检表；norms A16, A17"

IS_ELDER = person.age_on(performed_on) >= 65

SYMPTOMS = Section(
    "symptoms",
    Text("症状", "Symptoms"),
    (
        several_of(
            "symptoms",
            "症状",
            "Symptoms",
            numbered(
                ("无症状", "none"),
                ("头痛", "headache"),
                ("头晕", "dizziness"),
                ("心悸", "palpitation"),
                ("胸闷", "chest tightness"),
                ("胸痛", "chest pain"),
                ("慢性咳嗽", "chronic cough"),
                ("咳痰", "sputum"),
                ("呼吸困难", "dyspnoea"),
                ("多饮", "polydipsia"),
                ("多尿", "polyuria"),
                ("体重下降", "weight loss"),
                ("乏力", "fatigue"),
                ("关节肿痛", "joint pain or swelling"),
                ("视力模糊", "blurred vision"),
                ("手脚麻木", "numb hands or feet"),
                ("尿急", "urgency"),
                ("尿痛", "dysuria"),
                ("便秘", "constipation"),
                ("腹泻", "diarrhoea"),
                ("恶心呕吐", "nausea or vomiting"),
                ("眼花", "blurred eyes"),
                ("耳鸣", "tinnitus"),
                ("乳房胀痛", "breast pain"),
                ("其他", "other"),
            ),
            alone="1",
            required=True,
            de="DE04.01.116.00",
        ),
        words("symptoms_other", "其他症状", "Other symptoms", visible=answer("symptoms").includes("25")),
    ),
)


def _pressure(side: str, zh: str, en: str) -> tuple[Field, Field]:
    return (
        number(
            f"sbp_{side}",
            f"{zh}收缩压",
            f"Systolic, {en}",
            "mmHg",
            (40, 300),
            (90, 180),
            required=side == "right",
            de="DE04.10.174.00",
            fhir="85354-9/8480-6",
        ),
        number(
            f"dbp_{side}",
            f"{zh}舒张压",
            f"Diastolic, {en}",
            "mmHg",
            (20, 200),
            (50, 110),
            required=side == "right",
            de="DE04.10.176.00",
            fhir="85354-9/8462-4",
        ),
    )


GENERAL = Section(
    "general",
    Text("一般状况", "General condition"),
    (
        number(
            "temperature", "体温", "Temperature", "℃", (30, 45), ("35.5", 38), places=1, de="DE04.10.186.00"
        ),
        number("pulse", "脉率", "Pulse", "次/分", (20, 250), (50, 120), de="DE04.10.118.00"),
        number("respiration", "呼吸频率", "Respiration", "次/分", (5, 80), (10, 30)),
        *_pressure("left", "左侧", "left"),
        *_pressure("right", "右侧", "right"),
        number(
            "height",
            "身高",
            "Height",
            "cm",
            (80, 230),
            places=1,
            required=True,
            de="DE04.10.167.00",
            fhir="8302-2",
        ),
        number(
            "weight",
            "体重",
            "Weight",
            "kg",
            (20, 300),
            places=1,
            required=True,
            de="DE04.10.188.00",
            fhir="29463-7",
        ),
        number("waist", "腰围", "Waist", "cm", (30, 200), (60, 110), places=1, de="DE04.10.218.00"),
        Field(
            "bmi",
            Text("体质指数", "BMI"),
            FieldType.COMPUTED,
            unit="kg/m²",
            places=1,
            expression=(answer("weight") / ((answer("height") / 100) * (answer("height") / 100))).rounded(1),
            hard=Range.of(8, 70),
            soft=Range.of("18.5", 28),
            fhir="39156-5",
        ),
        one_of(
            "elder_self_rating",
            "老年人健康状态自我评估",
            "Elder: own view of health",
            numbered(
                ("满意", "satisfied"),
                ("基本满意", "fairly satisfied"),
                ("说不清楚", "cannot say"),
                ("不太满意", "rather dissatisfied"),
                ("不满意", "dissatisfied"),
            ),
            visible=IS_ELDER,
            de="DE04.01.036.00",
        ),
        one_of(
            "elder_self_care",
            "老年人生活自理能力自我评估",
            "Elder: self-care",
            numbered(
                ("可自理（0～3分）", "able (0–3)"),
                ("轻度依赖（4～8分）", "mild dependence (4–8)"),
                ("中度依赖（9～18分）", "moderate dependence (9–18)"),
                ("不能自理（≥19分）", "unable (19 and more)"),
            ),
            visible=IS_ELDER,
        ),
        one_of(
            "elder_cognition",
            "老年人认知功能",
            "Elder: cognition",
            numbered(("粗筛阴性", "screen negative"), ("粗筛阳性", "screen positive")),
            visible=IS_ELDER,
        ),
        number(
            "elder_cognition_score",
            "简易智力状态检查总分",
            "MMSE score",
            "分",
            (0, 30),
            visible=answer("elder_cognition").equals("2"),
        ),
        one_of(
            "elder_emotion",
            "老年人情感状态",
            "Elder: emotion",
            numbered(("粗筛阴性", "screen negative"), ("粗筛阳性", "screen positive")),
            visible=IS_ELDER,
        ),
        number(
            "elder_emotion_score",
            "老年人抑郁评分",
            "GDS score",
            "分",
            (0, 30),
            visible=answer("elder_emotion").equals("2"),
        ),
    ),
)

EXERCISES = answer("exercise_frequency").is_in("1", "2", "3")
HAS_SMOKED = answer("smoking").is_in("2", "3")
DRINKS = answer("drinking_frequency").is_in("2", "3", "4")


def _hazard(name: str, zh: str, en: str) -> tuple[Field, Field]:
    """An occupational hazard and whether the person is protected from it."""
    exposed: Expression = answer("occupational_exposure").equals("2")
    return (
        words(f"hazard_{name}", zh, en, length=60, visible=exposed),
        one_of(
            f"hazard_{name}_protection",
            f"{zh}防护措施",
            f"{en}: protection",
            numbered(("无", "no"), ("有", "yes")),
            visible=exposed & answer(f"hazard_{name}").is_known(),
        ),
    )


LIFESTYLE = Section(
    "lifestyle",
    Text("生活方式", "Life style"),
    (
        one_of(
            "exercise_frequency",
            "体育锻炼频率",
            "Exercise",
            numbered(
                ("每天", "daily"),
                ("每周一次以上", "more than once a week"),
                ("偶尔", "now and then"),
                ("不锻炼", "none"),
            ),
            de="DE03.00.087.00",
        ),
        number(
            "exercise_minutes",
            "每次锻炼时间",
            "Minutes each time",
            "分钟",
            (0, 600),
            measured=False,
            visible=EXERCISES,
            de="DE03.00.088.00",
        ),
        number(
            "exercise_years",
            "坚持锻炼时间",
            "Years kept up",
            "年",
            (0, 100),
            measured=False,
            visible=EXERCISES,
        ),
        words("exercise_mode", "锻炼方式", "Kind of exercise", visible=EXERCISES),
        several_of(
            "diet",
            "饮食习惯",
            "Diet",
            numbered(
                ("荤素均衡", "balanced"),
                ("荤食为主", "mainly meat"),
                ("素食为主", "mainly vegetable"),
                ("嗜盐", "salty"),
                ("嗜油", "oily"),
                ("嗜糖", "sweet"),
            ),
        ),
        one_of(
            "smoking",
            "吸烟状况",
            "Smoking",
            numbered(("从不吸烟", "never"), ("已戒烟", "quit"), ("吸烟", "smokes")),
            de="DE03.00.073.00",
        ),
        number(
            "smoking_per_day",
            "日吸烟量",
            "Cigarettes a day",
            "支",
            (0, 200),
            measured=False,
            visible=HAS_SMOKED,
            de="DE03.00.053.00",
        ),
        number(
            "smoking_from_age",
            "开始吸烟年龄",
            "Smokes since age",
            "岁",
            (5, 120),
            measured=False,
            visible=HAS_SMOKED,
        ),
        number(
            "smoking_quit_age",
            "戒烟年龄",
            "Quit at age",
            "岁",
            (5, 120),
            measured=False,
            visible=answer("smoking").equals("2"),
        ),
        one_of(
            "drinking_frequency",
            "饮酒频率",
            "Drinking",
            numbered(("从不", "never"), ("偶尔", "now and then"), ("经常", "often"), ("每天", "daily")),
            de="DE03.00.076.00",
        ),
        number(
            "drinking_per_day",
            "日饮酒量",
            "Alcohol a day",
            "两",
            (0, 50),
            places=1,
            measured=False,
            visible=DRINKS,
        ),
        one_of(
            "drinking_quit",
            "是否戒酒",
            "Has quit drinking",
            numbered(("未戒酒", "no"), ("已戒酒", "yes")),
            visible=DRINKS,
        ),
        number(
            "drinking_quit_age",
            "戒酒年龄",
            "Quit at age",
            "岁",
            (5, 120),
            measured=False,
            visible=answer("drinking_quit").equals("2"),
        ),
        number(
            "drinking_from_age",
            "开始饮酒年龄",
            "Drinks since age",
            "岁",
            (5, 120),
            measured=False,
            visible=DRINKS,
        ),
        one_of(
            "drunk_last_year",
            "近一年内是否曾醉酒",
            "Drunk in the last year",
            numbered(("是", "yes"), ("否", "no")),
            visible=DRINKS,
        ),
        several_of(
            "drinking_kinds",
            "饮酒种类",
            "What is drunk",
            numbered(
                ("白酒", "spirit"),
                ("啤酒", "beer"),
                ("红酒", "red wine"),
                ("黄酒", "yellow wine"),
                ("其他", "other"),
            ),
            visible=DRINKS,
        ),
        one_of(
            "occupational_exposure",
            "职业病危害因素接触史",
            "Occupational exposure",
            numbered(("无", "none"), ("有", "yes")),
        ),
        words("occupation", "工种", "Job", visible=answer("occupational_exposure").equals("2")),
        number(
            "occupation_years",
            "从业时间",
            "Years in the job",
            "年",
            (0, 80),
            measured=False,
            visible=answer("occupational_exposure").equals("2"),
        ),
        *_hazard("dust", "粉尘", "Dust"),
        *_hazard("radiation", "放射物质", "Radiation"),
        *_hazard("physical", "物理因素", "Physical factors"),
        *_hazard("chemical", "化学物质", "Chemicals"),
        *_hazard("other", "其他毒物", "Other"),
    ),
)


def _above(side: str, zh: str, en: str) -> Check:
    return Check(
        f"sbp_above_dbp_{side}",
        answer(f"sbp_{side}") > answer(f"dbp_{side}"),
        Text(f"{zh}收缩压须高于舒张压，请核对。", f"Systolic must be above diastolic ({en})."),
        field=f"sbp_{side}",
    )


HEALTH_CHECK = Form(
    id="records.health_check",
    version=1,
    title=Text("健康体检表", "Health check"),
    sections=(
        SYMPTOMS,
        GENERAL,
        LIFESTYLE,
        ORGANS,
        EXAMINATION,
        TESTS,
        PROBLEMS,
        INPATIENT,
        MEDICATION,
        VACCINATION,
        EVALUATION,
    ),
    checks=(_above("left", "左侧", "left"), _above("right", "右侧", "right")),
    rule="assess",
    outcomes=(
        Choice("normal", Text("体检无异常", "nothing abnormal")),
        Choice("abnormal", Text("有异常", "abnormal")),
        Choice("urgent", Text("紧急转诊", "urgent referral")),
    ),
    source=SOURCE,
)
