"""Cases, records and dues: enrol, save a visit (idempotent), correct it, see what is due."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Status

from kangshu.access.request import ActorRequest
from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.exchange.api.answers import (
    CaseOut,
    Correction,
    DueOut,
    NewCase,
    NewRecord,
    RecordOut,
    SavedOut,
)
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import NotFound
from kangshu.kernel.text import Text
from kangshu.work.actions import Saved, correct_record, enrol, record_visit
from kangshu.work.models import Case, Due, Record, still_due

router = Router()


@router.get("/cases", response=list[CaseOut], summary="Cases of a resident, or of a programme")
def list_cases(
    request: ActorRequest,
    person_id: UUID | None = None,
    kind: str | None = None,
    limit: int = Query(100, ge=1, le=1000),
    after: UUID | None = None,
) -> Any:
    """In the order of their ids; `after` is the last id of the page before."""
    check_allowed(request.actor, "read.resident")
    cases = Case.objects.order_by("id")
    for name, value in (("person_id", person_id), ("kind", kind), ("id__gt", after)):
        if value is not None:
            cases = cases.filter(**{name: value})
    log.write(by=request.actor, action="cases.read", person_id=person_id, detail={"kind": kind or ""})
    return list(cases[:limit])


@router.post("/cases", response={201: CaseOut}, summary="Enrol a resident in a programme")
def open_case(request: ActorRequest, new: NewCase) -> Status:
    case = enrol(
        kind=new.kind,
        person=new.person_id,
        institution=new.institution_id or request.actor.institution_id,
        doctor=new.doctor_id,
        on=new.opened_on,
        facts=new.facts,
        by=request.actor,
        now=timezone.now(),
    )
    return Status(201, case)


@router.get("/dues", response=list[DueOut], summary="What is due, the most overdue first")
def list_dues(
    request: ActorRequest,
    opens_until: date | None = None,
    person_id: UUID | None = None,
    limit: int = Query(200, ge=1, le=1000),
) -> Any:
    """`opens_until`: only those that may be done by this day."""
    check_allowed(request.actor, "read.resident")
    dues = Due.objects.filter(still_due(china_today())).order_by("overdue_on", "id")
    if opens_until is not None:
        dues = dues.filter(opens_on__lte=opens_until)
    if person_id is not None:
        dues = dues.filter(person_id=person_id)
    log.write(by=request.actor, action="dues.read", person_id=person_id)
    return list(dues[:limit])


@router.post("/records", response={200: SavedOut, 201: SavedOut}, summary="Save a filled form")
def save_record(request: ActorRequest, new: NewRecord) -> Status:
    saved = record_visit(
        form_id=new.form_id,
        person=new.person_id,
        case=new.case_id,
        answers=new.answers,
        provenance=new.provenance,
        performed_on=new.performed_on,
        performed_by=new.performed_by or request.actor.staff_id,
        institution=new.institution_id or request.actor.institution_id,
        record_id=new.id,
        confirmed=new.confirmed,
        by=request.actor,
        now=timezone.now(),
    )
    return Status(200 if saved.was_repeat else 201, told(saved))


@router.get("/records/{record_id}", response=RecordOut, summary="One record as it was saved")
def get_record(request: ActorRequest, record_id: UUID) -> Any:
    check_allowed(request.actor, "read.resident")
    record = Record.objects.filter(pk=record_id).first()
    if record is None:
        raise NotFound("record.unknown", Text("没有这条记录。", "There is no such record."))
    log.write(
        by=request.actor,
        action="record.read",
        about=record,
        person_id=record.person_id,
        scope_path=record.scope_path,
        compartment=record.compartment,
    )
    return record


@router.post("/records/{record_id}/corrections", response={201: SavedOut}, summary="Correct a record")
def correct(request: ActorRequest, record_id: UUID, correction: Correction) -> Status:
    """The old record stays and is succeeded by the new one."""
    saved = correct_record(
        record_id=record_id,
        new_id=correction.new_id,
        answers=correction.answers,
        provenance=correction.provenance,
        performed_on=correction.performed_on,
        reason=correction.reason,
        by=request.actor,
        now=timezone.now(),
    )
    return Status(201, told(saved))


def told(saved: Saved) -> SavedOut:
    found = saved.assessment
    return SavedOut(
        record=RecordOut.model_validate(saved.record, from_attributes=True),
        outcome=found.outcome if found else None,
        title=found.title.to_json() if found else None,
        advice=[advice.text.to_json() for advice in found.advice] if found else [],
        urgent=bool(found and found.urgent),
        refer=bool(found and found.refer),
        next_due=DueOut.model_validate(saved.next_due, from_attributes=True) if saved.next_due else None,
        warnings=[warning.to_json() for warning in saved.warnings],
        was_repeat=saved.was_repeat,
    )
