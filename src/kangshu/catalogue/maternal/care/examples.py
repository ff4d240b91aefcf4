"""Every branch of norms A5, and its edges."""

from __future__ import annotations

from datetime import date
from typing import Any

from kangshu.declare import Example, Text

BOOKING, ANTENATAL = "maternal.booking", "maternal.antenatal"
POSTPARTUM, CHECK_42 = "maternal.postpartum", "maternal.check_42"
DAY = date(2026, 5, 12)
MOTHER = {"sex": "2", "birth_date": "1998-03-01"}
LMP_12_6, LMP_13_0 = "2026-02-11", "2026-02-10"
WELL: dict[str, Any] = {
    "sbp": 112,
    "dbp": 70,
    "danger": ("0",),
    "risk": "1",
    "purple": "1",
    "class": "1",
    "referred": "1",
}
BOOKED: dict[str, Any] = {
    **WELL,
    "lmp_known": "1",
    "lmp_on": LMP_12_6,
    "gravida": 1,
    "para_vaginal": 0,
    "para_caesarean": 0,
    "past_history": ("1",),
    "hb": 120,
}
CHECKED: dict[str, Any] = {**WELL, "weeks": 30, "days": 0, "weight": "62.0", "fetal_heart": 140, "hb": 115}
BORN: dict[str, Any] = {
    "delivered_on": "2026-05-02",
    "discharged_on": "2026-05-05",
    "temperature": "36.6",
    "sbp": 112,
    "dbp": 70,
    "psychology": "1",
    "breasts": "1",
    "lochia": "1",
    "uterus": "1",
    "wound": "1",
    "danger": ("0",),
    "class": "1",
    "referred": "1",
}
BORN_42: dict[str, Any] = {
    **{name: value for name, value in BORN.items() if name != "referred"},
    "delivered_on": "2026-03-31",
    "discharged_on": "2026-04-03",
    "disposal": "1",
}
DROP = object()
"""For an answer that was not given."""


def _example(
    form: str,
    usual: dict[str, Any],
    name: str,
    zh: str,
    en: str,
    expected: dict[str, Any],
    refused: str = "",
    person: dict[str, Any] | None = None,
    **changes: Any,
) -> Example:
    answers = {key: value for key, value in {**usual, **changes}.items() if value is not DROP}
    return Example(
        name,
        Text(zh, en),
        form,
        DAY,
        answers,
        expected,
        person=MOTHER if person is None else person,
        refused=refused,
        clause="norms A5",
    )


def _booking(name: str, zh: str, en: str, expected: dict[str, Any], **more: Any) -> Example:
    return _example(BOOKING, BOOKED, f"booking_{name}", zh, en, expected, **more)


def _check(name: str, zh: str, en: str, expected: dict[str, Any], **more: Any) -> Example:
    return _example(ANTENATAL, CHECKED, f"antenatal_{name}", zh, en, expected, **more)


def _visit(name: str, zh: str, en: str, expected: dict[str, Any], **more: Any) -> Example:
    return _example(POSTPARTUM, BORN, f"postpartum_{name}", zh, en, expected, **more)


def _last(name: str, zh: str, en: str, expected: dict[str, Any], **more: Any) -> Example:
    return _example(CHECK_42, BORN_42, f"check_42_{name}", zh, en, expected, **more)


NORMAL, ATTENTION = {"outcome": "normal"}, {"outcome": "attention"}
REFER, EMERGENCY = {"outcome": "refer"}, {"outcome": "emergency"}

BOOKINGS = (
    _booking(
        "at_12_6",
        "孕12周+6天：早孕建册",
        "12 weeks and 6 days: early",
        {
            **NORMAL,
            "weeks": 12,
            "days": 6,
            "trimester": "early",
            "early": "yes",
            "edc_on": "2026-11-18",
            "risk": "green",
            "high_risk": "no",
            # 20 weeks and 6 days.
            "next_visit_on": "2026-07-07",
        },
    ),
    _booking(
        "at_13_0",
        "孕13周整：不是早孕建册",
        "13 weeks: not early",
        {**NORMAL, "weeks": 13, "days": 0, "trimester": "middle", "early": "no", "reasons": ["late_booking"]},
        lmp_on=LMP_13_0,
    ),
    _booking(
        "by_edc",
        "末次月经不详，按预产期推算孕周",
        "LMP not known: by the EDC",
        {**NORMAL, "weeks": 12, "days": 6, "edc_on": "2026-11-18"},
        lmp_known="2",
        lmp_on=DROP,
        edc_on="2026-11-18",
    ),
    _booking(
        "no_dates",
        "末次月经和预产期都没有",
        "neither LMP nor EDC",
        {},
        refused="maternal.dates_missing",
        lmp_on=DROP,
    ),
    _booking(
        "lmp_impossible",
        "末次月经距今44周",
        "44 weeks by the LMP",
        {},
        refused="maternal.dates_impossible",
        lmp_on="2025-07-08",
    ),
    _booking(
        "in_last_week",
        "孕43周+6天：仍可推算",
        "43 weeks and 6 days: still reckoned",
        {"weeks": 43, "days": 6, "trimester": "late"},
        lmp_on="2025-07-09",
    ),
    _booking(
        "lmp_later",
        "末次月经晚于检查日",
        "LMP after the check",
        {},
        refused="maternal.dates_impossible",
        lmp_on="2026-05-13",
    ),
    _booking("no_risk", "没有风险分级", "no colour", {}, refused="maternal.risk_missing", risk=DROP),
    _booking("no_pressure", "没有舒张压", "no diastolic", {}, refused="maternal.pressure_missing", dbp=DROP),
    _booking(
        "hbsag",
        "乙肝表面抗原阳性：按紫色转诊",
        "HBsAg positive: as purple",
        {
            **REFER,
            "purple": "yes",
            "high_risk": "yes",
            "reasons": ["infection"],
            "next_visit_on": "2026-05-26",
        },
        hbsag="2",
    ),
    _booking("syphilis", "梅毒阳性：转诊", "syphilis positive", {**REFER, "purple": "yes"}, syphilis="2"),
    _booking("hiv", "HIV阳性：转诊", "HIV positive", {**REFER, "purple": "yes"}, hiv="2"),
    _booking(
        "heart_but_green",
        "有心脏病史而评绿色：提示复核",
        "heart disease but green: judge again",
        {**ATTENTION, "reasons": ["history"]},
        past_history=("2",),
    ),
    _booking("anaemia_before", "仅有贫血史：不提示", "only anaemia before", NORMAL, past_history=("6",)),
    _booking(
        "caesarean_before",
        "有剖宫产史而评绿色：提示复核",
        "a caesarean before, but green",
        {**ATTENTION, "reasons": ["history"]},
        gravida=2,
        para_caesarean=1,
    ),
    _booking(
        "stillbirth_before", "有死产史而评绿色", "a stillbirth before", ATTENTION, gravida=2, stillbirths=1
    ),
    _booking(
        "heart_and_yellow",
        "有心脏病史且已评黄色：不再提示",
        "heart disease and yellow: no such hint",
        {**ATTENTION, "reasons": ["yellow"]},
        past_history=("2",),
        risk="2",
    ),
    _booking(
        "age_35",
        "满35岁而评绿色：提示复核",
        "35 years but green",
        {**ATTENTION, "reasons": ["age"]},
        person={"sex": "2", "birth_date": "1991-05-12"},
    ),
    _booking(
        "day_before_35",
        "差一天满35岁",
        "a day short of 35",
        NORMAL,
        person={"sex": "2", "birth_date": "1991-05-13"},
    ),
    _booking(
        "age_18",
        "18岁而评绿色：提示复核",
        "18 years but green",
        ATTENTION,
        person={"sex": "2", "birth_date": "2007-05-13"},
    ),
    _booking("age_19", "满19岁", "19 years", NORMAL, person={"sex": "2", "birth_date": "2007-05-12"}),
    _booking(
        "birth_unknown", "出生日期不详：不按年龄提示", "birth date not known", NORMAL, person={"sex": "2"}
    ),
)

CHECKS = (
    _check(
        "normal_30",
        "孕30周未见异常：37～40周再查",
        "30 weeks, nothing abnormal",
        {**NORMAL, "trimester": "late", "next_visit_on": "2026-07-27"},
    ),
    _check(
        "at_27_6",
        "孕27周+6天：孕中期",
        "27 weeks and 6 days: middle",
        {"trimester": "middle"},
        weeks=27,
        days=6,
    ),
    _check("at_28_0", "孕28周：孕晚期", "28 weeks: late", {"trimester": "late"}, weeks=28),
    _check(
        "at_12_6",
        "孕12周+6天：孕早期",
        "12 weeks and 6 days: early",
        {"trimester": "early"},
        weeks=12,
        days=6,
    ),
    _check("no_weeks", "没有孕周", "no weeks", {}, refused="maternal.weeks_missing", weeks=DROP),
    _check("no_risk", "没有风险分级", "no colour", {}, refused="maternal.risk_missing", risk=DROP),
    _check("no_pressure", "没有收缩压", "no systolic", {}, refused="maternal.pressure_missing", sbp=DROP),
    _check("at_139_89", "血压139/89：正常", "139/89: nothing", NORMAL, sbp=139, dbp=89),
    _check(
        "at_140",
        "收缩压140：转诊",
        "systolic 140: refer",
        {**REFER, "reasons": ["high_pressure"], "next_visit_on": "2026-05-26"},
        sbp=140,
    ),
    _check("at_90", "舒张压90：转诊", "diastolic 90: refer", REFER, dbp=90),
    _check("at_159_109", "血压159/109：转诊", "159/109: refer", REFER, sbp=159, dbp=109),
    _check(
        "at_160",
        "收缩压160：紧急",
        "systolic 160: an emergency",
        {**EMERGENCY, "reasons": ["severe_pressure"]},
        sbp=160,
    ),
    _check("at_110", "舒张压110：紧急", "diastolic 110: an emergency", EMERGENCY, dbp=110),
    _check("at_180_110", "血压180/110：紧急", "180/110: an emergency", EMERGENCY, sbp=180, dbp=110),
    _check(
        "pre_eclampsia",
        "血压142/92伴尿蛋白+：紧急",
        "142/92 with protein +",
        {**EMERGENCY, "reasons": ["pre_eclampsia"]},
        sbp=142,
        dbp=92,
        urine_protein="3",
    ),
    _check(
        "trace_of_protein",
        "血压142/92，尿蛋白±：转诊",
        "142/92, protein ±",
        REFER,
        sbp=142,
        urine_protein="2",
    ),
    _check("protein_alone", "仅尿蛋白+：不转诊", "protein + alone", NORMAL, urine_protein="3"),
    *(
        _check(
            f"danger_{code}",
            f"危急征象（{code}）：紧急转诊",
            f"sign of danger ({code})",
            {**EMERGENCY, "reasons": ["danger"], "next_visit_on": "2026-05-26"},
            danger=(code,),
        )
        for code in ("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
    ),
    _check("heart_110", "胎心110：正常", "fetal heart 110", NORMAL, fetal_heart=110),
    _check(
        "heart_109",
        "胎心109：转诊",
        "fetal heart 109",
        {**REFER, "reasons": ["fetal_heart"]},
        fetal_heart=109,
    ),
    _check("heart_160", "胎心160：正常", "fetal heart 160", NORMAL, fetal_heart=160),
    _check("heart_161", "胎心161：转诊", "fetal heart 161", REFER, fetal_heart=161),
    _check("heart_not_taken", "未测胎心", "fetal heart not taken", NORMAL, fetal_heart=DROP),
    _check("hb_110", "血红蛋白110：正常", "haemoglobin 110", NORMAL, hb=110),
    _check("hb_109", "血红蛋白109：贫血", "haemoglobin 109", {**ATTENTION, "reasons": ["anaemia"]}, hb=109),
    _check("hb_70", "血红蛋白70：贫血", "haemoglobin 70", ATTENTION, hb=70),
    _check(
        "hb_69",
        "血红蛋白69：重度贫血，转诊",
        "haemoglobin 69: refer",
        {**REFER, "reasons": ["severe_anaemia"]},
        hb=69,
    ),
    _check("hb_not_tested", "未测血红蛋白", "haemoglobin not tested", NORMAL, hb=DROP),
    _check(
        "yellow", "黄色：加强管理", "yellow", {**ATTENTION, "risk": "yellow", "high_risk": "no"}, risk="2"
    ),
    _check(
        "orange", "橙色：转诊", "orange: refer", {**REFER, "risk": "orange", "high_risk": "yes"}, risk="3"
    ),
    _check(
        "red",
        "红色：紧急，24小时内报告",
        "red: an emergency",
        {**EMERGENCY, "risk": "red", "high_risk": "yes"},
        risk="4",
    ),
    _check(
        "purple",
        "绿色并紫色：转诊",
        "green and purple: refer",
        {**REFER, "purple": "yes", "high_risk": "yes"},
        purple="2",
    ),
    _check(
        "purple_and_red",
        "红色并紫色：紧急",
        "red and purple",
        {**EMERGENCY, "reasons": ["red", "purple"]},
        risk="4",
        purple="2",
    ),
    _check("abnormal", "总体异常：加强管理", "abnormal overall", ATTENTION, **{"class": "2"}),
    _check(
        "doctor_refers", "医生决定转诊", "the doctor refers", {**REFER, "reasons": ["referred"]}, referred="2"
    ),
)

VISITS = (
    _visit(
        "day_7",
        "出院后第7天访视：及时",
        "7 days after discharge: in time",
        {**NORMAL, "days_after": 7, "in_time": "yes", "counted": "yes"},
    ),
    _visit(
        "day_8",
        "出院后第8天：超期，仍计入产后访视",
        "8 days: late, but counted",
        {**NORMAL, "days_after": 8, "in_time": "no", "counted": "yes", "reasons": ["late_visit"]},
        discharged_on="2026-05-04",
    ),
    _visit(
        "day_28",
        "出院后第28天：计入",
        "28 days: counted",
        {"days_after": 28, "counted": "yes"},
        delivered_on="2026-04-12",
        discharged_on="2026-04-14",
    ),
    _visit(
        "day_29",
        "出院后第29天：不计入",
        "29 days: not counted",
        {"days_after": 29, "counted": "no"},
        delivered_on="2026-04-12",
        discharged_on="2026-04-13",
    ),
    _visit(
        "not_in_hospital",
        "未住院分娩：从分娩日计",
        "not in hospital: from the delivery",
        {"days_after": 10, "in_time": "no"},
        discharged_on=DROP,
    ),
    _visit(
        "no_delivery",
        "没有分娩和出院日期",
        "no dates",
        {},
        refused="maternal.delivery_missing",
        delivered_on=DROP,
        discharged_on=DROP,
    ),
    _visit("temperature_37_9", "体温37.9℃：正常", "37.9 ℃", NORMAL, temperature="37.9"),
    _visit(
        "temperature_38",
        "体温38.0℃：转诊",
        "38.0 ℃: refer",
        {**REFER, "reasons": ["fever"]},
        temperature="38.0",
    ),
    *(
        _visit(
            f"{part}_abnormal",
            f"{zh}异常：转诊",
            f"{en} abnormal: refer",
            {**REFER, "reasons": [part]},
            **{part: "2"},
        )
        for part, zh, en in (
            ("lochia", "恶露", "lochia"),
            ("uterus", "子宫", "uterus"),
            ("wound", "伤口", "wound"),
            ("psychology", "心理", "state of mind"),
        )
    ),
    _visit(
        "breasts_abnormal",
        "乳房异常：指导",
        "breasts abnormal",
        {**ATTENTION, "reasons": ["breasts"]},
        breasts="2",
    ),
    _visit("abnormal", "总体异常", "abnormal overall", ATTENTION, **{"class": "2"}),
    _visit("at_140_90", "血压140/90：转诊", "140/90: refer", REFER, sbp=140, dbp=90),
    _visit("at_160_110", "血压160/110：紧急", "160/110: an emergency", EMERGENCY, sbp=160, dbp=110),
    _visit("danger", "危急征象：紧急", "a sign of danger", EMERGENCY, danger=("1",)),
    _visit("doctor_refers", "医生决定转诊", "the doctor refers", REFER, referred="2"),
    _visit(
        "no_pressure", "没有血压", "no pressure", {}, refused="maternal.pressure_missing", sbp=DROP, dbp=DROP
    ),
)

LAST = (
    _last("recovered", "第42天已恢复：结案", "day 42, recovered", {**NORMAL, "days_after": 42}),
    _last(
        "not_recovered",
        "未恢复、继续处理",
        "not recovered",
        {**ATTENTION, "reasons": ["not_recovered"]},
        **{"class": "2"},
    ),
    _last(
        "referred",
        "未恢复、转诊",
        "not recovered, referred",
        {**REFER, "reasons": ["not_recovered", "referred"], "next_visit_on": "2026-05-26"},
        **{"class": "2", "disposal": "2"},
    ),
    _last("pressure", "产后42天血压140/90：转诊", "140/90 after 42 days: refer", REFER, dbp=90),
    _last(
        "delivery_later",
        "分娩日期晚于检查日",
        "delivered after the check",
        {},
        refused="maternal.delivery_later",
        delivered_on="2026-05-13",
        discharged_on=DROP,
    ),
)

EXAMPLES = (*BOOKINGS, *CHECKS, *VISITS, *LAST)
