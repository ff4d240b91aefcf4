"""The follow-up form of type 2 diabetes: 2型糖尿病患者随访服务记录表, third edition (norms A8, ranges A17).

What the paper prints is here in its order and with its codes. Three questions are added because the decision
table of the norm needs their answers and the paper leaves them to prose: signs of an emergency, pregnancy or
lactation, and whether a complication is new or worse; heart rate and temperature may be given for the same
reason. The questions it shares with hypertension are the very same (`chronic.questions`).
"""

from __future__ import annotations

from kangshu.catalogue.asking import day, number, one_of, several_of, words
from kangshu.catalogue.chronic import questions
from kangshu.catalogue.chronic.diabetes.wording import ACTIONS
from kangshu.declare import Check, Choice, Form, Section, Text, numbered
from kangshu.declare.expression import answer, performed_on

SOURCE = "国家基本公共卫生服务规范（第三版）2017，2型糖尿病患者健康管理服务规范；norms A8, A17"

OTHER_SYMPTOM = answer("symptoms").includes("10")

VISIT = Section(
    "visit",
    Text("随访", "Visit"),
    (
        questions.MODE,
        several_of(
            "symptoms",
            "症状",
            "Symptoms",
            numbered(
                ("无症状", "none"),
                ("多饮", "polydipsia"),
                ("多食", "polyphagia"),
                ("多尿", "polyuria"),
                ("视力模糊", "blurred vision"),
                ("感染", "infection"),
                ("手脚麻木", "numb hands or feet"),
                ("下肢浮肿", "leg oedema"),
                ("体重明显下降", "marked weight loss"),
                ("其他", "other"),
            ),
            alone="1",
            required=True,
            de="DE04.01.116.00",
        ),
        words(
            "symptoms_other",
            "其他症状",
            "Other symptoms",
            visible=OTHER_SYMPTOM,
            required=OTHER_SYMPTOM,
            carried=False,
        ),
        several_of(
            "emergency_signs",
            "危急情况",
            "Emergency signs",
            numbered(
                ("无", "none"),
                ("意识或行为改变", "change of consciousness or behaviour"),
                ("呼气有烂苹果样丙酮味", "breath smells of acetone"),
                ("心悸、出汗", "palpitation, sweating"),
                ("食欲减退、恶心、呕吐", "no appetite, nausea, vomiting"),
                ("多饮、多尿、腹痛", "polydipsia, polyuria, abdominal pain"),
                ("深大呼吸、皮肤潮红", "deep breathing, flushed skin"),
                ("持续性心动过速", "persistent tachycardia"),
                ("高热", "high fever"),
                ("视力突然骤降", "sudden loss of vision"),
                ("其他不能处理的情况", "another condition beyond this institution"),
            ),
            alone="1",
            carried=False,
            hint=Text("有任何一项都须紧急转诊", "any of them calls for urgent referral"),
        ),
        questions.PREGNANT,
    ),
)

WEAK_PULSE = answer("dorsalis_pedis").is_in("2", "3")

SIGNS = Section(
    "signs",
    Text("体征", "Signs"),
    (
        *questions.PRESSURE,
        *questions.BODY,
        one_of(
            "dorsalis_pedis",
            "足背动脉搏动",
            "Dorsalis pedis pulse",
            numbered(("触及正常", "normal"), ("减弱", "weakened"), ("消失", "absent")),
            measured=True,
            required=answer("mode").is_in("1", "2"),
            de="DE04.10.238.00",
        ),
        one_of(
            "dorsalis_pedis_side",
            "减弱或消失的一侧",
            "Weakened or absent on",
            numbered(("双侧", "both sides"), ("左侧", "the left"), ("右侧", "the right")),
            visible=WEAK_PULSE,
            required=WEAK_PULSE,
            measured=True,
        ),
        questions.HEART_RATE,
        number(
            "temperature", "体温", "Temperature", "℃", (30, 45), ("35.5", 38), places=1, de="DE04.10.186.00"
        ),
        questions.OTHER_SIGNS,
    ),
)

LIFESTYLE = Section(
    "lifestyle",
    questions.LIFESTYLE_TITLE,
    (
        *questions.HABITS,
        *questions.now_and_target("staple_food", ("主食量", "Staple food a day"), "克/日", 2000),
        questions.PSYCHOLOGICAL,
        questions.COMPLIANCE,
    ),
)

INJECTS = answer("insulin_name").is_known()

TREATMENT = Section(
    "treatment",
    Text("检查与用药", "Tests and medication"),
    (
        number(
            "fbg",
            "空腹血糖",
            "Fasting glucose",
            "mmol/L",
            ("0.5", 50),
            ("4.0", "16.6"),
            places=1,
            required=True,
            de="DE04.50.102.00",
            fhir="1558-6",
        ),
        number(
            "hba1c",
            "糖化血红蛋白",
            "HbA1c",
            "%",
            (2, 20),
            (4, 7),
            places=1,
            de="DE04.50.083.00",
            fhir="4548-4",
        ),
        day(
            "hba1c_on",
            "糖化血红蛋白检查日期",
            "HbA1c tested on",
            visible=answer("hba1c").is_known(),
            carried=False,
        ),
        questions.AUXILIARY_TEST,
        questions.ADHERENCE,
        *questions.REACTION,
        one_of(
            "hypoglycaemia",
            "低血糖反应",
            "Hypoglycaemia",
            numbered(("无", "none"), ("偶尔", "now and then"), ("频繁", "often")),
            required=True,
        ),
        *questions.COMPLICATION,
        *questions.drugs("glucose_drug", "降糖药", "Glucose-lowering drug"),
        words("insulin_name", "胰岛素种类", "Insulin", length=60),
        number(
            "insulin_units",
            "胰岛素每日用量",
            "Insulin a day",
            "U/日",
            (0, 300),
            measured=False,
            visible=INJECTS,
        ),
        words("insulin_usage", "胰岛素用法", "Insulin: how", length=60, visible=INJECTS),
    ),
)

FOLLOW_UP = Form(
    id="chronic.diabetes.follow_up",
    version=1,
    title=Text("2型糖尿病患者随访服务记录表", "Type 2 diabetes follow-up"),
    sections=(VISIT, SIGNS, LIFESTYLE, TREATMENT, questions.OUTCOME),
    checks=(
        *questions.CHECKS,
        Check(
            "hba1c_not_after_visit",
            answer("hba1c_on") <= performed_on,
            Text("糖化血红蛋白检查日期不能晚于随访日期。", "The HbA1c cannot be tested after the visit."),
            field="hba1c_on",
        ),
    ),
    rule="assess",
    outcomes=tuple(Choice(code, title) for code, title in ACTIONS.items()),
    source=SOURCE,
)
