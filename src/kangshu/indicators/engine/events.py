"""Counting events per person: all `records(…)` and `diagnoses(…)` expressions of a query, source by source.

Everything that is asked of one form is answered in one pass over its records. What leans on nothing but the
records is grouped by person directly; what compares them with the person or the case is joined first, after
the records that cannot count in any case have been left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import ibis

from kangshu.declare import expression as e
from kangshu.declare.binding import walk
from kangshu.declare.errors import BadDeclaration
from kangshu.indicators.engine import analysis
from kangshu.indicators.engine.dialect import picking
from kangshu.indicators.engine.values import AGGREGATES, Place, Value, sentinel, translate
from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.store import Store

_TRUE = ibis.literal(True)
_ANY_SOURCE = e.Records("")
UNIT_KEYS = ("person", "c_key")


@dataclass(frozen=True)
class Wanted:
    """One `records(…)` expression and the column that will hold what it comes to."""

    node: Any
    column: str

    @property
    def source(self) -> e.Events:
        return self.node.source

    @property
    def leans(self) -> bool:
        conditions = [condition for _, condition in analysis.conditions(self.source)]
        value = [self.node.value] if isinstance(self.node, e.Sum | e.Picked) else []
        return any(analysis.leans_on_unit(part) for part in (*conditions, *value))

    @property
    def level(self) -> int:
        return _depth(self.node) - 1


def _depth(node: e.Expression | e.Events) -> int:
    inner = max((_depth(child) for child in node.children), default=0)
    return inner + isinstance(node, AGGREGATES)


def wanted(roots: Iterable[e.Expression]) -> list[Wanted]:
    """Every different events expression under the roots, innermost first."""
    found: dict[Any, None] = {}
    for root in roots:
        for node in walk(root):
            if isinstance(node, AGGREGATES):
                found.setdefault(node)
    named = [Wanted(node, f"g_{number}") for number, node in enumerate(found)]
    return sorted(named, key=lambda one: one.level)


def with_events(unit: Any, store: Store, all_wanted: list[Wanted], place: Place) -> Any:
    """The unit table (keys `person`, `c_key`) with a column for each wanted expression.

    `place` gives period, parameters and whether there is a case; its tables are replaced.
    """
    names = {one.node: one.column for one in all_wanted}
    groups: dict[tuple[int, e.Events, bool], list[Wanted]] = {}
    for one in all_wanted:
        groups.setdefault((one.level, analysis.base(one.source), one.leans), []).append(one)
    for (_, source, leans), members in groups.items():
        pass_over = _Pass(store, source, members, place, names)
        counted = pass_over.by_unit(unit) if leans else pass_over.by_person()
        keys = UNIT_KEYS if leans else ("person",)
        joined = unit.left_join(counted, list(keys))
        unit = joined.drop(*(f"{key}_right" for key in keys))
    return unit


def frame_of(store: Store, source: e.Events) -> tuple[Any, frozenset[str]]:
    """The table of a source's events, and which of its columns are free text."""
    if isinstance(source, e.Records):
        columns = layout.answer_columns(layout.versions_of(source.form))
        free = frozenset(column.name for column in columns if column.free_text)
        if not columns:
            raise BadDeclaration("engine", f"no form {source.form!r} is declared")
        return store.records(source.form), free
    if isinstance(source, e.Diagnoses):
        table = store.table("diagnoses")
        starts = [table.code.startswith(prefix) for prefix in source.prefixes]
        chosen = starts[0]
        for start in starts[1:]:
            chosen = chosen | start
        return table.filter(chosen), frozenset()
    raise BadDeclaration("engine", f"cannot list {type(source).__name__}")


def next_days(frame: Any) -> Value:
    """Days to the person's next event of the frame."""
    following = frame.performed_on.lead().over(ibis.window(group_by=frame.person, order_by=frame.sequence))
    return following.delta(frame.performed_on, unit="day")


class _Pass:
    """One pass over the events of one source."""

    def __init__(
        self, store: Store, source: e.Events, members: list[Wanted], place: Place, names: dict[Any, str]
    ) -> None:
        self.members, self.place, self.names = members, place, names
        frame, self.free_text = frame_of(store, source)
        self._shared: dict[tuple[e.Events, e.Expression], str] = {}
        self.frame = self._with_shared(self._with_next(self._in_days(frame)))

    def _in_days(self, frame: Any) -> Any:
        """Without the events of days that nobody asks for. The next one after the last day may still
        matter."""
        spans = [analysis.days(one.source, self.place.period, self.place.parameters) for one in self.members]
        firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
        if None not in firsts:
            frame = frame.filter(frame.performed_on >= ibis.literal(min(firsts)))  # type: ignore[type-var]
        if None not in lasts and not any(analysis.asks_for_next(one.node) for one in self.members):
            frame = frame.filter(frame.performed_on <= ibis.literal(max(lasts)))  # type: ignore[type-var]
        return frame

    def _with_next(self, frame: Any) -> Any:
        """Columns with the days to the next event, for every list of events in which one asks for it."""
        self._next: dict[e.Events, str] = {}
        lists = dict.fromkeys(
            looked_through
            for one in self.members
            for looked_through, part in (*analysis.conditions(one.source), *self._values(one))
            if analysis.asks_for_next(part)
        )
        for number, looked_through in enumerate(lists):
            name = f"n_{number}"
            frame = frame.mutate(**{name: self._days_to_next(frame, looked_through)})
            self._next[looked_through] = name
        return frame

    def _with_shared(self, frame: Any) -> Any:
        """Columns with the conditions that several expressions share (a complete form, face to face), so
        that twelve months do not ask the same twenty answers twelve times."""
        asked: dict[tuple[e.Events, e.Expression], set[e.Events]] = {}
        for source in dict.fromkeys(one.source for one in self.members):
            for looked_through, condition in analysis.conditions(source):
                for part in analysis.conjuncts(condition):
                    if not analysis.leans_on_unit(part):
                        asked.setdefault((looked_through, part), set()).add(source)
        # Conditions that always stand together become one column.
        together: dict[tuple[e.Events, frozenset[e.Events]], list[e.Expression]] = {}
        for (looked_through, part), sources in asked.items():
            if len(sources) > 1:
                together.setdefault((looked_through, frozenset(sources)), []).append(part)
        columns = {}
        for number, ((looked_through, _), parts) in enumerate(together.items()):
            place = self._place(frame, frame, looked_through)
            columns[f"b_{number}"] = all_true([translate(part, place) for part in parts])
            self._shared |= {(looked_through, part): f"b_{number}" for part in parts}
        return frame.mutate(**columns) if columns else frame

    @staticmethod
    def _values(one: Wanted) -> list[tuple[e.Events, e.Expression]]:
        return [(one.source, one.node.value)] if isinstance(one.node, e.Sum | e.Picked) else []

    def _days_to_next(self, frame: Any, looked_through: e.Events) -> Value:
        if not isinstance(looked_through, e.Where):
            return next_days(frame)
        if analysis.leans_on_unit(looked_through):
            raise BadDeclaration("engine", "days_to_next among records chosen by the person or the case")
        chosen = self._flag(frame, looked_through, frame)
        later = ibis.window(group_by=frame.person, order_by=frame.sequence, preceding=-1, following=None)
        following = chosen.ifelse(frame.performed_on, ibis.null("date")).min().over(later)
        return following.delta(frame.performed_on, unit="day")

    def _place(self, unit: Any, frame: Any, looked_through: e.Events) -> Place:
        name = self._next.get(looked_through) if hasattr(self, "_next") else None
        days = None if name is None else frame[name]
        return Place(
            unit=unit,
            period=self.place.period,
            parameters=self.place.parameters,
            has_case=self.place.has_case,
            aggregates=self.names,
        ).within(frame, self.free_text, days)

    def _flag(self, unit: Any, source: e.Events, frame: Any, *, light: bool = False) -> Value:
        """Whether an event is among a source's. `light`: as far as the event alone decides it."""
        parts: list[Value] = []
        used: set[str] = set()
        for looked_through, condition in analysis.conditions(source):
            place = self._place(unit, frame, looked_through)
            for part in analysis.conjuncts(condition):
                if light and analysis.leans_on_unit(part):
                    continue
                shared = self._shared.get((looked_through, part))
                if shared is None:
                    parts.append(translate(part, place))
                elif shared not in used:
                    parts.append(frame[shared])
                    used.add(shared)
        return all_true(parts).fill_null(False) if parts else _TRUE

    def by_person(self) -> Any:
        frame = self._with_packed(self.frame)
        columns = {one.column: self._counted(one, frame) for one in self.members}
        return frame.group_by("person").aggregate(**columns)

    def by_unit(self, unit: Any) -> Any:
        possible: Value = ibis.literal(False)
        for source in dict.fromkeys(one.source for one in self.members):
            possible = possible | self._flag(self.frame, source, self.frame, light=True)
        taken = {*self.frame.columns} - {"person"}
        rest = unit.select(*(name for name in unit.columns if name not in taken))
        joined = self._with_packed(self.frame.filter(possible).join(rest, "person"))
        columns = {one.column: self._counted(one, joined) for one in self.members}
        return joined.group_by(*UNIT_KEYS).aggregate(**columns)

    def _with_packed(self, frame: Any) -> Any:
        """Columns with the conditions that are asked of the last record, once for all months."""
        self._packed: dict[tuple[e.Events, e.Expression], str] = {}
        columns = {}
        for one in self.members:
            if isinstance(one.node, e.Picked) and one.node.kind is e.Kind.BOOLEAN:
                looked_through = one.source if analysis.asks_for_next(one.node.value) else _ANY_SOURCE
                name = self._packed.setdefault((looked_through, one.node.value), f"v_{len(self._packed)}")
                if name not in columns:
                    value = translate(one.node.value, self._place(frame, frame, one.source))
                    columns[name] = packed(value, frame.sequence)
        return frame.mutate(**columns) if columns else frame

    def _counted(self, one: Wanted, frame: Any) -> Value:
        flag = self._flag(frame, one.source, frame)
        if isinstance(one.node, e.Count):
            return flag.sum()
        if isinstance(one.node, e.Exists):
            return flag.any()
        last = isinstance(one.node, e.Picked) and one.node.which == "last"
        for key in ((one.source, one.node.value), (_ANY_SOURCE, one.node.value)):
            if key in self._packed:
                return unpacked(frame[self._packed[key]], flag, last=last)
        value = translate(one.node.value, self._place(frame, frame, one.source))
        if isinstance(one.node, e.Sum):
            return value.sum(where=flag)
        none = ibis.literal(sentinel(value.type()), type=value.type().copy(nullable=True))
        return _picking(value.fill_null(none), frame.sequence, flag, last).nullif(none)


def all_true(values: list[Value]) -> Value:
    joined = values[0]
    for value in values[1:]:
        joined = joined & value
    return joined


def packed(value: Value, sequence: Value) -> Value:
    """A condition in the last two bits of the event's place: then a plain max finds the last event's
    answer, missing ones included, five times as quick as an arg_max."""
    return sequence - sequence % 4 + value.ifelse(1, 0).fill_null(2)


def unpacked(place: Value, flag: Value, *, last: bool) -> Value:
    found = (place.max(where=flag) if last else place.min(where=flag)) % 4
    return ibis.cases((found == 1, True), (found == 0, False))


def _picking(coded: Value, sequence: Value, flag: Value, last: bool) -> Value:
    return picking("last" if last else "first", coded.type())(coded, sequence, where=flag)
