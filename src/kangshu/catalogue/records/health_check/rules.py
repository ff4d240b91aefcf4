"""What a health check calls for at once: dangerous values are referred urgently, raised ones pointed out.

The check does not diagnose. It says which programme's door the finding leads to (norms A6.1, A7.1, A8).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Text, Visit

ANYBODY = PersonFacts()

ADVICE = {
    "pressure_dangerous": Text(
        "血压≥180/110 mmHg：处理后紧急转诊。", "Pressure of 180/110 or more: treat and refer urgently."
    ),
    "glucose_dangerous": Text(
        "空腹血糖≥16.7或≤3.9 mmol/L：处理后紧急转诊。",
        "Fasting glucose of 16.7 or more, or 3.9 or less: treat and refer urgently.",
    ),
    "pressure_raised": Text(
        "血压≥140/90 mmHg：未确诊者应进行高血压筛查。",
        "Pressure of 140/90 or more: screen for hypertension unless known.",
    ),
    "glucose_raised": Text(
        "空腹血糖≥7.0 mmol/L：未确诊者建议转诊确诊糖尿病。",
        "Fasting glucose of 7.0 or more: refer to confirm diabetes unless known.",
    ),
    "told": Text("告知体检结果，预约下次体检。", "Tell the results and appoint the next check."),
}
TITLES = {
    "urgent": Text("紧急转诊", "Urgent referral"),
    "abnormal": Text("有异常", "Abnormal"),
    "normal": Text("体检无异常", "Nothing abnormal"),
}
MISSING = Text("没有血压值，请测量并填写。", "There is no pressure: measure it and enter it.")

LOW_GLUCOSE, HIGH_GLUCOSE, DIABETIC_GLUCOSE = Decimal("3.9"), Decimal("16.7"), Decimal("7.0")


def assess(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome` is normal, abnormal or urgent. Values: `outcome`, `sbp` and `dbp` (the higher arm),
    `findings`.

    Raises CannotAssess without a pressure.
    """
    answers = visit.answers
    sbp, dbp = _higher(answers, "sbp"), _higher(answers, "dbp")
    urgent = _urgent(sbp, dbp, answers.get("fbg"))
    raised = _raised(sbp, dbp, answers.get("fbg"))
    abnormal = bool(raised) or answers.get("evaluation") == "2"
    outcome = "urgent" if urgent else "abnormal" if abnormal else "normal"
    findings = urgent or raised
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, "sbp": sbp, "dbp": dbp, "findings": findings},
        title=TITLES[outcome],
        advice=tuple(Advice(code, ADVICE[code]) for code in (*findings, "told")),
        urgent=bool(urgent),
        refer=bool(urgent),
    )


def _higher(answers: Any, name: str) -> int:
    """The arm with the higher value counts."""
    known = [
        answers[f"{name}_{side}"] for side in ("left", "right") if answers.get(f"{name}_{side}") is not None
    ]
    if not known:
        raise CannotAssess("health_check.pressure_missing", MISSING, where=f"{name}_right")
    return int(max(known))


def _urgent(sbp: int, dbp: int, glucose: Decimal | None) -> tuple[str, ...]:
    found = []
    if sbp >= 180 or dbp >= 110:
        found.append("pressure_dangerous")
    if glucose is not None and (glucose >= HIGH_GLUCOSE or glucose <= LOW_GLUCOSE):
        found.append("glucose_dangerous")
    return tuple(found)


def _raised(sbp: int, dbp: int, glucose: Decimal | None) -> tuple[str, ...]:
    found = []
    if sbp >= 140 or dbp >= 90:
        found.append("pressure_raised")
    if glucose is not None and glucose >= DIABETIC_GLUCOSE:
        found.append("glucose_raised")
    return tuple(found)
