"""Screening myopia: vision below 5.0 and a spherical equivalent below −0.50 D in the same eye; whoever wears
OK lenses is myopic (norms K6)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.screening.student_vision import forms
from kangshu.catalogue.screening.student_vision.parameters import NORM
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

OK_LENSES = "3"
MILD, MODERATE = Decimal("4.9"), Decimal("4.6")


def screened(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: myopia, poor (vision below 5.0 in either eye), normal. Values by the worse eye: `degree` of
    poor vision (mild 4.9, moderate 4.6 to 4.8, severe) and `grade_of_myopia` (low to −3 D, middle to −6 D,
    high), "" where there is none."""
    on, eyes = visit.performed_on, ("right", "left")
    good = parameters.value("student_vision.good", on)
    limit = parameters.value("student_vision.myopia", on)
    naked = {eye: needed(visit, f"{eye}_naked") for eye in eyes}
    equivalents = {eye: _equivalent(visit, eye) for eye in eyes}
    myopic = [
        value
        for eye, value in equivalents.items()
        if value is not None and naked[eye] < good and value < limit
    ]
    worst = min(naked.values())
    if myopic or visit.answers.get("glasses") == OK_LENSES:
        outcome = "myopia"
    else:
        outcome = "poor" if worst < good else "normal"
    degree = (
        "" if worst >= good else "mild" if worst >= MILD else "moderate" if worst >= MODERATE else "severe"
    )
    return judged(forms.SCREENED, outcome, degree=degree, grade_of_myopia=_grade(myopic))


def _equivalent(visit: Visit, eye: str) -> Decimal | None:
    """Sphere and half the cylinder; a missing cylinder is none."""
    sphere = visit.answers.get(f"{eye}_sphere")
    return None if sphere is None else sphere + (visit.answers.get(f"{eye}_cylinder") or Decimal(0)) / 2


def _grade(myopic: list[Decimal]) -> str:
    if not myopic:
        return ""
    worst = min(myopic)
    return "low" if worst >= -3 else "middle" if worst >= -6 else "high"


def referred(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: confirmed, excluded, not_gone."""
    if needed(visit, "gone") != "1":
        return judged(forms.REFERRED, "not_gone")
    return judged(forms.REFERRED, "confirmed" if needed(visit, "diagnosis") == "1" else "excluded")
