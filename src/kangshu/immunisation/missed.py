"""Who has missed a dose of their age, why, and what was done about it: the catch-up list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from kangshu.immunisation.forecast import DoseForecast, Status
from kangshu.immunisation.records import ChildToday, children, children_today
from kangshu.kernel.dates import age_in_months
from kangshu.people.models import Person
from kangshu.places.models import Institution
from kangshu.places.scope import path_range
from kangshu.work.models import Record, RecordStatus

MISSED = "immunisation.missed_dose"
MOST = 1_500
"""Children are forecast as the list is asked for, some 1,500 a second."""


@dataclass(frozen=True)
class MissedFilter:
    """What the list is asked for: a village, a unit with those under it, a vaccine, a reason, how long."""

    village: str = ""
    institution: UUID | None = None
    vaccine: str = ""
    reason: str = ""
    months_late: int = 0


@dataclass(frozen=True)
class MissedRow:
    """A child with the doses it has missed, those that may not be given now, and the last contact."""

    person: Person
    months: int
    doses: tuple[DoseForecast, ...]
    held_back: tuple[DoseForecast, ...]
    contact: Record | None
    days_late: int

    @property
    def reason(self) -> str:
        return str(self.contact.answers.get("reason", "")) if self.contact else ""


@dataclass(frozen=True)
class Missed:
    rows: tuple[MissedRow, ...]
    looked_at: int
    too_many: bool


def missed_doses(wanted: MissedFilter, today: date) -> Missed:
    """The children in the reader's scope who have missed a dose, the longest late first."""
    people = children(today)
    if wanted.village:
        people = people.filter(region=wanted.village)
    if wanted.institution is not None:
        path = Institution.objects.filter(pk=wanted.institution).values_list("path", flat=True).first()
        low, high = path_range(path or "")
        people = people.filter(scope_path__gte=low, scope_path__lt=high)
    found = list(people.select_related("region", "institution")[: MOST + 1])
    known = children_today(found[:MOST], today)
    contacts = _contacts([child.person.pk for child in known])
    rows = [row for child in known if (row := _row(child, contacts.get(child.person.pk), wanted, today))]
    rows.sort(key=lambda row: (-row.days_late, row.person.name_pinyin))
    return Missed(tuple(rows), len(known), len(found) > MOST)


def _row(child: ChildToday, contact: Record | None, wanted: MissedFilter, today: date) -> MissedRow | None:
    doses = [dose for dose in child.forecast.doses if dose.status is Status.OVERDUE]
    held = [
        dose
        for dose in child.forecast.doses
        if dose.status is Status.CONTRAINDICATED and _is_late(dose, today)
    ]
    late_since = [dose.overdue for dose in (*doses, *held) if dose.overdue is not None]
    if not late_since:
        return None
    row = MissedRow(
        child.person,
        age_in_months(child.forecast.child.birth_date, today),
        tuple(doses),
        tuple(held),
        contact,
        (today - min(late_since)).days,
    )
    if wanted.vaccine and all(dose.vaccine != wanted.vaccine for dose in (*doses, *held)):
        return None
    if wanted.reason and (row.reason or "none") != wanted.reason:
        return None
    return row if row.days_late >= wanted.months_late * 30 else None


def _is_late(dose: DoseForecast, today: date) -> bool:
    return dose.overdue is not None and dose.overdue < today


def _contacts(ids: Sequence[UUID]) -> dict[UUID, Record]:
    rows = Record.objects.filter(person__in=list(ids), form_id=MISSED, status=RecordStatus.CURRENT)
    return {record.person_id: record for record in rows.order_by("performed_on", "entered_at")}
