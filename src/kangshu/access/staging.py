"""Writing thousands of rows at once where row security refuses COPY into the table itself.

The rows are copied into a temporary table of the session and inserted from there, so that every policy,
trigger and foreign key is asked as for a single row. The tables' owner, who is not bound by the policies,
copies straight into the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connections


@dataclass(frozen=True)
class Statement:
    """Something to be made of the rows while they are together: SQL with `{rows}` for where they lie."""

    sql: str
    values: Sequence[Any] = ()


def insert_rows(
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    using: str = "default",
    *,
    then: Statement | None = None,
) -> None:
    """Insert rows in the running transaction. Values are Python values of the columns' types; JSON comes as
    text.
    """
    names = ", ".join(columns)
    with connections[using].cursor() as cursor:
        if _is_owner(using) and then is None:
            _copy(cursor, f"COPY {table} ({names}) FROM STDIN", rows)
            return
        stage = _stage(cursor, table, columns)
        _copy(cursor, f"COPY {stage} ({names}) FROM STDIN", rows)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {stage}")
        if then is not None:
            cursor.execute(then.sql.format(rows=stage), then.values)
        cursor.execute(f"TRUNCATE {stage}")


def update_rows(
    table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], using: str = "default"
) -> None:
    """Set the columns after the first (the key `id`) of existing rows, in the running transaction."""
    names = ", ".join(columns)
    assignments = ", ".join(f"{column} = staged.{column}" for column in columns[1:])
    with connections[using].cursor() as cursor:
        stage = _stage(cursor, table, columns)
        _copy(cursor, f"COPY {stage} ({names}) FROM STDIN", rows)
        cursor.execute(
            f"UPDATE {table} SET {assignments} FROM {stage} AS staged WHERE {table}.id = staged.{columns[0]}"
        )
        cursor.execute(f"TRUNCATE {stage}")


def _is_owner(using: str) -> bool:
    return connections[using].settings_dict["USER"] != settings.KANGSHU_APP_ROLE


def _stage(cursor: Any, table: str, columns: Sequence[str]) -> str:
    """The session's temporary table for some columns of a table; made once, emptied after use and at
    commit.
    """
    stage = f"stage_{table}_{abs(hash(tuple(columns))) % 100_000}"
    cursor.execute("SELECT to_regclass(%s)", [f"pg_temp.{stage}"])
    if cursor.fetchone()[0] is None:
        cursor.execute(
            f"CREATE TEMP TABLE {stage} ON COMMIT DELETE ROWS"
            f" AS SELECT {', '.join(columns)} FROM {table} WITH NO DATA"
        )
    return stage


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
