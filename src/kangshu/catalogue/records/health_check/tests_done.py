"""Auxiliary tests of the health check (norms A16). Starred ones are optional or by risk."""

from __future__ import annotations

from kangshu.catalogue.asking import (
    NEGATIVE_POSITIVE,
    NORMAL_ABNORMAL,
    number,
    one_of,
    words,
)
from kangshu.declare import Field, Section, Text, numbered
from kangshu.declare.expression import Expression, answer, person

URINE = numbered(("-", "-"), ("±", "±"), ("+", "+"), ("++", "++"), ("+++", "+++"), ("++++", "++++"))


def _finding(name: str, zh: str, en: str, visible: Expression | None = None) -> tuple[Field, Field]:
    """A picture or trace: normal, or abnormal with words."""
    abnormal = answer(name).equals("2")
    return (
        one_of(name, zh, en, NORMAL_ABNORMAL, visible=visible),
        words(
            f"{name}_text",
            f"{zh}异常",
            f"{en}: what",
            length=200,
            visible=abnormal if visible is None else visible & abnormal,
            carried=False,
        ),
    )


TESTS = Section(
    "tests",
    Text("辅助检查", "Tests"),
    (
        number(
            "hb", "血红蛋白", "Haemoglobin", "g/L", (20, 260), (110, 175), de="DE04.50.091.00", fhir="718-7"
        ),
        number(
            "wbc", "白细胞", "White cells", "10⁹/L", ("0.1", 200), ("3.5", "9.5"), places=2, fhir="6690-2"
        ),
        number("plt", "血小板", "Platelets", "10⁹/L", (1, 2000), (125, 350), fhir="777-3"),
        words("blood_other", "血常规其他*", "Blood count, other*", carried=False),
        one_of("urine_protein", "尿蛋白", "Urine protein", URINE),
        one_of("urine_sugar", "尿糖", "Urine sugar", URINE),
        one_of("urine_ketone", "尿酮体", "Urine ketone", URINE),
        one_of("urine_blood", "尿潜血", "Urine blood", URINE),
        words("urine_other", "尿常规其他*", "Urine, other*", carried=False),
        number(
            "fbg",
            "空腹血糖",
            "Fasting glucose",
            "mmol/L",
            ("0.5", 50),
            ("3.9", "7.0"),
            places=1,
            de="DE04.50.037.00",
            fhir="1558-6",
        ),
        *_finding("ecg", "心电图", "ECG"),
        number("urine_microalbumin", "尿微量白蛋白*", "Urine microalbumin*", "mg/dL", (0, 1000), places=1),
        one_of("faecal_blood", "大便潜血*", "Faecal occult blood*", NEGATIVE_POSITIVE),
        number(
            "hba1c",
            "糖化血红蛋白*",
            "HbA1c*",
            "%",
            (2, 20),
            (4, 7),
            places=1,
            de="DE04.50.083.00",
            fhir="4548-4",
        ),
        one_of("hbsag", "乙型肝炎表面抗原*", "HBsAg*", NEGATIVE_POSITIVE),
        number("alt", "血清谷丙转氨酶", "ALT", "U/L", (0, 5000), (0, 50), places=1, fhir="1742-6"),
        number("ast", "血清谷草转氨酶", "AST", "U/L", (0, 5000), (0, 50), places=1, fhir="1920-8"),
        number("alb", "白蛋白", "Albumin", "g/L", (5, 80), (40, 55), places=1),
        number("tbil", "总胆红素", "Total bilirubin", "µmol/L", (0, 800), (0, 23), places=1),
        number("dbil", "结合胆红素", "Direct bilirubin", "µmol/L", (0, 500), (0, 8), places=1),
        number(
            "creatinine", "血清肌酐", "Creatinine", "µmol/L", (5, 3000), (41, 111), places=1, fhir="14682-9"
        ),
        number("bun", "血尿素", "Urea nitrogen", "mmol/L", ("0.1", 100), ("1.7", "8.3"), places=2),
        number("potassium", "血钾浓度*", "Potassium*", "mmol/L", (1, 10), ("3.5", "5.3"), places=2),
        number("sodium", "血钠浓度*", "Sodium*", "mmol/L", (90, 200), (137, 147), places=1),
        number("tc", "总胆固醇", "Total cholesterol", "mmol/L", ("0.5", 30), (None, "5.19"), places=2),
        number("tg", "甘油三酯", "Triglycerides", "mmol/L", ("0.05", 60), (None, "1.69"), places=2),
        number("ldl", "血清低密度脂蛋白胆固醇", "LDL-C", "mmol/L", ("0.1", 25), (None, "3.39"), places=2),
        number("hdl", "血清高密度脂蛋白胆固醇", "HDL-C", "mmol/L", ("0.05", 8), ("1.0", None), places=2),
        *_finding("chest_xray", "胸部X线片*", "Chest X-ray*"),
        *_finding("ultrasound_abdomen", "腹部B超", "Abdominal ultrasound"),
        *_finding("ultrasound_other", "B超其他*", "Ultrasound, other*"),
        *_finding("cervical_smear", "宫颈涂片*", "Cervical smear*", visible=person.sex.equals("2")),
        words("tests_other", "辅助检查其他*", "Tests, other*", length=200, carried=False),
    ),
)
