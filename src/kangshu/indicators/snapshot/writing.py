"""Writing rows as Parquet parts, each compartment in a file of its own."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kangshu.declare import registry
from kangshu.declare.form import Field
from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.manifest import Part, Table, hash_of_file

#: Rows laid out at once and written as one row group: as many as DuckDB gives to one thread.
CHUNK = 122_880

# Order among a person's events, `order_of` in SQL: one integer, so that "the last one" is a plain arg_max.
_DAYS = "greatest(date_diff('day', DATE '1970-01-01', {}), 0)::BIGINT << 48"
_MOMENT = "greatest(epoch_ms(entered_at) - 946684800000, 0) << 7"
SEQUENCE = f"(({_DAYS.format('performed_on')}) | ({_MOMENT}) | (key & 127))"
_DIAGNOSIS_SEQUENCE = f"(({_DAYS.format('diagnosed_on')}) | (key & 281474976710655))"
_EPOCH_MS = 946_684_800_000


def order_of(performed_on: date, entered_at: datetime | None, key: int) -> int:
    """The place of an event in its person's order: by day (15 bits since 1970), then by the millisecond of
    entry (41 bits since 2000), then by 7 bits of the id. A diagnosis, whose entry is not dated, goes by 48
    bits of its id."""
    days = max((performed_on - date(1970, 1, 1)).days, 0) << 48
    if entered_at is None:
        return days | (key & (2**48 - 1))
    return days | (max(math.floor(entered_at.timestamp() * 1000) - _EPOCH_MS, 0) << 7) | (key & 127)


class PartWriter:
    """Writes the chunks of one table, one file per compartment, under names that do not clash."""

    def __init__(self, root: Path, table: str, stamp: str, increment: int) -> None:
        self._root, self._table, self._stamp, self._increment = root, table, stamp, increment
        self._writers: dict[str, tuple[Path, pq.ParquetWriter]] = {}
        self._rows: dict[str, int] = {}
        self._empty: pa.Table | None = None

    def write(self, rows: pa.Table) -> None:
        if rows.num_rows == 0:
            self._empty = rows
            return
        if "compartment" not in rows.schema.names:
            self._append("", rows)
            return
        compartments = pc.unique(rows["compartment"]).to_pylist()
        plain = _without_compartment(rows)
        for name in compartments:
            chosen = plain if len(compartments) == 1 else plain.filter(pc.equal(rows["compartment"], name))
            self._append(name, chosen)

    def _append(self, compartment: str, rows: pa.Table) -> None:
        if compartment not in self._writers:
            folder = self._root / "parts" / self._table
            folder.mkdir(parents=True, exist_ok=True)
            number = f"-{len(self._writers)}" if self._writers else ""
            path = folder / f"{self._stamp}{number}.parquet"
            writer = pq.ParquetWriter(
                path.with_suffix(".writing"), rows.schema, compression="zstd", compression_level=1
            )
            self._writers[compartment], self._rows[compartment] = (path, writer), 0
        self._writers[compartment][1].write_table(rows, row_group_size=CHUNK)
        self._rows[compartment] += rows.num_rows

    def close(self) -> tuple[Part, ...]:
        """Finish the files under their final names and give them with their hashes."""
        if not self._writers and self._empty is not None:
            self._append("", _without_compartment(self._empty))
        parts = []
        for compartment, (path, writer) in self._writers.items():
            writer.close()
            path.with_suffix(".writing").replace(path)
            path.chmod(0o600)
            parts.append(
                Part(
                    file=str(path.relative_to(self._root)),
                    rows=self._rows[compartment],
                    bytes=path.stat().st_size,
                    sha256=hash_of_file(path),
                    increment=self._increment,
                    compartment=compartment,
                )
            )
        return tuple(parts)

    def abandon(self) -> None:
        for path, writer in self._writers.values():
            writer.close()
            path.with_suffix(".writing").unlink(missing_ok=True)


def _without_compartment(rows: pa.Table) -> pa.Table:
    return rows.drop_columns(["compartment"]) if "compartment" in rows.schema.names else rows


def write_table(
    root: Path, source: layout.Source, batches: Iterator[pa.Table], stamp: str, increment: int
) -> Table | None:
    """Write the rows of a plain table; None when an increment brought none."""
    writer = PartWriter(root, source.table, stamp, increment)
    try:
        for chunk in chunked(batches):
            writer.write(_in_shape(source.table, chunk))
    except BaseException:
        writer.abandon()
        raise
    parts = writer.close()
    if increment and source.changed and not any(part.rows for part in parts):
        return None
    return Table(source.table, parts, replaced=not source.changed)


def _in_shape(table: str, rows: pa.Table) -> pa.Table:
    """What Arrow cannot take from PostgreSQL as it should be: exact decimals, and the order of diagnoses."""
    if table == "results":
        return _relaid(rows, "* REPLACE (value::DECIMAL(18,6) AS value)")
    if table == "diagnoses":
        return _relaid(rows, f"*, {_DIAGNOSIS_SEQUENCE} AS sequence")
    if table == "parameters":
        return _relaid(rows, "* REPLACE (try_cast(value AS DECIMAL(18,6)) AS value)")
    if table in ("entries", "sites"):
        return _without_free_text(table, rows)
    return rows


def _without_free_text(table: str, rows: pa.Table) -> pa.Table:
    """Entries and sites with what is coded, counted or dated; a site's own under `site__…`, as in entries."""
    frames: dict[str, Mapping[str, Field]] = {}
    for logbook in registry.logbooks():
        if table == "entries":
            frames[logbook.id] = logbook.frame
        elif logbook.site is not None:
            frames[logbook.site.id] = {field.name: field for field in logbook.site.form.fields}
    kinds = rows["logbook" if table == "entries" else "kind"].to_pylist()
    prefix = "" if table == "entries" else "site__"
    kept = [
        json.dumps(
            {
                prefix + name: value
                for name, value in layout.coded_facts(frames.get(kind, {}), json.loads(facts)).items()
            },
            ensure_ascii=False,
        )
        for kind, facts in zip(kinds, rows["facts"].to_pylist(), strict=True)
    ]
    at = rows.schema.get_field_index("facts")
    return rows.set_column(at, "facts", pa.array(kept, pa.string()))


def _relaid(rows: pa.Table, select: str) -> pa.Table:
    with duckdb.connect() as connection:
        connection.register("chunk", rows)
        return connection.sql(f"SELECT {select} FROM chunk").to_arrow_table()


def chunked(batches: Iterator[pa.Table], size: int = CHUNK) -> Iterator[pa.Table]:
    """Batches gathered to chunks of `size` rows; always at least one, so that an empty table has its
    columns."""
    waiting: list[pa.Table] = []
    count, given = 0, False
    for batch in batches:
        waiting.append(batch)
        count += batch.num_rows
        while count >= size:
            whole = pa.concat_tables(waiting)
            yield whole.slice(0, size)
            given = True
            waiting, count = [whole.slice(size)], count - size
    if waiting and (count or not given):
        yield pa.concat_tables(waiting)


def stamp_of(moment: datetime) -> str:
    """How the files of one taking are told from those of another."""
    return moment.strftime("%Y%m%dT%H%M%S%f")
