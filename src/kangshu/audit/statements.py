"""Statements that PostgreSQL has planned before: for what every request or save asks.

Django composes its SQL anew each time and sends it with the values in it, so that both sides work longer on
the wording than on the answer: two thirds of a save were that. What is run here is written by hand, sent once
under a name, and then only its values are sent. Row-level security is asked as ever: PostgreSQL keeps the
policies in the plan and plans anew for another role.

A pooler that gives each transaction another connection loses the names; `KANGSHU_PREPARED=0` does without
them (docs/production.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections


class _Planned(psycopg.Cursor[Any]):
    """A cursor whose statements are kept under a name from the first time on.

    Django switches names off for a whole connection, as its own statements are never the same twice; this
    switches them on for the length of one statement.
    """

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        connection = self.connection
        connection.prepare_threshold = 0
        try:
            return super().execute(query, params, **how)
        finally:
            connection.prepare_threshold = None
            self._query = SimpleNamespace(query=query.encode())  # type: ignore[assignment] # for Django's log


def fetch_all(sql: str, values: Sequence[Any] = (), *, using: str = "default") -> list[tuple[Any, ...]]:
    """Run one statement that gives rows. `sql` must be one of a few texts: each is kept by the server."""
    connection = connections[using]
    connection.ensure_connection()
    kind = _Planned if settings.KANGSHU_PREPARED else psycopg.Cursor
    # Django's wrapper translates errors, and counts statements where a test asks it to.
    with connection._prepare_cursor(kind(connection.connection)) as cursor:
        cursor.execute(sql, values)
        return [] if cursor.description is None else cursor.fetchall()


def fetch_one(sql: str, values: Sequence[Any] = (), *, using: str = "default") -> tuple[Any, ...] | None:
    """The first row, or None."""
    rows = fetch_all(sql, values, using=using)
    return rows[0] if rows else None
