"""Recording an encounter, and opening a patient's record to the place that treats them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kangshu.access import grants
from kangshu.access.roles import check_allowed
from kangshu.access.scope import entered_as_system
from kangshu.audit import log
from kangshu.care import occurrences
from kangshu.care.codes import name_of, result_codes
from kangshu.care.facts import NewEncounter
from kangshu.care.models import Diagnosis, Encounter, Prescription, Result
from kangshu.care.rules import check_encounter
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, NotFound
from kangshu.kernel.events import Event, emit
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text
from kangshu.people import queries as people
from kangshu.people.models import IdentityDocument, Person
from kangshu.people.vault import vault

TREATMENT_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Recorded:
    """A stored encounter; `was_repeat` when the same id or external id had stored it before."""

    encounter: Encounter
    was_repeat: bool = False


@transaction.atomic
def record_encounter(*, new: NewEncounter, by: Actor, now: datetime) -> Recorded:
    """Store a visit with its diagnoses, results and prescriptions, and tell each diagnosis.

    Raises BadInput with every problem, PersonNotFound when the person is not open to the actor.
    """
    check_allowed(by, "record.care")
    if known := _known(new):
        return Recorded(known, was_repeat=True)
    person = people.canonical_person(new.person_id)
    today = now.astimezone(CHINA).date()
    problems = list(check_encounter(new, birth_date=person.birth_date, death_on=person.death_on, today=today))
    if problems:
        raise BadInput(problems)
    encounter = _store(new, person, by, now)
    diagnoses = _store_parts(new, encounter)
    log.write(
        by=by,
        action="encounter.recorded",
        about=encounter,
        person_id=person.pk,
        scope_path=encounter.scope_path,
        compartment=encounter.compartment,
        detail={"source": encounter.source, "diagnoses": [d.code for d in diagnoses if not d.compartment]},
    )
    for diagnosis in diagnoses:
        tell_diagnosis(diagnosis, encounter.institution_id, by, now)
    return Recorded(encounter)


def tell_diagnosis(diagnosis: Diagnosis, institution_id: UUID, by: Actor, now: datetime) -> None:
    """Emit `diagnosis.recorded` for a stored diagnosis."""
    payload = {
        "diagnosis_id": diagnosis.pk,
        "code": diagnosis.code,
        "encounter_id": diagnosis.encounter_id,
        "institution_id": institution_id,
    }
    emit(Event(occurrences.DIAGNOSED, diagnosis.person_id, diagnosis.diagnosed_on, now, payload), by)


def receive_patient(*, number: str, by: Actor, now: datetime) -> UUID:
    """Open the record of a patient who is here with their card: a treatment grant to the institution, 30
    days.

    `number` is the whole identity number on the card: who has it has the patient before them. Both the search
    and the grant are audited. Raises NotFound.
    """
    check_allowed(by, "record.care")
    with transaction.atomic():
        index = vault().index(number)
        with entered_as_system("patient reception"):
            held = IdentityDocument.objects.filter(number_index=index, withdrawn_at=None).first()
            person_id = people.canonical_id(held.person_id) if held else None
        log.write(
            by=by, action="patient.received", person_id=person_id, detail={"found": person_id is not None}
        )
        if person_id is not None and not Person.objects.filter(pk=person_id).exists():
            grants.give(
                person_id=person_id,
                kind="treatment",
                by=by,
                institution_id=by.institution_id,
                reason="patient present with card",
                from_at=now,
                until_at=now + TREATMENT_LASTS,
            )
    if person_id is None:
        raise NotFound(
            "patient.unknown",
            Text(
                "全县没有这个证件号码的居民。请核对号码，或先登记。",
                "Nobody in the county has this number. Check it, or register the person first.",
            ),
            where="number",
        )
    return person_id


def _known(new: NewEncounter) -> Encounter | None:
    if new.id is not None and (known := Encounter.objects.filter(pk=new.id).first()):
        return known
    if new.external_id:
        return Encounter.objects.filter(source=new.source, external_id=new.external_id).first()
    return None


def _store(new: NewEncounter, person: Person, by: Actor, now: datetime) -> Encounter:
    return Encounter.objects.create(
        id=new.id or new_id(),
        person=person,
        institution_id=new.institution_id,
        staff_id=new.staff_id,
        kind=new.kind,
        started_on=new.started_on,
        ended_on=new.ended_on,
        complaint=new.complaint.strip(),
        note=new.note.strip(),
        source=new.source,
        external_id=new.external_id,
        entered_at=now,
        entered_by=by.account_id,
        scope_path=person.scope_path,
        compartment=new.compartment,
    )


def _store_parts(new: NewEncounter, encounter: Encounter) -> list[Diagnosis]:
    of_encounter = {
        "encounter": encounter,
        "person_id": encounter.person_id,
        "scope_path": encounter.scope_path,
        "compartment": encounter.compartment,
    }
    diagnoses = Diagnosis.objects.bulk_create(
        Diagnosis(
            code=given.code,
            name=given.name.strip() or name_of(given.code).zh,
            kind=given.kind,
            diagnosed_on=given.diagnosed_on or new.started_on,
            **of_encounter,
        )
        for given in new.diagnoses
    )
    known = result_codes()
    Result.objects.bulk_create(
        Result(
            code=given.code,
            name=known[given.code].name.zh if given.code in known else given.code,
            value=given.value,
            text=given.text.strip(),
            unit=given.unit or (known[given.code].unit if given.code in known else ""),
            measured_on=given.measured_on or new.started_on,
            **of_encounter,
        )
        for given in new.results
    )
    Prescription.objects.bulk_create(
        Prescription(
            medicine=given.medicine.strip(),
            code=given.code,
            dose=given.dose.strip(),
            frequency=given.frequency,
            days=given.days,
            quantity=given.quantity,
            unit=given.unit,
            prescribed_on=new.started_on,
            **of_encounter,
        )
        for given in new.prescriptions
    )
    return diagnoses
