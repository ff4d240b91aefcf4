"""One first issue for each child (norms H2)."""

from __future__ import annotations

from collections.abc import Sequence

from kangshu.declare import Assessment, CannotAssess, Parameters, PersonFacts, Text, Visit

ANYBODY = PersonFacts()
ALREADY = Text(
    "这名新生儿已于 {day} 首次签发过出生医学证明，不能再次首次签发；如需更正请换发，遗失请补发。",
    "A first certificate was issued for this child on {day}. To change it, replace it; if it is "
    "lost, reissue it.",
)
ISSUED = Text("已首次签发", "First certificate issued")


def first_issue(
    visit: Visit,
    earlier: Sequence[Visit] = (),
    person: PersonFacts = ANYBODY,
    parameters: Parameters | None = None,
) -> Assessment:
    """`outcome` is issued. Raises CannotAssess when there is a first issue already."""
    if earlier:
        day = earlier[0].performed_on.isoformat()
        raise CannotAssess("birth_certificate.issued_before", ALREADY.format(day=day), where="certificate")
    same_year = person.birth_date is not None and person.birth_date.year == visit.performed_on.year
    return Assessment("issued", {"outcome": "issued", "same_year": same_year}, ISSUED)
