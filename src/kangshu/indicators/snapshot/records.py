"""Laying records out: answers become typed columns, each person's records of a form stand together in their
order, and each knows the day of the next one.

Rows are gathered in a DuckDB that may use the disk, one table per form, which has only the columns that
somebody answered: a health check asks 226 questions, and few are answered. An increment also holds the
records whose next one changed because of it, so that `next_on` is right in every snapshot.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.manifest import Part, Table, hash_of_file
from kangshu.indicators.snapshot.writing import CHUNK, SEQUENCE, chunked

#: What DuckDB may hold in memory before it uses the disk.
_MEMORY = os.environ.get("KANGSHU_SNAPSHOT_MEMORY", "1500MB")

_FIXED = (
    "id", "key", "person", '"case"', "form_version", "performed_on", "performed_by", "institution",
    "entered_at", f"{SEQUENCE} AS sequence", "status", "compartment", "assessment",
)  # fmt: skip
_NEXT = (
    "CASE WHEN status = 'current' THEN lead(performed_on)"
    " OVER (PARTITION BY compartment, status, person ORDER BY sequence) END"
)
# What is kept of an increment: its own rows, and those of the same people whose next one has changed.
_CHANGED = "is_new OR next_on IS DISTINCT FROM was_next_on"


class Base(Protocol):
    """The snapshot that an increment builds on, all compartments open."""

    def has(self, name: str) -> bool: ...

    def of_persons(self, name: str, persons: pa.Table, select: str) -> pa.Table: ...


class _Form:
    """The gathered records of one form."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, form_id: str) -> None:
        self.form_id, self.table = form_id, layout.table_of(form_id)
        versions = layout.versions_of(form_id)
        self._answers = {column.key: column for column in layout.answer_columns(versions)}
        self._assessed = layout.assessment_columns(versions)
        self._connection = connection
        self.columns: list[str] = []

    def add(self, chunk: str) -> None:
        """Lay out the rows of this form in a table of rows as they come from the database."""
        rows = f"(SELECT * FROM {chunk} WHERE form_id = '{self.form_id}')"
        found = self._connection.execute(f"SELECT DISTINCT unnest(json_keys(answers)) FROM {rows}").fetchall()
        keys = {key for (key,) in found}
        answered = [column for key, column in self._answers.items() if key in keys]
        select = self._select(rows, answered)
        if not self.columns:
            self._connection.execute(f'CREATE TABLE "{self.table}" AS {select}')
            described = self._connection.execute(f'DESCRIBE "{self.table}"').fetchall()
            self.columns = [column[0] for column in described]
            return
        for column in answered:
            if column.name not in self.columns:
                self._connection.execute(
                    f'ALTER TABLE "{self.table}" ADD COLUMN "{column.name}" {column.type}'
                )
                self.columns.append(column.name)
        self._connection.execute(f'INSERT INTO "{self.table}" BY NAME {select}')

    def _select(self, rows: str, answered: list[layout.Column]) -> str:
        """From JSON to typed columns, in one pass over each text."""
        columns = [*_FIXED, *(_unpacked("answered", column) for column in answered)]
        columns += [_unpacked("assessed", column) for column in self._assessed]
        packed = [f"json_transform(answers, '{_shape(answered)}') AS answered"] if answered else []
        packed.append(f"json_transform(assessment, '{_shape(self._assessed)}') AS assessed")
        return f"SELECT {', '.join(columns)} FROM (SELECT *, {', '.join(packed)} FROM {rows})"

    def with_neighbours(self, base: Base) -> None:
        """Add the base's records of the same people, and keep those whose next one is another now."""
        name = f'"{self.table}"'
        run = self._connection.execute
        run(f"ALTER TABLE {name} ADD COLUMN is_new BOOLEAN DEFAULT true")
        run(f"ALTER TABLE {name} ADD COLUMN was_next_on DATE")
        if base.has(self.table):
            persons = self._connection.sql(f"SELECT DISTINCT person FROM {name}").to_arrow_table()
            others = base.of_persons(
                self.table, persons, "* EXCLUDE (next_on), next_on AS was_next_on, false AS is_new"
            )
            self._connection.register("others", others)
            for column in self._connection.execute("DESCRIBE SELECT * FROM others").fetchall():
                if column[0] not in (*self.columns, "is_new", "was_next_on"):
                    run(f'ALTER TABLE {name} ADD COLUMN "{column[0]}" {column[1]}')
                    self.columns.append(column[0])
            run(
                f"INSERT INTO {name} BY NAME SELECT * FROM others"
                f" WHERE status = 'current' AND key NOT IN (SELECT key FROM {name})"
            )
            self._connection.unregister("others")

    def write(self, root: Path, stamp: str, increment: int) -> Table:
        """One file for each compartment."""
        folder = root / "parts" / self.table
        folder.mkdir(parents=True, exist_ok=True)
        found = self._connection.execute(f'SELECT DISTINCT compartment FROM "{self.table}" ORDER BY 1')
        compartments = [row[0] for row in found.fetchall()]
        parts = []
        for number, compartment in enumerate(compartments):
            path = folder / (f"{stamp}-{number}.parquet" if number else f"{stamp}.parquet")
            if rows := self._write_file(path.with_suffix(".writing"), compartment, increment):
                parts.append(_part(root, path, rows, increment, compartment))
        return Table(self.table, tuple(parts))

    def _write_file(self, path: Path, compartment: str, increment: int) -> int:
        helping = ", is_new, was_next_on" if increment else ""
        columns = ", ".join(f'"{column}"' for column in self.columns)
        quoted = compartment.replace("'", "''")
        ordered = (
            f'SELECT {columns}, {_NEXT} AS next_on{helping} FROM "{self.table}"'
            f" WHERE compartment = '{quoted}'"
        )
        if increment:
            ordered = f"SELECT {columns}, next_on FROM ({ordered}) WHERE {_CHANGED}"
        (rows,) = self._connection.execute(
            f"COPY ({ordered}) TO '{str(path).replace(chr(39), chr(39) * 2)}'"
            f" (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE {CHUNK})"
        ).fetchone() or (0,)
        if not rows:
            path.unlink(missing_ok=True)
        return int(rows)


def _part(root: Path, path: Path, rows: int, increment: int, compartment: str) -> Part:
    path.with_suffix(".writing").replace(path)
    path.chmod(0o600)
    return Part(
        file=str(path.relative_to(root)),
        rows=rows,
        bytes=path.stat().st_size,
        sha256=hash_of_file(path),
        increment=increment,
        compartment=compartment,
    )


def _shape(columns: list[layout.Column] | tuple[layout.Column, ...]) -> str:
    return "{" + ", ".join(column.shape for column in columns) + "}"


def _unpacked(packed: str, column: layout.Column) -> str:
    value = f'{packed}."{column.key}"'
    if column.counted:
        return f'len({value}) AS "{column.name}"'
    if column.free_text:
        value = f"CASE WHEN {value} <> '' THEN '{layout.WRITTEN}' END"
    return f'{value} AS "{column.name}"'


def write_records(
    root: Path, batches: Iterator[pa.Table], stamp: str, increment: int, base: Base | None = None
) -> dict[str, Table]:
    """Lay out records of all forms, each form in a table of its own. An increment needs its `base`."""
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix="laying-") as spill, duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{_MEMORY}'")
        connection.execute(f"SET temp_directory = '{spill.replace(chr(39), chr(39) * 2)}'")
        connection.execute("SET TimeZone = 'Asia/Shanghai'")
        connection.execute("SET preserve_insertion_order = false")
        forms: dict[str, _Form] = {}
        for chunk in chunked(batches):
            connection.register("chunk", chunk)
            for form_id in pc.unique(chunk["form_id"]).to_pylist():
                forms.setdefault(form_id, _Form(connection, form_id)).add("chunk")
            connection.unregister("chunk")
        tables = {}
        for form in forms.values():
            if increment and base is not None:
                form.with_neighbours(base)
            table = form.write(root, stamp, increment)
            connection.execute(f'DROP TABLE "{form.table}"')
            tables[table.name] = table
        return tables
