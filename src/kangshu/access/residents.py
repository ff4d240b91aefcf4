"""A resident's own sign-in: their record number or ID number, and a code sent to the phone on their record.

Who they are is asked of `people` through a finder that it registers, because people lie above. The answer to
a visitor is the same whether the person exists or not.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kangshu.access.models import Account, SignInCode
from kangshu.access.scope import entered_as_system
from kangshu.access.sms import gateway
from kangshu.audit import log
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text

CODE_LASTS = timedelta(minutes=5)
CODES_AN_HOUR = 5
TRIES_PER_CODE = 5
_JOB = "resident sign-in"


@dataclass(frozen=True)
class KnownResident:
    """What the finder gives: the (canonical) person, how they are called, and where their record lies."""

    person_id: UUID
    name: str
    scope_path: str


#: (record number or ID number as typed, phone as typed) → the resident, if both fit one living person.
Finder = Callable[[str, str], KnownResident | None]
_finders: list[Finder] = []


class CannotSignInResident(Refusal):
    """Too many codes, or the code does not fit."""


def set_finder(finder: Finder) -> None:
    """Register how a resident is found. It runs in the system's scope. The last one registered counts."""
    _finders[:] = [finder]


def is_offered() -> bool:
    """Whether residents can sign in here: somebody can find them, and a message can be sent."""
    return bool(_finders) and gateway() is not None


@dataclass(frozen=True)
class Sent:
    """A code was (perhaps) sent. `ticket` names the attempt; `shown` is the simulator's message, if any."""

    ticket: UUID
    shown: str = ""


def send_code(*, number: str, phone: str, now: datetime) -> Sent:
    """Send a six-digit code if number and phone belong to one person; the answer does not tell.

    Raises CannotSignInResident after five codes in an hour for one phone.
    """
    number, phone = number.strip().upper(), phone.strip()
    phone_index = _index(phone)
    recent = SignInCode.objects.filter(phone_index=phone_index, sent_at__gt=now - timedelta(hours=1)).count()
    if recent >= CODES_AN_HOUR:
        raise CannotSignInResident(
            "code.too_many",
            Text(
                "验证码请求过于频繁，请一小时后再试。", "Too many codes were asked for. Try again in an hour."
            ),
        )
    code = f"{secrets.randbelow(1_000_000):06d}"
    with entered_as_system(_JOB):
        found = _finders[0](number, phone) if _finders else None
    with transaction.atomic():
        # Nothing is learnt from yesterday's codes, and they name people.
        SignInCode.objects.filter(sent_at__lt=now - timedelta(days=1)).delete()
        attempt = SignInCode.objects.create(
            phone_index=phone_index,
            person_id=found.person_id if found else None,
            person_name=found.name if found else "",
            scope_path=found.scope_path if found else "",
            sent_at=now,
        )
        SignInCode.objects.filter(pk=attempt.pk).update(code_index=_index(f"{attempt.pk}:{code}"))
    shown = ""
    carrier = gateway()
    if found and carrier:
        shown = carrier.send(
            phone, f"【康枢】您的验证码是 {code}，{CODE_LASTS.seconds // 60} 分钟内有效。"
        ).shown
    return Sent(attempt.pk, shown)


def check_code(*, ticket: UUID, code: str, now: datetime) -> Account:
    """The account of the resident whose code this is; made at the first sign-in.

    Raises CannotSignInResident; a wrong try is counted and stays counted.
    """
    with transaction.atomic():
        attempt = SignInCode.objects.select_for_update().filter(pk=ticket).first()
        usable = (
            attempt is not None
            and attempt.used_at is None
            and attempt.tries < TRIES_PER_CODE
            and now <= attempt.sent_at + CODE_LASTS
        )
        if attempt is not None and usable:
            attempt.tries += 1
            fits = hmac.compare_digest(attempt.code_index, _index(f"{attempt.pk}:{code.strip()}"))
            if fits and attempt.person_id is not None:
                attempt.used_at = now
            attempt.save(update_fields=["tries", "used_at"])
            if attempt.used_at is not None:
                return _account_of(attempt)
    log.refuse(
        by=None,
        action="account.sign_in_failed",
        about=("access.signincode", ticket),
        person_id=attempt.person_id if attempt else None,
        scope_path=attempt.scope_path if attempt else "",
        outcome=log.FAILED,
        reason="code.wrong",
    )
    raise CannotSignInResident(
        "code.wrong",
        Text(
            "验证码不正确或已失效。请核对短信，或重新获取验证码。",
            "The code is wrong or no longer valid. Check the message, or ask for a new code.",
        ),
    )


def _account_of(attempt: SignInCode) -> Account:
    assert attempt.person_id is not None
    account = Account.objects.filter(person_id=attempt.person_id).first()
    if account is None:
        account = Account(
            username=f"resident-{attempt.person_id.hex[-12:]}",
            name=attempt.person_name,
            person_id=attempt.person_id,
        )
        account.set_unusable_password()
        account.save()
        log.write(
            by=SystemActor(_JOB),
            action="account.created",
            about=account,
            person_id=attempt.person_id,
            scope_path=attempt.scope_path,
        )
    if not account.is_active:
        raise CannotSignInResident(
            "account.inactive",
            Text("该账号已停用，请联系所在卫生院。", "This account is not active. Ask your clinic."),
        )
    return account


def _index(text: str) -> str:
    """A keyed hash: neither phones nor codes lie in the table in clear."""
    return hmac.new(settings.SECRET_KEY.encode(), f"sign-in:{text}".encode(), sha256).hexdigest()
