"""Encounters from a hospital's system: with diagnoses, results and prescriptions, each counted once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from ninja import Field, Router, Schema

from kangshu.access.request import ActorRequest
from kangshu.care.actions import receive_patient, record_encounter
from kangshu.care.facts import NewDiagnosis, NewEncounter, NewPrescription, NewResult
from kangshu.exchange.excel.kinds import people_by_number
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem, Refusal
from kangshu.kernel.text import Text

router = Router()
MOST_AT_ONCE = 500


class DiagnosisIn(Schema):
    code: str = Field(description="ICD-10, national clinical edition, such as I10.x00")
    name: str = ""
    kind: str = Field("main", description="main, other")
    diagnosed_on: date | None = None


class ResultIn(Schema):
    code: str
    value: Decimal | None = None
    text: str = ""
    unit: str = ""
    measured_on: date | None = None


class PrescriptionIn(Schema):
    medicine: str
    dose: str = ""
    frequency: str = ""
    days: int | None = None
    quantity: Decimal | None = None
    unit: str = ""
    code: str = ""


class EncounterIn(Schema):
    """The patient by `person_id`, or by `number` (identity or record number); the latter opens the
    record of a patient from elsewhere for the treatment, and says so in the audit trail."""

    source: str = Field(description="The sending system")
    external_id: str = Field(min_length=1, description="Its own number of the encounter")
    person_id: UUID | None = None
    number: str | None = None
    started_on: date
    ended_on: date | None = None
    kind: str = Field("outpatient", description="outpatient, inpatient, home, phone")
    complaint: str = ""
    diagnoses: list[DiagnosisIn] = []
    results: list[ResultIn] = []
    prescriptions: list[PrescriptionIn] = []


class EncounterOut(Schema):
    external_id: str
    id: UUID | None
    was_repeat: bool
    error: dict[str, Any] | None


@router.post("", response=list[EncounterOut], summary="Store encounters; each stands or falls alone")
def store_encounters(request: ActorRequest, items: list[EncounterIn]) -> list[EncounterOut]:
    """Up to 500 at once, answered in their order. A refused one carries `error`; the others are stored."""
    if len(items) > MOST_AT_ONCE:
        message = Text(f"一次最多 {MOST_AT_ONCE} 条。", f"At most {MOST_AT_ONCE} at once.")
        raise BadInput([Problem("items", "too_many", message, len(items))])
    return [_stored(item, request) for item in items]


def _stored(item: EncounterIn, request: ActorRequest) -> EncounterOut:
    try:
        with transaction.atomic():
            recorded = record_encounter(new=_facts(item, request), by=request.actor, now=timezone.now())
    except Refusal as refused:
        error = {
            "code": refused.code,
            "message": refused.message.to_json(),
            "problems": [problem.to_json() for problem in getattr(refused, "problems", ())],
        }
        return EncounterOut(external_id=item.external_id, id=None, was_repeat=False, error=error)
    return EncounterOut(
        external_id=item.external_id, id=recorded.encounter.pk, was_repeat=recorded.was_repeat, error=None
    )


def _facts(item: EncounterIn, request: ActorRequest) -> NewEncounter:
    return NewEncounter(
        person_id=item.person_id or patient_by_number(item.number or "", request.actor),
        institution_id=request.actor.institution_id,
        started_on=item.started_on,
        ended_on=item.ended_on,
        kind=item.kind,
        complaint=item.complaint,
        diagnoses=tuple(NewDiagnosis(**one.model_dump()) for one in item.diagnoses),
        results=tuple(NewResult(**one.model_dump()) for one in item.results),
        prescriptions=tuple(NewPrescription(**one.model_dump()) for one in item.prescriptions),
        source=item.source,
        external_id=item.external_id,
    )


def patient_by_number(number: str, by: Actor) -> UUID:
    """Somebody in the caller's area; else whoever holds the number, received as a patient."""
    known = people_by_number({number}).get(number.upper())
    if known is not None:
        return known.id
    return receive_patient(number=number, by=by, now=timezone.now())
