"""Which indicators a snapshot has anything to say about: those that ask for records, cases, diagnoses or
entries of which it holds any.

Compiling a figure's statement takes longer than counting it, and most of a catalogue's services are not
carried out by every county: a page or a document does not count what can only come out as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kangshu.declare import expression as e
from kangshu.declare import registry
from kangshu.declare.binding import walk
from kangshu.declare.indicator import Counts, Indicator
from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.store import Store


def with_records(indicators: Iterable[Indicator], store: Store) -> list[Indicator]:
    """Those that ask for something the reader's part of the snapshot has rows of, or for nothing but people;
    in the order given."""
    with store.lock:
        held: Held = store.once("held", lambda: _held(store))
        return [one for one in indicators if held.anything_for(one)]


@dataclass(frozen=True)
class Held:
    """What a snapshot has rows of, by what an expression asks for. `logbooks` are of entries, `sites` the
    kinds of registered sites."""

    forms: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    logbooks: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    _told: dict[str, bool] = field(default_factory=dict)

    def anything_for(self, indicator: Indicator) -> bool:
        key = f"{indicator.id}@{indicator.version}"
        if key not in self._told:
            asked = list(self._asked(indicator))
            self._told[key] = any(asked) or not asked
        return self._told[key]

    def _asked(self, indicator: Indicator) -> Iterator[bool]:
        """For each source the indicator names, whether there is any row of it."""
        if indicator.counts is Counts.ENTRIES:
            logbook = registry.logbook_of(indicator.form)
            yield logbook.id in self.logbooks
            yield logbook.site is not None and logbook.site.id in self.sites
            return
        if indicator.counts is Counts.RECORDS:
            yield indicator.form in self.forms
            return
        if indicator.case_kind:
            yield indicator.case_kind in self.cases
        for node in (node for part in indicator.parts for node in walk(part)):
            if isinstance(node, e.Records):
                yield node.form in self.forms
            elif isinstance(node, e.Cases):
                yield node.capability in self.cases
            elif isinstance(node, e.Diagnoses):
                yield any(code.startswith(node.prefixes) for code in self.codes)


def _held(store: Store) -> Held:
    forms = (
        name.removeprefix(layout.table_of(""))
        for name, table in store.manifest.tables.items()
        if name.startswith(layout.table_of(""))
        and any(part.rows for part in table.readable(store.compartments))
    )
    return Held(
        frozenset(forms),
        _different(store, "cases", "kind"),
        _different(store, "diagnoses", "code"),
        _different(store, "entries", "logbook"),
        _different(store, "sites", "kind"),
    )


def _different(store: Store, table: str, column: str) -> frozenset[str]:
    if not store.has(table):
        return frozenset()
    rows = store.execute(f"SELECT DISTINCT {column} FROM ({store.rows_of(table)})").fetchall()
    return frozenset(value for (value,) in rows if value is not None)
