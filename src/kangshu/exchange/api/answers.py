"""Shapes of the interface's answers and questions; said once, shown in its description."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class Resident(Schema):
    """A resident in the caller's area. Identity numbers never leave: only that one is on file."""

    id: UUID
    name: str
    sex: str = Field(description="GB/T 2261.1: 0, 1, 2, 9")
    birth_date: date | None
    phone: str
    address: str
    region: str = Field(description="12-digit division code or name of the village")
    institution: str
    record_number: str
    status: str


class Residents(Schema):
    items: list[Resident]
    more: bool = Field(description="There are more than `limit`")


class NewResident(Schema):
    """`id` is made by the caller (UUIDv7): sent twice, the resident is registered once."""

    id: UUID
    name: str = Field(min_length=1, max_length=50)
    id_number: str | None = None
    undocumented: str = Field("", description="Why there is no number: newborn, foreigner, unknown, other")
    sex: str = "0"
    birth_date: date | None = None
    phone: str = ""
    address: str = ""
    region: str = Field(description="12-digit division code of the village")
    institution_id: UUID
    mother_id: UUID | None = None
    confirmed_different: bool = Field(False, description="Somebody alike is known to be another person")


class CaseOut(Schema):
    id: UUID
    kind: str
    state: str
    person_id: UUID
    opened_on: date
    closed_on: date | None
    closing_reason: str


class NewCase(Schema):
    kind: str = Field(description="Capability, such as chronic.hypertension")
    person_id: UUID
    opened_on: date
    institution_id: UUID | None = Field(None, description="The caller's own when left out")
    doctor_id: UUID | None = None
    facts: dict[str, Any] = {}


class DueOut(Schema):
    id: UUID
    case_id: UUID
    person_id: UUID
    kind: str
    step: str
    opens_on: date
    due_on: date
    overdue_on: date
    state: str


class NewRecord(Schema):
    """A filled form. The same `id` with the same content gives the same answer and changes nothing."""

    id: UUID
    form_id: str
    person_id: UUID
    performed_on: date
    answers: dict[str, Any] = Field(description="As in GET /forms/{id}")
    provenance: dict[str, str] = Field({}, description="typed, carried, default, device, import per answer")
    case_id: UUID | None = None
    performed_by: UUID | None = None
    institution_id: UUID | None = Field(None, description="The caller's own when left out")
    confirmed: bool = Field(False, description="A second record of this form and day is meant")


class Correction(Schema):
    new_id: UUID
    answers: dict[str, Any]
    provenance: dict[str, str] = {}
    performed_on: date | None = None
    reason: str = Field(min_length=2, max_length=400)


class RecordOut(Schema):
    id: UUID
    form_id: str
    form_version: int
    person_id: UUID
    case_id: UUID | None
    performed_on: date
    answers: dict[str, Any]
    provenance: dict[str, str]
    assessment: dict[str, Any]
    status: str
    succeeds_id: UUID | None


class Words(Schema):
    zh: str
    en: str


class SavedOut(Schema):
    """What saving a form gave: its class and advice, and when to come again."""

    record: RecordOut
    outcome: str | None
    title: Words | None
    advice: list[Words]
    urgent: bool
    refer: bool
    next_due: DueOut | None
    warnings: list[dict[str, Any]]
    was_repeat: bool


class IndicatorOut(Schema):
    id: str
    version: int
    title: Words
    unit: str


class FigureOut(Schema):
    indicator: str
    version: str
    period: str
    place_kind: str
    place: str
    kind: str
    snapshot_id: str | None
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    note: str
