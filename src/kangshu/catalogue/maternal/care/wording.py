"""What the rules of maternal care say."""

from __future__ import annotations

from kangshu.declare import Text

DATES_MISSING = Text(
    "没有末次月经，也没有预产期，无法推算孕周。", "Without LMP and EDC the weeks cannot be reckoned."
)
DATES_IMPOSSIBLE = Text(
    "按末次月经或预产期推算的孕周不在0～43周之间，请核对日期。",
    "By these dates the pregnancy is not of 0 to 43 weeks: please look at them again.",
)
WEEKS_MISSING = Text("没有孕周，无法评估。", "Without the weeks it cannot be judged.")
RISK_MISSING = Text("没有风险分级，无法评估。", "Without the colour of the risk it cannot be judged.")
PRESSURE_MISSING = Text("没有血压，无法评估。", "Without the pressure it cannot be judged.")
DELIVERY_MISSING = Text("没有分娩日期，无法评估。", "Without the day of delivery it cannot be judged.")
DELIVERY_LATER = Text("分娩日期晚于随访日期。", "The delivery is after the visit.")

OUTCOMES = {
    "normal": Text("未见异常", "Nothing abnormal"),
    "attention": Text("有异常或一般风险，加强管理", "Something abnormal, or general risk: watch closely"),
    "refer": Text("立即转诊，2周内随访转诊结果", "Refer at once, follow the referral within 2 weeks"),
    "emergency": Text(
        "紧急转诊并在24小时内报告，2周内随访", "Emergency: refer, report within 24 hours, follow in 2 weeks"
    ),
}

ADVICE = {
    "danger": Text("有危急征象：立即转诊，必要时呼叫急救。", "A sign of danger: refer at once, call help."),
    "severe_pressure": Text(
        "重度高血压（≥160/110 mmHg）：紧急处理并转诊。",
        "Severe hypertension (160/110 or more): treat and refer as an emergency.",
    ),
    "high_pressure": Text(
        "妊娠期或产后血压≥140/90 mmHg：立即转诊。", "Pressure of 140/90 or more: refer at once."
    ),
    "pre_eclampsia": Text(
        "高血压伴蛋白尿，警惕子痫前期：紧急转诊。",
        "Hypertension with protein in the urine, perhaps pre-eclampsia: an emergency.",
    ),
    "fetal_heart": Text("胎心率不在110～160次/分：立即转诊。", "Fetal heart not 110 to 160: refer at once."),
    "severe_anaemia": Text("重度贫血：转诊治疗。", "Severe anaemia: refer to be treated."),
    "anaemia": Text("贫血：指导营养并治疗，复查血红蛋白。", "Anaemia: nutrition, treatment, test again."),
    "red": Text(
        "红色（高风险）：转三级医院评估能否继续妊娠。",
        "Red: to a level-3 hospital, which judges whether the pregnancy can go on.",
    ),
    "orange": Text(
        "橙色（较高风险）：转县级及以上危重孕产妇救治中心，专案管理。",
        "Orange: to the critical-maternal centre of the county or above; a special file.",
    ),
    "purple": Text(
        "紫色（传染病）：转定点机构，落实母婴阻断。",
        "Purple: to the designated hospital; prevent transmission to the child.",
    ),
    "yellow": Text(
        "黄色（一般风险）：建议在二级及以上助产机构检查和分娩。",
        "Yellow: checks and delivery best in an institution of level 2 or above.",
    ),
    "infection": Text(
        "乙肝、梅毒或HIV检测阳性：按紫色管理并转定点机构。",
        "HBsAg, syphilis or HIV positive: managed as purple, to the designated hospital.",
    ),
    "history": Text(
        "有合并症或不良孕产史而评为绿色，请复核风险分级。",
        "An illness or a loss in her history, but green: judge the risk again.",
    ),
    "age": Text(
        "年龄不大于18岁或不小于35岁而评为绿色，请复核风险分级。",
        "18 and younger or 35 and older, but green: judge the risk again.",
    ),
    "abnormal": Text("总体评估异常：针对异常处理。", "Abnormal overall: treat what is abnormal."),
    "late_booking": Text("已满13周建册，尽快补做孕早期检查。", "Booked after 13 weeks: make up the checks."),
    "fever": Text("产后体温≥38℃，警惕产褥感染：立即转诊。", "38 ℃ and more, perhaps infected: refer."),
    "lochia": Text("恶露异常：转诊。", "Lochia abnormal: refer."),
    "uterus": Text("子宫复旧异常：转诊。", "Uterus not back as it should be: refer."),
    "wound": Text("伤口异常：转诊。", "Wound abnormal: refer."),
    "psychology": Text("心理异常，警惕产后抑郁：转诊。", "State of mind abnormal, perhaps depressed: refer."),
    "breasts": Text("乳房异常：指导哺乳并处理。", "Breasts abnormal: advice on feeding, treatment."),
    "referred": Text("医生已决定转诊。", "The doctor decided to refer."),
    "not_recovered": Text("尚未恢复：查明原因，治疗并复查。", "Not recovered: find why, treat, see again."),
    "late_visit": Text("产后访视晚于出院后7天。", "The visit came later than 7 days after discharge."),
    "report_24h": Text(
        "24小时内报告县妇幼保健机构。", "Report to the county's MCH institution within 24 hours."
    ),
    "report": Text(
        "报告县妇幼保健机构，专人管理。", "Report to the county's MCH institution; one person follows."
    ),
    "follow_2_weeks": Text("2周内随访转诊结果。", "Follow the referral within 2 weeks."),
}
