"""What a follow-up visit means: the decision table of norms A7.2.

The rule sees the visit, the visits before it and the person, and nothing else: a back-dated visit is judged
by what came before its own day. The doctor may confirm another class than the one suggested; the action then
follows from the confirmed class, except that an emergency stays one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kangshu.catalogue.chronic.hypertension import wording
from kangshu.catalogue.chronic.hypertension.parameters import NORM
from kangshu.catalogue.chronic.hypertension.schedule import ROUTINE, SOON
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit

SATISFIED, UNSATISFIED, ADVERSE, COMPLICATION = "1", "2", "3", "4"
ROUTINE_ACTION, ADJUST, REFER, EMERGENCY = "routine", "adjust", "refer", "emergency"
YES = "2"
NO_SIGN = "1"
ANYBODY = PersonFacts()


@dataclass(frozen=True)
class Target:
    """Pressure is at target strictly below both."""

    sbp: int
    dbp: int

    def is_met(self, sbp: int, dbp: int) -> bool:
        return sbp < self.sbp and dbp < self.dbp


@dataclass(frozen=True)
class _Findings:
    """The three things that the decision table asks of this visit and of the one before."""

    unsatisfied: bool = False
    adverse: bool = False
    complication: bool = False


def target_on(person: PersonFacts, on: date, parameters: Parameters) -> Target:
    """The target in force on a day for a person of that age (full years on that day, norms A7.2). Without a
    birth date the stricter target counts."""
    age = person.age_on(on)
    elder = age is not None and age >= parameters.value("hypertension.elder_age", on)
    sbp = parameters.value("hypertension.target_sbp_elder" if elder else "hypertension.target_sbp", on)
    return Target(int(sbp), int(parameters.value("hypertension.target_dbp", on)))


def assess(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """Classify a follow-up visit and say what follows from it.

    `earlier` may be in any order; visits after this one's day are not looked at. Values: `class` and
    `suggested_class` ("1" to "4"), `action` (routine, adjust, refer, emergency), `at_target`, `reasons`
    (codes of `wording`), `next_visit_on` (the last day in time). Raises CannotAssess without a pressure.
    """
    sbp, dbp = _pressure(visit)
    target = target_on(person, visit.performed_on, parameters)
    at_target = target.is_met(sbp, dbp)
    emergencies = _emergencies(visit, sbp, dbp, parameters)
    suggested = _suggested_class(visit, at_target, bool(emergencies))
    confirmed = visit.answers.get("class") or suggested
    previous = _previous(visit, earlier)
    now = _Findings(
        unsatisfied=confirmed == UNSATISFIED or not at_target,
        adverse=confirmed == ADVERSE or visit.answers.get("adverse_reaction") == YES,
        complication=confirmed == COMPLICATION or visit.answers.get("complication") == YES,
    )
    before = _findings_before(previous, person, parameters)
    action, reasons = _action(confirmed, now, before)
    if emergencies:
        action, reasons = EMERGENCY, emergencies
    window = ROUTINE if action == ROUTINE_ACTION else SOON
    dates = window.after(visit.performed_on)
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
        advice=tuple(Advice(code, wording.ADVICE[code]) for code in (*reasons, action)),
        urgent=action == EMERGENCY,
        refer=action in (REFER, EMERGENCY),
        next=dates,
    )


def _pressure(visit: Visit) -> tuple[int, int]:
    sbp, dbp = visit.answers.get("sbp"), visit.answers.get("dbp")
    for name, value in (("sbp", sbp), ("dbp", dbp)):
        if value is None:
            raise CannotAssess("hypertension.pressure_missing", wording.PRESSURE_MISSING, where=name)
    assert sbp is not None
    assert dbp is not None
    if sbp <= dbp:
        raise CannotAssess("hypertension.pressure_impossible", wording.PRESSURE_IMPOSSIBLE, where="sbp")
    return int(sbp), int(dbp)


def _emergencies(visit: Visit, sbp: int, dbp: int, parameters: Parameters) -> tuple[str, ...]:
    """The reasons why this is an emergency; empty when it is none."""
    on = visit.performed_on
    found = []
    if sbp >= parameters.value("hypertension.emergency_sbp", on) or dbp >= parameters.value(
        "hypertension.emergency_dbp", on
    ):
        found.append("pressure_dangerous")
    if any(sign != NO_SIGN for sign in visit.answers.get("emergency_signs") or ()):
        found.append("emergency_sign")
    normal = Target(
        int(parameters.value("hypertension.target_sbp", on)),
        int(parameters.value("hypertension.target_dbp", on)),
    )
    if visit.answers.get("pregnant_or_lactating") and not normal.is_met(sbp, dbp):
        found.append("pregnant_and_high")
    return tuple(found)


def _suggested_class(visit: Visit, at_target: bool, is_emergency: bool) -> str:
    """The worst that applies. An emergency with a pressure at target is still not "controlled": it is to be
    seen again in two weeks, and the specification's count of timely visits looks at the class."""
    if visit.answers.get("complication") == YES:
        return COMPLICATION
    if visit.answers.get("adverse_reaction") == YES:
        return ADVERSE
    return SATISFIED if at_target and not is_emergency else UNSATISFIED


def _previous(visit: Visit, earlier: Sequence[Visit]) -> Visit | None:
    """The latest earlier visit that tells anything about control: one without a class and without a pressure
    (a call that nobody answered) neither makes nor breaks a row of two."""
    known = [other for other in earlier if other.performed_on <= visit.performed_on and _tells(other)]
    return max(enumerate(known), key=lambda pair: (pair[1].performed_on, pair[0]))[1] if known else None


def _tells(visit: Visit) -> bool:
    return _class_of(visit) is not None or None not in (visit.answers.get("sbp"), visit.answers.get("dbp"))


def _class_of(visit: Visit) -> str | None:
    """The class that the doctor confirmed, else the one the rules found."""
    found = visit.answers.get("class") or visit.assessment.get("class")
    return None if found is None else str(found)


def _findings_before(previous: Visit | None, person: PersonFacts, parameters: Parameters) -> _Findings:
    if previous is None:
        return _Findings()
    return _Findings(
        unsatisfied=_was_unsatisfied(previous, person, parameters),
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


def _was_unsatisfied(visit: Visit, person: PersonFacts, parameters: Parameters) -> bool:
    """Class 2 was, class 1 was not. A visit classed for its reaction or complication is judged by its
    pressure, against the target of its own day."""
    found = _class_of(visit)
    if found in (SATISFIED, UNSATISFIED):
        return found == UNSATISFIED
    sbp, dbp = visit.answers.get("sbp"), visit.answers.get("dbp")
    if sbp is None or dbp is None:
        return False
    return not target_on(person, visit.performed_on, parameters).is_met(sbp, dbp)
