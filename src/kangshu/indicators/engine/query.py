"""The query of several indicators for several periods: one table of units, one group-by.

A unit is a person with (if a case is asked for) one of their cases, or a record. Each cell (indicator and
period) is a pair of conditions over the unit; the sums of all cells come out of one statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis

from kangshu.declare import expression as e
from kangshu.declare.indicator import Counts, Indicator, Months
from kangshu.indicators.engine import analysis
from kangshu.indicators.engine.events import frame_of, next_days, wanted, with_events
from kangshu.indicators.engine.folding import fold
from kangshu.indicators.engine.values import Place, Value, age, translate
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.periods import Period

NO_CASE = -1


@dataclass(frozen=True)
class Cell:
    """One indicator in one period, with its conditions rewritten for it. `denominator` is None for a plain
    count and for an estimated denominator."""

    indicator: Indicator
    period: Period
    numerator: e.Expression
    denominator: e.Expression | None
    number: int

    @property
    def roots(self) -> tuple[e.Expression, ...]:
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)

    @property
    def needs_case(self) -> bool:
        """Whether whoever counts has a case."""
        belongs = self.numerator if self.denominator is None else self.denominator
        return analysis.needs_case(belongs)


@dataclass(frozen=True)
class Family:
    """What indicators must share to be computed in one statement."""

    counts: Counts
    form: str
    case_kind: str
    months: Months


def family_of(indicator: Indicator) -> Family:
    return Family(indicator.counts, indicator.form, indicator.case_kind, indicator.months)


@dataclass
class Query:
    """The statement for the cells of one family. `by` names raw dimensions: institution, region, doctor,
    sex, age."""

    store: Store
    indicators: Sequence[Indicator]
    periods: Sequence[Period]
    parameters: Values

    @cached_property
    def cells(self) -> list[Cell]:
        found = []
        for indicator in self.indicators:
            for period in self.periods:
                numerator = fold(indicator.numerator, period, self.parameters)
                denominator = None
                if indicator.denominator is not None:
                    denominator = fold(indicator.denominator, period, self.parameters)
                found.append(Cell(indicator, period, numerator, denominator, len(found)))
        return found

    @property
    def family(self) -> Family:
        return family_of(self.indicators[0])

    @property
    def counts_people(self) -> bool:
        return self.family.counts is Counts.PEOPLE

    @property
    def has_case(self) -> bool:
        return bool(self.family.case_kind)

    def _place(self, unit: Any, period: Period) -> Place:
        return Place(unit, period, self.parameters, has_case=self.has_case)

    # ------------------------------------------------------------ units

    def _people(self) -> Any:
        """One row for each canonical person, or for each of their cases of the kind (and for having none
        yet)."""
        persons = self.store.table("persons").select(
            "person", p_sex="sex", p_birth_date="birth_date", p_death_on="death_on"
        )
        if not self.has_case:
            return persons.mutate(c_key=ibis.literal(NO_CASE, "int64"))
        cases = self._episodes()
        with_case = cases.join(persons, "person")
        if all(cell.needs_case for cell in self.cells):
            return with_case
        first = cases.group_by("person").aggregate(c_first=cases.c_opened_on.min())
        without = persons.left_join(first, "person").drop("person_right")
        without = without.mutate(
            c_key=ibis.literal(NO_CASE, "int64"),
            c_until_on=(without.c_first - ibis.interval(days=1)).cast("date"),
            c_doctor=ibis.null("int64"),
            c_opened_on=ibis.null("date"),
            c_closed_on=ibis.null("date"),
            c_closing_reason=ibis.null("string"),
            c_facts=ibis.null("string"),
        )
        return with_case.union(without.select(*with_case.columns))

    def _episodes(self) -> Any:
        episodes = self.store.table("episodes")
        chosen = episodes.filter(episodes.kind == self.family.case_kind)
        return chosen.select(
            "person",
            c_key="case",
            c_doctor="doctor",
            c_opened_on="opened_on",
            c_closed_on="closed_on",
            c_closing_reason="closing_reason",
            c_facts="facts",
            c_until_on="until_on",
        )

    def _case_counts(self, unit: Any, period: Period) -> Value:
        """Whether this row's case is the latest opened on or before the period's last day."""
        last = ibis.literal(period.last)
        begun = (unit.c_key == NO_CASE) | (unit.c_opened_on <= last)
        return begun & (unit.c_until_on.isnull() | (unit.c_until_on >= last))

    @cached_property
    def units(self) -> Any:
        """The table of units with all that the cells ask of them."""
        return self._counted_people() if self.counts_people else self._counted_records()

    def _counted_people(self) -> Any:
        all_wanted = wanted(root for cell in self.cells for root in cell.roots)
        self._names = {one.node: one.column for one in all_wanted}
        unit = with_events(self._people(), self.store, all_wanted, self._place(None, self.periods[-1]))
        credit = self.store.credit(self.periods)
        return unit.join(credit, "person")

    def _counted_records(self) -> Any:
        roots = [root for cell in self.cells for root in cell.roots]
        frame, self._free_text = frame_of(self.store, e.Records(self.family.form))
        if any(analysis.asks_for_next(root) for root in roots):
            frame = frame.mutate(n_root=next_days(frame))
        all_wanted = wanted(roots)
        self._names = {one.node: one.column for one in all_wanted}
        if not self._leans(roots):
            return self._in_days(frame, self.cells)
        people = with_events(self._people(), self.store, all_wanted, self._place(None, self.periods[-1]))
        return self._in_days(frame, self.cells).join(people, "person")

    def _leans(self, roots: Iterable[e.Expression]) -> bool:
        return any(analysis.leans_on_unit(root) for root in roots)

    def _in_days(self, frame: Any, cells: Iterable[Cell]) -> Any:
        """Without the records of days that belong to no cell."""
        spans = []
        for cell in cells:
            belongs = cell.numerator if cell.denominator is None else cell.denominator
            spans.append(analysis.days_of_condition(belongs, cell.period, self.parameters))
        firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
        if None not in firsts:
            frame = frame.filter(frame.performed_on >= ibis.literal(min(firsts)))  # type: ignore[type-var]
        if None not in lasts:
            frame = frame.filter(frame.performed_on <= ibis.literal(max(lasts)))  # type: ignore[type-var]
        return frame

    # ------------------------------------------------------------ cells

    def belongs_and_counts(self, cell: Cell) -> tuple[Value, Value]:
        """Whether a unit belongs to the denominator (for a plain count: to the numerator), and whether it
        counts."""
        place = self._asked(cell)
        valid = self._valid(self.units, cell.period)
        counts = translate(cell.numerator, place).fill_null(False) & valid
        if cell.denominator is None:
            return counts, counts
        belongs = translate(cell.denominator, place).fill_null(False) & valid
        return belongs, belongs & counts

    def _asked(self, cell: Cell) -> Place:
        unit = self.units
        place = Place(unit, cell.period, self.parameters, has_case=self.has_case, aggregates=self._names)
        if self.counts_people:
            return place
        return place.within(unit, self._free_text, unit.n_root if "n_root" in unit.columns else None)

    def _valid(self, unit: Any, period: Period) -> Value:
        valid: Value = ibis.literal(True)
        if self.counts_people:
            first, last = ibis.literal(period.first), ibis.literal(period.last)
            single = unit.on_last.isnull() & (unit.from_on <= last)
            single = single & (unit.ended_on.isnull() | (unit.ended_on >= first))
            valid = (unit.on_last == last).fill_null(False) | single
        if self.has_case and "c_key" in unit.columns:
            valid = valid & self._case_counts(unit, period)
        return valid

    def raw(self, dimension: str) -> Value:
        """The column of a dimension as it stands in the units. `age` is in full years on the last day."""
        unit = self.units
        if dimension == "institution":
            return unit.institution
        if dimension == "region":
            return unit.region
        if dimension == "doctor":
            return self._doctor(unit)
        if dimension == "sex":
            return unit.p_sex
        last = ibis.literal(self.periods[-1].last)
        return ibis.cases((unit.p_birth_date <= last, age(unit.p_birth_date, last)))

    def join_persons(self) -> None:
        """Records that asked nothing of the person have still to be told by sex or age."""
        if "p_sex" not in self.units.columns:
            persons = self.store.table("persons").select("person", p_sex="sex", p_birth_date="birth_date")
            self.units = self.units.join(persons, "person")

    def _doctor(self, unit: Any) -> Value:
        if not self.counts_people:
            return unit.performed_by
        return unit.c_doctor if "c_doctor" in unit.columns else ibis.null("int64")

    def sums(self, by: Sequence[str]) -> Any:
        """The Ibis table with a row for each combination of raw dimensions: n_<cell> and d_<cell>."""
        if {"sex", "age"} & set(by):
            self.join_persons()
        raw = {name: self.raw(name) for name in by}
        flags: dict[str, Value] = {}
        for cell in self.cells:
            belongs, counts = self.belongs_and_counts(cell)
            flags[f"n_{cell.number}"] = counts
            if cell.denominator is not None:
                flags[f"d_{cell.number}"] = belongs
        table = self.units.select(**raw, **flags)
        sums = {name: table[name].sum().fill_null(0) for name in flags}
        return table.group_by(list(raw)).aggregate(**sums) if raw else table.aggregate(**sums)

    def condition(self, cell: Cell, part: e.Expression) -> Value:
        """A part of a cell's condition, over the units."""
        return translate(part, self._asked(cell))

    def members(self, part: str, extra: Mapping[str, Value] | None = None) -> Any:
        """Who stands behind the one cell of this query: person, what it can be split by and, for records, the
        record's id; with `extra` columns. `part`: numerator, denominator, or gap (who belongs and does not
        count)."""
        (cell,) = self.cells
        self.join_persons()
        belongs, counts = self.belongs_and_counts(cell)
        chosen = {"numerator": counts, "denominator": belongs, "gap": belongs & ~counts}[part]
        columns = {name: self.raw(name) for name in ("institution", "doctor", "sex", "age")}
        if self.counts_people:
            columns["region"] = self.raw("region")
        else:
            columns["id"] = self.units.id
        return self.units.select("person", **columns, **(extra or {}), chosen=chosen).filter(ibis._.chosen)
