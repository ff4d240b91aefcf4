"""Every line of norms A4.4 with its edges, and to which age a day belongs (A4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kangshu.catalogue.children.health.forms import (
    FOLLOW_UP,
    INFANT_CHECK,
    NEWBORN_VISIT,
    PRESCHOOL_CHECK,
    TODDLER_CHECK,
)
from kangshu.declare import Example, Form, Text

BOY = {"sex": "1", "birth_date": "2024-01-10"}

WELL_BORN = {
    "gestation_weeks": 39,
    "birth_situation": ("1",),
    "asphyxia": "1",
    "malformation": "1",
    "hearing_screen": "1",
    "disease_screen": ("2",),
    "birth_weight": "3.30",
    "feeding": "1",
    "weight": "3.40",
    "temperature": "36.7",
    "heart_rate": 130,
    "respiration": 42,
    "face": "1",
    "jaundice": ("1",),
    "umbilicus": "2",
    "referral": "1",
    "guidance": ("1",),
}
COMMON = {"referral": "1", "guidance": ("1",)}
AT_3 = {**COMMON, "weight": "6.40", "length": "61.5", "feeding": "1", "signs_3": ("0",)}
AT_6 = {**COMMON, "weight": "7.90", "length": "67.6", "signs_6": ("0",), "hearing": "1", "hb": 118}
AT_8 = {**COMMON, "weight": "8.60", "length": "70.6", "signs_8": ("0",)}
AT_12 = {**COMMON, "weight": "9.60", "length": "75.7", "signs_12": ("0",), "hearing": "1"}
AT_18 = {**COMMON, "weight": "10.90", "length": "82.3", "signs_18": ("0",), "hb": 118}
AT_36 = {**COMMON, "weight": "14.30", "length": "96.1", "signs_36": ("0",), "hearing": "1"}
AT_4 = {
    **COMMON,
    "weight": "16.30",
    "length": "103.3",
    "signs_48": ("0",),
    "hb": 118,
    "vision_left": "4.9",
    "vision_right": "4.9",
}
AT_5 = {
    **COMMON,
    "weight": "18.30",
    "length": "110.0",
    "signs_60": ("0",),
    "hb": 118,
    "vision_left": "5.0",
    "vision_right": "5.0",
}
ONE_YEAR, FOUR_YEARS, FIVE_YEARS = date(2025, 1, 10), date(2028, 1, 10), date(2029, 1, 10)


def _example(
    form: Form,
    name: str,
    zh: str,
    en: str,
    on: date,
    answers: Mapping[str, Any],
    expected: Mapping[str, Any],
    clause: str = "norms A4.4",
    **more: Any,
) -> Example:
    return Example(
        name,
        Text(zh, en),
        form.id,
        on,
        dict(answers),
        dict(expected),
        **{"person": BOY, **more},
        clause=clause,
    )


def _newborn(name: str, zh: str, en: str, outcome: str, **answers: Any) -> Example:
    on = date(2024, 1, 15)
    return _example(
        NEWBORN_VISIT,
        f"newborn_{name}",
        zh,
        en,
        on,
        {**WELL_BORN, **answers},
        {"outcome": outcome},
        "norms A4.2",
    )


def _on_day(name: str, zh: str, en: str, on: date, in_time: str, **answers: Any) -> Example:
    expected = {"in_time": in_time}
    return _example(
        NEWBORN_VISIT, f"newborn_{name}", zh, en, on, {**WELL_BORN, **answers}, expected, "norms A4.1"
    )


NEWBORNS = (
    _newborn("well", "各项正常", "all normal", "normal"),
    _newborn("fever", "体温37.5℃：立即转诊", "37.5 ℃: refer at once", "refer", temperature="37.5"),
    _newborn("below_fever", "体温37.4℃：正常", "37.4 ℃: normal", "normal", temperature="37.4"),
    _newborn("cold", "体温35.5℃：立即转诊", "35.5 ℃: refer at once", "refer", temperature="35.5"),
    _newborn("above_cold", "体温35.6℃：正常", "35.6 ℃: normal", "normal", temperature="35.6"),
    _newborn("breath_60", "呼吸60次/分：正常", "60 breaths: normal", "normal", respiration=60),
    _newborn("breath_61", "呼吸61次/分：转诊", "61 breaths: refer", "refer", respiration=61),
    _newborn("breath_20", "呼吸20次/分：正常", "20 breaths: normal", "normal", respiration=20),
    _newborn("breath_19", "呼吸19次/分：转诊", "19 breaths: refer", "refer", respiration=19),
    _newborn("heart_100", "心率100次/分：正常", "heart rate 100: normal", "normal", heart_rate=100),
    _newborn("heart_99", "心率99次/分：转诊", "heart rate 99: refer", "refer", heart_rate=99),
    _newborn("heart_160", "心率160次/分：正常", "heart rate 160: normal", "normal", heart_rate=160),
    _newborn("heart_161", "心率161次/分：转诊", "heart rate 161: refer", "refer", heart_rate=161),
    _newborn(
        "face_jaundice", "仅面部黄染：指导", "jaundice of the face", "attention", face="2", jaundice=("2",)
    ),
    _newborn(
        "trunk_jaundice", "躯干黄染：转诊", "jaundice of the trunk: refer", "refer", jaundice=("2", "3")
    ),
    _newborn("hand_jaundice", "手足黄染：立即转诊", "jaundice of hands and feet", "refer", jaundice=("5",)),
    _newborn("fontanelle", "前囟膨隆：立即转诊", "bulging fontanelle", "refer", fontanelle="2"),
    _newborn("breathing", "呼吸困难：立即转诊", "hard breathing", "refer", breathing_hard="2"),
    _newborn("umbilicus", "脐部渗出：转诊", "weeping umbilicus: refer", "refer", umbilicus="3"),
    _newborn("neck", "颈部包块：转诊", "neck mass: refer", "refer", neck_mass="2"),
    _newborn("malformation", "畸形：转诊", "malformation: refer", "refer", malformation="2"),
    _newborn("hearing", "听力筛查未通过：转诊", "hearing screen failed: refer", "refer", hearing_screen="2"),
    _newborn("hearing_due", "听力未筛查：督促", "hearing not screened", "attention", hearing_screen="3"),
    _newborn("disease", "疾病筛查阳性：转诊", "disease screen positive", "refer", disease_screen=("3",)),
    _newborn(
        "disease_due", "疾病筛查未做：督促", "disease screen not done", "attention", disease_screen=("1",)
    ),
    _newborn(
        "light", "出生体重2.49kg：高危", "2.49 kg at birth: high risk", "high_risk", birth_weight="2.49"
    ),
    _newborn("not_light", "出生体重2.50kg：不算低体重", "2.50 kg: not low", "normal", birth_weight="2.50"),
    _newborn("preterm", "孕36周：早产", "36 weeks: preterm", "high_risk", gestation_weeks=36),
    _newborn("term", "孕37周：足月", "37 weeks: at term", "normal", gestation_weeks=37),
    _newborn("twins", "双多胎：高危", "twins: high risk", "high_risk", birth_situation=("4", "5")),
    _newborn("asphyxia", "窒息：高危", "asphyxia: high risk", "high_risk", asphyxia="2"),
    _newborn("finding", "心肺异常：判断是否转诊", "heart or lungs abnormal", "attention", heart_lungs="2"),
    _newborn(
        "doctor",
        "医生决定转诊",
        "the doctor refers",
        "refer",
        referral="2",
        referral_reason="心脏杂音",
        referral_to="县妇幼保健院",
    ),
    _on_day("seventh_day", "出生后第7天", "seven days after the birth", date(2024, 1, 17), "yes"),
    _on_day("eighth_day", "出生后第8天：不及时", "eight days after: late", date(2024, 1, 18), "no"),
    _on_day(
        "after_discharge",
        "1月20日出院，27日访视：及时",
        "discharged on the 20th, visited on the 27th: in time",
        date(2024, 1, 27),
        "yes",
        discharged_on="2024-01-20",
    ),
    _on_day("last_day", "出生后第28天：仍可访视", "day 28: still a newborn", date(2024, 2, 7), "no"),
)


def _at(form: Form, base: Mapping[str, Any], on: date, tag: str) -> Any:
    def example(name: str, zh: str, en: str, expected: Mapping[str, Any], **answers: Any) -> Example:
        given = {field: value for field, value in {**base, **answers}.items() if value is not None}
        return _example(form, f"{tag}_{name}", zh, en, on, given, expected)

    return example


year = _at(TODDLER_CHECK, AT_12, ONE_YEAR, "year")
GROWTH = (
    year("well", "体重9.6kg、身长75.7cm：正常", "9.6 kg, 75.7 cm: normal",
        {"outcome": "normal", "weight_for_age": "-0.05", "length_for_age": "-0.03", "weight_grade": "2",
         "length_grade": "2", "build_grade": "2", "build": "normal", "complete": "yes"}),
    year("low", "体重7.74kg（−2.01SD）：低体重", "7.74 kg (−2.01 SD): underweight",
        {"outcome": "refer", "weight_for_age": "-2.01", "weight_grade": "3"}, weight="7.74", length="71.2"),
    year("not_low", "体重7.75kg（−2.00SD）：不算低体重", "7.75 kg (−2.00 SD): not underweight",
        {"outcome": "normal", "weight_for_age": "-2.00", "weight_grade": "2"}, weight="7.75", length="71.2"),
    year("stunted", "身长71.0cm（−2.01SD）：生长迟缓", "71.0 cm (−2.01 SD): stunted",
        {"outcome": "refer", "length_for_age": "-2.01", "length_grade": "3"}, weight="8.40", length="71.0"),
    year("not_stunted", "身长71.1cm（−1.97SD）：正常", "71.1 cm (−1.97 SD): normal",
        {"outcome": "normal", "length_grade": "2"}, weight="8.40", length="71.1"),
    year("wasted", "身长别体重−2.01SD：消瘦", "weight for length −2.01 SD: wasted",
        {"outcome": "refer", "weight_for_length": "-2.01", "build": "wasted", "build_grade": "3"},
        weight="8.20"),
    year("over", "身长别体重+2.00SD：超重，指导", "weight for length +2.00 SD: overweight",
        {"outcome": "attention", "weight_for_length": "2.00", "build": "overweight"}, weight="11.44"),
    year("obese", "身长别体重+3.00SD：肥胖，转诊", "weight for length +3.00 SD: obese",
        {"outcome": "refer", "weight_for_length": "3.00", "build": "obese"}, weight="12.52"),
    year("standing", "立位测量，加0.7cm后评价", "measured standing: 0.7 cm are added",
        {"length_for_age": "-0.03"}, length="75.0", posture="2"),
    year("entered", "医生评为“下”：按低体重", "graded “below” by the doctor: underweight",
        {"outcome": "refer", "weight_grade": "3"}, weight_grade="3"),
    year("impossible", "体重误录为30kg：复测，不评价", "30 kg: measure again, no grade",
        {"outcome": "attention", "reasons": ["implausible"]}, weight="30"),
    _example(TODDLER_CHECK, "sex_unknown", "性别未说明：不评价生长", "sex not stated: growth is not graded",
        ONE_YEAR, AT_12, {"outcome": "normal", "reasons": []},
        person={"birth_date": "2024-01-10"}),
)  # fmt: skip

six_months = _at(INFANT_CHECK, AT_6, date(2024, 7, 10), "six_months")
eighteen = _at(TODDLER_CHECK, AT_18, date(2025, 7, 10), "eighteen")
five = _at(PRESCHOOL_CHECK, AT_5, FIVE_YEARS, "five")
four = _at(PRESCHOOL_CHECK, AT_4, FOUR_YEARS, "four")
BLOOD = (
    six_months(
        "110", "血红蛋白110g/L：不贫血", "110 g/L: none", {"anaemia": "none", "outcome": "normal"}, hb=110,
    ),
    six_months("109", "109g/L：轻度贫血", "109 g/L: mild", {"anaemia": "mild", "outcome": "refer"}, hb=109),
    six_months("90", "90g/L：轻度贫血", "90 g/L: mild", {"anaemia": "mild"}, hb=90),
    six_months("89", "89g/L：中度贫血", "89 g/L: moderate", {"anaemia": "moderate"}, hb=89),
    six_months("60", "60g/L：中度贫血", "60 g/L: moderate", {"anaemia": "moderate"}, hb=60),
    six_months("59", "59g/L：重度贫血", "59 g/L: severe", {"anaemia": "severe", "outcome": "refer"}, hb=59),
    five("114", "5岁114g/L：轻度贫血", "114 g/L at 5: mild", {"anaemia": "mild", "outcome": "refer"}, hb=114),
    five("115", "5岁115g/L：不贫血", "115 g/L at 5: none", {"anaemia": "none", "outcome": "normal"}, hb=115),
    _example(PRESCHOOL_CHECK, "day_before_five", "差一天满5岁，114g/L：不贫血",
        "a day short of 5, 114 g/L: none",
        date(2029, 1, 9), {**AT_4, "hb": 114, "weight": "18.30", "length": "110.0"},
        {"contact": "48", "anaemia": "none"}),
    eighteen(
        "no_hb", "18月龄未查血红蛋白：待补", "18 months, not tested", {"complete": "no"}, hb=None,
    ),
    _example(INFANT_CHECK, "eight_hb_due", "6、8月龄均未查：待补", "not tested at 6 or 8 months: due",
        date(2024, 9, 10), AT_8, {"contact": "8", "complete": "no"}),
    _example(INFANT_CHECK, "eight_hb_done", "6月龄已查：8月龄可不查", "tested at 6 months: enough",
        date(2024, 9, 10), AT_8, {"contact": "8", "complete": "yes"},
        earlier=({"performed_on": "2024-07-10", "answers": AT_6},)),
)  # fmt: skip
FROM_FIVE = (
    five("bmi_thin", "5岁BMI −2.01SD：消瘦", "BMI −2.01 SD at 5: wasted",
        {"outcome": "refer", "bmi_for_age": "-2.01", "build": "wasted"}, weight="15.58"),
    five("bmi_low", "5岁BMI −2.00SD：正常", "BMI −2.00 SD at 5: normal",
        {"outcome": "normal", "bmi_for_age": "-2.00", "build": "normal"}, weight="15.59"),
    five("bmi_below_1", "5岁BMI +0.99SD：正常", "BMI +0.99 SD at 5: normal",
        {"outcome": "normal", "build": "normal"}, weight="20.09"),
    five("bmi_1", "5岁BMI +1.00SD：超重", "BMI +1.00 SD at 5: overweight",
        {"outcome": "attention", "bmi_for_age": "1.00", "build": "overweight"}, weight="20.10"),
    five("bmi_2", "5岁BMI +2.00SD：肥胖", "BMI +2.00 SD at 5: obese",
        {"outcome": "refer", "bmi_for_age": "2.00", "build": "obese"}, weight="22.12"),
)  # fmt: skip
SENSES = (
    four("4_8", "4岁视力4.8：转诊", "4.8 at 4: refer", {"outcome": "refer"}, vision_left="4.8"),
    four("4_9", "4岁视力4.9：正常", "4.9 at 4: normal", {"outcome": "normal"}),
    five("4_9", "5岁视力4.9：转诊", "4.9 at 5: refer", {"outcome": "refer"}, vision_right="4.9"),
    five("5_0", "5岁视力5.0：正常", "5.0 at 5: normal", {"outcome": "normal"}),
    four("two_lines", "双眼相差两行：转诊", "two lines between the eyes: refer",
        {"outcome": "refer", "reasons": ["vision_differs"]}, vision_left="5.1"),
    four("one_line", "双眼相差一行：正常", "one line: normal", {"outcome": "normal"}, vision_left="5.0"),
    four("one_eye", "只测了一只眼：待补", "one eye only: due", {"complete": "no"}, vision_left=None),
    year("deaf", "听力未通过：转诊", "hearing failed: refer", {"outcome": "refer"}, hearing="2"),
    year("hearing_due", "12月龄未测听力：待补", "hearing not done at 12 months",
        {"outcome": "normal", "complete": "no"}, hearing="3"),
    year("caries", "有1颗龋齿：转诊", "one carious tooth: refer", {"outcome": "refer"}, teeth=8, caries=1),
    year("no_caries", "无龋齿：正常", "no caries: normal", {"outcome": "normal"}, teeth=8, caries=0),
)  # fmt: skip
FINDINGS = (
    year("sign", "一条预警征象：转诊", "one warning sign: refer",
        {"outcome": "refer", "warning_sign": "yes"}, signs_12=("4",)),
    year("no_sign", "无预警征象", "no warning sign", {"outcome": "normal", "warning_sign": "no"}),
    year("rickets_symptoms", "佝偻病症状：指导", "symptoms of rickets: guidance",
        {"outcome": "attention"}, rickets_symptoms=("3",), rickets_signs=("1",)),
    year("rickets_signs", "佝偻病体征：转诊", "signs of rickets: refer",
        {"outcome": "refer"}, rickets_symptoms=("3",), rickets_signs=("8",)),
    year("gait", "四肢异常：判断是否转诊", "limbs abnormal", {"outcome": "attention"}, limbs="2"),
    year("referred", "医生决定转诊", "the doctor refers", {"outcome": "refer", "reasons": ["referred"]},
        referral="2", referral_reason="湿疹", referral_to="县医院"),
)  # fmt: skip


def _contact(form: Form, name: str, zh: str, en: str, on: date, contact: str) -> Example:
    answers = {**COMMON, "hearing": "1"}
    return _example(form, name, zh, en, on, answers, {"contact": contact}, "norms A4.1")


def _refused(form: Form, name: str, zh: str, en: str, on: date, refused: str, **more: Any) -> Example:
    answers = WELL_BORN if form is NEWBORN_VISIT else COMMON
    return _example(form, name, zh, en, on, answers, {}, "norms A4.1", refused=refused, **more)


AGES = (
    _contact(INFANT_CHECK, "day_28", "第28天：满月", "day 28: the full month", date(2024, 2, 7), "1"),
    _contact(INFANT_CHECK, "before_3", "差一天满3月：满月", "a day short of 3 months", date(2024, 4, 9), "1"),
    _contact(INFANT_CHECK, "at_3", "满3月龄", "3 months", date(2024, 4, 10), "3"),
    _contact(INFANT_CHECK, "at_6", "满6月龄", "6 months", date(2024, 7, 10), "6"),
    _contact(INFANT_CHECK, "at_8", "满8月龄", "8 months", date(2024, 9, 10), "8"),
    _contact(INFANT_CHECK, "late_8", "差一天满12月", "a day short of 12 months", date(2025, 1, 9), "8"),
    _contact(
        TODDLER_CHECK, "from_11", "满11月：12月龄", "11 months", date(2024, 12, 10), "12",
    ),
    _contact(TODDLER_CHECK, "at_18", "满18月龄", "18 months", date(2025, 7, 10), "18"),
    _contact(TODDLER_CHECK, "at_24", "满24月龄", "24 months", date(2026, 1, 10), "24"),
    _contact(TODDLER_CHECK, "at_30", "满30月龄", "30 months", date(2026, 7, 10), "30"),
    _contact(
        PRESCHOOL_CHECK, "from_35", "满35月：3岁", "35 months", date(2026, 12, 10), "36",
    ),
    _contact(PRESCHOOL_CHECK, "at_4", "满4岁", "4 years", FOUR_YEARS, "48"),
    _contact(PRESCHOOL_CHECK, "at_6_years", "满6岁", "6 years", date(2030, 1, 10), "72"),
    _contact(PRESCHOOL_CHECK, "before_7", "差一天满7岁", "a day short of 7", date(2031, 1, 9), "72"),
    _refused(INFANT_CHECK, "day_27", "第27天：未满月", "day 27", date(2024, 2, 6), "child_health.too_young"),
    _refused(INFANT_CHECK, "one_year", "满1岁：用下一张表", "one year old", ONE_YEAR, "child_health.too_old"),
    _refused(
        TODDLER_CHECK, "before_11", "不满11月", "under 11 months", date(2024, 12, 9), "child_health.too_young"
    ),
    _refused(
        TODDLER_CHECK, "three_years", "满3岁", "three years old", date(2027, 1, 10), "child_health.too_old"
    ),
    _refused(
        PRESCHOOL_CHECK, "before_35", "不满35月", "under 35 months", date(2026, 12, 9),
        "child_health.too_young"
    ),
    _refused(
        PRESCHOOL_CHECK, "seven", "满7岁", "seven years old", date(2031, 1, 10), "child_health.too_old"
    ),
    _refused(
        NEWBORN_VISIT, "day_29", "出生29天", "29 days after the birth", date(2024, 2, 8),
        "child_health.newborn_only",
    ),
    _refused(
        INFANT_CHECK, "no_birth", "没有出生日期", "no birth date", date(2024, 4, 10), "child_health.no_birth",
        person={"sex": "1"},
    ),
)  # fmt: skip


def _followed(name: str, zh: str, en: str, expected: Mapping[str, Any], **answers: Any) -> Example:
    on = date(2025, 1, 20)
    return _example(FOLLOW_UP, f"follow_up_{name}", zh, en, on, answers, expected)


SEEN = {"seen": "2", "seen_at": "县妇幼保健院", "diagnosis": "轻度贫血"}
FOLLOW_UPS = (
    _followed("well", "痊愈：转为常规管理", "recovered", {"outcome": "resolved"}, **SEEN, result="1"),
    _followed(
        "better",
        "好转：1个月内再随访",
        "better: again within a month",
        {"outcome": "continue", "next_visit_on": "2025-02-20"},
        **SEEN,
        result="2",
    ),
    _followed("same", "未愈：继续", "not better", {"outcome": "continue"}, **SEEN, result="3"),
    _followed(
        "not_seen",
        "未就诊：2周内再随访",
        "not seen: again within 2 weeks",
        {"outcome": "not_seen", "next_visit_on": "2025-02-03"},
        seen="1",
    ),
    _followed(
        "need_not", "高危新生儿不需就诊", "no doctor needed", {"outcome": "resolved"}, seen="3", result="1"
    ),
    _example(
        FOLLOW_UP,
        "follow_up_no_result",
        "已就诊而无转归",
        "seen, but no result",
        date(2025, 1, 20),
        SEEN,
        {},
        refused="child_health.result_missing",
    ),
)

EXAMPLES = (*NEWBORNS, *GROWTH, *FROM_FIVE, *BLOOD, *SENSES, *FINDINGS, *AGES, *FOLLOW_UPS)
