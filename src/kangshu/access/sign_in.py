"""Signing in and out: the password's check, the lock after five failures, and what the trail keeps of it.

django-axes counts failures and locks; `audit` remembers who tried. Failures are written on the second
connection, so that a crash after a failed attempt does not forget it.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.backends import BaseBackend
from django.db import transaction
from django.http import HttpRequest

from kangshu.access import session as sessions
from kangshu.access.models import Account
from kangshu.access.scope import AccountActor, look_up
from kangshu.audit import log
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text
from kangshu.places.models import Institution


class CannotSignIn(Refusal):
    """Wrong name or password, or locked. The message never says which of name and password was wrong."""


class PasswordBackend(BaseBackend):
    """User name (any case) and password of an active account."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        if not username or password is None:
            return None
        account = Account.objects.filter(username=username.strip().lower()).first()
        if account is None:
            Account().set_password(password)  # the same time as for a known name
            return None
        return account if account.check_password(password) and account.is_active else None

    def get_user(self, user_id: Any) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()


@dataclass(frozen=True)
class Attempt:
    """One try at the sign-in page."""

    username: str
    password: str

    @property
    def name(self) -> str:
        return self.username.strip().lower()[:60]


def sign_in(request: HttpRequest, attempt: Attempt, *, now: datetime) -> Account:
    """Sign the session in, or raise CannotSignIn with a message for the person at the keyboard."""
    _check_not_locked(request, attempt.name, now)
    account = authenticate(request, username=attempt.name, password=attempt.password)
    if not isinstance(account, Account):
        _remember_failure(attempt.name)
        _check_not_locked(request, attempt.name, now)
        raise CannotSignIn(
            "sign_in.wrong",
            Text(
                "用户名或密码不正确。连续输错 {failures} 次，账号将锁定 {minutes} 分钟。",
                "The user name or the password is wrong. "
                "{failures} failures in a row lock the account for {minutes} minutes.",
            ).format(failures=settings.AXES_FAILURE_LIMIT, minutes=_lock_minutes()),
        )
    begin(request, account, how="password")
    return account


def begin(request: HttpRequest, account: Account, *, how: str) -> None:
    """Start a new session for an account whose identity has been shown, and write it down."""
    with transaction.atomic():
        language = account.language
        login(request, account, backend=sessions.BACKEND)
        sessions.begin(request.session, time.time())
        actor = look_up(account.pk)
        log.write(by=actor, action="account.signed_in", about=account, detail={"how": how})
    request.session["language"] = language


def sign_out(request: HttpRequest, actor: AccountActor) -> None:
    """End the session; its row is removed, so the cookie is worth nothing afterwards."""
    log.write(by=actor, action="account.signed_out", about=("access.account", actor.account_id))
    logout(request)


def is_locked(username: str) -> bool:
    """Whether failed attempts have locked this name at present."""
    request = HttpRequest()
    request.method = "POST"
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def _check_not_locked(request: HttpRequest, username: str, now: datetime) -> None:
    if AxesProxyHandler.is_allowed(request, {"username": username}):
        return
    minutes = _minutes_left(username, now)
    raise CannotSignIn(
        "sign_in.locked",
        Text(
            f"输错次数过多，账号已锁定。请 {minutes} 分钟后再试，或请管理员解锁。",
            f"Too many failures: the account is locked. Try again in {minutes} minutes, "
            "or ask your administrator to unlock it.",
        ),
    )


def _minutes_left(username: str, now: datetime) -> int:
    last = (
        AccessAttempt.objects.filter(username=username)
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    if last is None:
        return _lock_minutes()
    left = last + settings.AXES_COOLOFF_TIME - now
    return min(_lock_minutes(), max(1, math.ceil(left.total_seconds() / 60)))


def _lock_minutes() -> int:
    return int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)


def _remember_failure(username: str) -> None:
    account = Account.objects.filter(username=username).first()
    log.refuse(
        by=None,
        action="account.sign_in_failed",
        # Not the name that was typed when no account has it: people type their password there.
        about=("access.account", account.pk) if account else ("access.account", ""),
        scope_path=_place_of(account),
        outcome=log.FAILED,
        reason="sign_in.wrong" if account else "sign_in.unknown_name",
    )


def _place_of(account: Account | None) -> str:
    """Where a failure lies for those who read the trail; an unknown name lies at the county's root."""
    if account is not None:
        path = account.assignments.order_by("-from_on").values_list("institution__path", flat=True).first()
        if path:
            return str(path)
    root = Institution.objects.order_by("path").values_list("path", flat=True).first()
    return str(root or "")
