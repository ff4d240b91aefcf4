"""Brings the tables up to date, as their owner; one process at a time."""

from __future__ import annotations

from collections.abc import Callable

# Any number, the same for every process that migrates this database.
MIGRATION_LOCK = 7_262_616_481


def migrate_database(*, progress: Callable[[str], None]) -> int:
    """Apply what is not applied yet; the number of migrations applied. Quick when there is nothing to do."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    from kangshu.config.postgres.databases import grant_rows

    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            executor = MigrationExecutor(owner)
            waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
            if waiting:
                progress(f"bringing the database up to date ({len(waiting)} migrations)")
                grant_rows(cursor.connection, settings.KANGSHU_APP_ROLE)
                call_command("migrate", database="owner", interactive=False, verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
    owner.close()
    return len(waiting)
