"""Whether the blood was taken in time, what is suspicious, what was confirmed (norms K5)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.newborn_disease import forms
from kangshu.catalogue.screening.newborn_disease.parameters import NORM
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["laboratory", "retested", "taken", "treatment"]

YES, POSITIVE = "2", "2"


def taken(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: taken, too_early (before 72 hours), refused. Value `in_time`: from 72 hours to 7 days, or to
    20 days with a reason."""
    if needed(visit, "consent") != YES:
        return judged(forms.TAKEN, "refused", in_time=False)
    hours, on = needed(visit, "age_hours"), visit.performed_on
    if hours < parameters.value("newborn_disease.earliest_hours", on):
        return judged(forms.TAKEN, "too_early", in_time=False)
    reason = visit.answers.get("delayed") not in (None, "5")
    days = parameters.value("newborn_disease.delayed_days" if reason else "newborn_disease.latest_days", on)
    return judged(forms.TAKEN, "taken", in_time=hours <= days * 24)


def laboratory(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: suspicious (TSH or Phe above the cut-off, or another test), negative, unfit. Value
    `suspected`: which."""
    if needed(visit, "card_fit") != YES:
        return judged(forms.LABORATORY, "unfit")
    on = visit.performed_on
    found = {
        "ch": needed(visit, "tsh") > parameters.value("newborn_disease.tsh", on),
        "pku": needed(visit, "phe") > parameters.value("newborn_disease.phe", on),
        **{name: visit.answers.get(name) == POSITIVE for name in ("g6pd", "cah", "tandem")},
    }
    suspected = tuple(name for name, is_suspected in found.items() if is_suspected)
    return judged(forms.LABORATORY, "suspicious" if suspected else "negative", suspected=suspected)


RESULTS = {"1": "excluded", "2": "confirmed", "3": "waiting", "4": "waiting"}


def retested(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: excluded, confirmed, waiting. Value `come`: whether the child was seen."""
    result = needed(visit, "result")
    return judged(forms.RETEST, RESULTS[result], come=result != "4")
