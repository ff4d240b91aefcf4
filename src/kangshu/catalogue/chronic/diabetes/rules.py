"""What a follow-up visit means: the decision table of norms A8.

The rule sees the visit, the visits before it and the person, and nothing else: a back-dated visit is judged
by what came before its own day. The doctor may confirm another class than the one suggested; the action then
follows from the confirmed class, except that an emergency stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kangshu.catalogue.chronic.diabetes import wording
from kangshu.catalogue.chronic.diabetes.parameters import NORM
from kangshu.catalogue.chronic.diabetes.schedule import ROUTINE, SOON
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit

SATISFIED, UNSATISFIED, ADVERSE, COMPLICATION = "1", "2", "3", "4"
ROUTINE_ACTION, ADJUST, REFER, EMERGENCY = "routine", "adjust", "refer", "emergency"
YES = "2"
NO_SIGN = "1"
WEAK_OR_ABSENT = ("2", "3")
HAS_HYPOGLYCAEMIA = ("2", "3")
ANYBODY = PersonFacts()


@dataclass(frozen=True)
class _Findings:
    """The three things that the decision table asks of this visit and of the one before."""

    unsatisfied: bool = False
    adverse: bool = False
    complication: bool = False


def is_at_target(fbg: Decimal, on: date, parameters: Parameters) -> bool:
    """Strictly below the target in force that day (norms A8: FBG < 7.0 mmol/L)."""
    return fbg < parameters.value("diabetes.target_fbg", on)


def assess(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """Classify a follow-up visit and say what follows from it.

    `earlier` may be in any order; visits after this one's day are not looked at. Values: `class` and
    `suggested_class` ("1" to "4"), `action` (routine, adjust, refer, emergency), `at_target`, `reasons`
    (codes of `wording`), `next_visit_on` (the last day in time). Raises CannotAssess without a fasting
    glucose.
    """
    fbg = visit.answers.get("fbg")
    if fbg is None:
        raise CannotAssess("diabetes.glucose_missing", wording.GLUCOSE_MISSING, where="fbg")
    at_target = is_at_target(fbg, visit.performed_on, parameters)
    emergencies = _emergencies(visit, fbg, at_target, parameters)
    suggested = _suggested_class(visit, at_target, bool(emergencies))
    confirmed = visit.answers.get("class") or suggested
    now = _Findings(
        unsatisfied=confirmed == UNSATISFIED or not at_target,
        adverse=confirmed == ADVERSE or visit.answers.get("adverse_reaction") == YES,
        complication=confirmed == COMPLICATION or visit.answers.get("complication") == YES,
    )
    action, reasons = _action(confirmed, now, _findings_before(_previous(visit, earlier), parameters))
    if emergencies:
        action, reasons = EMERGENCY, emergencies
    dates = (ROUTINE if action == ROUTINE_ACTION else SOON).after(visit.performed_on)
    return Assessment(
        outcome=action,
        values={
            "class": confirmed,
            "suggested_class": suggested,
            "action": action,
            "at_target": at_target,
            "reasons": reasons,
            "next_visit_on": dates.due_on,
        },
        title=wording.ACTIONS[action],
        advice=tuple(Advice(code, wording.ADVICE[code]) for code in (*reasons, *_also(visit), action)),
        urgent=action == EMERGENCY,
        refer=action in (REFER, EMERGENCY),
        next=dates,
    )


def _emergencies(visit: Visit, fbg: Decimal, at_target: bool, parameters: Parameters) -> tuple[str, ...]:
    """The reasons why this is an emergency; empty when it is none."""

    def limit(name: str) -> Decimal:
        return parameters.value(f"diabetes.emergency_{name}", visit.performed_on)

    found = []
    if fbg >= limit("fbg_high"):
        found.append("glucose_high")
    if fbg <= limit("fbg_low"):
        found.append("glucose_low")
    if _reaches(visit, "sbp", limit("sbp")) or _reaches(visit, "dbp", limit("dbp")):
        found.append("pressure_dangerous")
    if _exceeds(visit, "heart_rate", limit("heart_rate")):
        found.append("tachycardia")
    if _exceeds(visit, "temperature", limit("temperature")):
        found.append("fever")
    if any(sign != NO_SIGN for sign in visit.answers.get("emergency_signs") or ()):
        found.append("emergency_sign")
    if visit.answers.get("pregnant_or_lactating") and not at_target:
        found.append("pregnant_and_high")
    return tuple(found)


def _reaches(visit: Visit, name: str, limit: Decimal) -> bool:
    value = visit.answers.get(name)
    return value is not None and value >= limit


def _exceeds(visit: Visit, name: str, limit: Decimal) -> bool:
    value = visit.answers.get(name)
    return value is not None and value > limit


def _also(visit: Visit) -> tuple[str, ...]:
    """What deserves a word whatever the class."""
    said = []
    if visit.answers.get("dorsalis_pedis") in WEAK_OR_ABSENT:
        said.append("foot_pulse")
    if visit.answers.get("hypoglycaemia") in HAS_HYPOGLYCAEMIA:
        said.append("hypoglycaemia")
    return tuple(said)


def _suggested_class(visit: Visit, at_target: bool, is_emergency: bool) -> str:
    """The worst that applies. An emergency with a glucose below the target (3.9 and less) is not
    "controlled": it is to be seen again in two weeks."""
    if visit.answers.get("complication") == YES:
        return COMPLICATION
    if visit.answers.get("adverse_reaction") == YES:
        return ADVERSE
    return SATISFIED if at_target and not is_emergency else UNSATISFIED


def _previous(visit: Visit, earlier: Sequence[Visit]) -> Visit | None:
    """The latest earlier visit that tells anything about control: one without a class and without a glucose
    (a call that nobody answered) neither makes nor breaks a row of two."""
    known = [other for other in earlier if other.performed_on <= visit.performed_on and _tells(other)]
    return max(enumerate(known), key=lambda pair: (pair[1].performed_on, pair[0]))[1] if known else None


def _tells(visit: Visit) -> bool:
    return _class_of(visit) is not None or visit.answers.get("fbg") is not None


def _class_of(visit: Visit) -> str | None:
    """The class that the doctor confirmed, else the one the rules found."""
    found = visit.answers.get("class") or visit.assessment.get("class")
    return None if found is None else str(found)


def _findings_before(previous: Visit | None, parameters: Parameters) -> _Findings:
    if previous is None:
        return _Findings()
    return _Findings(
        unsatisfied=_was_unsatisfied(previous, parameters),
        adverse=_class_of(previous) == ADVERSE or previous.answers.get("adverse_reaction") == YES,
    )


def _action(confirmed: str, now: _Findings, before: _Findings) -> tuple[str, tuple[str, ...]]:
    """Any one of the three reasons to refer suffices, whatever class the visit is put into."""
    if confirmed == SATISFIED:
        return ROUTINE_ACTION, ("satisfied",)
    reasons = []
    if now.complication:
        reasons.append("complication")
    if now.adverse and before.adverse:
        reasons.append("adverse_again")
    if now.unsatisfied and before.unsatisfied:
        reasons.append("unsatisfied_again")
    if reasons:
        return REFER, tuple(reasons)
    if now.adverse:
        reasons.append("adverse_first")
    if now.unsatisfied:
        reasons.append("unsatisfied_first")
    return ADJUST, tuple(reasons)


def _was_unsatisfied(visit: Visit, parameters: Parameters) -> bool:
    """Class 2 was, class 1 was not. A visit classed for its reaction or complication is judged by its
    glucose, against the target of its own day."""
    found = _class_of(visit)
    if found in (SATISFIED, UNSATISFIED):
        return found == UNSATISFIED
    fbg = visit.answers.get("fbg")
    return fbg is not None and not is_at_target(fbg, visit.performed_on, parameters)
