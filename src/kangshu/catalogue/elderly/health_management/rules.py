"""What the elders' scales mean (norms A6.2)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.elderly.health_management import wording
from kangshu.catalogue.elderly.health_management.forms import POINTS, points_of
from kangshu.catalogue.elderly.health_management.parameters import NORM
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit

ANYBODY = PersonFacts()
CODES = {"able": "1", "mild": "2", "moderate": "3", "unable": "4"}
YES = "2"
FAILED = "2"
SCHOOLING = {"1": "elderly.mmse_illiterate", "2": "elderly.mmse_primary", "3": "elderly.mmse_middle"}


def assess(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome` is able, mild, moderate or unable. Values: `self_care` ("1" to "4", the codes of the health
    check), `self_care_total`, `cognition` and `emotion` (negative, positive, normal, abnormal, mild, severe;
    empty when not asked). Raises CannotAssess when an item of the scale is missing."""
    total = _total(visit)
    outcome = _grade(total, visit, parameters)
    cognition, emotion = _cognition(visit, parameters), _emotion(visit, parameters)
    said = ["dependent"] if outcome in ("moderate", "unable") else []
    said += [{"positive": "mmse_due", "abnormal": "cognition_abnormal"}.get(cognition, "")]
    said += [
        {"positive": "gds_due", "mild": "depression_mild", "severe": "depression_severe"}.get(emotion, "")
    ]
    said.append("told")
    return Assessment(
        outcome=outcome,
        values={
            "outcome": outcome,
            "self_care": CODES[outcome],
            "self_care_total": total,
            "cognition": cognition,
            "emotion": emotion,
        },
        title=wording.OUTCOMES[outcome],
        advice=tuple(Advice(code, wording.ADVICE[code]) for code in said if code),
        refer=cognition == "abnormal" or emotion == "severe",
    )


def _total(visit: Visit) -> int:
    total = 0
    for item in POINTS:
        code = visit.answers.get(item)
        if code is None:
            raise CannotAssess("elderly.item_missing", wording.ITEM_MISSING, where=item)
        total += points_of(item)[code]
    return total


def _grade(total: int, visit: Visit, parameters: Parameters) -> str:
    for grade in ("unable", "moderate", "mild"):
        if total >= parameters.value(f"elderly.self_care_{grade}", visit.performed_on):
            return grade
    return "able"


def _cognition(visit: Visit, parameters: Parameters) -> str:
    """The rough screen, then the MMSE against the limit for the person's schooling."""
    recall = visit.answers.get("recall")
    if recall is None:
        return ""
    if recall != FAILED:
        return "negative"
    mmse, schooling = visit.answers.get("mmse"), visit.answers.get("education")
    if mmse is None or schooling is None:
        return "positive"
    limit = parameters.value(SCHOOLING[schooling], visit.performed_on)
    return "abnormal" if mmse <= limit else "normal"


def _emotion(visit: Visit, parameters: Parameters) -> str:
    """Two questions, then the GDS-30."""
    asked = (visit.answers.get("sad"), visit.answers.get("no_interest"))
    if asked == (None, None):
        return ""
    if YES not in asked:
        return "negative"
    gds = visit.answers.get("gds")
    if gds is None:
        return "positive"
    if gds >= parameters.value("elderly.gds_severe", visit.performed_on):
        return "severe"
    return "mild" if gds >= parameters.value("elderly.gds_mild", visit.performed_on) else "normal"
