"""Tables made of tables, written as a chain of named selects: `WITH q1 AS (…), q2 AS (…) SELECT …`.

A table is a value: each step gives a new one and leaves the old as it was. When the last is written, every
step names only the columns that a later one reads, down to the views of the snapshot; a table that two steps
read is written once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kangshu.indicators.sql.value import Type, Value, column

Needed = dict[str, None]
"""Names of columns, in order."""


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns with their types, and how they come about. `types` by name, in order."""

    types: Mapping[str, Type]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.types)

    def __contains__(self, name: str) -> bool:
        return name in self.types

    def __getitem__(self, name: str) -> Value:
        """Raises KeyError."""
        return column(name, self.types[name])

    # ------------------------------------------------------------ steps

    def select(self, *names: str, **values: Value | str) -> Table:
        """Only these columns; a keyword gives a value, or another column, its name."""
        chosen = {name: self[name] for name in names}
        chosen |= {name: self[value] if isinstance(value, str) else value for name, value in values.items()}
        return Selected({name: value.type for name, value in chosen.items()}, self, chosen)

    def mutate(self, **values: Value) -> Table:
        """With these columns beside its own, or in their place."""
        if not values:
            return self
        return self.select(**({name: self[name] for name in self.columns} | values))

    def filter(self, condition: Value) -> Table:
        return Filtered(self.types, self, condition)

    def join(self, other: Table, *keys: str) -> Table:
        """The rows that agree in the keys. No other column may have the same name in both."""
        return self._joined(other, keys, "JOIN")

    def left_join(self, other: Table, *keys: str) -> Table:
        """All rows of this table, with what the other has under the same keys."""
        return self._joined(other, keys, "LEFT JOIN")

    def _joined(self, other: Table, keys: Sequence[str], how: str) -> Table:
        twice = (set(self.types) & set(other.types)) - set(keys)
        if twice:
            raise ValueError(f"both tables have {', '.join(sorted(twice))}")
        return Joined({**self.types, **other.types}, self, other, tuple(keys), how)

    def union(self, other: Table) -> Table:
        """The rows of both, which have the same columns."""
        if set(self.types) != set(other.types):
            raise ValueError(f"columns differ: {sorted(set(self.types) ^ set(other.types))}")
        return United(self.types, self, other)

    def aggregate(self, keys: Sequence[str], **values: Value) -> Table:
        """One row for each combination of the keys; without keys, one row."""
        types = {name: self.types[name] for name in keys}
        types |= {name: value.type for name, value in values.items()}
        return Grouped(types, self, tuple(keys), values)

    # ------------------------------------------------------------ writing

    def sql(self) -> str:
        """The statement, with all columns of this table in their order."""
        steps = _in_order(self)
        needed: dict[Table, Needed] = {step: {} for step in steps}
        needed[self] = dict.fromkeys(self.columns)
        for step in reversed(steps):
            for source, names in step.reads(needed[step]):
                needed[source] |= names
        names: dict[Table, str] = {}
        selects = []
        for step in steps:
            if isinstance(step, Named):
                names[step] = _quoted(step.name)
                continue
            text = step.text(needed[step], names)
            names[step] = f"q{len(selects) + 1}"
            selects.append(f"{names[step]} AS ({text})")
        listed = ", ".join(map(_quoted, self.columns))
        written = f"SELECT {listed} FROM {names[self]}"
        return "WITH " + ",\n".join(selects) + "\n" + written if selects else written

    @property
    def sources(self) -> tuple[Table, ...]:
        raise NotImplementedError

    def reads(self, needed: Needed) -> list[tuple[Table, Needed]]:
        """What must be there of its sources, when these of its own columns are needed."""
        raise NotImplementedError

    def text(self, needed: Needed, names: Mapping[Table, str]) -> str:
        """The select of this step."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Named(Table):
    """A table or view of the database."""

    name: str

    @property
    def sources(self) -> tuple[Table, ...]:
        return ()

    def reads(self, needed: Needed) -> list[tuple[Table, Needed]]:
        return []


@dataclass(frozen=True, eq=False)
class Selected(Table):
    source: Table
    values: Mapping[str, Value]

    @property
    def sources(self) -> tuple[Table, ...]:
        return (self.source,)

    def reads(self, needed: Needed) -> list[tuple[Table, Needed]]:
        return [(self.source, _of_values(self.values[name] for name in needed))]

    def text(self, needed: Needed, names: Mapping[Table, str]) -> str:
        return f"SELECT {_list(self.values, needed)} FROM {names[self.source]}"


@dataclass(frozen=True, eq=False)
class Filtered(Table):
    source: Table
    condition: Value

    @property
    def sources(self) -> tuple[Table, ...]:
        return (self.source,)

    def reads(self, needed: Needed) -> list[tuple[Table, Needed]]:
        return [(self.source, needed | _of_values([self.condition]))]

    def text(self, needed: Needed, names: Mapping[Table, str]) -> str:
        listed = ", ".join(map(_quoted, needed)) or "1"
        return f"SELECT {listed} FROM {names[self.source]} WHERE {self.condition.text}"


@dataclass(frozen=True, eq=False)
class Joined(Table):
    left: Table
    right: Table
    keys: tuple[str, ...]
    how: str

    @property
    def sources(self) -> tuple[Table, ...]:
        return (self.left, self.right)

    def reads(self, needed: Needed) -> list[tuple[Table, Needed]]:
        keys = dict.fromkeys(self.keys)
        return [(one, keys | {name: None for name in needed if name in one.types}) for one in self.sources]

    def text(self, needed: Needed, names: Mapping[Table, str]) -> str:
        columns = [f"{'l' if name in self.left.types else 'r'}.{_quoted(name)}" for name in needed]
        on = " AND ".join(f"l.{_quoted(key)} = r.{_quoted(key)}" for key in self.keys)
        return (
            f"SELECT {', '.join(columns) or '1'} FROM {names[self.left]} AS l"
            f" {self.how} {names[self.right]} AS r ON {on}"
        )


@dataclass(frozen=True, eq=False)
class United(Table):
    first: Table
    second: Table

    @property
    def sources(self) -> tuple[Table, ...]:
        return (self.first, self.second)

    def reads(self, needed: Needed) -> list[tuple[Table, Needed]]:
        return [(one, needed) for one in self.sources]

    def text(self, needed: Needed, names: Mapping[Table, str]) -> str:
        listed = ", ".join(map(_quoted, needed)) or "1"
        return " UNION ALL ".join(f"SELECT {listed} FROM {names[one]}" for one in self.sources)


@dataclass(frozen=True, eq=False)
class Grouped(Table):
    source: Table
    keys: tuple[str, ...]
    values: Mapping[str, Value]

    @property
    def sources(self) -> tuple[Table, ...]:
        return (self.source,)

    def reads(self, needed: Needed) -> list[tuple[Table, Needed]]:
        asked = [self.values[name] for name in needed if name in self.values]
        return [(self.source, dict.fromkeys(self.keys) | _of_values(asked))]

    def text(self, needed: Needed, names: Mapping[Table, str]) -> str:
        values = {name: self.source[name] for name in self.keys} | dict(self.values)
        listed = _list(values, needed)
        keys = ", ".join(map(_quoted, self.keys))
        grouped = f" GROUP BY {keys}" if keys else ""
        return f"SELECT {listed} FROM {names[self.source]}{grouped}"


def _of_values(values: Any) -> Needed:
    return {name: None for value in values for name in sorted(value.columns)}


def _list(values: Mapping[str, Value], needed: Needed) -> str:
    return ", ".join(_named(values[name].text, _quoted(name)) for name in needed) or "1"


def _named(text: str, name: str) -> str:
    return text if text == name else f"{text} AS {name}"


def _quoted(name: str) -> str:
    quoted = name.replace('"', '""')
    return f'"{quoted}"'


def _in_order(table: Table) -> list[Table]:
    """Every table under this one, each after all it is made of."""
    found: dict[Table, None] = {}
    waiting: list[tuple[Table, bool]] = [(table, False)]
    while waiting:
        step, done = waiting.pop()
        if step in found:
            continue
        if done:
            found[step] = None
        else:
            waiting += [(step, True), *((source, False) for source in step.sources)]
    return list(found)
