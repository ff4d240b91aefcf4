"""Norms A5 in words, from the most urgent line down."""

from __future__ import annotations

from kangshu.declare import Decision, Text

BOOKING, ANTENATAL = "maternal.booking", "maternal.antenatal"
POSTPARTUM, CHECK_42 = "maternal.postpartum", "maternal.check_42"

PREGNANT = (
    (
        "有任何一项危急征象；或血压≥160/110；或血压≥140/90伴尿蛋白+及以上；或红色",
        "any sign of danger; or 160/110 and more; or 140/90 and more with protein + and more; or red",
        "紧急转诊，24小时内报告，2周内随访转诊结果",
        "refer as an emergency, report within 24 hours, follow the referral within 2 weeks",
    ),
    (
        "血压≥140/90；或胎心率<110或>160次/分；或血红蛋白<70 g/L；或橙色、紫色；或医生决定转诊",
        "140/90 and more; or fetal heart below 110 or above 160; or haemoglobin below 70 g/L; or orange, "
        "purple; or the doctor decides so",
        "立即转诊，2周内随访转诊结果；橙色、紫色报告县妇幼保健机构并专案管理",
        "refer at once, follow within 2 weeks; orange and purple are reported and have a special file",
    ),
    (
        "黄色；或血红蛋白70～109 g/L；或总体评估异常",
        "yellow; or haemoglobin of 70 to 109 g/L; or abnormal overall",
        "加强管理，按孕周随访",
        "watch closely, next as the weeks ask",
    ),
    ("绿色，未见异常", "green, nothing abnormal", "按孕周随访", "next as the weeks ask"),
)
INFECTED = (
    "乙肝表面抗原、梅毒或HIV检测阳性",
    "HBsAg, syphilis or HIV positive",
    "按紫色管理，转定点机构，2周内随访转诊结果",
    "managed as purple, to the designated hospital, follow within 2 weeks",
)
NOT_GREEN = (
    "评为绿色，但有合并症、不良孕产史、剖宫产史，或年龄≤18岁、≥35岁",
    "green, but an illness, a loss or a caesarean before, or 18 and younger, 35 and older",
    "提示复核风险分级，加强管理",
    "the colour is to be judged again; watch closely",
)
AFTER = (
    (
        "有任何一项危急征象；或血压≥160/110",
        "any sign of danger; or 160/110 and more",
        "紧急转诊，24小时内报告，2周内随访转诊结果",
        "refer as an emergency, report within 24 hours, follow within 2 weeks",
    ),
    (
        "体温≥38℃；恶露、子宫、伤口或心理异常；或血压≥140/90；或医生决定转诊",
        "38 ℃ and more; lochia, uterus, wound or state of mind abnormal; 140/90 and more; or the doctor",
        "立即转诊，2周内随访转诊结果",
        "refer at once, follow within 2 weeks",
    ),
    ("乳房异常，或总体异常", "breasts abnormal, or abnormal overall", "指导并处理", "advice and treatment"),
    ("未见异常", "nothing abnormal", "继续产后保健", "care goes on"),
)
DONE = ("已恢复，处理为结案", "recovered, closed", "产后保健结束，结案", "the care ends, the case closes")

EMERGENCY, REFERRED, ATTENTION, NORMAL = PREGNANT
TABLES = (
    (BOOKING, "首次产检", "booking", (EMERGENCY, INFECTED, REFERRED, NOT_GREEN, ATTENTION, NORMAL)),
    (ANTENATAL, "产前随访", "antenatal", PREGNANT),
    (POSTPARTUM, "产后访视", "postpartum", AFTER),
    (CHECK_42, "产后42天", "42 days", (*AFTER[:3], DONE)),
)
DECISIONS = tuple(
    Decision(
        form,
        Text(f"{zh_form}：{zh_when}", f"{en_form}: {en_when}"),
        Text(zh_then, en_then),
        "norms A5.1, A5.3",
    )
    for form, zh_form, en_form, lines in TABLES
    for zh_when, en_when, zh_then, en_then in lines
)
