"""The request as a page finds it: with the actor whom `entry` has let in."""

from __future__ import annotations

from django.http import HttpRequest

from kangshu.access.scope import AccountActor


class ActorRequest(HttpRequest):
    """What a page wrapped by `entry.page`, `api` or `streamed` is called with. Only a name for readers and
    the type checker: the server's own request object gets `actor` put on it."""

    actor: AccountActor
