"""People made of records, and whether an indicator counts them."""

from __future__ import annotations

from datetime import date
from typing import Any

from kangshu.declare import Counts, registry
from kangshu.declare.answers import typed
from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, framed, holds

CHECK = "records.health_check"


def filled(form: str, on: str, answers: dict[str, Any], **assessment: Any) -> EventView:
    """A record with its answers as JSON keeps them."""
    day = date.fromisoformat(on)
    return EventView(day, form, typed(registry.form(form, on=day), answers), assessment)


def checked(on: str) -> EventView:
    return EventView(date.fromisoformat(on), CHECK)


def patient(
    *records: EventView,
    opened: str = "2024-01-01",
    closed: str | None = None,
    reason: str = "moved",
    born: str = "1950-03-01",
    sex: str = "1",
    **facts: Any,
) -> PersonView:
    """Somebody with a case and records."""
    case = CaseView(
        date.fromisoformat(opened),
        None if closed is None else date.fromisoformat(closed),
        None if closed is None else reason,
        facts,
    )
    return PersonView(sex=sex, birth_date=date.fromisoformat(born), case=case, records=records)


def in_period(person: PersonView, first: str = "2026-01-01", last: str = "2026-12-31") -> Context:
    return Context(
        person,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        parameters=registry.NormParameters(),
    )


def counted(
    id: str, person: PersonView, first: str = "2026-01-01", last: str = "2026-12-31"
) -> tuple[bool, bool]:
    """Whether the person is in the denominator and in the numerator."""
    indicator = registry.indicator(id)
    context = in_period(person, first, last)
    belongs = indicator.denominator is None or holds(indicator.denominator, context)
    return belongs, belongs and holds(indicator.numerator, context)


def records_counted(id: str, person: PersonView) -> tuple[int, int]:
    """How many of a person's records are in the denominator and in the numerator, for 2026."""
    indicator = registry.indicator(id)
    assert indicator.counts is Counts.RECORDS
    found = sorted(
        (record for record in person.records if record.form == indicator.form), key=lambda r: r.performed_on
    )
    frames = [inner for _, inner in framed(found, in_period(person))]
    belong = [f for f in frames if indicator.denominator is None or holds(indicator.denominator, f)]
    return len(belong), sum(holds(indicator.numerator, frame) for frame in belong)
