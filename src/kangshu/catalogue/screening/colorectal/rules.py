"""What counts as positive, and what the colonoscopy found (norms K3)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed, treatment
from kangshu.catalogue.screening.colorectal import wording
from kangshu.catalogue.screening.colorectal.parameters import NORM
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit

ALONE = frozenset({"1", "2"})
TOGETHER = frozenset({"3", "4", "5", "6", "7", "8"})
NEGATIVE, POSITIVE = "1", "2"


def screened(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: positive (high risk by the questionnaire, or any stool sample), negative (as many negative
    samples as are asked for), incomplete. Values: `high_risk`, `fit_positive`, and the APCS score 0 to 7 as
    `apcs` where age, sex and smoking are known. Raises CannotAssess without the questionnaire."""
    risks = frozenset(needed(visit, "risks"))
    high_risk = bool(risks & ALONE) or len(risks & TOGETHER) >= 2
    tests = [visit.answers.get(name) for name in ("fit_1", "fit_2")]
    fit_positive = POSITIVE in tests
    if high_risk or fit_positive:
        outcome = "positive"
    elif tests.count(NEGATIVE) >= parameters.value("colorectal.fit_samples", visit.performed_on):
        outcome = "negative"
    else:
        outcome = "incomplete"
    values = {"high_risk": high_risk, "fit_positive": fit_positive}
    score = _apcs(visit, person, "1" in risks)
    return judged(wording.SCREENED, outcome, **values, **({} if score is None else {"apcs": score}))


def _apcs(visit: Visit, person: PersonFacts, family: bool) -> int | None:
    """Age under 50, to 69, from 70: 0, 2, 3; man 1; family 2; smoking 1. None while something is unknown."""
    age, smoking = person.age_on(visit.performed_on), visit.answers.get("smoking")
    if age is None or smoking is None or person.sex not in ("1", "2"):
        return None
    by_age = 0 if age < 50 else 2 if age < 70 else 3
    return by_age + int(person.sex == "1") + 2 * int(family) + int(smoking == "2")


__all__ = ["colonoscopy", "screened", "treatment"]

FINDINGS = {"1": "normal", "2": "other", "4": "cancer"}


def colonoscopy(
    visit: Visit, earlier: Sequence[Visit] = (), person: PersonFacts = ANYBODY, parameters: Parameters = NORM
) -> Assessment:
    """`outcome`: normal, other, adenoma, advanced (10 mm or more, villous, high-grade), cancer, not_done.
    Raises CannotAssess without an answer."""
    if needed(visit, "done") != "1":
        return judged(wording.COLONOSCOPY, "not_done")
    finding = needed(visit, "finding")
    if finding in FINDINGS:
        early = finding == "4" and visit.answers.get("stage") in ("1", "2")
        return judged(wording.COLONOSCOPY, FINDINGS[finding], **({"early": early} if finding == "4" else {}))
    large = needed(visit, "largest") >= parameters.value("colorectal.advanced_size", visit.performed_on)
    marked = bool({"1", "2"} & set(visit.answers.get("features") or ()))
    return judged(wording.COLONOSCOPY, "advanced" if large or marked else "adenoma")
