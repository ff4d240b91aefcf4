"""What a session knows of its account: who, since when, and whether the second factor was shown.

Kept apart from `entry` so that the sign-in pages and the tests share the keys' names.
"""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from kangshu.access.models import Account
from kangshu.access.scope import AccountActor

#: However active, nobody works longer than a shift on one sign-in.
ABSOLUTE_SECONDS = 12 * 60 * 60
IDLE_SECONDS = 30 * 60

_SIGNED_IN_AT = "signed_in_at"
_SEEN_AT = "seen_at"
_SECOND_FACTOR_AT = "second_factor_at"
_RENEW_SECONDS = 60


def account_id_of(session: SessionBase) -> UUID | None:
    """The account signed in, or None; reads the session's row."""
    try:
        return UUID(session[SESSION_KEY])
    except (KeyError, ValueError):
        return None


def has_expired(session: SessionBase, now: float) -> bool:
    """Half an hour without a request, or twelve hours since sign-in."""
    signed_in_at = session.get(_SIGNED_IN_AT)
    if signed_in_at is not None and now - signed_in_at > ABSOLUTE_SECONDS:
        return True
    seen_at = session.get(_SEEN_AT)
    return seen_at is not None and now - seen_at > IDLE_SECONDS + _RENEW_SECONDS


def touch(session: SessionBase, now: float) -> None:
    """Note that the account is active; writes at most once a minute, because a session's row is a write."""
    if _SIGNED_IN_AT not in session:
        session[_SIGNED_IN_AT] = now
    if now - session.get(_SEEN_AT, 0) >= _RENEW_SECONDS:
        session[_SEEN_AT] = now


def belongs_to(session: SessionBase, actor: AccountActor) -> bool:
    """Whether the session was made with the account's present password."""
    expected = Account(password=actor.password).get_session_auth_hash()
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), expected)


def has_second_factor(session: SessionBase) -> bool:
    return _SECOND_FACTOR_AT in session


def pass_second_factor(session: SessionBase, now: float | None = None) -> None:
    session[_SECOND_FACTOR_AT] = time.time() if now is None else now


def start(session: SessionBase, account: Account, *, second_factor: bool = False, **more: Any) -> None:
    """Write a signed-in session by hand, as tests and load clients need it (`account` has its password)."""
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[_SIGNED_IN_AT] = session[_SEEN_AT] = time.time()
    if second_factor:
        pass_second_factor(session)
    session.update(more)
