"""What a session knows of its account: who, since when, and whether the second factor was shown.

Kept apart from `entry` so that the sign-in pages and the tests share the keys' names. That a session ends
half an hour after the last request is the session's own expiry (`SESSION_COOKIE_AGE`).
"""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from kangshu.access.models import Account
from kangshu.access.scope import AccountActor

#: However active, nobody works longer than a shift on one sign-in.
ABSOLUTE_SECONDS = 12 * 60 * 60
BACKEND = "kangshu.access.sign_in.PasswordBackend"

_SIGNED_IN_AT = "signed_in_at"
_SECOND_FACTOR_AT = "second_factor_at"
NEXT = "sign_in_next"


def account_id_of(session: SessionBase) -> UUID | None:
    """The account signed in, or None; reads the session's row."""
    try:
        return UUID(session[SESSION_KEY])
    except (KeyError, ValueError):
        return None


def has_expired(session: SessionBase, now: float) -> bool:
    """Whether the sign-in is older than a shift. `now` in seconds since the epoch."""
    return now - session.get(_SIGNED_IN_AT, now) > ABSOLUTE_SECONDS


def belongs_to(session: SessionBase, actor: AccountActor) -> bool:
    """Whether the session was made with the account's present password."""
    expected = Account(password=actor.password).get_session_auth_hash()
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), expected)


def has_second_factor(session: SessionBase) -> bool:
    return _SECOND_FACTOR_AT in session


def begin(session: SessionBase, now: float) -> None:
    """Note when the account signed in; a new sign-in has not shown its second factor."""
    session[_SIGNED_IN_AT] = now
    session.pop(_SECOND_FACTOR_AT, None)


def pass_second_factor(session: SessionBase, now: float) -> None:
    session[_SECOND_FACTOR_AT] = now


def start(session: SessionBase, account: Account, *, second_factor: bool = False) -> None:
    """Write a signed-in session by hand, as tests and load clients need it (`account` has its password)."""
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    begin(session, time.time())
    if second_factor:
        pass_second_factor(session, time.time())
