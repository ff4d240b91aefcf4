"""Whether the week fits the test, and how high the risk is."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.screening.prenatal import forms
from kangshu.catalogue.screening.prenatal.parameters import NORM
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

YES, HIGH = "2", "2"
FIRST, SECOND, NT, NIPT = "1", "2", "3", "4"
WEEKS = {FIRST: (11, 13), SECOND: (15, 20), NT: (11, 13), NIPT: (12, 22)}


def screened(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: refused, unfit (outside the weeks of the test), high, critical (1/270 to 1/1000), low."""
    if needed(visit, "consent") != YES:
        return judged(forms.SCREENED, "refused")
    test, weeks = needed(visit, "test"), needed(visit, "weeks")
    first, last = WEEKS[test]
    if not first <= weeks <= last:
        return judged(forms.SCREENED, "unfit")
    return judged(forms.SCREENED, _risk(visit, test, parameters))


def _risk(visit: Visit, test: str, parameters: Parameters) -> str:
    on = visit.performed_on
    if test == NIPT:
        return "high" if needed(visit, "nipt") == HIGH else "low"
    if test == NT:
        return "high" if needed(visit, "nt") * 10 >= parameters.value("prenatal.nt_tenths", on) else "low"
    one_in, one_in_18 = needed(visit, "risk_21"), visit.answers.get("risk_18")
    if one_in <= parameters.value("prenatal.high_21", on) or visit.answers.get("neural_tube") == HIGH:
        return "high"
    if one_in_18 is not None and one_in_18 <= parameters.value("prenatal.high_18", on):
        return "high"
    return "critical" if one_in <= parameters.value("prenatal.critical", on) else "low"


def diagnosed(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: normal, abnormal, waiting, refused."""
    done = needed(visit, "done")
    if done != "1":
        return judged(forms.DIAGNOSED, "waiting" if done == "2" else "refused")
    return judged(forms.DIAGNOSED, "normal" if needed(visit, "result") == "1" else "abnormal")
