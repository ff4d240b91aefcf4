"""Who is referred, and what came of it (norms A10)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.tuberculosis.suspects import wording
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit

ANYBODY = PersonFacts()
NONE = "7"
RESULTS = {"1": "confirmed", "2": "excluded", "3": "waiting"}


def suspect(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome` is refer when any symptom is there, else none. Raises CannotAssess without an answer."""
    symptoms = visit.answers.get("symptoms")
    if not symptoms:
        raise CannotAssess("tuberculosis.symptoms_missing", wording.SYMPTOMS_MISSING, where="symptoms")
    outcome = "none" if tuple(symptoms) == (NONE,) else "refer"
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome},
        title=wording.REFERRALS[outcome],
        advice=(Advice(outcome, wording.ADVICE[outcome]),),
        refer=outcome == "refer",
    )


def arrival(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: confirmed, excluded, waiting (went, no result yet), not_arrived."""
    arrived = visit.answers.get("arrived")
    if arrived is None:
        raise CannotAssess("tuberculosis.arrived_missing", wording.ARRIVED_MISSING, where="arrived")
    outcome = RESULTS[visit.answers.get("result", "3")] if arrived == "1" else "not_arrived"
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome},
        title=wording.ARRIVALS[outcome],
        advice=(Advice(outcome, wording.ADVICE[outcome]),),
    )
