"""What the rules of hypertension say to the person who does the work."""

from __future__ import annotations

from kangshu.declare import Text

PRESSURE_MISSING = Text(
    "没有血压值，无法判断控制情况。请测量并填写收缩压和舒张压。",
    "Without a pressure the visit cannot be classified. Measure it and enter both values.",
)
PRESSURE_IMPOSSIBLE = Text(
    "收缩压须高于舒张压，请核对两个数值。",
    "Systolic must be above diastolic: check both values.",
)

ACTIONS = {
    "routine": Text("控制满意：按期随访", "Controlled: next routine visit"),
    "adjust": Text("调整治疗，2周内随访", "Change the treatment, follow up within 2 weeks"),
    "refer": Text("转诊，2周内随访转诊情况", "Refer, follow the referral within 2 weeks"),
    "emergency": Text("紧急转诊，2周内随访转诊情况", "Urgent referral, follow it within 2 weeks"),
}

ADVICE = {
    "satisfied": Text("血压达标，无不良反应和新发并发症。", "At target, no reaction, no new complication."),
    "unsatisfied_first": Text(
        "第一次控制不满意：了解服药依从性，必要时增加剂量、更换或增加降压药。",
        "Not controlled for the first time: ask about adherence; raise the dose, change or add a drug.",
    ),
    "unsatisfied_again": Text("连续两次控制不满意。", "Not controlled twice in a row."),
    "adverse_first": Text(
        "第一次出现药物不良反应：调整用药。", "Adverse reaction for the first time: change the drug."
    ),
    "adverse_again": Text("药物不良反应难以控制。", "The adverse reaction is hard to control."),
    "complication": Text(
        "出现新的并发症或原有并发症加重。", "A new complication, or one that has become worse."
    ),
    "pressure_dangerous": Text(
        "收缩压≥180或舒张压≥110 mmHg。", "Systolic 180 or more, or diastolic 110 or more."
    ),
    "emergency_sign": Text("存在危急情况。", "There is a sign of an emergency."),
    "pregnant_and_high": Text(
        "妊娠期或哺乳期血压高于正常。", "Pregnant or lactating, with a pressure above normal."
    ),
    "routine": Text(
        "预约下次随访，不晚于3个月；继续生活方式指导。",
        "Make the next appointment within 3 months; go on with advice on life style.",
    ),
    "adjust": Text("两周内随访。", "See the patient again within two weeks."),
    "refer": Text(
        "建议转诊到上级医院，2周内主动随访转诊情况。",
        "Refer to a higher hospital and ask within 2 weeks what came of it.",
    ),
    "emergency": Text(
        "处理后紧急转诊，2周内主动随访转诊情况。",
        "Give first treatment and refer urgently; ask within 2 weeks what came of it.",
    ),
}
