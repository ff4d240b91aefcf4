"""The follow-up form of hypertension: 高血压患者随访服务记录表, third edition (norms A7.3, ranges A17).

What the paper form prints is here in its order and with its codes. Three questions are added because the
decision table of the norm needs their answers and the paper leaves them to prose: signs of an emergency,
pregnancy or lactation, and whether a complication is new or worse.
"""

from __future__ import annotations

from kangshu.catalogue.asking import one_of
from kangshu.catalogue.chronic import questions
from kangshu.catalogue.chronic.hypertension.wording import ACTIONS
from kangshu.declare import Choice, Field, FieldType, Form, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "国家基本公共卫生服务规范（第三版）2017，高血压患者健康管理服务规范；norms A7.3, A17"

LIGHT_MEDIUM_HEAVY = numbered(("轻", "light"), ("中", "medium"), ("重", "heavy"))

VISIT = Section(
    "visit",
    Text("随访", "Visit"),
    (
        questions.MODE,
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
        questions.PREGNANT,
    ),
)

SIGNS = Section(
    "signs",
    Text("体征", "Signs"),
    (*questions.PRESSURE, *questions.BODY, questions.HEART_RATE, questions.OTHER_SIGNS),
)

LIFESTYLE = Section(
    "lifestyle",
    questions.LIFESTYLE_TITLE,
    (
        *questions.HABITS,
        one_of("salt", "摄盐情况", "Salt", LIGHT_MEDIUM_HEAVY),
        one_of("salt_target", "摄盐情况（目标）", "Salt, target", LIGHT_MEDIUM_HEAVY),
        questions.PSYCHOLOGICAL,
        questions.COMPLIANCE,
    ),
)

TREATMENT = Section(
    "treatment",
    Text("检查与用药", "Tests and medication"),
    (
        questions.AUXILIARY_TEST,
        questions.ADHERENCE,
        *questions.REACTION,
        *questions.COMPLICATION,
        *questions.drugs("drug", "药物", "Drug"),
    ),
)

FOLLOW_UP = Form(
    id="chronic.hypertension.follow_up",
    version=1,
    title=Text("高血压患者随访服务记录表", "Hypertension follow-up"),
    sections=(VISIT, SIGNS, LIFESTYLE, TREATMENT, questions.OUTCOME),
    checks=questions.CHECKS,
    rule="assess",
    outcomes=tuple(Choice(code, title) for code, title in ACTIONS.items()),
    source=SOURCE,
)
