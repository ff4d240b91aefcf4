"""Who is due, and for how many doses (norms K8)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.screening.hepatitis_b_catch_up import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

FULL_COURSE, POSITIVE = 3, "2"
ANSWERS = {"1": "due", "2": "contraindicated", "3": "deferred", "4": "refused", "5": "away"}


def listed(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: infected (HBsAg positive), complete (three doses), immune (anti-HBs positive), else as
    answered: due, contraindicated, deferred, refused, away. Values: `missing` doses; `should` whether the
    person belongs to those who should be vaccinated (refusing and being away does not take them out)."""
    missing = max(FULL_COURSE - needed(visit, "doses"), 0)
    if visit.answers.get("hbsag") == POSITIVE:
        outcome = "infected"
    elif not missing:
        outcome = "complete"
    elif visit.answers.get("anti_hbs") == POSITIVE:
        outcome = "immune"
    else:
        outcome = ANSWERS[needed(visit, "fit")]
    should = outcome in ("due", "deferred", "refused", "away")
    return judged(forms.LISTED, outcome, missing=missing if should else 0, should=should)
