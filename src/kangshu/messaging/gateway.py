"""What a site's gateway for short messages must do, and a simulator that behaves like one and says that it
is.

A site names its own class in `KANGSHU_MESSAGE_GATEWAY` (a dotted path). A demo has the simulator; elsewhere,
without a gateway, messages wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from kangshu.kernel.identifiers import new_id
from kangshu.messaging.models import Simulated


class Answer(StrEnum):
    """What a gateway answers at once: 202 accepted, 400 refused for good, 429 throttled, 5xx broken."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    THROTTLED = "throttled"
    BROKEN = "broken"


@dataclass(frozen=True)
class Submitted:
    answer: Answer
    id: str = ""
    error: str = ""


@dataclass(frozen=True)
class Receipt:
    """What became of an accepted message."""

    id: str
    delivered: bool
    at: datetime
    error: str = ""


class Gateway(Protocol):
    name: str

    def submit(self, phone: str, text: str, now: datetime) -> Submitted: ...

    def receipts(self, now: datetime) -> Sequence[Receipt]: ...


class Simulator:
    """Sends nothing. Behaves by the number's end, as no real gateway does: …0000 is refused as no number,
    …9999 is accepted and never arrives, …5555 finds the gateway broken; more than 60 in a minute are
    throttled. Receipts come half a minute later."""

    name = "simulator"
    PER_MINUTE = 60
    RECEIPT_AFTER = timedelta(seconds=30)

    def submit(self, phone: str, text: str, now: datetime) -> Submitted:
        if phone.endswith("0000"):
            return Submitted(Answer.REFUSED, error="no such number")
        if phone.endswith("5555"):
            return Submitted(Answer.BROKEN, error="503")
        if Simulated.objects.filter(at__gt=now - timedelta(minutes=1)).count() >= self.PER_MINUTE:
            return Submitted(Answer.THROTTLED, error="429")
        outcome = "failed" if phone.endswith("9999") else "delivered"
        made = Simulated.objects.create(id=f"sim-{new_id()}", at=now, outcome=outcome)
        return Submitted(Answer.ACCEPTED, made.id)

    def receipts(self, now: datetime) -> Sequence[Receipt]:
        ready = Simulated.objects.filter(told=False, at__lte=now - self.RECEIPT_AFTER).order_by("at")[:1000]
        told = [
            Receipt(row.id, row.outcome == "delivered", now, "" if row.outcome == "delivered" else "expired")
            for row in ready
        ]
        Simulated.objects.filter(pk__in=[receipt.id for receipt in told]).update(told=True)
        return told


def gateway() -> Gateway | None:
    """The site's gateway; the simulator in a demo; None where nothing was set up."""
    path = getattr(settings, "KANGSHU_MESSAGE_GATEWAY", "")
    if path:
        made: Gateway = import_string(path)()
        return made
    return Simulator() if settings.KANGSHU_DEMO else None


def is_simulated() -> bool:
    return isinstance(gateway(), Simulator)
