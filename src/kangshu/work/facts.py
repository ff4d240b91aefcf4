"""Facts of a case: what stays true of it and its schedule may ask, given at enrolment or taken from records.

They are kept in `Case.facts` as plain JSON, so that lists and the snapshot can read them. Those that come
from records are named under `RECORDED` and found again at every planning: a record that is corrected
corrects the fact, and a withdrawn one takes it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from kangshu.declare.answers import NotThisType, plain_value, typed_as
from kangshu.declare.capability import Capability, Fact
from kangshu.declare.evaluate import Context, EventView, PersonView, evaluate
from kangshu.work.planning import PastRecord, in_order

RECORDED = "_recorded"


class HasFacts(Protocol):
    """The model `Case`, or a case of a bulk load."""

    opened_on: date
    closed_on: date | None
    facts: Any


def facts_after(
    capability: Capability, case: HasFacts, history: Sequence[PastRecord], person: PersonView
) -> dict[str, Any]:
    """The facts as they are to be kept after these records: what was given stays, the rest is found anew."""
    kept = dict(case.facts or {})
    recorded = set(kept.pop(RECORDED, ()))
    given = {name: value for name, value in kept.items() if name not in recorded}
    last = case.closed_on or date.max
    own = [record for record in in_order(history) if case.opened_on <= record.performed_on <= last]
    found = {}
    for fact in capability.facts:
        value = None if fact.name in given else _from_records(fact, own, person)
        if value is not None:
            found[fact.name] = plain_value(value)
    return {**given, **found, **({RECORDED: sorted(found)} if found else {})}


def _from_records(fact: Fact, records: Sequence[PastRecord], person: PersonView) -> Any:
    if fact.value is None:
        return None
    for record in reversed(records) if fact.latest else records:
        if record.form_id == fact.form:
            frame = EventView(record.performed_on, record.form_id, record.answers, record.assessment)
            value = evaluate(fact.value, Context(person, frame, on=record.performed_on))
            if value is not None:
                return value
    return None


def typed_facts(capability: Capability, facts: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The facts as expressions read them; one that is not what it was declared as is missing."""
    if not facts:
        return {}
    kinds = {fact.name: fact.kind for fact in capability.facts}
    typed = {}
    for name, value in facts.items():
        try:
            typed[name] = typed_as(kinds[name], value) if name in kinds else value
        except NotThisType:
            typed[name] = None
    return typed
