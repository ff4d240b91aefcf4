"""Writes `tests/upgrade/<version>.sql.gz`: the database of this release with a small demo county in it.

Run once for each release, after `kangshu demo --residents 200 --no-serve` in a state folder of its own:
`KANGSHU_HOME=… .venv/bin/python -m tests.upgrade.make_fixture`. Everybody in it is invented.
"""

from __future__ import annotations

import gzip
import os
import subprocess
from importlib.metadata import version
from pathlib import Path

from kangshu.config.connections import embedded_cluster
from kangshu.config.postgres.binaries import program
from kangshu.config.postgres.databases import DATABASE, OWNER


def main() -> None:
    cluster = embedded_cluster()
    with cluster.running():
        reach = cluster.connection(OWNER, DATABASE)
        done = subprocess.run(
            [program("pg_dump"), "--no-owner", "-h", reach["host"], "-U", OWNER, DATABASE],
            env={**os.environ, "PGPASSWORD": reach["password"]},
            capture_output=True,
            check=True,
        )
    target = Path(__file__).with_name(f"{version('kangshu')}.sql.gz")
    # Without a time in it, so that the same database gives the same file.
    target.write_bytes(gzip.compress(done.stdout, mtime=0))
    print(f"{target}: {target.stat().st_size} bytes")  # noqa: T201


if __name__ == "__main__":
    main()
