"""Who has agreed to reminders, and what was sent; in the reader's scope."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from kangshu.kernel.dates import CHINA
from kangshu.messaging.models import Consent, Message
from kangshu.people.models import Person, PersonStatus

_MOBILE = re.compile(r"1[3-9]\d{9}\Z")


def consent_of(person_id: UUID) -> Consent | None:
    """The latest consent or withdrawal of a person."""
    return Consent.objects.filter(person=person_id).order_by("-at", "-id").first()


def has_agreed(person_id: UUID) -> bool:
    latest = consent_of(person_id)
    return latest is not None and latest.agreed


def agreed_people() -> QuerySet[Person]:
    """Living people of the register whose latest word is yes."""
    latest = Consent.objects.filter(person=OuterRef("pk")).order_by("-at", "-id").values("agreed")[:1]
    people = Person.objects.filter(status=PersonStatus.ACTIVE, merged_into=None)
    return people.annotate(agrees=Subquery(latest)).filter(agrees=True)


def number_of(person: Person) -> str:
    """The mobile number a reminder goes to: the person's, else of the contact; "" when there is none."""
    for number in (person.phone, person.contact_phone):
        digits = re.sub(r"\D", "", number or "")
        digits = digits[2:] if digits.startswith("86") and len(digits) == 13 else digits
        if _MOBILE.match(digits):
            return digits
    return ""


def messages(first: date, last: date, state: str = "") -> QuerySet[Message]:
    """Messages made in these days by the clock of China, the latest first."""
    rows = Message.objects.filter(
        created_at__gte=datetime.combine(first, time.min, CHINA),
        created_at__lte=datetime.combine(last, time.max, CHINA),
    )
    rows = rows.filter(state=state) if state else rows
    return rows.select_related("person", "person__institution").order_by("-created_at", "-id")


def counts(rows: QuerySet[Message]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(Count("id")))


def messages_of(people: Iterable[UUID], limit: int) -> list[Message]:
    return list(Message.objects.filter(person__in=list(people)).order_by("-created_at")[:limit])
