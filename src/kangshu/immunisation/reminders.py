"""Doses that a child may be given now or within days, for the daily reminders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kangshu.immunisation.forecast.wording import title
from kangshu.immunisation.records import CHILD_YEARS, children_today
from kangshu.kernel.dates import add_years
from kangshu.messaging.reminders import AHEAD, Reminder
from kangshu.people.models import Person

MOST_NAMED = 3


def doses_due(people: Sequence[Person], today: date) -> Iterator[Reminder]:
    """One reminder a child with every dose that may be given by then; each dose is reminded of once."""
    since = add_years(today, -CHILD_YEARS)
    small = [person for person in people if person.birth_date is not None and person.birth_date > since]
    for child in children_today(small, today):
        doses = [*child.now, *child.soon(today + AHEAD)]
        if not doses:
            continue
        names = [f"{title(dose.vaccine).zh}第{dose.dose}剂" for dose in doses[:MOST_NAMED]]
        more = "等" if len(doses) > MOST_NAMED else ""
        yield Reminder(
            child.person,
            "vaccination_due",
            {"doses": "、".join(names) + more},
            tuple(f"dose:{dose.vaccine}-{dose.dose}" for dose in doses),
        )
