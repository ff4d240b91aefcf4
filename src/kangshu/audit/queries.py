"""Reading the trail. Row-level security shows what lies in the reader's place, without closed programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from kangshu.audit.models import AuditEntry

_CHINA = ZoneInfo("Asia/Shanghai")
#: Acts by which somebody saw a person's record.
LOOKED = (
    "person.read",
    "person.printed",
    "person.exported",
    "person.number_revealed",
    "person.opened_in_emergency",
    "record.read",
    "care.read",
    "attachment.read",
)


@dataclass(frozen=True)
class Filters:
    """What the viewer can ask for; empty means all. Dates are days of the county, both included."""

    who: str = ""
    account_id: UUID | None = None
    person_id: UUID | None = None
    action: str = ""
    outcome: str = ""
    first_on: date | None = None
    last_on: date | None = None


def entries(filters: Filters) -> QuerySet[AuditEntry]:
    """Entries in the running scope, newest first."""
    found = AuditEntry.objects.order_by("-id")
    if filters.who:
        found = found.filter(Q(actor_name__icontains=filters.who) | Q(detail__username=filters.who))
    if filters.account_id:
        found = found.filter(account_id=filters.account_id)
    if filters.person_id:
        found = found.filter(person_id=filters.person_id)
    if filters.action:
        found = found.filter(action__startswith=filters.action)
    if filters.outcome:
        found = found.filter(outcome=filters.outcome)
    if filters.first_on:
        found = found.filter(at__gte=_begin(filters.first_on))
    if filters.last_on:
        found = found.filter(at__lt=_begin(filters.last_on + timedelta(days=1)))
    return found


def who_looked(person_id: UUID, *, limit: int = 20) -> list[AuditEntry]:
    """The last acts by which somebody saw this person's record, newest first, as far as the reader sees."""
    return list(
        AuditEntry.objects.filter(
            person_id=person_id, action__in=LOOKED, outcome=AuditEntry.Outcome.DONE
        ).order_by("-id")[:limit]
    )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=_CHINA)
