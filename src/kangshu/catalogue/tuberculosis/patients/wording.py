"""What the rules of TB say."""

from __future__ import annotations

from kangshu.declare import Text

MET_MISSING = Text(
    "请填写是否见到患者，以及通知和访视时间。", "Say whether the patient was met, and both times."
)
MISSED_MISSING = Text("请填写漏服药次数。", "Enter the doses missed.")
DOSES_MISSING = Text("请填写应服和实际服药次数。", "Enter the doses due and taken.")

FIRST_VISITS = {
    "met": Text("已入户：按督导方式随访", "Visited: follow up as supervised"),
    "try_again": Text("未见到患者：72小时内再次访视", "Not met: try again within 72 hours"),
    "report": Text("72小时内2次未见到：向上级报告", "Not met twice within 72 hours: report to the superior"),
}
FOLLOW_UPS = {
    "routine": Text("继续督导服药，按期随访", "Go on; next visit as supervised"),
    "report": Text(
        "漏服药累计1周及以上：向上级报告", "A week or more of doses missed: report to the superior"
    ),
    "refer": Text("转诊，2周内随访转诊结果", "Refer, follow the referral within 2 weeks"),
}
ENDINGS = {
    "regular": Text("规则服药（服药率≥90%）", "Regular (90 % of the doses and more)"),
    "irregular": Text("不规则服药（服药率<90%）", "Not regular (below 90 %)"),
}
ADVICE = {
    "met": Text("落实督导人员、药盒和服药记录卡，完成健康教育。", "Supervisor, drug box and card; educate."),
    "late": Text("超过72小时才完成第一次入户。", "The first visit was later than 72 hours."),
    "try_again": Text("72小时内至少访视2次。", "Visit at least twice within 72 hours."),
    "report": Text("向上级专业机构报告。", "Report to the superior agency."),
    "routine": Text("每次服药都要有人督导并记录。", "Every dose is watched and recorded."),
    "adverse": Text("有药物不良反应。", "An adverse drug reaction."),
    "complication": Text("有并发症或合并症。", "A complication."),
    "no_improvement": Text("治疗后症状无改善。", "No improvement under treatment."),
    "missed_week": Text("漏服药累计达1周。", "The doses missed amount to a week."),
    "refer": Text(
        "转诊到定点医疗机构，2周内随访。", "Refer to the designated hospital, follow within 2 weeks."
    ),
    "regular": Text(
        "转诊到定点医疗机构做转归评估，2周内确认。", "Refer to have the outcome judged, confirm in 2 weeks."
    ),
    "irregular": Text(
        "转诊到定点医疗机构做转归评估，2周内确认；说明漏服原因。",
        "Refer to have the outcome judged, confirm in 2 weeks; say why doses were missed.",
    ),
}
