"""What a visit or a test calls for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kangshu.catalogue.hiv.care.parameters import NORM
from kangshu.catalogue.hiv.care.schedule import IN_A_MONTH, ROUTINE, SOON
from kangshu.catalogue.hiv.care.wording import FIRST, FOLLOW_UPS, LABORATORY
from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

NONE = ("0",)
SICK = frozenset("1234567")
WINDOWS = {
    "routine": ROUTINE,
    "adherence": IN_A_MONTH,
    "untreated": IN_A_MONTH,
    "refer": SOON,
    "lost": SOON,
}


def first_visit(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: told, not_told, lost."""
    if needed(visit, "result") != "1":
        return judged(FIRST, "lost")
    return judged(FIRST, "told" if needed(visit, "told") else "not_told")


def follow_up(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: lost or died when not met; refer (symptoms, TB symptoms, a reaction), untreated, adherence,
    else routine. Values: `outcome`, `next_visit_on`. Raises CannotAssess when what it needs is missing."""
    outcome = _follow_up(visit, parameters)
    window = WINDOWS.get(outcome)
    if window is None:
        return judged(FOLLOW_UPS, outcome)
    dates = window.after(visit.performed_on)
    return replace(judged(FOLLOW_UPS, outcome, next_visit_on=dates.due_on), next=dates)


def _follow_up(visit: Visit, parameters: Parameters) -> str:
    result = needed(visit, "result")
    if result != "1":
        return "lost" if result == "2" else "died"
    sick = SICK & set(needed(visit, "symptoms"))
    if sick or tuple(needed(visit, "tb_symptoms")) != NONE or visit.answers.get("adverse") is True:
        return "refer"
    if needed(visit, "treated") != "1":
        return "untreated"
    limit = parameters.value("hiv.missed_doses", visit.performed_on)
    return "adherence" if needed(visit, "missed_doses") >= limit else "routine"


def laboratory(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome` of a viral load: suppressed, low_level, failure; of CD4: immune_low, immune_fair."""
    on = visit.performed_on
    if needed(visit, "test") == "1":
        low = needed(visit, "cd4") < parameters.value("hiv.low_cd4", on)
        return judged(LABORATORY, "immune_low" if low else "immune_fair")
    load = needed(visit, "viral_load")
    if load >= parameters.value("hiv.failure_from", on):
        return judged(LABORATORY, "failure")
    suppressed = load < parameters.value("hiv.suppressed_below", on)
    return judged(LABORATORY, "suppressed" if suppressed else "low_level")
