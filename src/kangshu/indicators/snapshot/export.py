"""Reading PostgreSQL into Arrow: one transaction, one MVCC snapshot, the system's scope, the app's own role.

ADBC takes the binary COPY straight into Arrow. All tables are read in one REPEATABLE READ transaction, so
what refers to each other fits together. The connection enters the system's scope through the same function
as every job does; row security stays on.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import adbc_driver_postgresql.dbapi as adbc
import numpy as np
import pyarrow as pa

_JOB = "snapshot"
_KEY_MASK = np.int64(0x7FFF_FFFF_FFFF_FFFF)
_READ_AHEAD = 8


def key_of(id: UUID) -> int:
    """The integer by which the snapshot refers to a row: the low 63 bits of its id (62 of them random)."""
    return id.int & 0x7FFF_FFFF_FFFF_FFFF


@dataclass(frozen=True)
class Moment:
    """Where the database stood: its identity, and below which transaction everything was finished."""

    database: str
    watermark: int
    next_transaction: int


class Reader:
    """Selects in one repeatable-read transaction under the system's scope."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def moment(self) -> Moment:
        rows = self._rows(
            "SELECT system_identifier::text, 'people_person'::regclass::oid::text,"
            " pg_snapshot_xmin(pg_current_snapshot())::text, pg_snapshot_xmax(pg_current_snapshot())::text"
            " FROM pg_control_system()"
        )
        # A table made anew (a restore in the same server) has another number: its past is not this one's.
        server, table, low, high = rows[0]
        return Moment(f"{server}/{table}", int(low), int(high))

    def _rows(self, sql: str) -> list[Any]:
        with self._connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    def batches(self, sql: str) -> Iterator[pa.Table]:
        """The rows of a select with ids as the snapshot has them, some tens of thousands at a time.

        A thread reads ahead, so that the database and the layout work at the same time.
        """
        ahead: queue.Queue[pa.Table | BaseException | None] = queue.Queue(_READ_AHEAD)
        stopped = threading.Event()

        def read() -> None:
            try:
                with self._connection.cursor() as cursor:
                    cursor.execute(sql)
                    batches = cursor.fetch_record_batch()
                    # An empty table still has its columns.
                    ahead.put(with_keys(pa.RecordBatch.from_pylist([], schema=batches.schema)))
                    for batch in batches:
                        if stopped.is_set():
                            return
                        ahead.put(with_keys(batch))
                ahead.put(None)
            except BaseException as error:
                ahead.put(error)

        reading = threading.Thread(target=read, name="snapshot reader", daemon=True)
        reading.start()
        try:
            while (item := ahead.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            stopped.set()
            while reading.is_alive():
                _drain(ahead)
                reading.join(0.05)


def _drain(ahead: queue.Queue[Any]) -> None:
    while True:
        try:
            ahead.get_nowait()
        except queue.Empty:
            return


@contextmanager
def reading(address: str) -> Iterator[Reader]:
    """A reader of the database at a libpq address. Nothing is written; the transaction is rolled back."""
    with adbc.connect(address) as connection:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute(f"SELECT access_enter_system('{_JOB}')")
            cursor.fetchall()
        yield Reader(connection)
        connection.rollback()


def with_keys(batch: pa.RecordBatch) -> pa.Table:
    """`id` stays the id it is and gets an integer `key` beside it; every other id becomes an integer."""
    names: list[str] = []
    columns: list[pa.Array] = []
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if not _is_uuid(column.type):
            names.append(name)
            columns.append(column)
            continue
        if name == "id":
            names.append("id")
            columns.append(column)
            name = "key"
        names.append(name)
        columns.append(_keys(column))
    return pa.Table.from_arrays(columns, names=names)


def _is_uuid(kind: pa.DataType) -> bool:
    return getattr(kind, "extension_name", "") == "arrow.uuid"


def _keys(column: pa.Array) -> pa.Array:
    storage = column.storage
    if len(storage) == 0:
        return pa.array([], pa.int64())
    data = np.frombuffer(storage.buffers()[1], dtype=">i8").reshape(-1, 2)
    low = data[storage.offset : storage.offset + len(storage), 1].astype(np.int64) & _KEY_MASK
    missing = None if storage.null_count == 0 else storage.is_null().to_numpy(zero_copy_only=False)
    return pa.array(low, mask=missing)
