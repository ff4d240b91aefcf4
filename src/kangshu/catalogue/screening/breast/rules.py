"""What leads to mammography and to biopsy, and what the pathology means (norms K2)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.breast import wording
from kangshu.catalogue.screening.breast.parameters import NORM
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

__all__ = ["mammography", "pathology", "screened", "treatment"]

UNSURE, SUSPICIOUS = ("0", "3"), ("4", "5", "6")
LUMP = "3"


def screened(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: biopsy (ultrasound 4 to 6), mammography (0 or 3, or a suspicious lump with a normal
    ultrasound), negative."""
    bi_rads = needed(visit, "bi_rads")
    if bi_rads in SUSPICIOUS:
        return judged(wording.SCREENED, "biopsy")
    lump = visit.answers.get("clinical") == LUMP
    return judged(wording.SCREENED, "mammography" if bi_rads in UNSURE or lump else "negative")


OPINIONS = {None: "opinion", "1": "biopsy", "2": "follow", "3": "negative"}


def mammography(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: biopsy, follow, negative, opinion (0 or 3 without the senior doctor's word), not_done."""
    if needed(visit, "done") != "1":
        return judged(wording.MAMMOGRAPHY, "not_done")
    bi_rads = needed(visit, "bi_rads")
    if bi_rads in UNSURE:
        return judged(wording.MAMMOGRAPHY, OPINIONS[visit.answers.get("opinion")])
    return judged(wording.MAMMOGRAPHY, "biopsy" if bi_rads in SUSPICIOUS else "negative")


RESULTS = {"1": "benign", "2": "precancer", "3": "cancer", "4": "cancer", "5": "waiting"}


def pathology(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: benign, precancer, cancer, waiting. Values `staged`, and `early` by the programme's stages
    (0 and I, or up to IIA: a parameter)."""
    result, stage = needed(visit, "result"), visit.answers.get("stage")
    staged = result in ("3", "4") and stage not in (None, "7")
    early = staged and int(stage) <= parameters.value("breast.early_stage", visit.performed_on)  # type: ignore[arg-type]
    return judged(wording.PATHOLOGY, RESULTS[result], staged=staged, early=early)
