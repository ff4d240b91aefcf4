"""Backup and restore of one installation: database, keys, media, and a manifest that proves them.

A backup is a folder: `database.dump` (pg_dump's custom format), `keys.tar`, `media.tar`, `manifest.json` with
the release, the hash of each file and the number of rows of each table, counted in the very snapshot that was
dumped. The keys are in it because without them no identity number can be read again: keep backups as you
keep keys, or leave them out and keep them elsewhere. Indicator snapshots are not in it; they are taken anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kangshu.cli.errors import CommandFailed
from kangshu.config.home import home, keys_folder, media_folder
from kangshu.config.postgres.binaries import program

DATABASE, KEYS, MEDIA, MANIFEST = "database.dump", "keys.tar", "media.tar", "manifest.json"
# Passwords of one server's roles; another server has its own.
NOT_KEPT = "postgres_"
# Tables that hold somebody's work as soon as an installation is used.
SOMEBODYS = ("access_account", "places_institution", "people_person", "work_record")


def back_up(folder: Path, *, with_keys: bool, progress: Callable[[str], None]) -> dict[str, Any]:
    """Write a backup into the new folder `folder`; its manifest. The site may go on working meanwhile."""
    if folder.exists() and any(folder.iterdir()):
        raise CommandFailed(f"{folder} is not empty; a backup needs a folder of its own")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    progress("dumping the database")
    rows = _dump(folder / DATABASE)
    if with_keys:
        _pack(folder / KEYS, keys_folder(), lambda name: not name.startswith(NOT_KEPT))
    _pack(folder / MEDIA, media_folder(), lambda name: True)
    manifest = {
        "kangshu": version("kangshu"),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "demo": (home() / "demo.json").exists(),
        "files": {path.name: _hash(path) for path in sorted(folder.iterdir())},
        "rows": rows,
    }
    # The manifest comes last: a folder without one is a backup that was interrupted.
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    return manifest


def restore(folder: Path, *, replace: bool, progress: Callable[[str], None]) -> dict[str, int]:
    """Bring a backup into this installation's empty database; the rows found there, by table.

    `replace` empties the database first and overwrites keys and media. Raises `CommandFailed` before it has
    touched anything if the backup is damaged or the place is taken, and afterwards if a row is missing.
    """
    manifest = check_backup(folder)
    if not replace:
        _check_place_is_free()
    progress("restoring the database")
    _empty_database()
    _load(folder / DATABASE)
    progress("restoring keys and media")
    _keep_aside(keys_folder())
    _unpack(folder / KEYS, keys_folder())
    _unpack(folder / MEDIA, media_folder())
    found = _count_rows_now()
    missing = {table: count for table, count in manifest["rows"].items() if found.get(table) != count}
    if missing:
        raise CommandFailed(f"the restored tables differ from the backup's count: {', '.join(missing)}")
    if manifest["demo"]:
        (home() / "demo.json").write_text(json.dumps({"residents": 0, "seed": 0, "restored": True}))
    return found


def check_backup(folder: Path) -> dict[str, Any]:
    """The manifest of an undamaged backup; raises `CommandFailed` naming the file that is not what it was."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandFailed(f"{folder} holds no complete backup: its manifest cannot be read") from error
    for name, expected in manifest["files"].items():
        if not (folder / name).exists() or _hash(folder / name) != expected:
            raise CommandFailed(
                f"the backup is damaged: {name} is missing or is not the file that was written"
            )
    return manifest


def _dump(target: Path) -> dict[str, int]:
    from django.db import connections, transaction

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        target.chmod(0o600)
        return _count_rows(cursor)


def _count_rows(cursor: Any) -> dict[str, int]:
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
    tables = [name for (name,) in cursor.fetchall()]
    counts = {}
    for table in tables:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        counts[table] = int(cursor.fetchone()[0])
    return counts


def _count_rows_now() -> dict[str, int]:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        return _count_rows(cursor)


def _load(source: Path) -> None:
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", str(source))


def _run(name: str, *words: str) -> None:
    from django.db import connections

    owner = connections["owner"].settings_dict
    database = "--dbname" if name == "pg_restore" else "-d"
    reach = ["-h", owner["HOST"], "-p", owner["PORT"] or "5432", "-U", owner["USER"], database, owner["NAME"]]
    done = subprocess.run(
        [str(program(name)), *reach, *words],
        env={**os.environ, "PGPASSWORD": owner["PASSWORD"], **_options(owner["OPTIONS"])},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CommandFailed(f"{name} failed: {done.stderr.strip()}")


def _options(options: dict[str, Any]) -> dict[str, str]:
    """The options of an address that libpq also takes from the environment."""
    names = {
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
        "sslcert": "PGSSLCERT",
        "sslkey": "PGSSLKEY",
    }
    return {names[name]: str(value) for name, value in options.items() if name in names}


def _check_place_is_free() -> None:
    counts = _count_rows_now()
    # What migrations themselves fill in is no reason to refuse.
    if any(counts.get(table) for table in SOMEBODYS):
        raise CommandFailed("this installation's database holds data; --replace would throw it away")


def _empty_database() -> None:
    from django.db import connections

    from kangshu.config.postgres.databases import empty_schema

    with connections["owner"].cursor() as cursor:
        empty_schema(cursor.connection)


def _pack(target: Path, source: Path, keep: Callable[[str], bool]) -> None:
    with tarfile.open(target, "w") as archive:
        for path in sorted(source.rglob("*")) if source.exists() else []:
            if path.is_file() and keep(path.name):
                archive.add(path, arcname=str(path.relative_to(source)))
    target.chmod(0o600)


def _unpack(source: Path, target: Path) -> None:
    if not source.exists():
        return
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tarfile.open(source) as archive:
        for member in archive:
            _unpack_file(archive, member, target)


def _unpack_file(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one file of a backup; links and names that lead out of the folder are refused. (The filters of
    `tarfile` came with Python 3.11.4; Debian 12 has 3.11.2.)"""
    path = (target / member.name).resolve()
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or not path.is_relative_to(target.resolve()):
        raise CommandFailed(f"{member.name} does not belong into a backup: nothing more is restored")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    with content, path.open("wb") as file:
        shutil.copyfileobj(content, file)


def _keep_aside(folder: Path) -> None:
    """Copy what is about to be overwritten: a lost key is lost for ever."""
    if folder.exists():
        shutil.copytree(folder, folder.with_name(f"{folder.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S%f}"))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
