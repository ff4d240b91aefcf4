"""Whether the resident comes."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.resident_check_up import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["booked", "treatment"]

PACKAGES = ((6, "1"), (17, "2"))


def booked(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: booked, declined. Value `package`: the one chosen, else the one for age and sex ("" when
    they are not known)."""
    if needed(visit, "answer") != "1":
        return judged(forms.BOOKED, "declined")
    return judged(forms.BOOKED, "booked", package=visit.answers.get("package") or _package(visit, person))


def _package(visit: Visit, person: PersonFacts) -> str:
    age = person.age_on(visit.performed_on)
    if age is None:
        return ""
    for greatest, package in PACKAGES:
        if age <= greatest:
            return package
    if age >= 65:
        return "5"
    return {"1": "3", "2": "4"}.get(person.sex, "")
