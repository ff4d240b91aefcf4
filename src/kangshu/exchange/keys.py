"""Keys for programs: made once, shown once, kept as a digest, ended by date or by hand."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from kangshu.audit import log
from kangshu.exchange.models import ApiKey
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, NotFound, Problem
from kangshu.kernel.text import Text

LONGEST = timedelta(days=366)
MOST_KEYS = 5


@dataclass(frozen=True)
class MadeKey:
    """A new key. `secret` is the whole text that a program sends; it cannot be shown again."""

    key: ApiKey
    secret: str


def make_key(*, name: str, days: int, by: Actor, now: datetime) -> MadeKey:
    """Make a key that acts as `by` for `days` (1 to 366). Raises BadInput."""
    name = name.strip()
    if not name:
        raise _bad("name", Text("请写明由哪个程序使用。", "Say which program will use it."), name)
    if not 1 <= days <= LONGEST.days:
        raise _bad("days", Text("有效期为 1 至 366 天。", "It may be valid for 1 to 366 days."), days)
    with transaction.atomic():
        mine = ApiKey.objects.filter(account_id=by.account_id, revoked_at=None, expires_at__gt=now)
        if mine.count() >= MOST_KEYS:
            raise _bad("name", Text("最多同时有 5 个有效密钥。", "At most 5 keys are valid at a time."), name)
        prefix, rest = secrets.token_hex(4), secrets.token_urlsafe(32)
        key = ApiKey.objects.create(
            account_id=by.account_id,
            name=name[:60],
            prefix=prefix,
            digest=_digest(rest),
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        log.write(by=by, action="api_key.made", about=key, detail={"prefix": prefix, "days": days})
    return MadeKey(key, f"kangshu_{prefix}_{rest}")


def revoke_key(*, key_id: UUID, by: Actor, now: datetime) -> None:
    """End a key of one's own at once. Raises NotFound."""
    with transaction.atomic():
        key = ApiKey.objects.filter(pk=key_id, account_id=by.account_id).first()
        if key is None:
            raise NotFound("api_key.unknown", Text("没有这个密钥。", "There is no such key."))
        if key.revoked_at is None:
            key.revoked_at = now
            key.save(update_fields=["revoked_at"])
            log.write(by=by, action="api_key.revoked", about=key)


def account_of(secret: str, now: datetime) -> UUID | None:
    """The account a key acts for, or None when it is unknown, ended or malformed."""
    parts = secret.split("_", 2)
    if len(parts) != 3 or parts[0] != "kangshu":
        return None
    key = ApiKey.objects.filter(prefix=parts[1], revoked_at=None, expires_at__gt=now).first()
    # Compare even when there is no such key, so that the time says nothing.
    same = hmac.compare_digest(key.digest if key else "0" * 64, _digest(parts[2]))
    return key.account_id if key is not None and same else None


def _digest(rest: str) -> str:
    return hashlib.sha256(rest.encode()).hexdigest()


def _bad(field: str, message: Text, value: object) -> BadInput:
    return BadInput([Problem(field, f"api_key.{field}", message, value)])
