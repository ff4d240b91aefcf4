"""What the checks of a child ask at every age (norms A4.3)."""

from __future__ import annotations

from kangshu.catalogue.asking import (
    NORMAL_ABNORMAL,
    coded,
    day,
    number,
    one_of,
    several_of,
    words,
)
from kangshu.catalogue.children.health.ages import FROM_MONTH
from kangshu.catalogue.children.health.warning_signs import SIGNS
from kangshu.declare import Field, Section, Text, numbered
from kangshu.declare.expression import answer, months_between, performed_on, person

SOURCE = "国家基本公共卫生服务规范（第三版）2017，0～6岁儿童健康管理服务规范；norms A4"

AGE = months_between(person.birth_date, performed_on)
"""Full months on the day of service."""

ABOVE, WITHIN, BELOW = "1", "2", "3"
GRADES = numbered(("上", "above +2 SD"), ("中", "within 2 SD"), ("下", "below −2 SD"))
FEEDING = numbered(
    ("纯母乳喂养", "exclusive breastfeeding"),
    ("混合喂养", "mixed feeding"),
    ("人工喂养", "artificial feeding"),
)
GUIDANCE = numbered(
    ("科学喂养（合理膳食）", "feeding and diet"),
    ("生长发育", "growth and development"),
    ("疾病预防", "prevention of disease"),
    ("预防伤害", "prevention of injuries"),
    ("口腔保健", "care of the mouth"),
    ("其他", "other"),
)
PASS_FAIL = numbered(("通过", "passed"), ("未通过", "failed"), ("未测", "not done"))
FACES = numbered(("红润", "ruddy"), ("黄染", "jaundiced"), ("其他", "other"))
RICKETS_SYMPTOMS = numbered(
    ("无", "none"), ("夜惊（夜间啼哭）", "crying at night"), ("多汗", "sweating"), ("烦躁", "restlessness")
)
RICKETS_SIGNS = numbered(
    ("无", "none"),
    ("颅骨软化", "craniotabes"),
    ("肋串珠", "beading of the ribs"),
    ("肋外翻（肋软骨沟）", "rib flare"),
    ("郝氏沟", "Harrison's groove"),
    ("鸡胸", "pigeon chest"),
    ("手镯征", "bracelet sign"),
    ("O型腿或X型腿", "bow legs or knock knees"),
    ("方颅", "frontal bossing"),
)


def examined(name: str, zh: str, en: str) -> Field:
    """A finding: normal or abnormal."""
    return one_of(name, zh, en, NORMAL_ABNORMAL, measured=True)


def grade(name: str, zh: str, en: str) -> Field:
    """Graded by the z-score where the doctor enters nothing."""
    return one_of(
        name,
        zh,
        en,
        GRADES,
        assessed=name,
        hint=Text(
            "按WHO标准自动评价：高于+2SD为上，低于−2SD为下；可改",
            "Graded by the WHO standards; you may change it",
        ),
    )


def growth_fields(
    length_zh: str, length_en: str, weight: tuple[int, str, int, int], length: tuple[int, int, int, int]
) -> tuple[Field, ...]:
    """Weight and length with their grades. The limits rise: hard, soft, soft, hard."""
    return (
        number(
            "weight",
            "体重",
            "Weight",
            "kg",
            (weight[0], weight[3]),
            (weight[1], weight[2]),
            places=2,
            required=True,
        ),
        number(
            "length",
            length_zh,
            length_en,
            "cm",
            (length[0], length[3]),
            (length[1], length[2]),
            places=1,
            required=True,
        ),
        grade("weight_grade", "年龄别体重", "Weight for age"),
        grade("length_grade", "年龄别身长（身高）", "Length for age"),
        grade("build_grade", "身长（身高）别体重", "Weight for length"),
    )


POSTURE = one_of(
    "posture",
    "测量体位",
    "Measured",
    numbered(("卧位", "lying"), ("立位", "standing")),
    carried=False,
    hint=Text(
        "不填：不满24个月按卧位，满24个月按立位",
        "Left empty: lying under 24 months, standing from 24 months on",
    ),
)
HEARING = one_of("hearing", "听力", "Hearing", PASS_FAIL, measured=True)
HB = number("hb", "血红蛋白", "Haemoglobin", "g/L", (20, 250), (80, 170))
TEETH = number("teeth", "出牙数", "Teeth", "颗", (0, 28))
CARIES = number("caries", "龋齿数", "Carious teeth", "颗", (0, 28))
OUTDOORS = number(
    "outdoor_hours",
    "户外活动",
    "Time outdoors",
    "h/d",
    (0, 24),
    (0, 10),
    places=1,
    measured=False,
    carried=False,
)
VITAMIN_D = number(
    "vitamin_d", "服用维生素D", "Vitamin D", "IU/d", (0, 20000), (0, 2000), measured=False, carried=False
)
RICKETS = (
    several_of(
        "rickets_symptoms",
        "可疑佝偻病症状",
        "Symptoms of rickets",
        RICKETS_SYMPTOMS,
        alone="1",
        carried=False,
    ),
    several_of(
        "rickets_signs", "可疑佝偻病体征", "Signs of rickets", RICKETS_SIGNS, alone="1", carried=False
    ),
)


def warning_signs(*ages: int) -> Section:
    """The lists of the ages of a form, in months; each is asked from its age until the next."""
    return Section(
        "development",
        Text("发育评估（预警征象）", "Development (warning signs)"),
        tuple(_list_of(age, following) for age, following in zip(ages, (*ages[1:], None), strict=True)),
    )


def _list_of(age: int, following: int | None) -> Field:
    asked = FROM_MONTH[age] <= AGE
    if following is not None:
        asked &= FROM_MONTH[following] > AGE
    return several_of(
        f"signs_{age}",
        f"{SIGNS[age].title.zh}预警征象",
        f"Warning signs at {SIGNS[age].title.en}",
        coded(("0", "无", "none"), *((str(n), *sign) for n, sign in enumerate(SIGNS[age].signs, 1))),
        alone="0",
        required=asked,
        visible=asked,
        carried=False,
    )


ILLNESSES = (
    ("pneumonia", "肺炎", "Pneumonia"),
    ("diarrhoea", "腹泻", "Diarrhoea"),
    ("trauma", "外伤", "Injury"),
)


def since_last() -> Section:
    """Illness since the last check."""
    ill = answer("illness")
    return Section(
        "since_last",
        Text("两次随访间患病情况", "Illness since the last check"),
        (
            several_of(
                "illness",
                "患病情况",
                "Illness",
                numbered(
                    ("无", "none"),
                    *((zh, en.lower()) for _, zh, en in ILLNESSES),
                    ("其他", "other"),
                ),
                alone="1",
                carried=False,
            ),
            *(
                number(
                    f"{name}_times",
                    f"{zh}次数",
                    f"{en}, times",
                    "次",
                    (1, 99),
                    measured=False,
                    carried=False,
                    visible=ill.includes(str(code)),
                )
                for code, (name, zh, en) in enumerate(ILLNESSES, start=2)
            ),
            words("illness_other", "其他疾病", "Other illness", visible=ill.includes("5"), carried=False),
        ),
    )


def conclusion() -> Section:
    """Referral, guidance, the next visit and the signature."""
    referred = answer("referral").equals("2")
    return Section(
        "conclusion",
        Text("转诊、指导与预约", "Referral, guidance, next visit"),
        (
            one_of(
                "referral",
                "转诊",
                "Referral",
                numbered(("无", "no"), ("有", "yes")),
                required=True,
                carried=False,
            ),
            words(
                "referral_reason", "转诊原因", "Reason", visible=referred, required=referred, carried=False
            ),
            words(
                "referral_to",
                "转诊机构及科室",
                "Referred to",
                visible=referred,
                required=referred,
                carried=False,
            ),
            several_of("guidance", "指导", "Guidance", GUIDANCE, required=True, carried=False),
            words(
                "guidance_other",
                "其他指导",
                "Other guidance",
                visible=answer("guidance").includes("6"),
                carried=False,
            ),
            words("next_place", "下次随访地点", "Place of the next visit", length=60),
            day("next_visit_on", "下次随访日期", "Next visit", carried=False),
            words("doctor", "随访医生签名", "Doctor", length=40, carried=False),
        ),
    )
