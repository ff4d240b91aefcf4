"""Whether the immunoglobulin came in time, and whether the child is protected."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.screening.hepatitis_b_exposed import forms
from kangshu.catalogue.screening.hepatitis_b_exposed.parameters import NORM
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

YES = "2"


def newborn(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: in_time, late, not_given. Value `in_12`: within 12 hours."""
    if needed(visit, "given") != YES:
        return judged(forms.NEWBORN, "not_given", in_12=False)
    hours, on = needed(visit, "hours"), visit.performed_on
    in_time = hours <= parameters.value("hepatitis_b_exposed.hours", on)
    in_12 = hours <= parameters.value("hepatitis_b_exposed.early_hours", on)
    return judged(forms.NEWBORN, "in_time" if in_time else "late", in_12=in_12)


def child_tested(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: infected, protected (anti-HBs of 10 mIU/mL and more), unprotected, not_done."""
    hbsag = needed(visit, "hbsag")
    if hbsag != "1":
        return judged(forms.TEST, "infected" if hbsag == "2" else "not_done")
    enough = needed(visit, "anti_hbs") >= parameters.value("hepatitis_b_exposed.antibody", visit.performed_on)
    return judged(forms.TEST, "protected" if enough else "unprotected")
