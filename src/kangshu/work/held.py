"""Cases and windows as an action or a batch holds them: they answer what the models do, and cost a tenth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass
class HeldCase:
    """A case that is locked, or new; it answers what the model `Case` answers."""

    id: UUID
    kind: str
    capability_version: int
    person_id: UUID
    state: str
    institution_id: UUID
    doctor_id: UUID | None
    opened_on: date
    closed_on: date | None
    closing_reason: str
    facts: dict[str, Any]
    created_at: datetime
    scope_path: str
    compartment: str
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class HeldDue:
    """A stored window."""

    id: UUID
    step: str
    opens_on: date
    due_on: date
    overdue_on: date
    lapses_on: date | None
    state: str
    fulfilled_by_id: UUID | None
