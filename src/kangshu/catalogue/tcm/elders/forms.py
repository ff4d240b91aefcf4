"""The elders' TCM service: 老年人中医药健康管理服务记录表, third edition (norms A11.1).

Items are said in our own words; 1 is "not at all" and 5 "always"."""

from __future__ import annotations

from kangshu.catalogue.asking import number, several_of, words
from kangshu.catalogue.tcm.elders.items import BY_BODY, ITEMS
from kangshu.catalogue.tcm.elders.wording import OUTCOMES
from kangshu.declare import Choice, Field, FieldType, Form, Range, Section, Text, numbered
from kangshu.declare.expression import answer

SOURCE = "国家基本公共卫生服务规范（第三版）2017，老年人中医药健康管理服务规范；norms A11.1"

HOW_OFTEN = numbered(
    ("没有", "not at all"),
    ("很少", "rarely"),
    ("有时", "sometimes"),
    ("经常", "often"),
    ("总是", "always"),
)
BY_BMI = numbered(
    ("BMI<24", "BMI < 24"),
    ("24≤BMI<25", "24 to under 25"),
    ("25≤BMI<26.5", "25 to under 26.5"),
    ("26.5≤BMI<28", "26.5 to under 28"),
    ("BMI≥28", "28 and more"),
)
BY_WAIST = numbered(
    ("<80厘米", "under 80 cm"),
    ("80～85厘米", "80 to 85 cm"),
    ("86～90厘米", "86 to 90 cm"),
    ("91～105厘米", "91 to 105 cm"),
    (">105厘米", "over 105 cm"),
)


def _item(place: int, zh: str, en: str) -> Field:
    graded = place in BY_BODY
    return Field(
        f"q{place}",
        Text(f"{place}. {zh}", f"{place}. {en}"),
        FieldType.CHOICE,
        choices={9: BY_BMI, 28: BY_WAIST}.get(place, HOW_OFTEN),
        required=not graded,
        assessed=f"q{place}" if graded else "",
        hint=Text("留空则按测量值评分", "left empty, the measurement decides") if graded else None,
    )


QUESTIONS = tuple(_item(place, zh, en) for place, (zh, en) in enumerate(ITEMS, start=1))

CONSTITUTION = Form(
    id="tcm.elders.constitution",
    version=1,
    title=Text("老年人中医药健康管理服务记录表", "Elder: TCM constitution"),
    sections=(
        Section(
            "body",
            Text("测量", "Measured"),
            (
                # What grades items 9 and 28, unless the doctor grades them.
                number(
                    "height",
                    "身高",
                    "Height",
                    "cm",
                    (80, 230),
                    places=1,
                    required=answer("q9").is_missing(),
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
                    required=answer("q9").is_missing(),
                    de="DE04.10.188.00",
                    fhir="29463-7",
                ),
                number(
                    "waist",
                    "腹围",
                    "Waist",
                    "cm",
                    (30, 200),
                    (60, 110),
                    places=1,
                    required=answer("q28").is_missing(),
                    de="DE04.10.218.00",
                ),
                Field(
                    "bmi",
                    Text("体质指数", "BMI"),
                    FieldType.COMPUTED,
                    unit="kg/m²",
                    places=1,
                    expression=(
                        answer("weight") / ((answer("height") / 100) * (answer("height") / 100))
                    ).rounded(1),
                    hard=Range.of(8, 70),
                    fhir="39156-5",
                ),
            ),
        ),
        *(
            Section(
                f"items_{first}",
                Text(f"近一年的体验和感觉（{first}～{last}）", f"In the past year ({first}–{last})"),
                QUESTIONS[first - 1 : last],
            )
            for first, last in ((1, 11), (12, 22), (23, 33))
        ),
        Section(
            "guidance",
            Text("中医药保健指导", "Advice"),
            (
                several_of(
                    "guidance",
                    "保健指导",
                    "Advice on",
                    numbered(
                        ("情志调摄", "emotions"),
                        ("饮食调养", "diet"),
                        ("起居调摄", "daily life"),
                        ("运动保健", "exercise"),
                        ("穴位保健", "acupoints"),
                        ("其他", "other"),
                    ),
                    required=True,
                    carried=False,
                ),
                words(
                    "guidance_other",
                    "其他指导",
                    "Other advice",
                    visible=answer("guidance").includes("6"),
                    required=answer("guidance").includes("6"),
                    carried=False,
                ),
                words("doctor", "医生签名", "Doctor", length=40, carried=False),
            ),
        ),
    ),
    rule="assess",
    outcomes=tuple(Choice(code, title) for code, title in OUTCOMES.items()),
    earliest_age=65,
    source=SOURCE,
)
