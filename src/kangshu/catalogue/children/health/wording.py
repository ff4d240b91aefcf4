"""What the rules of child health say."""

from __future__ import annotations

from kangshu.declare import Text

NO_BIRTH = Text("请先登记出生日期。", "Record the birth date first.")
RESULT_MISSING = Text("请填写转归。", "Say what came of it.")
NEWBORN_ONLY = Text(
    "出院（或出生）已超过28天，请改用满月健康检查记录表。",
    "More than 28 days after the discharge or birth: use the check of the full month.",
)
TOO_YOUNG = Text(
    "未到本表的月龄：请用前一年龄段的记录表。", "The child is too young for this form: use the one before it."
)
TOO_OLD = Text(
    "已超过本表的月龄：请用后一年龄段的记录表。", "The child is too old for this form: use the one after it."
)

OUTCOMES = {
    "normal": Text("未见异常", "Nothing abnormal"),
    "attention": Text("需加强指导", "Needs guidance"),
    "refer": Text("需转诊，纳入高危儿管理", "Refer; followed as a child at high risk"),
}
NEWBORN_OUTCOMES = {
    "normal": Text("新生儿未见异常", "Newborn, nothing abnormal"),
    "attention": Text("需加强指导", "Needs guidance"),
    "high_risk": Text("高危新生儿，增加访视", "Newborn at high risk: visit more often"),
    "refer": Text("需转诊，纳入高危儿管理", "Refer; followed as a child at high risk"),
}
FOLLOW_UPS = {
    "resolved": Text("已恢复，转为常规管理", "Well again: ordinary care"),
    "continue": Text("继续专案管理，1个月内再随访", "Goes on: again within a month"),
    "not_seen": Text("尚未就诊，2周内再随访", "Not seen by a doctor yet: again within 2 weeks"),
}

ADVICE = {
    # newborns
    "temperature": Text("体温异常，应立即转诊。", "The temperature is abnormal: refer at once."),
    "respiration": Text("呼吸频率异常，应立即转诊。", "The rate of breathing is abnormal: refer at once."),
    "heart_rate": Text("心率异常，应立即转诊。", "The heart rate is abnormal: refer at once."),
    "severe_jaundice": Text(
        "黄疸达手足，应立即转诊。", "Jaundice has reached hands and feet: refer at once."
    ),
    "fontanelle": Text("前囟膨隆或凹陷，应立即转诊。", "The fontanelle bulges or is sunken: refer at once."),
    "jaundice": Text(
        "躯干或四肢黄染，建议转诊。", "Jaundice of the trunk or the limbs: a referral is advised."
    ),
    "umbilicus": Text("脐部有渗出，建议转诊。", "The umbilicus weeps: a referral is advised."),
    "breathing_hard": Text("呼吸困难，应立即转诊。", "Hard breathing: refer at once."),
    "neck_mass": Text("颈部有包块，建议转诊。", "A mass in the neck: a referral is advised."),
    "malformation": Text("有畸形，建议转诊。", "A malformation: a referral is advised."),
    "hearing_screen": Text(
        "新生儿听力筛查未通过，应转诊复筛。", "The hearing screen was not passed: refer for another."
    ),
    "disease_screen": Text(
        "新生儿疾病筛查阳性，应转诊确诊。", "The newborn screen is positive: refer for the diagnosis."
    ),
    "screens_due": Text(
        "新生儿疾病筛查或听力筛查未做，请督促补做。",
        "The newborn disease screen or hearing screen was not done: see that it is.",
    ),
    "low_birth_weight": Text(
        "低出生体重（<2500g），应增加访视次数。", "Low birth weight (< 2500 g): visit more often."
    ),
    "preterm": Text("早产（<37周），应增加访视次数。", "Preterm (< 37 weeks): visit more often."),
    "multiple": Text("双多胎，应增加访视次数。", "Twins or more: visit more often."),
    "asphyxia": Text("有窒息史，应增加访视次数。", "Asphyxia at birth: visit more often."),
    # growth
    "underweight": Text(
        "低体重（年龄别体重低于−2SD）：分析原因，指导喂养，转诊并追踪。",
        "Underweight (weight for age below −2 SD): find the cause, advise on feeding, refer, follow.",
    ),
    "stunted": Text(
        "生长迟缓（年龄别身长（身高）低于−2SD）：分析原因，转诊并追踪。",
        "Stunted (length for age below −2 SD): find the cause, refer, follow.",
    ),
    "wasted": Text("消瘦：分析原因，转诊并追踪。", "Wasted: find the cause, refer, follow."),
    "overweight": Text("超重：指导饮食和运动，监测体重。", "Overweight: advise on diet and exercise, weigh."),
    "obese": Text("肥胖：分析原因，指导，转诊并追踪。", "Obese: find the cause, advise, refer, follow."),
    "implausible": Text(
        "体重或身长超出WHO可信范围，请复测。",
        "Weight or length is beyond what WHO takes for possible: measure again.",
    ),
    # blood
    "anaemia_mild": Text("轻度贫血：指导喂养，转诊并复查。", "Mild anaemia: advise, refer, test again."),
    "anaemia_moderate": Text("中度贫血：应转诊。", "Moderate anaemia: refer."),
    "anaemia_severe": Text("重度贫血：应立即转诊。", "Severe anaemia: refer at once."),
    # development and senses
    "warning_sign": Text(
        "有发育预警征象：转县级妇幼保健机构评估。", "A warning sign: refer to the county MCH institution."
    ),
    "hearing": Text("听力未通过：应转诊。", "Hearing was not passed: refer."),
    "vision": Text("视力低于同龄标准：应转诊。", "Vision is below that of the age: refer."),
    "vision_differs": Text(
        "双眼视力相差两行及以上：应转诊。", "The eyes differ by two lines or more: refer."
    ),
    "caries": Text("有龋齿：应转诊治疗。", "Carious teeth: refer for treatment."),
    "rickets_signs": Text("有可疑佝偻病体征：应转诊。", "Signs of rickets: refer."),
    "rickets_symptoms": Text(
        "有可疑佝偻病症状：指导户外活动和维生素D（400IU/日）。",
        "Symptoms of rickets: advise time outdoors and vitamin D (400 IU a day).",
    ),
    "finding": Text("体格检查有异常，请判断是否转诊。", "A finding is abnormal: decide whether to refer."),
    "referred": Text("已转诊，请2周内追踪结果。", "Referred: follow the result within 2 weeks."),
    # what is still to be done
    "hb_due": Text("本次应查血红蛋白。", "Haemoglobin is due at this age."),
    "hearing_due": Text("本次应做听力筛查。", "Hearing is due at this age."),
    "vision_due": Text("本次应查视力。", "Vision is due at this age."),
    # follow-up
    "resolved": Text("转为常规管理。", "Back to ordinary care."),
    "continue": Text("1个月内再次随访。", "See again within a month."),
    "not_seen": Text("督促就诊，2周内再次随访。", "Urge them to go; see again within 2 weeks."),
}
