"""Every branch of norms A14."""

from __future__ import annotations

from datetime import date
from typing import Any

from kangshu.declare import Example, Text

VISIT, SCREENING = "chronic.copd.follow_up", "chronic.copd.screening"
DAY = date(2026, 5, 12)
STEADY: dict[str, Any] = {
    "mode": "1",
    "symptoms": ("2",),
    "mmrc": "1",
    "spo2": 96,
    "exacerbations": 0,
    "exacerbation": False,
    "inhaler": "1",
    "adverse_reaction": "1",
}
ROUTINE = {"action": "routine", "next_visit_on": "2026-11-12"}
ADJUST = {"action": "adjust", "next_visit_on": "2026-05-26"}
EMERGENCY = {"action": "emergency", "next_visit_on": "2026-05-26"}


def _visit(name: str, zh: str, en: str, expected: dict[str, Any], **changes: Any) -> Example:
    answers = {key: value for key, value in {**STEADY, **changes}.items() if value is not None}
    return Example(name, Text(zh, en), VISIT, DAY, answers, expected, clause="norms A14")


def _screening(name: str, zh: str, en: str, outcome: str, **answers: Any) -> Example:
    return Example(name, Text(zh, en), SCREENING, DAY, answers, {"outcome": outcome}, clause="norms A14")


EXAMPLES = (
    _visit("steady", "血氧96%，无急性加重：按期随访", "96 %, no exacerbation: routine", ROUTINE),
    _visit("spo2_90", "血氧90%：非紧急", "90 %: no emergency", ROUTINE, spo2=90),
    _visit("spo2_89", "血氧89%：紧急转诊", "89 %: urgent", EMERGENCY, spo2=89),
    _visit(
        "at_rest", "静息时呼吸困难：紧急转诊", "dyspnoea at rest: urgent", EMERGENCY, emergency_signs=("2",)
    ),
    _visit("no_sign", "危急情况：无", "no sign", ROUTINE, emergency_signs=("1",)),
    _visit(
        "exacerbation",
        "急性加重：2周内随访",
        "an exacerbation: two weeks",
        ADJUST,
        exacerbation=True,
        exacerbations=1,
    ),
    _visit("reaction", "药物不良反应：2周内随访", "a reaction: two weeks", ADJUST, adverse_reaction="2"),
    _visit(
        "emergency_beats",
        "急性加重且血氧低：紧急",
        "exacerbation and low: urgent",
        EMERGENCY,
        spo2=85,
        exacerbation=True,
        exacerbations=2,
    ),
    _visit(
        "cat_10", "CAT 10分：症状较多", "CAT 10: many symptoms", {**ROUTINE, "many_symptoms": True}, cat=10
    ),
    _visit(
        "cat_9", "CAT 9分、mMRC 1级：症状少", "CAT 9, mMRC 1: few symptoms", {"many_symptoms": False}, cat=9
    ),
    _visit("mmrc_2", "mMRC 2级：症状较多", "mMRC 2: many symptoms", {"many_symptoms": True}, mmrc="2"),
    _visit(
        "wrong_inhaler",
        "吸入装置不正确、吸烟：提示",
        "wrong inhaler, smokes: a word",
        ROUTINE,
        inhaler="2",
        smoking=10,
    ),
    _visit(
        "by_telephone", "电话随访可无血氧", "by telephone without a saturation", ROUTINE, mode="3", spo2=None
    ),
    Example(
        "no_spo2",
        Text("面对面而没有血氧", "face to face without a saturation"),
        VISIT,
        DAY,
        {key: value for key, value in STEADY.items() if key != "spo2"},
        {},
        refused="copd.spo2_missing",
        clause="norms A14",
    ),
    _screening(
        "sq_15", "COPD-SQ 15：阴性", "COPD-SQ 15: negative", "negative", questionnaire="1", sq_score=15
    ),
    _screening(
        "sq_16", "COPD-SQ 16：阳性", "COPD-SQ 16: positive", "positive", questionnaire="1", sq_score=16
    ),
    _screening("ps_4", "COPD-PS 4：阴性", "COPD-PS 4: negative", "negative", questionnaire="2", ps_score=4),
    _screening("ps_5", "COPD-PS 5：阳性", "COPD-PS 5: positive", "positive", questionnaire="2", ps_score=5),
    Example(
        "no_score",
        Text("没有总分", "no total"),
        SCREENING,
        DAY,
        {"questionnaire": "1"},
        {},
        refused="copd.score_missing",
        clause="norms A14",
    ),
)
