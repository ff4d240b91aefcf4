"""Refuses to work as a role that row-level security does not bind.

PostgreSQL lets superusers, roles with BYPASSRLS and the tables' owner past every policy. A site that names
one role for everything would run without any scope, and nobody would notice: so every connection is asked.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

#: The connections that pages and jobs use; `owner` migrates and loads, and is meant to pass.
BOUND = frozenset({"default", "audit"})
_PASSES = """
    SELECT r.rolsuper OR r.rolbypassrls OR coalesce(
        (SELECT pg_has_role(current_user, c.relowner, 'USAGE')
         FROM pg_class c WHERE c.oid = to_regclass('public.access_grant')), false)
    FROM pg_roles r WHERE r.rolname = current_user
"""


def check_bound(connection: BaseDatabaseWrapper) -> None:
    """Raise ImproperlyConfigured when the connection's role would see every row."""
    with connection.cursor() as cursor:
        cursor.execute(_PASSES)
        row = cursor.fetchone()
    if row is not None and row[0]:
        raise ImproperlyConfigured(
            f"The role {connection.settings_dict['USER']!r} is not bound by row-level security: it is "
            "a superuser, has BYPASSRLS, or owns the tables. Name the application's own role in "
            "KANGSHU_DATABASE_URL and the tables' owner in KANGSHU_OWNER_DATABASE_URL (docs/production.md)."
        )


def _on_connection(sender: Any, connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.alias in BOUND:
        check_bound(connection)


def watch() -> None:
    """Ask every new connection from now on."""
    connection_created.connect(_on_connection, dispatch_uid="kangshu.access.guard")
