"""Who calls the interface: the account of the key in `Authorization: Bearer kangshu_…`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from kangshu.access import entry
from kangshu.access.scope import AccountActor
from kangshu.exchange.keys import account_of

SCHEME = "Bearer "


def identify(request: HttpRequest) -> UUID | None:
    """The account whose key the request carries."""
    given = request.headers.get("Authorization", "")
    return account_of(given[len(SCHEME) :].strip(), timezone.now()) if given.startswith(SCHEME) else None


class Key(HttpBearer):
    """Ninja's question who is calling: whoever the door has let in already."""

    def authenticate(self, request: HttpRequest, token: str) -> AccountActor | None:
        return entry.api_auth(request)


#: Lets the key's account in, enters its scope in one transaction, answers refusals in one shape.
door: Any = entry.api(identify)
