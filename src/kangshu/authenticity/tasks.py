"""The look as a background job: a county's year is read in a minute or two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from kangshu.kernel.actor import Actor


def enqueue(period: str, by: Actor) -> bool:
    """Have the worker look at a period; False when it is waiting to do so already."""
    from procrastinate.exceptions import AlreadyEnqueued

    try:
        look_now.configure(queueing_lock=f"authenticity {period}").defer(
            period=period, account_id=str(by.account_id)
        )
    except AlreadyEnqueued:
        return False
    return True


@dataclass(frozen=True)
class _Asker:
    """Just enough of an actor to enter its scope, which then says the rest."""

    account_id: UUID


@contextmanager
def entered_for(account_id: UUID) -> Iterator[Actor]:
    """The scope of an account, in a job or command."""
    from kangshu.access.scope import entered

    with entered(cast(Actor, _Asker(account_id))) as actor:
        yield actor


@app.task(name="authenticity.look", queue="snapshots", lock="authenticity")
def look_now(*, period: str, account_id: str) -> None:
    """Look at a period as the account that asked."""
    from kangshu.authenticity.actions import look
    from kangshu.kernel.periods import parse_period

    with entered_for(UUID(account_id)) as actor:
        look(period=parse_period(period), by=actor, now=timezone.now())
