"""Correcting a person's facts and documents. What was there before is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.events import Event, emit
from kangshu.kernel.identifiers import BadIdentifier, check_resident_id
from kangshu.kernel.pinyin import sort_key
from kangshu.kernel.text import Text
from kangshu.people import occurrences, queries
from kangshu.people.actions.register import create_document, refuse_registered
from kangshu.people.facts import CHANGEABLE, DocumentGiven
from kangshu.people.indexing import index_person
from kangshu.people.models import DocumentKind, IdentityDocument, Person, PersonChange, Undocumented
from kangshu.people.refusals import PersonNotFound
from kangshu.people.rules import check_facts, tidy_phone
from kangshu.people.vault import normal_number, vault


@transaction.atomic
def change_person(
    *, person_id: UUID, changes: Mapping[str, Any], reason: str = "", by: Actor, now: datetime
) -> Person:
    """Change facts of a person (`facts.CHANGEABLE`); returns the person as they are now.

    Nothing given that differs is "nothing to do" and returns the person unchanged. Raises BadInput,
    PersonNotFound, and ValueError for a field that has an action of its own.
    """
    check_allowed(by, "edit.resident")
    if unknown := set(changes) - set(CHANGEABLE):
        raise ValueError(f"change_person does not change {sorted(unknown)}")
    person = queries.person_for_update(person_id)
    wanted = {name: _tidy(name, value) for name, value in changes.items()}
    different = {name: value for name, value in wanted.items() if getattr(person, name) != value}
    if not different:
        return person
    before = {name: getattr(person, name) for name in different}
    for name, value in different.items():
        setattr(person, name, value)
    _check(person, now)
    if "name" in different:
        person.name_pinyin = sort_key(person.name)
    person.save(update_fields=[*different, "name_pinyin"])
    index_person(person)
    said = {name: [_plain(before[name]), _plain(value)] for name, value in different.items()}
    keep_change(person, said, reason, by, now)
    today = now.astimezone(CHINA).date()
    emit(Event(occurrences.CHANGED, person.pk, today, now, {"fields": sorted(different)}), by)
    return person


def keep_change(
    person: Person,
    changes: Mapping[str, Any],
    reason: str,
    by: Actor,
    now: datetime,
    action: str = "person.changed",
) -> None:
    """Keep what a change replaced, and audit it (field names only: the trail holds no personal values)."""
    PersonChange.objects.create(
        person=person,
        changes=dict(changes),
        reason=reason[:200],
        at=now,
        by_account=by.account_id,
        by_name=by.name[:80],
        scope_path=person.scope_path,
    )
    log.write(
        by=by,
        action=action,
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
        detail={"fields": sorted(changes)},
    )


@transaction.atomic
def add_document(
    *, person_id: UUID, document: DocumentGiven, by: Actor, now: datetime, reason: str = ""
) -> IdentityDocument:
    """Give a person a number, such as a newborn's first one. A resident number replaces the current one.

    Raises BadInput when the number cannot be or disagrees with the person, AlreadyRegistered when it is held.
    """
    check_allowed(by, "edit.resident")
    person = queries.person_for_update(person_id)
    given = DocumentGiven(normal_number(document.number), document.kind)
    if given.kind == DocumentKind.RESIDENT_ID:
        given = _checked_number(person, given, now)
    refuse_registered(given, by)
    if given.kind == DocumentKind.RESIDENT_ID:
        person.documents.filter(kind=given.kind, withdrawn_at=None).update(withdrawn_at=now)
        person.undocumented = Undocumented.NO
        person.save(update_fields=["undocumented"])
    stored = create_document(person, given, now, by)
    index_person(person)
    keep_change(person, {"document": [None, f"{given.kind} …{stored.last4}"]}, reason, by, now)
    return stored


@transaction.atomic
def withdraw_document(*, document_id: UUID, reason: str, by: Actor, now: datetime) -> None:
    """Take back a number that was recorded in error; it stays in the history and frees the number."""
    check_allowed(by, "edit.resident")
    document = IdentityDocument.objects.filter(pk=document_id, withdrawn_at=None).first()
    if document is None:
        raise PersonNotFound
    person = queries.person_for_update(document.person_id)
    document.withdrawn_at = now
    document.save(update_fields=["withdrawn_at"])
    index_person(person)
    keep_change(person, {"document": [f"{document.kind} …{document.last4}", None]}, reason, by, now)


@transaction.atomic
def reveal_number(*, document_id: UUID, by: Actor) -> str:
    """The whole number of a document, for comparing with a card; who looked is in the audit trail."""
    check_allowed(by, "edit.resident")
    document = IdentityDocument.objects.filter(pk=document_id).first()
    if document is None:
        raise PersonNotFound
    log.write(
        by=by,
        action="person.number_revealed",
        about=document,
        person_id=document.person_id,
        scope_path=document.scope_path,
    )
    return vault().open(bytes(document.number_encrypted))


def _checked_number(person: Person, given: DocumentGiven, now: datetime) -> DocumentGiven:
    try:
        read = check_resident_id(given.number, on=now.astimezone(CHINA).date())
    except BadIdentifier as error:
        raise BadInput([Problem("id_number", error.code, error.message, given.number)]) from error
    exact = person.birth_date is not None and person.birth_precision == "day"
    if exact and read.birth_date != person.birth_date:
        said = Text(
            f"证件号码中的出生日期是 {read.birth_date}，与档案 {person.birth_date} 不符。请先更正其中之一。",
            f"The number says born on {read.birth_date}, the record {person.birth_date}. Correct one first.",
        )
        raise BadInput([Problem("id_number", "person.not_as_record", said, given.number)])
    return DocumentGiven(read.number, given.kind)


def _check(person: Person, now: datetime) -> None:
    problems = list(
        check_facts(
            name=person.name,
            sex=person.sex,
            birth_date=person.birth_date,
            birth_precision=person.birth_precision,
            phone=person.phone,
            contact_phone=person.contact_phone,
            today=now.astimezone(CHINA).date(),
        )
    )
    if person.death_on and person.birth_date and person.birth_date > person.death_on:
        said = Text("出生日期晚于死亡日期，请核对。", "The birth date is after the day of death.")
        problems.append(Problem("birth_date", "person.after_death", said, person.birth_date))
    if problems:
        raise BadInput(problems)


def _tidy(name: str, value: Any) -> Any:
    if name in ("phone", "contact_phone"):
        return tidy_phone(value)
    return " ".join(value.split()) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool) else str(value)
