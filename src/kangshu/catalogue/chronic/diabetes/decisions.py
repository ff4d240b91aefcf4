"""The decision table of norms A8 in words, from the most urgent line down."""

from __future__ import annotations

from kangshu.declare import Decision, Text

FORM = "chronic.diabetes.follow_up"

DECISIONS = tuple(
    Decision(FORM, Text(zh_when, en_when), Text(zh_then, en_then), "norms A8")
    for zh_when, en_when, zh_then, en_then in (
        (
            "空腹血糖≥16.7或≤3.9；收缩压≥180或舒张压≥110；心率>100；体温>39 ℃；有任何一项危急情况；"
            "妊娠期、哺乳期血糖≥7.0",
            "fasting glucose ≥ 16.7 or ≤ 3.9; systolic ≥ 180 or diastolic ≥ 110; heart rate > 100; "
            "temperature > 39 ℃; any sign of an emergency; pregnant or lactating with ≥ 7.0",
            "处理后紧急转诊，2周内随访转诊情况",
            "treat, refer urgently, follow the referral within 2 weeks",
        ),
        (
            "出现新的并发症或原有并发症加重（分类4）",
            "a new complication, or one that is worse (class 4)",
            "转诊，2周内随访转诊情况",
            "refer, follow the referral within 2 weeks",
        ),
        (
            "药物不良反应（分类3），上次随访也有不良反应",
            "an adverse reaction (class 3), and one at the visit before",
            "难以控制：转诊，2周内随访转诊情况",
            "hard to control: refer, follow the referral within 2 weeks",
        ),
        (
            "空腹血糖≥7.0（分类2），上次随访也未达标",
            "glucose ≥ 7.0 (class 2), and at the visit before",
            "连续两次不满意：转诊，2周内随访转诊情况",
            "twice in a row: refer, follow the referral within 2 weeks",
        ),
        (
            "第一次药物不良反应（分类3）",
            "an adverse reaction for the first time (class 3)",
            "调整用药，2周内随访",
            "change the drug, follow up within 2 weeks",
        ),
        (
            "第一次空腹血糖≥7.0（分类2）",
            "glucose ≥ 7.0 for the first time (class 2)",
            "了解依从性，调整用药，2周内随访",
            "ask about adherence, change the treatment, follow up within 2 weeks",
        ),
        (
            "空腹血糖<7.0，无不良反应，无新发或加重的并发症（分类1）",
            "glucose < 7.0, no reaction, no new or worse complication (class 1)",
            "按期随访，不晚于3个月",
            "next routine visit within 3 months",
        ),
        (
            "没有空腹血糖",
            "no fasting glucose",
            "不能分类，请补测",
            "cannot be classified: measure it",
        ),
    )
)
