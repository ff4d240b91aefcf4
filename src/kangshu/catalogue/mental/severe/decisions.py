"""The table of norms A9.3 in words, from the most urgent line down."""

from __future__ import annotations

from kangshu.declare import Decision, Text

FORM = "mental.severe.follow_up"

DECISIONS = tuple(
    Decision(FORM, Text(zh_when, en_when), Text(zh_then, en_then), "norms A9.3")
    for zh_when, en_when, zh_then, en_then in (
        ("失访", "not found", "2周内再次查找", "look again within 2 weeks"),
        ("死亡", "has died", "登记死亡，结案", "register the death, close"),
        (
            "危险性3～5级；或精神症状明显；或自知力缺失；或严重药物不良反应；或严重躯体疾病",
            "risk 3 to 5; or obvious symptoms; or no insight; or a serious reaction; or a serious illness",
            "不稳定：应急处置、立即转诊，必要时报告公安机关，2周内随访",
            "unstable: emergency handling, refer at once, police if needed, follow within 2 weeks",
        ),
        (
            "危险性1～2级；或症状部分存在；或自知力不全；或任一社会功能较差；上次也是基本稳定",
            "risk 1 or 2; or some symptoms; or partial insight; or a poor function; and so the time before",
            "基本稳定，仍未稳定：专科医师指导，1个月内随访",
            "basically stable, again: a specialist guides, within a month",
        ),
        (
            "同上，上次不是基本稳定",
            "the same, but not so the time before",
            "基本稳定：调整，2周内随访",
            "basically stable: adjust, within 2 weeks",
        ),
        (
            "危险性0级，症状基本消失，自知力完全，社会功能一般或良好，无严重不良反应和躯体疾病",
            "risk 0, symptoms basically gone, full insight, fair or good function, nothing serious",
            "稳定：3个月内随访",
            "stable: within 3 months",
        ),
        (
            "未评定危险性或缺少症状、自知力、社会功能",
            "risk, symptoms, insight or function missing",
            "不能分类",
            "no class",
        ),
    )
)
