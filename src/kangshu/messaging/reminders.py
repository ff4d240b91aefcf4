"""The daily run: whoever agreed is reminded of what falls due soon, each thing once.

Packages above say what else is due (`register_source`): the vaccination clinic its doses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import Refusal
from kangshu.messaging import queries
from kangshu.messaging.actions import JOB, SENDER, in_chinese, send
from kangshu.people.models import Person
from kangshu.work.models import Due, still_due

AHEAD = timedelta(days=5)
CHUNK = 500


@dataclass(frozen=True)
class Reminder:
    """What a person is to be reminded of: the text's values, and the names of the dues."""

    person: Person
    template: str
    values: Mapping[str, str]
    dues: tuple[str, ...]


Source = Callable[[Sequence[Person], date], Iterable[Reminder]]
"""Of these people, who all agreed: what they are to be reminded of on a day."""
_sources: dict[str, Source] = {}


@dataclass
class Run:
    """What a day's run did."""

    agreed: int = 0
    queued: int = 0
    known: int = 0
    refused: dict[str, int] = field(default_factory=dict)


def register_source(name: str, source: Source) -> None:
    _sources[name] = source


def remind_of_day(*, now: datetime) -> Run:
    """Queue the day's reminders; run twice a day it queues nothing more."""
    today = now.astimezone(CHINA).date()
    run = Run()
    with entered_as_system(JOB) as system, in_chinese():
        people = list(queries.agreed_people().select_related("institution", "region").order_by("id"))
        run.agreed = len(people)
        for first in range(0, len(people), CHUNK):
            chunk = people[first : first + CHUNK]
            for source in _sources.values():
                for reminder in source(chunk, today):
                    try:
                        message = send(
                            person=reminder.person,
                            template=reminder.template,
                            values={"sender": SENDER, **_place(reminder.person), **reminder.values},
                            dues=reminder.dues,
                            by=system,
                            now=now,
                        )
                    except Refusal as refusal:
                        run.refused[refusal.code] = run.refused.get(refusal.code, 0) + 1
                        continue
                    if message is None:
                        run.known += 1
                    else:
                        run.queued += 1
        detail = {"agreed": run.agreed, "queued": run.queued, "refused": run.refused}
        log.write(by=system, action="message.run", detail=detail)
    return run


def _place(person: Person) -> dict[str, str]:
    institution = person.institution
    return {
        "name": person.name,
        "place": institution.name,
        "phone": getattr(institution, "phone", "") or institution.name,
    }


def visits_due(people: Sequence[Person], today: date) -> Iterator[Reminder]:
    """Visits of ordinary programmes whose last day in time is near. A confidential one is never written
    about."""
    by_id = {person.pk: person for person in people}
    rows = Due.objects.filter(
        still_due(today), person__in=by_id, compartment="", opens_on__lte=today + AHEAD,
        due_on__range=(today, today + AHEAD),
    )  # fmt: skip
    found: dict[object, list[Due]] = {}
    for due in rows.order_by("due_on", "step"):
        found.setdefault(due.person_id, []).append(due)
    for person_id, dues in found.items():
        yield Reminder(
            by_id[person_id],
            "visit_due",
            {"day": f"{dues[0].due_on.month}月{dues[0].due_on.day}日"},
            tuple(f"visit:{due.kind}:{due.step}:{due.due_on.isoformat()}" for due in dues),
        )
