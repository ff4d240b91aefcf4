"""What leads to colposcopy, and what the pathology means (norms K1)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.cervical import wording
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["colposcopy", "pathology", "screened", "treatment", "triaged"]

DIRECT_TYPES = frozenset({"16", "18"})
NEGATIVE, VOID = "0", "99"
NILM, ASC_US, UNFIT = "1", "2", "8"
SUSPECTED = "3"


def screened(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: colposcopy (HPV 16 or 18, cytology above ASC-US, ASC-US with high-risk HPV, cancer suspected
    by eye), triage (the other test is needed), recheck (another type with normal cytology), repeat, negative.
    Value `method`: hpv, cytology or both. Raises CannotAssess without any test."""
    needed(visit, "hpv", "tbs", *(("eye",) if visit.answers.get("eye") == SUSPECTED else ()))
    types, tbs = _types(visit), visit.answers.get("tbs")
    method = "both" if types is not None and tbs else "cytology" if tbs else "hpv"
    if visit.answers.get("eye") == SUSPECTED:
        return judged(wording.SCREENED, "colposcopy", method=method)
    return judged(wording.SCREENED, _decide(types, tbs), method=method)


def _types(visit: Visit) -> frozenset[str] | None:
    found = visit.answers.get("hpv")
    return None if not found else frozenset(found)


def _decide(types: frozenset[str] | None, tbs: str | None) -> str:
    if types is not None and types & DIRECT_TYPES:
        return "colposcopy"
    if tbs not in (None, NILM, ASC_US, UNFIT):
        return "colposcopy"
    if tbs == UNFIT or (types is not None and VOID in types):
        return "repeat"
    positive = types is not None and NEGATIVE not in types
    if tbs == ASC_US:
        return "colposcopy" if positive else "triage" if types is None else "negative"
    if positive:
        return "recheck" if tbs == NILM else "triage"
    return "negative"


def triaged(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """The other test: cytology from ASC-US on or any high-risk HPV leads to colposcopy; normal cytology
    (after another HPV type) is tested again after a year, a negative HPV (after ASC-US) is negative."""
    needed(visit, "hpv", "tbs")
    types, tbs = _types(visit), visit.answers.get("tbs")
    if tbs == UNFIT or (types is not None and VOID in types):
        outcome = "repeat"
    elif tbs not in (None, NILM) or (types is not None and NEGATIVE not in types):
        outcome = "colposcopy"
    else:
        outcome = "recheck" if tbs == NILM else "negative"
    return judged(wording.SCREENED, outcome)


def colposcopy(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: normal, biopsy (anything abnormal), not_done."""
    if needed(visit, "done") != "1":
        return judged(wording.COLPOSCOPY, "not_done")
    return judged(wording.COLPOSCOPY, "normal" if needed(visit, "impression") == "1" else "biopsy")


RESULTS = {
    "1": "benign",
    "2": "low_grade",
    "3": "high_grade",
    "4": "high_grade",
    "5": "high_grade",
    "6": "cancer",
    "7": "cancer",
    "8": "waiting",
}


def pathology(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: benign, low_grade, high_grade, cancer, waiting. Value `early`: precancerous or stage IA."""
    result = needed(visit, "result")
    return judged(wording.PATHOLOGY, RESULTS[result], early=result in ("3", "4", "5", "6"))
