"""A session ends after half an hour without a request.

Django renews a session's end only when it is saved. Saving on every request would double the writes of a busy
form, so it is saved at most once a minute: the half hour is exact to a minute.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

RENEW_AFTER_SECONDS = 60


class IdleExpiry:
    """Middleware that renews the session of somebody who is signed in and active."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Only sessions in use: a visitor who never signed in needs none, a check of health neither.
        if session.accessed and not session.is_empty() and "_auth_user_id" in session:
            now = int(time.time())
            if now - session.get("renewed_at", 0) >= RENEW_AFTER_SECONDS:
                session["renewed_at"] = now
        return response
