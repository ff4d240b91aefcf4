"""What the rules of diabetes say to the person who does the work."""

from __future__ import annotations

from kangshu.declare import Text

GLUCOSE_MISSING = Text(
    "没有空腹血糖值，无法判断控制情况。请测量并填写空腹血糖。",
    "Without a fasting glucose the visit cannot be classified. Measure it and enter it.",
)

ACTIONS = {
    "routine": Text("控制满意：按期随访", "Controlled: next routine visit"),
    "adjust": Text("调整治疗，2周内随访", "Change the treatment, follow up within 2 weeks"),
    "refer": Text("转诊，2周内随访转诊情况", "Refer, follow the referral within 2 weeks"),
    "emergency": Text("紧急转诊，2周内随访转诊情况", "Urgent referral, follow it within 2 weeks"),
}

ADVICE = {
    "satisfied": Text(
        "空腹血糖达标，无不良反应和新发并发症。", "At target, no reaction, no new complication."
    ),
    "unsatisfied_first": Text(
        "第一次控制不满意：了解服药依从性，必要时增加剂量、更换或增加降糖药。",
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
    "glucose_high": Text("空腹血糖≥16.7 mmol/L。", "Fasting glucose of 16.7 mmol/L or more."),
    "glucose_low": Text("空腹血糖≤3.9 mmol/L。", "Fasting glucose of 3.9 mmol/L or less."),
    "pressure_dangerous": Text(
        "收缩压≥180或舒张压≥110 mmHg。", "Systolic 180 or more, or diastolic 110 or more."
    ),
    "tachycardia": Text("心率超过100次/分。", "Heart rate above 100 a minute."),
    "fever": Text("体温超过39 ℃。", "Temperature above 39 ℃."),
    "emergency_sign": Text("存在危急情况。", "There is a sign of an emergency."),
    "pregnant_and_high": Text(
        "妊娠期或哺乳期血糖高于正常。", "Pregnant or lactating, with a glucose above normal."
    ),
    "foot_pulse": Text(
        "足背动脉搏动减弱或消失：检查双足，考虑转诊。",
        "The foot pulse is weak or absent: look at both feet, consider a referral.",
    ),
    "hypoglycaemia": Text(
        "有低血糖反应：了解进餐与用药，教会识别和自救。",
        "Hypoglycaemia: ask about meals and drugs, teach how to notice and treat it.",
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
