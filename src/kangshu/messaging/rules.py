"""When a message may go out, and what follows when it does not arrive. Plain values in and out."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from kangshu.kernel.dates import CHINA
from kangshu.messaging.wording import OPT_OUT

FIRST, LAST = time(8, 30), time(20, 0)
"""Messages go out from the first to the last of these, by the clock of China; quiet hours are the others."""
RETRIES = (timedelta(minutes=10), timedelta(hours=2))
"""How long is waited before each further attempt; then it has failed."""
THROTTLED_FOR = timedelta(minutes=1)


def next_sending(at: datetime) -> datetime:
    """The moment itself when it is a decent hour, else the next morning's first."""
    local = at.astimezone(CHINA)
    if FIRST <= local.time() < LAST:
        return at
    morning = local.replace(hour=FIRST.hour, minute=FIRST.minute, second=0, microsecond=0)
    return morning if local.time() < FIRST else morning + timedelta(days=1)


def is_quiet(at: datetime) -> bool:
    return next_sending(at) != at


def retry_at(attempts: int, at: datetime) -> datetime | None:
    """When to try again after so many attempts; None: no more."""
    if attempts > len(RETRIES):
        return None
    return next_sending(at + RETRIES[attempts - 1])


def is_opt_out(text: str) -> bool:
    """Whether a reply takes the consent back."""
    return text.strip().strip("。.!！").upper() in OPT_OUT
