"""Whether the team is complete, and what a round calls for."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.mental.guardianship.forms import ROUNDS, TEAMS
from kangshu.catalogue.mental.guardianship.parameters import NORM
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

FIVE = frozenset("12345")


def team(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: complete when each of the five roles is named and the guardian signed, else incomplete."""
    roles = {member.get("role") for member in needed(visit, "members")}
    complete = roles >= FIVE and visit.answers.get("signed") is True
    return judged(TEAMS, "complete" if complete else "incomplete")


def round_made(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: absent, alarm (risk from the parameter on), weak (guardian unable, drugs not taken, locked
    up, or fewer than the parameter's members), else well."""
    if needed(visit, "met") is False:
        return judged(ROUNDS, "absent")
    on = visit.performed_on
    if int(needed(visit, "risk")) >= parameters.value("guardianship.alarm_risk", on):
        return judged(ROUNDS, "alarm")
    few = len(needed(visit, "present")) < parameters.value("guardianship.least_present", on)
    weak = (
        visit.answers.get("guardian_able") is False
        or visit.answers.get("takes_drugs") is False
        or visit.answers.get("locked_up") is True
    )
    return judged(ROUNDS, "weak" if weak or few else "well")
