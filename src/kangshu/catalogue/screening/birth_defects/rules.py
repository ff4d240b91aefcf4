"""Which defects belong to the perinatal rate: births from 28 weeks on, found up to 7 days (norms H1)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.birth_defects import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["carded", "treatment"]

FIRST_WEEK, LATER = 28, "3"
NO_LIVE_CHILD = ("2", "4")


def carded(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: ended (stillborn, or ended for the defect), perinatal, later. Value `perinatal`: whether it
    counts in the perinatal rate, whatever came of the child."""
    perinatal = needed(visit, "weeks") >= FIRST_WEEK and needed(visit, "found_when") != LATER
    if needed(visit, "ending") in NO_LIVE_CHILD:
        return judged(forms.CARDED, "ended", perinatal=perinatal)
    return judged(forms.CARDED, "perinatal" if perinatal else "later", perinatal=perinatal)
