"""Roles and databases inside a server of ours.

`kangshu_owner` owns the tables and migrates; `kangshu_app` reads and writes rows and can neither bypass row
security nor change a table. Neither is a superuser.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from kangshu.config.postgres.cluster import Cluster

OWNER = "kangshu_owner"
APP = "kangshu_app"
DATABASE = "kangshu"


def prepare(cluster: Cluster, database: str = DATABASE) -> bool:
    """Make the roles and an empty database where they are missing; True if the database is new."""
    with cluster.connect_as_superuser() as connection:
        _make_role(connection, OWNER, cluster.password(OWNER))
        _make_role(connection, APP, cluster.password(APP))
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if not known:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(
                    sql.Identifier(database), sql.Identifier(OWNER)
                )
            )
            connection.execute(
                sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(database))
            )
            connection.execute(
                sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                    sql.Identifier(database), sql.Identifier(APP)
                )
            )
    return not known


def grant_rows(owner: psycopg.Connection, app_role: str) -> None:
    """Let the app's role read and write rows of all tables that the owner has made and will make."""
    role = sql.Identifier(app_role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        owner.execute(sql.SQL(statement).format(role))


def clone(cluster: Cluster, template: str, database: str) -> None:
    """Make `database` anew as a copy of `template`, throwing out whoever still uses it (tests)."""
    with cluster.connect_as_superuser() as connection:
        name = sql.Identifier(database)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                name, sql.Identifier(OWNER), sql.Identifier(template)
            )
        )
        # A copy carries the tables' rights, but not the database's own.
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, sql.Identifier(APP))
        )


def empty_schema(owner: psycopg.Connection) -> None:
    """Remove everything the owner has made in the database, rights given in advance (`grant_rows`) included.

    Those must go before a dump is loaded: a dump adds rights and never takes any, so tables that only take
    additions (the audit trail) would end up open to changes.
    """
    owner.execute("DROP OWNED BY CURRENT_USER CASCADE")


def drop(cluster: Cluster, database: str) -> None:
    """Remove a database, throwing out whoever still uses it."""
    with cluster.connect_as_superuser() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )


def _make_role(connection: psycopg.Connection, role: str, password: str) -> None:
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    # Hashed here, so that no log of the server can ever hold the password itself.
    hashed = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    # Set every time: a key that was restored or renewed must open the door again.
    connection.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.SQL("ALTER" if exists else "CREATE"), sql.Identifier(role), sql.Literal(hashed)
        )
    )
