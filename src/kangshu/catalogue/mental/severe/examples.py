"""The five rows of L3 and every branch of norms A9.3."""

from __future__ import annotations

from datetime import date
from typing import Any

from kangshu.declare import Example, Text

FORM = "mental.severe.follow_up"
DAY = date(2026, 5, 12)
TWO_WEEKS, A_MONTH, THREE_MONTHS = "2026-05-26", "2026-06-12", "2026-08-12"
GOOD = dict.fromkeys(("self_care", "housework", "work", "learning", "interpersonal"), "1")
WELL: dict[str, Any] = {"result": "1", "risk": "0", "symptom_state": "1", "insight": "1", **GOOD}

STABLE = {"class": "3", "action": "routine", "next_visit_on": THREE_MONTHS}
BASICALLY = {"class": "2", "action": "adjust", "next_visit_on": TWO_WEEKS}
AGAIN = {"class": "2", "action": "specialist", "next_visit_on": A_MONTH}
UNSTABLE = {"class": "1", "action": "emergency", "next_visit_on": TWO_WEEKS}


def before(on: str, found: str) -> dict[str, Any]:
    return {"performed_on": on, "answers": {"result": "1", "class": found}}


def _visit(
    name: str,
    zh: str,
    en: str,
    expected: dict[str, Any],
    *,
    earlier: tuple[dict[str, Any], ...] = (),
    clause: str = "norms A9.3",
    confirmed: str | None = None,
    **changes: Any,
) -> Example:
    answers = {**WELL, **changes, **({} if confirmed is None else {"class": confirmed})}
    known = {key: value for key, value in answers.items() if value is not None}
    return Example(name, Text(zh, en), FORM, DAY, known, expected, earlier=earlier, clause=clause)


def _refused(name: str, zh: str, en: str, refused: str, missing: str) -> Example:
    answers = {key: value for key, value in WELL.items() if key != missing}
    return Example(name, Text(zh, en), FORM, DAY, answers, {}, refused=refused, clause="norms A9.3")


EXAMPLES = (
    _visit("stable", "危险性0级，各项良好：稳定", "risk 0, all good: stable", STABLE, clause="L3 row 1"),
    _visit(
        "partial_insight",
        "自知力不全：基本稳定",
        "partial insight: basically stable",
        BASICALLY,
        insight="2",
        clause="L3 row 2",
    ),
    _visit(
        "risk_2", "危险性2级：基本稳定", "risk 2: basically stable", BASICALLY, risk="2", clause="L3 row 3"
    ),
    _visit("risk_3", "危险性3级：不稳定", "risk 3: unstable", UNSTABLE, risk="3", clause="L3 row 4"),
    _visit(
        "obvious",
        "症状明显：不稳定",
        "obvious symptoms: unstable",
        UNSTABLE,
        symptom_state="3",
        clause="L3 row 5",
    ),
    _visit("risk_1", "危险性1级：基本稳定", "risk 1: basically stable", BASICALLY, risk="1"),
    _visit("risk_5", "危险性5级：不稳定", "risk 5: unstable", UNSTABLE, risk="5"),
    _visit("no_insight", "自知力缺失：不稳定", "insight lost: unstable", UNSTABLE, insight="3"),
    _visit(
        "some_symptoms",
        "症状部分存在：基本稳定",
        "some symptoms: basically stable",
        BASICALLY,
        symptom_state="2",
    ),
    _visit(
        "poor_function",
        "一项社会功能较差：基本稳定",
        "one function poor: basically stable",
        BASICALLY,
        learning="3",
    ),
    _visit(
        "fair_function", "社会功能一般：稳定", "fair function: stable", STABLE, learning="2", housework="2"
    ),
    _visit("no_work", "工作不适用：不影响", "work does not apply: no matter", STABLE, work="9"),
    _visit(
        "reaction",
        "严重不良反应：不稳定",
        "a serious reaction: unstable",
        UNSTABLE,
        adverse_reaction="2",
        serious_reaction=True,
    ),
    _visit(
        "mild_reaction",
        "不良反应不严重：稳定",
        "a reaction that is not serious",
        STABLE,
        adverse_reaction="2",
        serious_reaction=False,
    ),
    _visit("illness", "严重躯体疾病：不稳定", "a serious illness: unstable", UNSTABLE, serious_illness=True),
    _visit(
        "again",
        "连续两次基本稳定：专科指导",
        "basically stable twice: a specialist",
        AGAIN,
        risk="1",
        earlier=(before("2026-04-28", "2"),),
    ),
    _visit(
        "after_unstable",
        "上次不稳定，本次基本稳定：2周",
        "unstable before, basically stable now: two weeks",
        BASICALLY,
        risk="1",
        earlier=(before("2026-04-28", "1"),),
    ),
    _visit(
        "then_stable",
        "基本稳定后稳定：3个月",
        "stable after basically stable: three months",
        STABLE,
        earlier=(before("2026-04-28", "2"),),
    ),
    _visit(
        "stable_between",
        "中间一次稳定：重新计数",
        "stable in between: counted anew",
        BASICALLY,
        risk="1",
        earlier=(before("2026-01-20", "2"), before("2026-04-28", "3")),
    ),
    _visit(
        "lost_between",
        "中间一次失访：不打断",
        "not found in between: no matter",
        AGAIN,
        risk="1",
        earlier=(before("2026-04-14", "2"), {"performed_on": "2026-04-28", "answers": {"result": "2"}}),
    ),
    _visit(
        "later_does_not_count",
        "补录：只看此前",
        "entered late: only what was before",
        BASICALLY,
        risk="1",
        earlier=(before("2026-05-20", "2"),),
    ),
    _visit(
        "confirmed", "医生改判为基本稳定", "the doctor confirms basically stable", BASICALLY, confirmed="2"
    ),
    Example(
        "lost",
        Text("失访：2周内再找", "not found: look again"),
        FORM,
        DAY,
        {"result": "2", "lost_reason": "1"},
        {"action": "lost", "next_visit_on": TWO_WEEKS},
        clause="norms A9.4",
    ),
    Example(
        "died",
        Text("死亡：不再随访", "died: no next visit"),
        FORM,
        DAY,
        {"result": "3", "death_cause": "1"},
        {"action": "died"},
        clause="norms A9.4",
    ),
    _refused("no_risk", "未评定危险性", "no risk grade", "mental_severe.risk_missing", "risk"),
    _refused("no_insight_given", "未填自知力", "no insight", "mental_severe.item_missing", "insight"),
    _refused("no_function", "未填社会功能", "no social function", "mental_severe.item_missing", "housework"),
)
