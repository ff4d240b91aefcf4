"""Taking a snapshot: the whole county once, afterwards only what changed.

An increment takes every visible row whose last change was made by a transaction not below the previous
watermark. The watermark is `pg_snapshot_xmin`: a transaction that was still running then has a number at or
above it, so its rows are taken later and nothing is lost; a row taken twice is superseded by itself.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kangshu.indicators.snapshot import layout, manifest, writing
from kangshu.indicators.snapshot.export import Moment, Reader, reading
from kangshu.indicators.snapshot.manifest import Manifest, Table
from kangshu.indicators.snapshot.records import write_records
from kangshu.indicators.snapshot.store import unlocked
from kangshu.kernel.errors import Conflict
from kangshu.kernel.text import Text

Told = Callable[[str, int], None]

#: After so many increments a whole copy is made anew, so that reading does not slow down.
MOST_INCREMENTS = 40


@dataclass(frozen=True)
class Taken:
    """A finished snapshot: its manifest, what this taking wrote, and how long it took."""

    manifest: Manifest
    rows_written: int
    bytes_written: int
    seconds: float

    @property
    def name(self) -> str:
        return self.manifest.name


def take(root: Path, address: str, *, now: datetime, whole: bool = False, told: Told | None = None) -> Taken:
    """Take a snapshot of the database at a libpq `address` into `root`.

    An increment on the newest snapshot when that is of the same database, else (or with `whole`) a full
    copy. `told(table, rows)` hears of every table that was written. Raises Conflict when another taking runs.
    The manifest is written last: whatever stops the taking before leaves no snapshot, only files that the
    next taking removes.
    """
    began = time.monotonic()
    with _only_one(root):
        _sweep(root)
        with reading(address) as reader:
            moment = reader.moment()
            base = None if whole else _base(root, moment)
            tables = _write_all(reader, root, base, writing.stamp_of(now), told)
        new = _manifest(base, tables, moment, now)
        manifest.write(root, new)
    written = [part for table in tables.values() for part in table.parts]
    return Taken(
        manifest=new,
        rows_written=sum(part.rows for part in written),
        bytes_written=sum(part.bytes for part in written),
        seconds=time.monotonic() - began,
    )


def _write_all(
    reader: Reader, root: Path, base: Manifest | None, stamp: str, told: Told | None
) -> dict[str, Table]:
    since = None if base is None else base.watermark
    increment = 0 if base is None else base.increment + 1
    tables: dict[str, Table] = {}
    for source in layout.SOURCES:
        table = writing.write_table(root, source, reader.batches(source.sql(since)), stamp, increment)
        if table is not None:
            tables[source.table] = table
            _tell(told, table)
    # A full copy needs only what counts now; an increment also says what no longer counts.
    condition = "status = 'current'" if since is None else ""
    batches = reader.batches(layout.RECORDS.sql(since, condition))
    store = None if base is None else unlocked(root, base)
    for table in write_records(root, batches, stamp, increment, store).values():
        tables[table.name] = table
        _tell(told, table)
    return tables


def _tell(told: Told | None, table: Table) -> None:
    if told is not None:
        told(table.name, sum(part.rows for part in table.parts))


def _base(root: Path, moment: Moment) -> Manifest | None:
    """The newest snapshot, if an increment on it loses nothing.

    A restored or copied database counts its transactions anew: then only a full copy is safe.
    """
    kept = manifest.names(root)
    if not kept:
        return None
    newest = manifest.read(root, kept[-1])
    same = newest.database == moment.database and newest.watermark <= moment.next_transaction
    fits = newest.format == manifest.FORMAT and newest.increment < MOST_INCREMENTS
    return newest if same and fits else None


def _manifest(base: Manifest | None, tables: dict[str, Table], moment: Moment, now: datetime) -> Manifest:
    if base is None:
        return Manifest(taken_at=now, database=moment.database, watermark=moment.watermark, tables=tables)
    return base.with_parts(
        tables, taken_at=now, watermark=moment.watermark, base=base.name, increment=base.increment + 1
    )


@contextmanager
def _only_one(root: Path) -> Iterator[None]:
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o700)
    with (root / "taking.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict(
                "snapshot.busy",
                Text(
                    "正在生成另一份快照，请稍候再试。",
                    "Another snapshot is being taken. Wait until it is finished.",
                ),
            ) from None
        yield


def _sweep(root: Path) -> None:
    """Remove files that belong to no snapshot: a taking was stopped before its manifest was written."""
    known = {part.file for name in manifest.names(root) for part in manifest.read(root, name).parts()}
    for path in (root / "parts").rglob("*"):
        if path.is_file() and str(path.relative_to(root)) not in known:
            path.unlink()
    for path in (root / "manifests").glob("*.writing"):
        path.unlink()
    for folder in root.glob("laying-*"):
        shutil.rmtree(folder, ignore_errors=True)
