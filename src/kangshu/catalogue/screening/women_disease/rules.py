"""What the survey found (norms H1)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.women_disease import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["examined", "treatment"]

NONE, SUSPECTED = ("14",), {"9", "11"}


def examined(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: suspected (cancer of cervix or breast), treat (any disease), none. Value `diseases`: how
    many."""
    found = tuple(needed(visit, "diseases"))
    if found == NONE:
        return judged(forms.EXAMINED, "none", diseases=0)
    return judged(forms.EXAMINED, "suspected" if SUSPECTED & set(found) else "treat", diseases=len(found))
