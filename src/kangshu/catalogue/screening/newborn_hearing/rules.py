"""Who passed, who is tested again, what the diagnosis asks for (norms K5)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.newborn_hearing import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["diagnosis", "first", "second", "treatment", "yearly"]

PASS, FAIL, NOT_TESTED = "1", "2", "3"
NO_RISK = ("9",)
LAST_AGE = 3


def _ears(visit: Visit) -> str:
    """Both ears must pass; an ear that was not tested has not."""
    ears = {needed(visit, "left"), needed(visit, "right")}
    return "failed" if FAIL in ears else "not_done" if NOT_TESTED in ears else "passed"


def first(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: passed, at_risk (passed with a risk factor), failed, not_done."""
    found, risks = _ears(visit), tuple(needed(visit, "risks"))
    at_risk = risks != NO_RISK
    return judged(forms.FIRST, "at_risk" if found == "passed" and at_risk else found, risk=at_risk)


def second(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: passed, failed, not_done."""
    return judged(forms.SECOND, _ears(visit))


def diagnosis(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: normal, impaired, waiting."""
    result = needed(visit, "result")
    return judged(forms.DIAGNOSIS, {"1": "normal", "6": "waiting"}.get(result, "impaired"))


def yearly(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: failed, passed (tested again next year), over (three years old)."""
    if _ears(visit) != "passed":
        return judged(forms.YEARLY, "failed")
    age = person.age_on(visit.performed_on)
    return judged(forms.YEARLY, "over" if age is not None and age >= LAST_AGE else "passed")
