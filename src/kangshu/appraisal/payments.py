"""Money of an appraisal as payments, each posted to the fund of the public-health services."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from kangshu.appraisal.models import Entry, Payment
from kangshu.kernel.actor import Actor
from kangshu.kernel.identifiers import new_id
from kangshu.ledger.actions import Subject, post

FUND = "public_health.basic"


def pay(
    entry: Entry, kind: str, amount: Decimal, on: date, by: Actor, now: datetime, memo: str
) -> Payment | None:
    """Pay an institution out of the fund; nothing for an amount of zero. Raises FundShort when less was
    allotted for the year of `on`."""
    if not amount:
        return None
    id = new_id()
    posted = post(
        fund=FUND,
        amount=amount,
        on=on,
        institution=entry.institution_id,
        subject=Subject("appraisal.payment", id, kind),
        memo=memo,
        by=by,
        now=now,
        where="pool",
    )
    return Payment.objects.create(
        id=id, entry=entry, scope_path=entry.scope_path, kind=kind, amount=amount, on=on, posted=posted.pk
    )
