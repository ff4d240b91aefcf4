"""What the screening rules say."""

from __future__ import annotations

from kangshu.declare import Text

PRESSURE_MISSING = Text(
    "没有血压值，请测量并填写收缩压和舒张压。", "There is no pressure: measure it and enter both values."
)
PRESSURE_IMPOSSIBLE = Text(
    "收缩压须高于舒张压，请核对两个数值。", "Systolic must be above diastolic: check both values."
)
RESULT_MISSING = Text("请选择转诊结果。", "Choose the result of the referral.")

OUTCOMES = {
    "known": Text("已确诊：建议纳入管理", "Already diagnosed: enrol"),
    "emergency": Text("紧急转诊", "Urgent referral"),
    "refer": Text("初步诊断：转诊确诊", "Preliminary diagnosis: refer"),
    "recheck": Text("血压升高：非同日复测", "Raised: measure again on another day"),
    "high_risk": Text("高危人群：每半年测量一次", "At high risk: measure every half year"),
    "normal": Text("正常：每年测量一次", "Normal: measure once a year"),
    "confirmed": Text("确诊：纳入管理", "Confirmed: enrol"),
    "excluded": Text("排除高血压", "No hypertension"),
    "secondary": Text("继发性高血压：专科治疗", "Secondary hypertension: specialist care"),
    "not_seen": Text("未就诊：继续督促", "Has not gone: urge again"),
}

ADVICE = {
    "known": Text("征得同意后纳入高血压患者健康管理。", "With consent, enrol in hypertension management."),
    "emergency": Text(
        "血压≥180/110 mmHg：处理后紧急转诊，2周内随访转诊结果。",
        "180/110 or more: treat, refer urgently, follow the result within 2 weeks.",
    ),
    "refer": Text(
        "转诊到有条件的上级医院确诊，2周内随访转诊结果。",
        "Refer to a qualified hospital; follow the result within 2 weeks.",
    ),
    "recheck": Text(
        "去除可能引起血压升高的因素，预约非同日复测。",
        "Remove what may raise the pressure and measure again on another day.",
    ),
    "high_risk": Text(
        "至少每半年测量一次血压，并接受生活方式指导。",
        "Measure at least every half year; advise on life style.",
    ),
    "normal": Text("每年至少测量一次血压。", "Measure at least once a year."),
    "confirmed": Text(
        "征得同意后纳入高血压患者健康管理。", "With consent, enrol in hypertension management."
    ),
    "excluded": Text(
        "按高危人群每半年测量一次血压。", "Measure every half year, as for people at high risk."
    ),
    "secondary": Text("由专科治疗原发疾病。", "The specialist treats the cause."),
    "not_seen": Text("督促就诊，2周内再次随访。", "Urge to go; ask again within 2 weeks."),
    "risk_1": Text("血压高值（130～139/85～89 mmHg）。", "High-normal pressure (130–139/85–89)."),
    "risk_2": Text("超重、肥胖或腹型肥胖。", "Overweight, obese, or a large waist."),
    "risk_3": Text("高血压家族史。", "Family history of hypertension."),
    "risk_4": Text("长期高盐饮食。", "Long-term high salt."),
    "risk_5": Text(
        "长期过量饮酒（白酒≥100 mL/日）。", "Long-term excess alcohol (spirit of 100 mL a day or more)."
    ),
    "risk_6": Text("年龄≥55岁。", "Age of 55 or more."),
}
