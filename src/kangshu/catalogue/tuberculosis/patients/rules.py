"""What a visit to a TB patient calls for (norms A10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from kangshu.catalogue.tuberculosis.patients import wording
from kangshu.catalogue.tuberculosis.patients.parameters import NORM
from kangshu.catalogue.tuberculosis.patients.schedule import EVERY_MONTH, EVERY_TEN_DAYS, SOON
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Text, Visit
from kangshu.declare.schedule import Window

ANYBODY = PersonFacts()
YES, DOCTOR, INTENSIVE = "2", "1", "1"
MET = "1"


def _advice(*codes: str) -> tuple[Advice, ...]:
    return tuple(Advice(code, wording.ADVICE[code]) for code in codes)


def first_visit(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: met, try_again (the first fruitless try), report (the second). Values: `outcome`, `in_time`
    ("yes" when the patient was met within 72 hours of the notice, else "no"). Raises CannotAssess without the
    two moments."""
    met, told, came = (visit.answers.get(name) for name in ("met", "notified_at", "visited_at"))
    if None in (met, told, came):
        raise CannotAssess("tb.met_missing", wording.MET_MISSING, where="met")
    assert told is not None
    assert came is not None
    limit = timedelta(hours=int(parameters.value("tb.first_visit_hours", visit.performed_on)))
    in_time = met == MET and came - told <= limit
    if met == MET:
        outcome, said = "met", ("met",) if in_time else ("late", "met")
    else:
        fruitless = [other for other in earlier if other.answers.get("met") == "2"]
        outcome = "report" if fruitless else "try_again"
        said = (outcome,)
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, "in_time": "yes" if in_time else "no"},
        title=wording.FIRST_VISITS[outcome],
        advice=_advice(*said),
        refer=outcome == "report",
    )


def follow_up(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: refer (reaction, complication, no improvement), report (missed doses amount to a week), else
    routine. Values: `outcome`, `missed_total` (of this and all earlier visits), `reasons`, `next_visit_on`.
    Raises CannotAssess without the doses missed."""
    missed = visit.answers.get("missed_doses")
    if missed is None:
        raise CannotAssess("tb.missed_missing", wording.MISSED_MISSING, where="missed_doses")
    before = [other for other in earlier if other.performed_on <= visit.performed_on]
    total = missed + sum(other.answers.get("missed_doses") or 0 for other in before)
    reasons = _reasons(visit)
    outcome = "refer" if reasons else "routine"
    if total >= parameters.value("tb.missed_doses_report", visit.performed_on):
        reasons = (*reasons, "missed_week")
        outcome = outcome if outcome == "refer" else "report"
    dates = _window(outcome, visit).after(visit.performed_on)
    said = (
        *reasons,
        *(("report",) if "missed_week" in reasons else ()),
        *(() if outcome == "report" else (outcome,)),
    )
    return Assessment(
        outcome=outcome,
        values={
            "outcome": outcome,
            "missed_total": total,
            "reasons": reasons,
            "next_visit_on": dates.due_on,
        },
        title=_title(outcome),
        advice=_advice(*said),
        refer=outcome == "refer",
        next=dates,
    )


def _title(outcome: str) -> Text:
    return wording.FOLLOW_UPS[outcome]


def _reasons(visit: Visit) -> tuple[str, ...]:
    found = []
    if visit.answers.get("adverse_reaction") == YES:
        found.append("adverse")
    if visit.answers.get("complication") == YES:
        found.append("complication")
    if visit.answers.get("no_improvement") is True:
        found.append("no_improvement")
    return tuple(found)


def _window(outcome: str, visit: Visit) -> Window:
    """Supervised by a doctor: monthly. By family or the patient: every ten days in the intensive phase, then
    monthly."""
    if outcome == "refer":
        return SOON
    by_family = visit.answers.get("supervisor") != DOCTOR
    return EVERY_TEN_DAYS if by_family and visit.answers.get("phase") == INTENSIVE else EVERY_MONTH


def ending(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters = NORM,
) -> Assessment:
    """`outcome`: regular when at least 90 % of the doses due were taken, else irregular. Values: `outcome`,
    `percent`. Raises CannotAssess without both numbers."""
    due, done = visit.answers.get("doses_due"), visit.answers.get("doses_done")
    if not due or done is None:
        raise CannotAssess("tb.doses_missing", wording.DOSES_MISSING, where="doses_due")
    regular = done * 100 >= due * parameters.value("tb.regular_percent", visit.performed_on)
    outcome = "regular" if regular else "irregular"
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, "percent": (Decimal(done) * 100 / Decimal(due)).quantize(Decimal("0.1"))},
        title=wording.ENDINGS[outcome],
        advice=_advice(outcome),
    )
