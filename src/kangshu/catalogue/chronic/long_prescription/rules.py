"""Whether a long prescription keeps the rules, and what follows a review or a step of its delivery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from kangshu.catalogue.chronic.long_prescription.forms import PRESCRIPTIONS, REVIEWS, STEPS
from kangshu.catalogue.chronic.long_prescription.parameters import NORM
from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit


def prescription(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: unstable, refused (some kind of drug may not be given so many weeks), over_month, ordinary.
    Values: `outcome`, and of one that stands `refill_on`, the day on which the drugs run out."""
    on, weeks = visit.performed_on, needed(visit, "weeks")
    if not needed(visit, "stable"):
        return judged(PRESCRIPTIONS, "unstable")
    most = min(parameters.value(f"long_prescription.{kind}", on) for kind in needed(visit, "classes"))
    if weeks > most:
        return judged(PRESCRIPTIONS, "refused")
    outcome = "over_month" if weeks > parameters.value("long_prescription.month", on) else "ordinary"
    return judged(PRESCRIPTIONS, outcome, refill_on=on + timedelta(weeks=int(weeks)))


def review(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: passed, returned."""
    return judged(REVIEWS, "passed" if needed(visit, "decision") == "1" else "returned")


def delivery(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome` is the step: picked, shipped, received, failed."""
    return judged(STEPS, needed(visit, "step"))
