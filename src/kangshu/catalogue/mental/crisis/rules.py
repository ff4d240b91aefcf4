"""The risk of somebody in a crisis."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.judging import ANYBODY, judged, needed
from kangshu.catalogue.mental.crisis.forms import GRADE_CODES, GRADES
from kangshu.declare import Assessment, Parameters, PersonFacts, Visit


def intake(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome`: low, medium, high, imminent. Raises CannotAssess when one of the five was not asked."""
    asked = {name: needed(visit, name) for name in ("ideation", "plan", "means", "attempted", "acting")}
    if asked["acting"] or (asked["plan"] and asked["means"]):
        return judged(GRADES, "imminent")
    if asked["plan"] or (asked["ideation"] and asked["attempted"]):
        return judged(GRADES, "high")
    return judged(GRADES, "medium" if asked["ideation"] or asked["attempted"] else "low")


def intervention(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome` is the risk that remains, as the worker graded it."""
    return judged(GRADES, GRADE_CODES[needed(visit, "risk")])
