"""What the rules of COPD say."""

from __future__ import annotations

from kangshu.declare import Text

SPO2_MISSING = Text(
    "面对面随访须测量血氧饱和度。", "At a visit face to face the oxygen saturation must be measured."
)
SCORE_MISSING = Text("请填写问卷总分。", "Enter the total of the questionnaire.")

ACTIONS = {
    "routine": Text("病情平稳：按期随访", "Steady: next routine visit"),
    "adjust": Text("调整治疗，2周内随访", "Change the treatment, follow up within 2 weeks"),
    "emergency": Text("紧急转诊，2周内随访转诊情况", "Urgent referral, follow it within 2 weeks"),
}
SCREENED = {
    "positive": Text("高风险：转诊做肺功能检查", "High risk: refer for spirometry"),
    "negative": Text("低风险", "Low risk"),
}

ADVICE = {
    "spo2_low": Text("血氧饱和度低于90%。", "Oxygen saturation below 90 %."),
    "emergency_sign": Text("存在危急情况。", "There is a sign of an emergency."),
    "exacerbation": Text("自上次随访以来有急性加重。", "An acute exacerbation since the last visit."),
    "adverse": Text("有药物不良反应。", "An adverse drug reaction."),
    "many_symptoms": Text(
        "症状较多（CAT≥10或mMRC≥2）：评估吸入药物和康复。",
        "Many symptoms (CAT ≥ 10 or mMRC ≥ 2): look at inhaled drugs and rehabilitation.",
    ),
    "inhaler": Text("吸入装置使用不正确：当面演示。", "The inhaler is used wrongly: show how."),
    "smokes": Text("仍在吸烟：建议戒烟。", "Still smokes: advise to quit."),
    "routine": Text(
        "按期随访；接种流感和肺炎球菌疫苗；每年做一次肺功能检查。",
        "Next routine visit; vaccination against influenza and pneumococcus; lung function once a year.",
    ),
    "adjust": Text("两周内随访。", "See the patient again within two weeks."),
    "emergency": Text(
        "处理后紧急转诊，2周内主动随访转诊情况。",
        "Give first treatment and refer urgently; ask within 2 weeks what came of it.",
    ),
    "positive": Text(
        "转诊到有条件的医疗机构做肺功能检查，确诊后纳入管理。",
        "Refer to a hospital with spirometry; enrol when confirmed.",
    ),
    "negative": Text("健康生活方式指导，一年后复评。", "Advice on life style, screen again in a year."),
}
