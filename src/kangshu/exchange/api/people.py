"""Residents: find, read, register."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Status

from kangshu.access.request import ActorRequest
from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.exchange.api.answers import NewResident, Resident, Residents
from kangshu.people.actions import register_person
from kangshu.people.facts import DocumentGiven, NewPerson
from kangshu.people.models import Person
from kangshu.people.queries import canonical_person, search_people

router = Router()


@router.get("", response=Residents, summary="Find residents by name, pinyin, phone or number")
def find_residents(request: ActorRequest, q: str, limit: int = Query(20, ge=1, le=100)) -> Residents:
    check_allowed(request.actor, "read.resident")
    result = search_people(q, limit=limit)
    items = [Resident.model_validate(found, from_attributes=True) for found in result.people]
    return Residents(items=items, more=result.more)


@router.get("/{person_id}", response=Resident, summary="One resident; a merged record gives the one kept")
def get_resident(request: ActorRequest, person_id: UUID) -> Resident:
    check_allowed(request.actor, "read.resident")
    person = canonical_person(person_id)
    log.write(
        by=request.actor,
        action="person.read",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
    )
    return shown(person)


@router.post("", response={200: Resident, 201: Resident}, summary="Register a resident")
def register_resident(request: ActorRequest, new: NewResident) -> Status:
    registered = register_person(
        new=NewPerson(
            id=new.id,
            name=new.name,
            region=new.region,
            institution_id=new.institution_id,
            document=DocumentGiven(new.id_number) if new.id_number else None,
            undocumented=new.undocumented,
            sex=new.sex,
            birth_date=new.birth_date,
            phone=new.phone,
            address=new.address,
            mother_id=new.mother_id,
        ),
        confirmed_different=new.confirmed_different,
        by=request.actor,
        now=timezone.now(),
    )
    return Status(200 if registered.was_repeat else 201, shown(registered.person))


def shown(person: Person) -> Resident:
    return Resident(
        id=person.pk,
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        phone=person.phone,
        address=person.address,
        region=person.region_id,
        institution=person.institution.name,
        record_number=person.record_number or "",
        status=person.status,
    )
