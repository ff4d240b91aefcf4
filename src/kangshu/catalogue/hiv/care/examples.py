"""Every branch of the three rules, and the edges of their numbers."""

from __future__ import annotations

from typing import Any

from kangshu.catalogue.judging import Cases
from kangshu.declare import Decision, Text

CLAUSE = "艾滋病病毒感染者随访工作指南（2016年版）"
_first = Cases("hiv.first_visit", CLAUSE)
_visit = Cases("hiv.follow_up", CLAUSE)
_test = Cases("hiv.laboratory", CLAUSE)
WELL: dict[str, Any] = {
    "result": "1",
    "symptoms": ("0",),
    "tb_symptoms": ("0",),
    "treated": "1",
    "missed_doses": 0,
}

EXAMPLES = (
    _first("told", "见到并告知", "met and told", "told", result="1", told=True),
    _first("not_told", "见到未告知", "met, not told", "not_told", result="1", told=False),
    _first("lost", "未找到", "not found", "lost", result="2"),
    _first("unsaid", "未填结果", "no result", "missing"),
    _visit("routine", "治疗中", "treated", "routine", values={"next_visit_on": "2026-08-12"}, **WELL),
    _visit("two_missed", "漏服2次", "two missed", "routine", **{**WELL, "missed_doses": 2}),
    _visit("three_missed", "漏服3次", "three missed", "adherence", **{**WELL, "missed_doses": 3}),
    _visit(
        "never", "从未治疗", "never treated", "untreated", **{**WELL, "treated": "2", "missed_doses": None}
    ),
    _visit("stopped", "已停药", "stopped", "untreated", **{**WELL, "treated": "3", "missed_doses": None}),
    _visit(
        "tb",
        "咳嗽2周",
        "cough",
        "refer",
        values={"next_visit_on": "2026-05-26"},
        **{**WELL, "tb_symptoms": ("1",)},
    ),
    _visit("thrush", "口腔念珠菌", "thrush", "refer", **{**WELL, "symptoms": ("4",)}),
    _visit("reaction", "不良反应", "reaction", "refer", **WELL, adverse=True),
    _visit("lost", "失访", "not found", "lost", result="2"),
    _visit("died", "死亡", "died", "died", result="3"),
    _visit("no_symptoms", "未问症状", "symptoms not asked", "missing", result="1"),
    _test("low", "CD4 199", "CD4 199", "immune_low", test="1", cd4=199),
    _test("fair", "CD4 200", "CD4 200", "immune_fair", test="1", cd4=200),
    _test("undetected", "低于检测限", "undetected", "suppressed", test="2", viral_load=0),
    _test("forty_nine", "病毒载量49", "load 49", "suppressed", test="2", viral_load=49),
    _test("fifty", "病毒载量50", "load 50", "low_level", test="2", viral_load=50),
    _test("below_failure", "病毒载量999", "load 999", "low_level", test="2", viral_load=999),
    _test("failure", "病毒载量1000", "load 1000", "failure", test="2", viral_load=1000),
    _test("no_value", "未填结果", "no result", "missing", test="2"),
)

DECISIONS = tuple(
    Decision(form, Text(zh, en), Text(then_zh, then_en), CLAUSE)
    for form, zh, en, then_zh, then_en in (
        (
            "hiv.follow_up",
            "有相关症状、结核可疑症状或不良反应",
            "symptoms, TB symptoms or a reaction",
            "转诊，2周内随访",
            "refer, 2 weeks",
        ),
        (
            "hiv.follow_up",
            "未治疗或已停药",
            "not treated",
            "动员治疗，1个月内随访",
            "urge treatment, a month",
        ),
        (
            "hiv.follow_up",
            "近1个月漏服3次及以上",
            "three doses and more missed",
            "依从性教育，1个月内随访",
            "adherence, a month",
        ),
        ("hiv.follow_up", "治疗中且无上述情况", "treated, none of these", "3个月内随访", "3 months"),
        ("hiv.follow_up", "失访", "not found", "2周内再次查找", "look again in 2 weeks"),
        ("hiv.laboratory", "CD4低于200", "CD4 below 200", "立即转诊", "refer at once"),
        (
            "hiv.laboratory",
            "病毒载量1000及以上",
            "load 1000 and more",
            "疑似治疗失败，转诊",
            "failure suspected, refer",
        ),
        ("hiv.laboratory", "病毒载量50～999", "load 50 to 999", "3个月内复查", "again in 3 months"),
        ("hiv.laboratory", "病毒载量低于50", "load below 50", "病毒抑制，每年复查", "suppressed, yearly"),
    )
)
