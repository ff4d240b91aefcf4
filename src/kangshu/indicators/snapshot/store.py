"""A snapshot opened for counting: views in which superseded rows, merged people and form versions are
settled.

What the engine sees here is what the rules of counting speak of: `persons` are canonical persons, `stays`
their residences, `credit` says which institution they count for, `episodes` which case of a kind is the
latest on any day, and `records.<form>` are the current records of a form.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import Any

import duckdb

from kangshu.indicators.snapshot import layout, manifest
from kangshu.indicators.snapshot.manifest import Manifest, Part, UnknownSnapshot
from kangshu.indicators.sql.table import Named, Table
from kangshu.indicators.sql.value import Type
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text

#: Enough for whole-county group-bys, and below what a small server has left beside PostgreSQL.
MEMORY_LIMIT = os.environ.get("KANGSHU_ENGINE_MEMORY", "3GB")

_MOST_OPEN = 3


@dataclass
class Store:
    """A snapshot behind one DuckDB connection. Not for two threads at once: hold `lock` while counting."""

    manifest: Manifest
    root: Path
    compartments: frozenset[str] | None
    connection: Any
    lock: RLock = field(default_factory=RLock)
    _made: set[str] = field(default_factory=set)
    _relations: dict[str, Table] = field(default_factory=dict)
    _remembered: dict[str, Any] = field(default_factory=dict)
    _asked: dict[str, None] | None = None

    @property
    def name(self) -> str:
        return self.manifest.name

    @property
    def taken_on(self) -> date:
        return self.manifest.taken_at.date()

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What is made of this snapshot once and then remembered."""
        if name not in self._remembered:
            self._remembered[name] = make()
        return self._remembered[name]

    def execute(self, sql: str) -> Any:
        return self.connection.execute(sql)

    def fetched(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a select, by column name."""
        return self.connection.sql(sql).to_arrow_table().to_pylist()

    def arrow(self, sql: str) -> Any:
        """The Arrow table of a select."""
        return self.connection.sql(sql).to_arrow_table()

    def table(self, name: str) -> Table:
        """A view of this store, made on first use. Raises UnknownSnapshot for what is not
        inside."""
        if name not in self._made:
            _MAKERS.get(name.split(".", 1)[0], _make_plain)(self, name)
            self._made.add(name)
        if self._asked is not None:
            self._asked[name] = None
        return self._relation(name)

    @contextmanager
    def recorded(self) -> Iterator[dict[str, None]]:
        """Remembers which tables are asked for inside the block, in order."""
        self._asked = {}
        try:
            yield self._asked
        finally:
            self._asked = None

    def records(self, form_id: str) -> Table:
        return self.table(layout.table_of(form_id))

    def credit(self, periods: Sequence[Period]) -> Table:
        """The table of where people count (docs/people.md): person, institution, region, credited. Bit i
        of `credited` says whether it is there that the person counts in period i."""
        name = "credit." + "_".join(f"{period.first:%Y%m%d}{period.last:%Y%m%d}" for period in periods)
        if name not in self._made:
            self.table("stays")
            self.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {_credited(periods)}')
            self._made.add(name)
        return self._relation(name)

    def _relation(self, name: str) -> Table:
        if name not in self._relations:
            rows = self.execute(f'DESCRIBE "{name}"').fetchall()
            self._relations[name] = Named({row[0]: Type(row[1]) for row in rows}, name)
        return self._relations[name]

    def has(self, name: str) -> bool:
        return name in self.manifest.tables

    # ------------------------------------------------------------ reading the parts

    def rows_of(self, name: str) -> str:
        """A select of the rows of a laid-out table as they are now: later parts before earlier ones. A form
        has all its columns, also those that nobody answered."""
        rows = self._rows_of(name)
        if not name.startswith("records."):
            return rows
        lacking = self.once(f"lacking.{name}", lambda: self._lacking(name, rows))
        return f"SELECT *, {lacking} FROM ({rows})" if lacking else rows

    def _lacking(self, name: str, rows: str) -> str:
        there = {column[0] for column in self.execute(f"DESCRIBE {rows}").fetchall()}
        columns = {column.name: column.type for column in _declared_columns(name)}
        return ", ".join(
            f'NULL::{kind} AS "{column}"' for column, kind in columns.items() if column not in there
        )

    def of_persons(self, name: str, persons: Any, select: str) -> Any:
        """The rows of some persons, as Arrow; `persons` is an Arrow table of their keys."""
        self.connection.register("chosen_persons", persons)
        try:
            sql = f"SELECT {select} FROM ({self._rows_of(name)}) SEMI JOIN chosen_persons USING (person)"
            return self.connection.sql(sql).to_arrow_table()
        finally:
            self.connection.unregister("chosen_persons")

    def _rows_of(self, name: str) -> str:
        table = self.manifest.tables.get(name)
        if table is None:
            raise UnknownSnapshot(
                "snapshot.lacks",
                Text(
                    f"快照 {self.name[:12]} 中没有“{name}”，请重新生成快照。",
                    f"Snapshot {self.name[:12]} holds no {name!r}: take a new one.",
                ),
                where=name,
            )
        parts = table.readable(self.compartments)
        if not parts:
            return f"SELECT * FROM {self._parquet(table.parts[:1])} WHERE false"
        if table.replaced or not any(part.increment for part in table.parts):
            return self._read(parts)
        return self._latest(table, parts)

    def _latest(self, table: manifest.Table, parts: tuple[Part, ...]) -> str:
        """Rows of the full copy that no increment has changed, and the last state of those it has.

        What supersedes is looked for in every part, readable or not: a row that became confidential must
        not stay visible as it was.
        """
        changes = f"changes.{table.name}"
        if changes not in self._made:
            increments = sorted({part.increment for part in table.parts if part.increment})
            unions = " UNION ALL ".join(
                f"SELECT key, {number} AS increment FROM {self._parquet(_of(table.parts, number))}"
                for number in increments
            )
            self.execute(
                f'CREATE OR REPLACE TEMP TABLE "{changes}" AS'
                f" SELECT key, max(increment) AS increment FROM ({unions}) GROUP BY key"
            )
            self._made.add(changes)
        selects = []
        for number in sorted({part.increment for part in parts}):
            rows = self._parquet(_of(parts, number))
            if number == 0:
                selects.append(f'SELECT * FROM {rows} ANTI JOIN "{changes}" USING (key)')
            else:
                selects.append(
                    f"SELECT * FROM {rows} SEMI JOIN"
                    f' (SELECT key FROM "{changes}" WHERE increment = {number}) USING (key)'
                )
        return " UNION ALL BY NAME ".join(selects)

    def _read(self, parts: tuple[Part, ...]) -> str:
        return f"SELECT * FROM {self._parquet(parts)}"

    def _parquet(self, parts: tuple[Part, ...]) -> str:
        files = ", ".join("'" + str(self.root / part.file).replace("'", "''") + "'" for part in parts)
        return f"read_parquet([{files}], union_by_name=true)"

    def knows_next(self, name: str) -> bool:
        """Whether the records that a reader sees know which one comes next."""
        parts = self.manifest.tables[name].readable(self.compartments)
        return self.manifest.format >= 2 and len({part.compartment for part in parts}) < 2

    def merged(self) -> str | None:
        """The name of the table of merged people, or None when nobody was merged."""
        if "merged" not in self._made:
            self.execute(
                "CREATE OR REPLACE TEMP TABLE merged AS SELECT key AS duplicate, merged_into AS canonical"
                f" FROM ({self.rows_of('persons')}) WHERE merged_into IS NOT NULL"
            )
            self._made.add("merged")
        (count,) = self.execute("SELECT count(*) FROM merged").fetchone()
        return "merged" if count else None

    def canonical(self, select: str) -> str:
        """The same rows, with `person` the person who stands for all that were merged."""
        if self.merged() is None:
            return select
        return (
            "SELECT r.* REPLACE (coalesce(m.canonical, r.person) AS person)"
            f" FROM ({select}) r LEFT JOIN merged m ON m.duplicate = r.person"
        )


# The rule of `people.queries.CREDITED_INSTITUTION_SQL`. Whoever has one residence counts there in every
# period that it overlaps; of several, one is chosen for each period.
_SINGLE = """
SELECT person, institution, region, ({bits})::BIGINT AS credited FROM stays WHERE many = 1
"""
_CHOSEN = """
SELECT person, institution, region, {bit}::BIGINT AS credited
FROM (SELECT * FROM stays WHERE many > 1 AND from_on <= DATE '{last}'
    AND (ended_on IS NULL OR ended_on >= DATE '{first}')
    QUALIFY row_number() OVER (PARTITION BY person ORDER BY from_on DESC, is_own DESC, id DESC) = 1)
"""
_OVERLAPS = (
    "(CASE WHEN from_on <= DATE '{last}' AND (ended_on IS NULL OR ended_on >= DATE '{first}')"
    " THEN {bit}::BIGINT ELSE 0 END)"
)


def _credited(periods: Sequence[Period]) -> str:
    named = [{"first": one.first, "last": one.last, "bit": 1 << at} for at, one in enumerate(periods)]
    single = _SINGLE.format(bits=" | ".join(_OVERLAPS.format(**one) for one in named))
    chosen = " UNION ALL ".join(_CHOSEN.format(**one) for one in named)
    return (
        f"{single} UNION ALL SELECT person, institution, region, bit_or(credited)"
        f" FROM ({chosen}) GROUP BY person, institution, region"
    )


def _of(parts: tuple[Part, ...], increment: int) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.increment == increment)


# ---------------------------------------------------------------- one maker per view


def _make_plain(store: Store, name: str) -> None:
    store.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {store.rows_of(name)}')


def _make_persons(store: Store, name: str) -> None:
    store.execute(
        "CREATE OR REPLACE TEMP TABLE persons AS SELECT key AS person, id, sex, birth_date, death_on, status"
        f" FROM ({store.rows_of('persons')}) WHERE merged_into IS NULL"
    )


def _make_stays(store: Store, name: str) -> None:
    """Residences by canonical person, with how many the person has."""
    merged = store.merged()
    canonical = "coalesce(m.canonical, r.person)" if merged else "r.person"
    join = "LEFT JOIN merged m ON m.duplicate = r.person" if merged else ""
    store.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE stays AS
        SELECT {canonical} AS person, r.person = {canonical} AS is_own, r.id, r.institution, r.region,
            r.from_on, r.to_on AS ended_on, count(*) OVER (PARTITION BY {canonical}) AS many
        FROM ({store.rows_of("residences")}) r {join}
        """
    )


def _make_episodes(store: Store, name: str) -> None:
    """Which case of a kind is a person's latest on a day: from its opening until the next one is opened."""
    store.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE episodes AS
        SELECT person, key AS "case", kind, doctor, opened_on, closed_on, closing_reason, facts,
            lead(opened_on) OVER (PARTITION BY kind, person ORDER BY opened_on, key) AS next_opened_on
        FROM ({store.canonical(store.rows_of("cases"))})
        """
    )


def _make_records(store: Store, name: str) -> None:
    """The current records of a form. `next_on` is as it was laid out, but for people who were merged and for
    readers of several compartments, who see more of a person than one file knew of."""
    if not store.has(name):
        store.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {_no_records(name)}')
        return
    known = store.knows_next(name)
    left_out = "status" if known or store.manifest.format < 2 else "status, next_on"
    current = f"(SELECT * EXCLUDE ({left_out}) FROM ({store.rows_of(name)}) WHERE status = 'current')"
    if not known:
        rows = f"SELECT * FROM ({store.canonical(f'SELECT * FROM {current}')})"
    elif store.merged() is None:
        rows = f"SELECT * FROM {current}"
    else:
        together = "(SELECT duplicate FROM merged UNION SELECT canonical FROM merged)"
        rows = (
            f"SELECT * FROM {current} WHERE person NOT IN {together} UNION ALL BY NAME"
            f" SELECT * REPLACE ({_NEXT} AS next_on) FROM"
            f" ({store.canonical(f'SELECT * FROM {current} WHERE person IN {together}')})"
        )
    store.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {rows}')


_NEXT = "lead(performed_on) OVER (PARTITION BY person ORDER BY sequence)"

_RECORD_COLUMNS = {
    "id": "UUID",
    "key": "BIGINT",
    "person": "BIGINT",
    "case": "BIGINT",
    "form_version": "VARCHAR",
    "performed_on": "DATE",
    "performed_by": "BIGINT",
    "institution": "BIGINT",
    "entered_at": "TIMESTAMP WITH TIME ZONE",
    "sequence": "BIGINT",
    "compartment": "VARCHAR",
    "next_on": "DATE",
    "assessment": "VARCHAR",
}


def _no_records(name: str) -> str:
    """A form that nobody has filled yet has no part in the snapshot: it counts as empty, not as unknown. It
    has every column of others: a statement written where there are records is used here as well."""
    columns = _RECORD_COLUMNS | {column.name: column.type for column in _declared_columns(name)}
    nulls = ", ".join(f'NULL::{kind} AS "{column}"' for column, kind in columns.items())
    return f"SELECT {nulls} WHERE false"


def _declared_columns(name: str) -> tuple[layout.Column, ...]:
    """Of the form whose records a table holds."""
    versions = layout.versions_of(name.removeprefix("records."))
    return (*layout.answer_columns(versions), *layout.assessment_columns(versions))


def _make_diagnoses(store: Store, name: str) -> None:
    rows = store.canonical(store.rows_of(name))
    store.execute(
        "CREATE OR REPLACE TEMP VIEW diagnoses AS"
        f" SELECT * RENAME (diagnosed_on AS performed_on) FROM ({rows})"
    )


_MAKERS = {
    "persons": _make_persons,
    "stays": _make_stays,
    "episodes": _make_episodes,
    "records": _make_records,
    "diagnoses": _make_diagnoses,
}

# ---------------------------------------------------------------- opening

_open: dict[tuple[str, str, frozenset[str] | None], Store] = {}
_opening = RLock()


def opened(root: Path, name: str = "latest", compartments: frozenset[str] | None = frozenset()) -> Store:
    """The store of a snapshot, kept open between questions.

    `compartments` are those the reader may see; None is for jobs that may see all. Raises UnknownSnapshot,
    DamagedSnapshot.
    """
    full = manifest.resolve(root, name)
    key = (str(root), full, compartments)
    with _opening:
        store = _open.pop(key, None)
        if store is None:
            store = _fresh(root, manifest.read(root, full), compartments)
        _open[key] = store
        while len(_open) > _MOST_OPEN:
            _open.pop(next(iter(_open)))
    return store


def _fresh(root: Path, found: Manifest, compartments: frozenset[str] | None) -> Store:
    connection = duckdb.connect(config={"memory_limit": MEMORY_LIMIT})
    connection.execute("SET TimeZone = 'Asia/Shanghai'")
    return Store(found, root, compartments, connection)


def unlocked(root: Path, found: Manifest) -> Store:
    """A store of its own with every compartment, for the taking of the next snapshot."""
    return _fresh(root, found, None)


def forget() -> None:
    """Close every store that is open; for tests and after snapshots were deleted."""
    with _opening:
        _open.clear()


def age_in_seconds(found: Manifest, now: datetime) -> float:
    return (now - found.taken_at).total_seconds()
