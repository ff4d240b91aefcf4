"""Whether all three tests are done (norms H1)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.mother_to_child import forms
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["assess_tests", "treatment"]

EARLY_WEEKS = 13


def assess_tests(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: hbv (HBsAg positive), tested (all three), partial. Values `all_tested`, `early` (before 13
    weeks)."""
    hbsag = needed(visit, "hbsag")
    all_tested = needed(visit, "hiv") == needed(visit, "syphilis") == "1" and hbsag != "3"
    outcome = "hbv" if hbsag == "2" and all_tested else "tested" if all_tested else "partial"
    return judged(forms.TESTED, outcome, all_tested=all_tested, early=needed(visit, "weeks") < EARLY_WEEKS)
