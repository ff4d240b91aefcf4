"""The decision table of norms A7.2 in words, from the most urgent line down."""

from __future__ import annotations

from kangshu.declare import Decision, Text

FORM = "chronic.hypertension.follow_up"

DECISIONS = tuple(
    Decision(FORM, Text(zh_when, en_when), Text(zh_then, en_then), clause)
    for zh_when, en_when, zh_then, en_then, clause in (
        (
            "收缩压≥180或舒张压≥110；或有任何一项危急情况；或妊娠期、哺乳期血压≥140/90",
            "systolic ≥ 180 or diastolic ≥ 110; or any sign of an emergency; "
            "or pregnant or lactating with ≥ 140/90",
            "处理后紧急转诊，2周内随访转诊情况",
            "treat, refer urgently, follow the referral within 2 weeks",
            "norms A7.2",
        ),
        (
            "出现新的并发症或原有并发症加重（分类4）",
            "a new complication, or one that is worse (class 4)",
            "转诊，2周内随访转诊情况",
            "refer, follow the referral within 2 weeks",
            "norms A7.2",
        ),
        (
            "药物不良反应（分类3），上次随访也有不良反应",
            "an adverse reaction (class 3), and one at the visit before",
            "难以控制：转诊，2周内随访转诊情况",
            "hard to control: refer, follow the referral within 2 weeks",
            "norms A7.2",
        ),
        (
            "血压未达标（分类2），上次随访也未达标",
            "not at target (class 2), nor at the visit before",
            "连续两次不满意：转诊，2周内随访转诊情况",
            "twice in a row: refer, follow the referral within 2 weeks",
            "norms A7.2",
        ),
        (
            "第一次药物不良反应（分类3）",
            "an adverse reaction for the first time (class 3)",
            "调整用药，2周内随访",
            "change the drug, follow up within 2 weeks",
            "norms A7.2",
        ),
        (
            "第一次血压未达标（分类2）",
            "not at target for the first time (class 2)",
            "了解依从性，调整用药，2周内随访",
            "ask about adherence, change the treatment, follow up within 2 weeks",
            "norms A7.2",
        ),
        (
            "血压达标（<140/90；65岁及以上<150/90），无不良反应，无新发或加重的并发症（分类1）",
            "at target (< 140/90; from 65 on < 150/90), no reaction, no new or worse complication (class 1)",
            "按期随访，不晚于3个月",
            "next routine visit within 3 months",
            "norms A7.2",
        ),
        (
            "没有收缩压或舒张压，或收缩压不高于舒张压",
            "a pressure is missing, or systolic is not above diastolic",
            "不能分类，请补测或核对",
            "cannot be classified: measure or check",
            "norms A7.3",
        ),
    )
)
