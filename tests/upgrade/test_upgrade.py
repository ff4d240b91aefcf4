"""The databases of earlier releases come up to this one, with every row."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from kangshu.config.postgres.binaries import program
from kangshu.config.postgres.databases import APP, OWNER, drop, prepare

RELEASES = sorted(Path(__file__).parent.glob("*.sql.gz"))
# What a migration may fill in or tidy up.
NOT_COUNTED = {"django_migrations", "django_content_type", "auth_permission"}


@pytest.fixture
def old_database(cluster, request):
    """A database as an earlier release left it; gives how to reach it by role."""
    name = "kangshu_old_release"
    drop(cluster, name)
    prepare(cluster, name)
    owner = cluster.connection(OWNER, name)
    subprocess.run(
        [program("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", owner["host"], "-U", OWNER, name],
        input=gzip.decompress(request.param.read_bytes()),
        env={**os.environ, "PGPASSWORD": owner["password"]},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    yield {role: cluster.connection(role, name) for role in (APP, OWNER)}
    drop(cluster, name)


def kangshu(database: dict[str, dict[str, str]], *words: str) -> subprocess.CompletedProcess[str]:
    def address(role: str) -> str:
        reach = database[role]
        return f"postgresql://{role}:{quote(reach['password'])}@/{reach['dbname']}?host={reach['host']}&port=5432"

    return subprocess.run(
        [sys.executable, "-c", "from kangshu.cli import main; main()", *words],
        env={
            **os.environ,
            "KANGSHU_HOME": os.environ["KANGSHU_TEST_HOME"],
            "KANGSHU_DATABASE_URL": address(APP),
            "KANGSHU_OWNER_DATABASE_URL": address(OWNER),
            "DJANGO_SETTINGS_MODULE": "kangshu.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def rows(cluster, name: str = "kangshu_old_release") -> dict[str, int]:
    with cluster.connect_as_superuser(name) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for (table,) in tables
            if table not in NOT_COUNTED
        }


def test_every_release_left_its_database_here():
    assert RELEASES, "make one with tests/upgrade/make_fixture.py"


@pytest.mark.parametrize("old_database", RELEASES, ids=lambda path: path.name, indirect=True)
def test_an_older_release_comes_up_with_every_row(cluster, old_database):
    before = rows(cluster)
    assert before["people_person"] > 0
    done = kangshu(old_database, "migrate")
    assert done.returncode == 0, done.stderr
    after = rows(cluster)
    assert {table: count for table, count in before.items() if after.get(table, 0) < count} == {}
    checked = kangshu(old_database, "manage", "migrate", "--check", "--database", "owner")
    assert checked.returncode == 0, checked.stderr
    verified = kangshu(old_database, "manage", "check", "--database", "default")
    assert verified.returncode == 0, verified.stderr
