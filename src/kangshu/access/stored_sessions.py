"""Sessions in the database, as Django keeps them, read by a statement that the server has planned before:
every request begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db

from kangshu.audit.statements import fetch_one

_READ = "SELECT session_data FROM django_session WHERE session_key = %s::text AND expire_date > now()"


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
