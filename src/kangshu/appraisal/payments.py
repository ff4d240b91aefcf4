"""Money of an appraisal as payments, each posted to the ledger once there is one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kangshu.appraisal.models import Entry, Payment
from kangshu.kernel.actor import Actor


def pay(entry: Entry, kind: str, amount: Decimal, on: date, by: Actor) -> Payment | None:
    """Write down a payment to an institution; nothing for an amount of zero."""
    if not amount:
        return None
    return Payment.objects.create(
        entry=entry, scope_path=entry.scope_path, kind=kind, amount=amount, on=on, posted=None
    )
