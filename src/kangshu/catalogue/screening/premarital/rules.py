"""The medical opinion on a finding (婚前保健工作规范)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.premarital import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["examined", "treatment"]

INFECTIOUS, HEREDITARY, MENTAL, NONE = {"1", "2"}, "3", "4", ("7",)
YES = "2"


def examined(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: postpone (infectious or acutely ill now), no_children (severe hereditary disease), measures
    (designated infectious disease that is not infectious now, related by blood), found (another disease),
    clear."""
    diseases = tuple(needed(visit, "diseases"))
    if (INFECTIOUS | {MENTAL}) & set(diseases) and visit.answers.get("infectious_now") == YES:
        outcome = "postpone"
    elif HEREDITARY in diseases:
        outcome = "no_children"
    elif INFECTIOUS & set(diseases) or visit.answers.get("related") == YES:
        outcome = "measures"
    else:
        outcome = "clear" if diseases == NONE else "found"
    return judged(forms.EXAMINED, outcome, ill=diseases != NONE)
