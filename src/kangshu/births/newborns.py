"""A delivery record with live births registers each newborn with its mother; the registration tells
`person.born`, which opens the newborn visit, child care and vaccination.

Whoever is registered already as the mother's child of that day is left as they are. A delivery entered more
than 42 days late registers nobody: by then the child is looked for and registered by its own papers. A
delivery that is corrected or withdrawn later takes nobody back; that is somebody's decision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from kangshu.access.scope import entered_as_system
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.events import Event, on
from kangshu.kernel.identifiers import new_id
from kangshu.people.actions import register_person
from kangshu.people.facts import NewPerson
from kangshu.people.models import Person, PersonStatus, Relation, RelationKind, Sex, Undocumented
from kangshu.work.models import Record
from kangshu.work.moments import RECORD_SAVED

DELIVERY = "maternal.delivery"
JOB = "a delivery registers the newborn"
LATEST = timedelta(days=42)
ALIVE, MALE, FEMALE = "1", "1", "2"


@dataclass(frozen=True)
class Newborn:
    """One child born alive; `number` counts them where there are several."""

    sex: str
    number: int | None

    def name_after(self, mother: str) -> str:
        """As wards write it until the child has a name: 周秀英之子."""
        child = {MALE: "之子", FEMALE: "之女"}.get(self.sex, "之婴")
        return f"{mother}{child}{self.number or ''}"


def newborns_of(answers: Mapping[str, Any]) -> list[Newborn]:
    """The live births of a delivery record: its rows, and where they are fewer than the count, others of
    unknown sex."""
    rows = [row for row in answers.get("newborns") or () if row.get("alive") in (None, ALIVE)]
    count = int(answers.get("live_births") or 0)
    sexes = [str(row.get("sex") or Sex.UNKNOWN) for row in rows][:count]
    sexes += [str(Sex.UNKNOWN)] * (count - len(sexes))
    known = [sex if sex in (MALE, FEMALE) else str(Sex.UNKNOWN) for sex in sexes]
    return [Newborn(sex, index if count > 1 else None) for index, sex in enumerate(known, start=1)]


@on(RECORD_SAVED, order=70)
def register_newborns(event: Event, by: Actor) -> None:
    """After a delivery was saved: register who was born and is not registered yet."""
    if event.payload["form_id"] != DELIVERY or event.person_id is None:
        return
    with entered_as_system(JOB) as system:
        record = Record.objects.get(pk=event.payload["record_id"])
        mother = Person.objects.select_related("merged_into").get(pk=record.person_id)
        mother = mother.merged_into or mother
        born_on = date.fromisoformat(record.answers["delivered_on"])
        if event.at.astimezone(CHINA).date() - born_on > LATEST:
            return
        for newborn in _unregistered(mother.pk, born_on, newborns_of(record.answers)):
            _register(newborn, mother, born_on, system, event.at)


def _unregistered(mother: UUID, born_on: date, newborns: list[Newborn]) -> Iterator[Newborn]:
    """The newborns beyond those the mother already has of that day: one of the same sex stands for each."""
    day = timedelta(days=1)
    there = list(
        Relation.objects.filter(
            other=mother,
            kind=RelationKind.MOTHER,
            to_on=None,
            person__birth_date__range=(born_on - day, born_on + day),
        ).values_list("person__sex", flat=True)
    )
    for newborn in newborns:
        fitting = next(
            (sex for sex in there if sex == newborn.sex or Sex.UNKNOWN in (sex, newborn.sex)), None
        )
        if fitting is None:
            yield newborn
        else:
            there.remove(fitting)


def _register(newborn: Newborn, mother: Person, born_on: date, by: Actor, now: datetime) -> None:
    dead = mother.status == PersonStatus.DEAD
    register_person(
        new=NewPerson(
            id=new_id(),
            name=newborn.name_after(mother.name)[:50],
            region=mother.region_id,
            institution_id=mother.institution_id,
            sex=newborn.sex,
            birth_date=born_on,
            ethnic_group=mother.ethnic_group,
            phone=mother.phone,
            address=mother.address,
            contact_name="" if dead else mother.name,
            contact_phone="" if dead else mother.phone,
            residence_type=mother.residence_type,
            undocumented=Undocumented.NEWBORN,
            mother_id=mother.pk,
        ),
        by=by,
        now=now,
        confirmed_different=True,  # the mother's children of that day were looked for above
    )
