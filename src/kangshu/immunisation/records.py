"""From stored records to the forecaster's child: doses, special states and the choice of vaccines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from kangshu.immunisation.forecast import Child, DoseForecast, Forecast, HistoryEntry, Status, forecast
from kangshu.kernel.dates import add_years
from kangshu.people.models import Person, PersonStatus, Sex
from kangshu.work.models import Record, RecordStatus
from kangshu.work.queries import same_person

DOSE = "immunisation.dose"
HEALTH_STATE = "immunisation.health_state"
#: Whom the clinic looks after: children up to the seventh birthday, and girls of the age of HPV.
CHILD_YEARS = 7
HPV_YEARS = (13, 15)
SELF_PAID = "2"
NOW = (Status.DUE, Status.OVERDUE)


@dataclass(frozen=True)
class ChildToday:
    """A child of the clinic with its forecast."""

    person: Person
    forecast: Forecast

    @property
    def now(self) -> list[DoseForecast]:
        """Doses that can be given today."""
        return [dose for dose in self.forecast.doses if dose.status in NOW]

    @property
    def overdue(self) -> list[DoseForecast]:
        return [dose for dose in self.forecast.doses if dose.status is Status.OVERDUE]

    @property
    def missing(self) -> list[DoseForecast]:
        """Doses of the child's age that it has not had: also those that wait for the dose before them."""
        return [
            dose
            for dose in self.forecast.doses
            if dose.status in NOW or (dose.status is Status.NOT_YET and dose.of_age)
        ]

    def soon(self, until: date) -> list[DoseForecast]:
        """Doses that open by a day."""
        return [
            dose
            for dose in self.forecast.doses
            if dose.status is Status.NOT_YET and dose.earliest is not None and dose.earliest <= until
        ]


def children(today: date) -> QuerySet[Person]:
    """The children in the reader's scope whom a vaccination clinic looks after, youngest first."""
    small = Q(birth_date__gt=add_years(today, -CHILD_YEARS), birth_date__lte=today)
    first, last = HPV_YEARS
    girls = Q(
        sex=Sex.FEMALE, birth_date__gt=add_years(today, -last), birth_date__lte=add_years(today, -first)
    )
    wanted = Person.objects.filter(small | girls, status=PersonStatus.ACTIVE, merged_into=None)
    return wanted.select_related("region").order_by("-birth_date", "id")


def children_today(people: Sequence[Person], today: date) -> list[ChildToday]:
    """Those people with their forecasts; one query for all their records."""
    records = _records_of([person.pk for person in people])
    return [
        ChildToday(person, forecast(_child(person, records.get(person.pk, []), today)))
        for person in people
        if person.birth_date is not None and person.birth_date <= today
    ]


def child_on(person: Person, day: date, *, without: frozenset[UUID] = frozenset()) -> Child:
    """One person as the forecaster's child on a day; `without` leaves records out."""
    ids = same_person(person.pk)
    found = [record for rows in _records_of(ids).values() for record in rows if record.pk not in without]
    return _child(person, found, day)


def _records_of(ids: Iterable[UUID]) -> dict[UUID, list[Record]]:
    rows = Record.objects.filter(
        person_id__in=list(ids), form_id__in=(DOSE, HEALTH_STATE), status=RecordStatus.CURRENT
    ).order_by("performed_on", "entered_at", "id")
    found: dict[UUID, list[Record]] = defaultdict(list)
    for record in rows:
        found[record.person_id].append(record)
    return found


def _child(person: Person, records: Sequence[Record], day: date) -> Child:
    assert person.birth_date is not None
    state = next((record.answers for record in reversed(records) if record.form_id == HEALTH_STATE), {})
    globulin = state.get("immunoglobulin_on")
    return Child(
        id=str(person.pk),
        birth_date=person.birth_date,
        is_girl=person.sex == Sex.FEMALE,
        as_of=day,
        states=frozenset(state.get("states") or ()) - {"none"},
        je=state.get("je") or "live",
        hepa=state.get("hepa") or "live",
        history=tuple(_entry(record) for record in records if record.form_id == DOSE),
        immunoglobulin_on=(date.fromisoformat(globulin),) if globulin else (),
    )


def _entry(record: Record) -> HistoryEntry:
    answers = record.answers
    return HistoryEntry(
        vaccine=answers.get("vaccine", ""),
        date=record.performed_on,
        written=record.performed_on,
        number=answers.get("dose_number"),
        by_leaflet=answers.get("fund") == SELF_PAID,
    )
