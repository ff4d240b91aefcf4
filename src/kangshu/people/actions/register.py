"""Registering a person: checked, not twice, with a record number, findable at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput
from kangshu.kernel.events import Event, emit
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.pinyin import sort_key
from kangshu.people import occurrences, queries
from kangshu.people.facts import DocumentGiven, NewPerson
from kangshu.people.indexing import index_person
from kangshu.people.models import (
    IdentityDocument,
    Person,
    Relation,
    RelationKind,
    Residence,
    Undocumented,
)
from kangshu.people.numbers import allot_record_number
from kangshu.people.refusals import AlreadyRegistered, NearMatches, WrongPlace
from kangshu.people.rules import check_new_person
from kangshu.people.vault import vault
from kangshu.places.models import Institution, Region
from kangshu.places.scope import is_within

ONE_HOLDER = "people_document_once"


@dataclass(frozen=True)
class Registered:
    """A registered person; `was_repeat` when the same client id had registered them before."""

    person: Person
    was_repeat: bool = False


@transaction.atomic
def register_person(
    *, new: NewPerson, by: Actor, now: datetime, confirmed_different: bool = False
) -> Registered:
    """Register a resident or patient.

    Raises BadInput with every problem, AlreadyRegistered when the number is held anywhere in the county,
    NearMatches when somebody in scope has the same name, sex and birth date (unless `confirmed_different`),
    WrongPlace for a region or institution that cannot take the person.
    """
    check_allowed(by, "register.resident")
    today = now.astimezone(CHINA).date()
    checked = check_new_person(new, today)
    if checked.problems:
        raise BadInput(checked.problems)
    facts = checked.facts
    if facts.id is not None and (known := Person.objects.filter(pk=facts.id).first()):
        return Registered(known, was_repeat=True)
    region, institution = _place_for(facts, by)
    if facts.document is not None:
        refuse_registered(facts.document, by)
    if not confirmed_different and (matches := queries.near_matches(facts)):
        raise NearMatches(matches)
    person = _create_person(facts, region, institution, now)
    if facts.document is not None:
        create_document(person, facts.document, now, by)
    index_person(person)
    _tell(person, facts, by, now)
    return Registered(person)


def refuse_registered(document: DocumentGiven, by: Actor) -> None:
    """Raise AlreadyRegistered when the number is held; the question itself is audited, for it crosses
    scopes."""
    found = queries.find_registered(document.number)
    log.write(
        by=by,
        action="person.looked_up",
        about=("people.identitydocument", document.kind),
        detail={"found": found is not None, "in_scope": bool(found and found.in_scope)},
    )
    if found is None:
        return
    person_id = None
    if found.in_scope:
        held = IdentityDocument.objects.filter(
            number_index=vault().index(document.number), withdrawn_at=None
        ).first()
        person_id = held.person_id if held else None
    log.refuse(by=by, action="person.registered", reason="already registered", person_id=person_id)
    raise AlreadyRegistered(found.institution, found.phone, person_id)


def create_document(person: Person, document: DocumentGiven, now: datetime, by: Actor) -> IdentityDocument:
    """Store a number; the unique index decides when two clerks register one number at once."""
    made = document_row(person, document, now)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
            return made
    except IntegrityError as error:
        if ONE_HOLDER not in str(error):
            raise
        refuse_registered(document, by)
        raise


def document_row(person: Person, document: DocumentGiven, now: datetime) -> IdentityDocument:
    """A number as it is stored, not stored yet."""
    sealed = vault().seal(document.number)
    return IdentityDocument(
        person=person,
        kind=document.kind,
        number_encrypted=sealed.number_encrypted,
        number_index=sealed.number_index,
        last4=sealed.last4,
        recorded_at=now,
        scope_path=person.scope_path,
    )


def _place_for(facts: NewPerson, by: Actor) -> tuple[Region, Institution]:
    region = Region.objects.filter(pk=facts.region, valid_to=None).first()
    institution = Institution.objects.filter(pk=facts.institution_id, valid_to=None).first()
    return check_place(region, institution, by)


def check_place(
    region: Region | None, institution: Institution | None, by: Actor
) -> tuple[Region, Institution]:
    """Both, if somebody may be registered there: standing, in the actor's area. Raises WrongPlace."""
    if region is None:
        raise WrongPlace(
            "region", "居住地不存在或已撤销，请重新选择。", "The region is unknown or abolished."
        )
    if institution is None:
        raise WrongPlace(
            "institution", "责任机构不存在或已撤销，请重新选择。", "The institution is unknown or closed."
        )
    if "system" not in by.roles and not is_within(institution.path, by.scope_path):
        raise WrongPlace(
            "institution",
            f"{institution.name}不在您的管辖范围，不能登记到该机构。",
            f"{institution.name} is outside your area; you cannot register people there.",
        )
    return region, institution


def _create_person(facts: NewPerson, region: Region, institution: Institution, now: datetime) -> Person:
    person = person_row(facts, region, institution, now)
    person.record_number = allot_record_number(region.code)
    person.save(force_insert=True)
    residence_row(person, facts, now).save(force_insert=True)
    return person


def person_row(facts: NewPerson, region: Region, institution: Institution, now: datetime) -> Person:
    """A person as they are stored, not stored yet and without a record number."""
    return Person(
        id=facts.id or new_id(),
        name=facts.name,
        name_pinyin=sort_key(facts.name),
        sex=facts.sex,
        birth_date=facts.birth_date,
        birth_precision=facts.birth_precision,
        ethnic_group=facts.ethnic_group,
        phone=facts.phone,
        address=facts.address,
        contact_name=facts.contact_name,
        contact_phone=facts.contact_phone,
        region=region,
        institution=institution,
        scope_path=institution.path,
        residence_type=facts.residence_type,
        undocumented=facts.undocumented,
        created_at=now,
    )


def residence_row(person: Person, facts: NewPerson, now: datetime) -> Residence:
    """The person's first residence, not stored yet."""
    since = facts.lives_here_since or now.astimezone(CHINA).date()
    if facts.undocumented == Undocumented.NEWBORN and facts.birth_date:
        since = facts.birth_date
    return Residence(
        person=person,
        region_id=person.region_id,
        institution_id=person.institution_id,
        from_on=since,
        reason="registered",
        scope_path=person.scope_path,
    )


def _tell(person: Person, facts: NewPerson, by: Actor, now: datetime) -> None:
    today = now.astimezone(CHINA).date()
    if facts.mother_id is not None:
        mother: UUID = queries.person(facts.mother_id).pk
        Relation.objects.create(
            person=person,
            other_id=mother,
            kind=RelationKind.MOTHER,
            from_on=person.birth_date,
            scope_path=person.scope_path,
        )
    log.write(
        by=by,
        action="person.registered",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
        detail={"record_number": person.record_number, "undocumented": person.undocumented},
    )
    payload = {"institution_id": person.institution_id, "region": person.region_id}
    emit(Event(occurrences.REGISTERED, person.pk, today, now, payload), by)
    if facts.undocumented == Undocumented.NEWBORN:
        born = {**payload, "mother_id": facts.mother_id}
        emit(Event(occurrences.BORN, person.pk, person.birth_date or today, now, born), by)
