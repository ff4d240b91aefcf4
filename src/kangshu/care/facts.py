"""What is said about an encounter when it is entered or imported: plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from kangshu.care.models import DiagnosisKind, EncounterKind


@dataclass(frozen=True)
class NewDiagnosis:
    code: str
    name: str = ""
    kind: str = DiagnosisKind.MAIN
    diagnosed_on: date | None = None


@dataclass(frozen=True)
class NewResult:
    """A measured number, or a finding in words."""

    code: str
    value: Decimal | None = None
    text: str = ""
    unit: str = ""
    measured_on: date | None = None


@dataclass(frozen=True)
class NewPrescription:
    medicine: str
    dose: str = ""
    frequency: str = ""
    days: int | None = None
    quantity: Decimal | None = None
    unit: str = ""
    code: str = ""


@dataclass(frozen=True)
class NewEncounter:
    """One visit or stay to store. `(source, external_id)` makes an import that is sent twice count once;
    `id`, made by the client, does the same for a form that is sent twice."""

    person_id: UUID
    institution_id: UUID
    started_on: date
    kind: str = EncounterKind.OUTPATIENT
    ended_on: date | None = None
    staff_id: UUID | None = None
    complaint: str = ""
    note: str = ""
    diagnoses: tuple[NewDiagnosis, ...] = ()
    results: tuple[NewResult, ...] = ()
    prescriptions: tuple[NewPrescription, ...] = ()
    source: str = "kangshu"
    external_id: str = ""
    compartment: str = ""
    id: UUID | None = field(default=None)
