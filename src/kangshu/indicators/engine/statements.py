"""Statements that were compiled once and are kept: compiling costs more than counting a small county.

A statement depends on the definitions, the periods, the split, the parameters and the columns of the
forms, not on what is in a snapshot, so the next snapshot uses it again, and every process does.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings

from kangshu.declare.binding import walk
from kangshu.declare.expression import Records
from kangshu.declare.indicator import Counts, Indicator
from kangshu.indicators import cached
from kangshu.indicators.engine.query import Query
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period

_MOST_KEPT = 200

#: Raise it with every change of the compiler, so that no statement of an older one is used.
COMPILER = 11


@dataclass(frozen=True)
class Column:
    """Where a statement has the sums of an indicator and period."""

    indicator: str
    period: Period
    numerator: str
    denominator: str | None


@dataclass(frozen=True)
class Statement:
    """The SQL of a group-by, its columns, and the tables of the store it reads."""

    sql: str
    columns: tuple[Column, ...]
    tables: tuple[str, ...]


_kept: OrderedDict[tuple[object, ...], Statement] = OrderedDict()
_lock = Lock()


def statement_of(
    store: Store,
    indicators: Sequence[Indicator],
    periods: Sequence[Period],
    raw: tuple[str, ...],
    parameters: Values,
) -> Statement:
    """The statement for indicators of one family; its tables are there when it is given."""
    key: tuple[object, ...] = (
        COMPILER,
        _shape(store, indicators),
        tuple(indicator.content_hash() for indicator in indicators),
        tuple((str(period.first), str(period.last)) for period in periods),
        raw,
        repr(parameters.to_json()),
    )
    with _lock:
        statement = _kept.get(key)
    path = cached.path_of_statement(Path(settings.KANGSHU_HOME) / "cache", key)
    if statement is None and (content := cached.read_statement(path)) is not None:
        statement = _decoded(content)
    fresh = statement is None
    if statement is None:
        statement = _compiled(store, indicators, periods, raw, parameters)
        cached.write_statement(path, _encoded(statement))
    with _lock:
        _kept[key] = statement
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    if not fresh:
        _prepare(statement, store, indicators, periods)
    return statement


def _shape(store: Store, indicators: Sequence[Indicator]) -> tuple[object, ...]:
    """What a statement leans on of the snapshot: the columns of the forms it asks, and whether their records
    know the next one. Everything else is the same in every snapshot, and what nobody answered is put back."""
    forms = {indicator.form for indicator in indicators if indicator.form}
    nodes = (node for one in indicators for part in one.parts for node in walk(part))
    forms |= {node.form for node in nodes if isinstance(node, Records)}
    found = []
    for form in sorted(forms):
        name = layout.table_of(form)
        known = store.knows_next(name) if store.has(name) else True
        columns = layout.answer_columns(layout.versions_of(form))
        found.append((form, known, tuple((column.name, column.type) for column in columns)))
    return tuple(found)


def _prepare(
    statement: Statement, store: Store, indicators: Sequence[Indicator], periods: Sequence[Period]
) -> None:
    """Make the tables that a statement from an earlier time reads."""
    for table in statement.tables:
        store.table(table)
    if indicators[0].counts is Counts.PEOPLE:
        store.credit(periods)


def _encoded(statement: Statement) -> dict[str, object]:
    columns = [
        [
            column.indicator,
            str(column.period.first),
            str(column.period.last),
            column.numerator,
            column.denominator,
        ]
        for column in statement.columns
    ]
    return {"sql": statement.sql, "columns": columns, "tables": list(statement.tables)}


def _decoded(content: dict[str, Any]) -> Statement:
    columns = tuple(
        Column(indicator, Period(date.fromisoformat(first), date.fromisoformat(last)), numerator, denominator)
        for indicator, first, last, numerator, denominator in content["columns"]
    )
    return Statement(content["sql"], columns, tuple(content["tables"]))


def _compiled(
    store: Store,
    indicators: Sequence[Indicator],
    periods: Sequence[Period],
    raw: tuple[str, ...],
    parameters: Values,
) -> Statement:
    query = Query(store, indicators, periods, parameters)
    with store.recorded() as tables:
        sql = query.sums(raw).sql()
    columns = tuple(
        Column(cell.indicator.id, cell.period, cell.numerator, cell.denominator) for cell in query.cells
    )
    return Statement(sql, columns, tuple(tables))
