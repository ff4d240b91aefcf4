"""What a resident may do with their own record: agree that it is opened to them, and read it.

Reading shows the records of ordinary programmes (row security leaves confidential ones out) but those that
their programme keeps from residents.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from kangshu.access.roles import check_allowed
from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import Conflict, NotFound
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.work.actions import record_visit
from kangshu.work.models import Record, RecordStatus

OPENING = "records.opening"
AGREED, TAKEN_BACK = "1", "2"
ON_THE_OWN_PAGE = "1"
JOB = "resident opens their own record"


def is_open(person_id: UUID) -> bool:
    """Whether the latest consent of the person says yes."""
    latest = (
        Record.objects.filter(person_id=person_id, form_id=OPENING, status=RecordStatus.CURRENT)
        .order_by("-performed_on", "-entered_at")
        .first()
    )
    return latest is not None and latest.answers.get("agreed") == AGREED


@transaction.atomic
def set_open(*, agreed: bool, by: Actor, now: datetime) -> None:
    """Record the consent of the resident who is signed in, or that they take it back."""
    check_allowed(by, "read.own")
    person = Person.objects.filter(pk=by.person_id).first()
    if person is None:
        raise _unknown()
    if is_open(person.pk) == agreed:
        return
    with entered_as_system(JOB) as system:
        record_visit(
            form_id=OPENING,
            person=person.pk,
            answers={"agreed": AGREED if agreed else TAKEN_BACK, "given": ON_THE_OWN_PAGE},
            performed_on=now.astimezone(CHINA).date(),
            institution=person.institution_id,
            record_id=new_id(),
            confirmed=True,
            by=system,
            now=now,
        )
    log.write(
        by=by,
        action="person.opened_to_self" if agreed else "person.closed_to_self",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
    )


def own_records(people: Sequence[UUID]) -> QuerySet[Record]:
    """Current records that are open to their own person, newest first."""
    found = Record.objects.filter(person_id__in=people, status=RecordStatus.CURRENT, compartment="")
    return (
        found.exclude(form_id__in=kept_from_residents())
        .select_related("institution", "performed_by", "person")
        .order_by("-performed_on", "-entered_at")
    )


def own_record(record_id: UUID, by: Actor) -> Record:
    """One of them. Raises NotFound for what is not theirs or not open, Conflict before they agreed."""
    check_allowed(by, "read.own")
    if by.person_id is None or not is_open(by.person_id):
        raise Conflict(
            "own.not_open",
            Text(
                "请先在“我的健康档案”页面同意向本人开放档案。",
                "First agree on the page 'My health record' that the record is opened to you.",
            ),
        )
    people = list(Person.objects.values_list("pk", flat=True))
    found = own_records(people).filter(pk=record_id).first()
    if found is None:
        raise _unknown()
    return found


def kept_from_residents() -> list[str]:
    """Forms whose records their own person does not read: declared by their programmes."""
    return sorted({form for one in registry.capabilities() for form in one.kept_from_resident})


def _unknown() -> NotFound:
    return NotFound("own.unknown", Text("没有这条记录。", "There is no such record."))
