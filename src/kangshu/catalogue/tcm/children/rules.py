"""Whether a child was taught what its age asks (norms A11.2)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.catalogue.tcm.children import wording
from kangshu.declare import Advice, Assessment, CannotAssess, Parameters, PersonFacts, Visit
from kangshu.kernel.dates import add_months

ANYBODY = PersonFacts()
CONTACTS = {6: "1", 12: "1", 18: "2", 24: "2", 30: "3", 36: "3"}
"""The ages in months, and the code of the technique taught then."""
LAST_MONTH = 42


def assess(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """Values: `outcome` (complete, incomplete) and `contact`, the age in months this service belongs to: the
    last of 6, 12, …, 36 that the child has reached, counted as the schedule counts (31 August and six months
    is 28 February). Raises CannotAssess without a birth date, before 6 and from 42 months on."""
    if person.birth_date is None:
        raise CannotAssess("tcm_children.no_birth", wording.NO_BIRTH)
    birth = person.birth_date
    reached = [age for age in CONTACTS if add_months(birth, age) <= visit.performed_on]
    if not reached:
        raise CannotAssess("tcm_children.too_young", wording.TOO_YOUNG, where="performed_on")
    if add_months(birth, LAST_MONTH) <= visit.performed_on:
        raise CannotAssess("tcm_children.too_old", wording.TOO_OLD, where="performed_on")
    contact = max(reached)
    technique = CONTACTS[contact]
    outcome = "complete" if technique in (visit.answers.get("techniques") or ()) else "incomplete"
    return Assessment(
        outcome=outcome,
        values={"outcome": outcome, "contact": str(contact)},
        title=wording.OUTCOMES[outcome],
        advice=(Advice(f"technique_{technique}", wording.TECHNIQUES[technique]),),
    )
