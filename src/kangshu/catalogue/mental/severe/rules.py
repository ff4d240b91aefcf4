"""The class of a patient with a severe mental disorder, and what follows (norms A9.3)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.mental.severe import wording
from kangshu.catalogue.mental.severe.parameters import NORM
from kangshu.catalogue.mental.severe.schedule import IN_A_MONTH, ROUTINE, SOON
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit, Window

ANYBODY = PersonFacts()
UNSTABLE, BASICALLY, STABLE = "1", "2", "3"
SEEN, LOST, DIED = "1", "2", "3"
PARTLY, OBVIOUS = "2", "3"
PARTIAL, NO_INSIGHT = "2", "3"
POOR = "3"
FUNCTIONS = ("self_care", "housework", "work", "learning", "interpersonal")
OUTCOME_OF = {UNSTABLE: "unstable", BASICALLY: "basically", STABLE: "stable"}
WINDOWS: dict[str, Window] = {
    "routine": ROUTINE,
    "adjust": SOON,
    "specialist": IN_A_MONTH,
    "emergency": SOON,
    "lost": SOON,
}


def assess(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """Values: `class` and `suggested_class` ("1" unstable, "2" basically stable, "3" stable), `action`
    (routine, adjust, specialist, emergency; lost, died when the patient was not seen), `reasons`,
    `next_visit_on`. The doctor may confirm another class than the one suggested. Raises CannotAssess without
    risk, symptoms, insight or social function of a patient who was seen."""
    result = visit.answers.get("result", SEEN)
    if result in (LOST, DIED):
        return _not_seen(visit, "lost" if result == LOST else "died")
    reasons = _unstable(visit, parameters)
    suggested = UNSTABLE if reasons else STABLE
    if not reasons:
        reasons = _not_stable(visit, parameters)
        suggested = BASICALLY if reasons else STABLE
    confirmed = visit.answers.get("class") or suggested
    action = _action(confirmed, visit, earlier)
    return _said(
        visit, OUTCOME_OF[confirmed], action, reasons, {"class": confirmed, "suggested_class": suggested}
    )


def _not_seen(visit: Visit, outcome: str) -> Assessment:
    return _said(visit, outcome, outcome, (), {})


def _said(
    visit: Visit, outcome: str, action: str, reasons: tuple[str, ...], values: dict[str, str]
) -> Assessment:
    window = WINDOWS.get(action)
    dates = None if window is None else window.after(visit.performed_on)
    next_on = {} if dates is None else {"next_visit_on": dates.due_on}
    return Assessment(
        outcome=outcome,
        values={**values, "action": action, "reasons": reasons, **next_on},
        title=wording.OUTCOMES[outcome],
        advice=tuple(Advice(code, wording.ADVICE[code]) for code in (*reasons, action)),
        urgent=action == "emergency",
        refer=action in ("emergency", "specialist"),
        next=dates,
    )


def _risk(visit: Visit) -> int:
    risk = visit.answers.get("risk")
    if risk is None:
        raise CannotAssess("mental_severe.risk_missing", wording.RISK_MISSING, where="risk")
    return int(risk)


def _needed(visit: Visit, name: str) -> str:
    value = visit.answers.get(name)
    if value is None:
        raise CannotAssess("mental_severe.item_missing", wording.ITEM_MISSING, where=name)
    return str(value)


def _unstable(visit: Visit, parameters: Parameters) -> tuple[str, ...]:
    """Any one of these makes the patient unstable."""
    on = visit.performed_on
    found = {
        "risk_high": _risk(visit) >= parameters.value("mental_severe.unstable_risk", on),
        "symptoms_obvious": _needed(visit, "symptom_state") == OBVIOUS,
        "no_insight": _needed(visit, "insight") == NO_INSIGHT,
        "serious_reaction": visit.answers.get("serious_reaction") is True,
        "serious_illness": visit.answers.get("serious_illness") is True,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _not_stable(visit: Visit, parameters: Parameters) -> tuple[str, ...]:
    """Any one of these keeps the patient from being stable."""
    functions = [_needed(visit, name) for name in FUNCTIONS]
    found = {
        "risk_low": _risk(visit) >= parameters.value("mental_severe.basically_risk", visit.performed_on),
        "symptoms_partly": _needed(visit, "symptom_state") == PARTLY,
        "partial_insight": _needed(visit, "insight") == PARTIAL,
        "poor_function": POOR in functions,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def _action(confirmed: str, visit: Visit, earlier: Sequence[Visit]) -> str:
    """Basically stable for the first time is adjusted and seen in two weeks; when the visit before was that
    already, a specialist guides the treatment and the next is in a month."""
    if confirmed == UNSTABLE:
        return "emergency"
    if confirmed == STABLE:
        return "routine"
    return "specialist" if _class_before(visit, earlier) == BASICALLY else "adjust"


def _class_before(visit: Visit, earlier: Sequence[Visit]) -> str | None:
    """Of the latest earlier visit at which the patient was seen."""
    known = [(other.performed_on, place, _class_of(other)) for place, other in enumerate(earlier)]
    known = [each for each in known if each[0] <= visit.performed_on and each[2] is not None]
    return max(known, key=lambda each: each[:2])[2] if known else None


def _class_of(visit: Visit) -> str | None:
    found = visit.answers.get("class") or visit.assessment.get("class")
    return None if found is None else str(found)
