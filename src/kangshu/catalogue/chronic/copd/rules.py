"""What a screening and a follow-up visit of COPD mean (norms A14)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.chronic.copd import wording
from kangshu.catalogue.chronic.copd.parameters import NORM
from kangshu.catalogue.chronic.copd.schedule import ROUTINE, SOON
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit

ANYBODY = PersonFacts()
NO_SIGN, YES = "1", "2"
TELEPHONE, WRONG_INHALER = "3", "2"
QUESTIONNAIRES = {"1": ("sq_score", "copd.sq_positive"), "2": ("ps_score", "copd.ps_positive")}


def screen(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome` positive or negative by the questionnaire used. Raises CannotAssess without its total."""
    name, limit = QUESTIONNAIRES[visit.answers.get("questionnaire", "1")]
    score = visit.answers.get(name)
    if score is None:
        raise CannotAssess("copd.score_missing", wording.SCORE_MISSING, where=name)
    positive = score >= parameters.value(limit, visit.performed_on)
    outcome = "positive" if positive else "negative"
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, "score": score},
        title=wording.SCREENED[outcome],
        advice=(Advice(outcome, wording.ADVICE[outcome]),),
        refer=positive,
    )


def assess(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """Values: `action` (routine, adjust, emergency), `reasons`, `many_symptoms`, `next_visit_on`. Raises
    CannotAssess without a saturation, but for a telephone visit."""
    emergencies = _emergencies(visit, parameters)
    worse = _worse(visit)
    action = "emergency" if emergencies else "adjust" if worse else "routine"
    reasons = emergencies or worse
    many = _many_symptoms(visit, parameters)
    dates = (ROUTINE if action == "routine" else SOON).after(visit.performed_on)
    said = (*reasons, *(("many_symptoms",) if many else ()), *_also(visit), action)
    return Assessment(
        outcome=action,
        values={
            "action": action,
            "reasons": reasons,
            "many_symptoms": many,
            "next_visit_on": dates.due_on,
        },
        title=wording.ACTIONS[action],
        advice=tuple(Advice(code, wording.ADVICE[code]) for code in said),
        urgent=action == "emergency",
        refer=action == "emergency",
        next=dates,
    )


def _emergencies(visit: Visit, parameters: Parameters) -> tuple[str, ...]:
    found = []
    spo2 = visit.answers.get("spo2")
    if spo2 is None and visit.answers.get("mode") != TELEPHONE:
        raise CannotAssess("copd.spo2_missing", wording.SPO2_MISSING, where="spo2")
    if spo2 is not None and spo2 < parameters.value("copd.emergency_spo2", visit.performed_on):
        found.append("spo2_low")
    if any(sign != NO_SIGN for sign in visit.answers.get("emergency_signs") or ()):
        found.append("emergency_sign")
    return tuple(found)


def _worse(visit: Visit) -> tuple[str, ...]:
    found = []
    if visit.answers.get("exacerbation") is True:
        found.append("exacerbation")
    if visit.answers.get("adverse_reaction") == YES:
        found.append("adverse")
    return tuple(found)


def _many_symptoms(visit: Visit, parameters: Parameters) -> bool:
    on, cat, mmrc = visit.performed_on, visit.answers.get("cat"), visit.answers.get("mmrc")
    return (cat is not None and cat >= parameters.value("copd.many_symptoms_cat", on)) or (
        mmrc is not None and int(mmrc) >= parameters.value("copd.many_symptoms_mmrc", on)
    )


def _also(visit: Visit) -> tuple[str, ...]:
    said = []
    if visit.answers.get("inhaler") == WRONG_INHALER:
        said.append("inhaler")
    if (visit.answers.get("smoking") or 0) > 0:
        said.append("smokes")
    return tuple(said)
