"""What the confirmation and the end of the pregnancy mean."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.mother_to_child_cases import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["ended", "found", "treatment"]

CONFIRMATIONS = {"1": "confirmed", "2": "excluded", "3": "waiting"}
ENDS = {"1": "born", "2": "lost_child", "3": "lost_child", "4": "pregnant"}


def found(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: confirmed, excluded, waiting."""
    return judged(forms.FOUND, CONFIRMATIONS[needed(visit, "confirmation")])


def ended(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: born, lost_child, pregnant (asked again)."""
    return judged(forms.ENDINGS, ENDS[needed(visit, "end")])
