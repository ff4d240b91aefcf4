"""Which database, as whom: the three connections of `DATABASES`.

`default` is the app's role under row-level security, `audit` the same role on a connection of its own (what
was refused must be written although the transaction that refused is rolled back), `owner` migrates and loads.
"""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from kangshu.config.home import home
from kangshu.config.postgres.cluster import Cluster
from kangshu.config.postgres.databases import APP, DATABASE, OWNER


class BadDatabaseAddress(Exception):
    """`KANGSHU_DATABASE_URL` or `KANGSHU_OWNER_DATABASE_URL` cannot be understood."""


def uses_embedded() -> bool:
    """Whether the database is our own server rather than one that the environment names."""
    return not os.environ.get("KANGSHU_DATABASE_URL")


def embedded_cluster() -> Cluster:
    """Our own server in the state folder of this installation."""
    return Cluster(home())


def database_settings() -> dict[str, dict[str, Any]]:
    """Django's `DATABASES`."""
    if uses_embedded():
        cluster = embedded_cluster()
        app, owner = (_of_cluster(cluster, role) for role in (APP, OWNER))
    else:
        app = _of_address("KANGSHU_DATABASE_URL")
        owner = _of_address("KANGSHU_OWNER_DATABASE_URL") if _has_owner() else dict(app)
    return {
        # Kept open between requests; the scope is transaction-local, so nothing of it stays behind.
        "default": {**app, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True},
        "owner": owner,
        "audit": {**app, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True},
    }


def _has_owner() -> bool:
    return bool(os.environ.get("KANGSHU_OWNER_DATABASE_URL"))


def _of_cluster(cluster: Cluster, role: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": role,
        "PASSWORD": cluster.password(role),
        "HOST": str(cluster.socket_folder),
        "PORT": "5432",
        "OPTIONS": {},
    }


def _of_address(variable: str) -> dict[str, Any]:
    address = urlsplit(os.environ[variable])
    if address.scheme not in {"postgres", "postgresql"} or not address.path.strip("/"):
        raise BadDatabaseAddress(f"{variable} must look like postgresql://user:password@host:5432/database")
    options = dict(parse_qsl(address.query))
    # A socket folder cannot stand in the host's place of an address; libpq takes it from the query.
    host = options.pop("host", None) or unquote(address.hostname or "")
    user = options.pop("user", None) or unquote(address.username or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(address.path.strip("/")),
        "USER": user,
        "PASSWORD": unquote(address.password or ""),
        "HOST": host,
        "PORT": str(address.port or options.pop("port", "")),
        "OPTIONS": options,
    }
