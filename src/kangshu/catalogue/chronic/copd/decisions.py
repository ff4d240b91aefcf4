"""Norms A14 in words."""

from __future__ import annotations

from kangshu.declare import Decision, Text

VISIT, SCREENING = "chronic.copd.follow_up", "chronic.copd.screening"

DECISIONS = tuple(
    Decision(form, Text(zh_when, en_when), Text(zh_then, en_then), "norms A14")
    for form, zh_when, en_when, zh_then, en_then in (
        (
            SCREENING,
            "COPD-SQ≥16，或COPD-PS≥5",
            "COPD-SQ ≥ 16, or COPD-PS ≥ 5",
            "阳性：转诊做肺功能检查",
            "positive: refer for spirometry",
        ),
        (SCREENING, "低于上述分值", "below these", "阴性", "negative"),
        (
            VISIT,
            "血氧饱和度<90%，或有任何一项危急情况",
            "saturation < 90 %, or any sign of an emergency",
            "处理后紧急转诊，2周内随访转诊情况",
            "treat, refer urgently, follow the referral within 2 weeks",
        ),
        (
            VISIT,
            "自上次随访以来有急性加重，或有药物不良反应",
            "an exacerbation since the last visit, or an adverse reaction",
            "调整治疗，2周内随访",
            "change the treatment, follow up within 2 weeks",
        ),
        (VISIT, "其他情况", "otherwise", "按期随访，不晚于6个月", "next routine visit within 6 months"),
        (
            VISIT,
            "面对面随访没有血氧饱和度",
            "face to face without a saturation",
            "不能判断，请测量",
            "cannot be judged: measure it",
        ),
    )
)
