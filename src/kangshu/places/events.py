"""The events that places emits. None is about one person; owners of rows about people hear them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from kangshu.kernel.actor import Actor
from kangshu.kernel.events import Event, declares_event, emit

STAFF_LEFT = declares_event("staff.left", __name__)
INSTITUTION_MERGED = declares_event("institution.merged", __name__)
INSTITUTION_MOVED = declares_event("institution.moved", __name__)
INSTITUTION_CLOSED = declares_event("institution.closed", __name__)
REGION_MERGED = declares_event("region.merged", __name__)
REGION_RECODED = declares_event("region.recoded", __name__)


def tell(name: str, *, on: date, at: datetime, by: Actor, payload: Mapping[str, Any]) -> None:
    """Emit an event about a place in the caller's transaction."""
    emit(Event(name=name, person_id=None, on=on, at=at, payload=payload), by)
