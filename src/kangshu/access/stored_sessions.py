"""Sessions in the database, as Django keeps them, read and renewed by statements that the server has planned
before: every request begins with the one, and every minute one ends with the other."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError

from kangshu.audit.statements import fetch_one

_READ = "SELECT session_data FROM django_session WHERE session_key = %s::text AND expire_date > now()"

_RENEW = """
UPDATE django_session SET session_data = %s::text, expire_date = %s::timestamptz
WHERE session_key = %s::text RETURNING session_key
"""


class SessionStore(db.SessionStore):
    """Django's own store (`SESSION_ENGINE`)."""

    @classmethod
    def get_model_class(cls) -> Any:
        return db.SessionStore.get_model_class()

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing when it is unknown or over."""
        row = fetch_one(_READ, [self.session_key])
        if row is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found

    def save(self, must_create: bool = False) -> None:
        """Store the session. Raises UpdateError when somebody has ended it meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
            return
        row = self.create_model_instance(self._get_session(no_load=must_create))
        if fetch_one(_RENEW, [row.session_data, row.expire_date, row.session_key]) is None:
            raise UpdateError
