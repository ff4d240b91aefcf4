"""The query of several indicators for several periods: one table of units, one group-by.

A unit is a person with (if a case is asked for) one of their cases, or a record. Each indicator is a pair of
conditions over the unit, told for all periods by the bits of two integers; the sums of all indicators and
periods come out of one statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kangshu.declare import expression as e
from kangshu.declare.indicator import Counts, Indicator, Months
from kangshu.indicators.engine import analysis, masks
from kangshu.indicators.engine.dialect import days_between
from kangshu.indicators.engine.events import frame_of, next_on, wanted, with_events
from kangshu.indicators.engine.folding import settled
from kangshu.indicators.engine.masks import Asker, Periods
from kangshu.indicators.engine.values import Place, age, as_number
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot.store import Store
from kangshu.indicators.sql import value as v
from kangshu.indicators.sql.table import Table
from kangshu.indicators.sql.value import Value
from kangshu.kernel.periods import Period

NO_CASE = -1


@dataclass(frozen=True)
class Cell:
    """One indicator in one period, and what its columns are called in the sums."""

    indicator: Indicator
    period: Period
    numerator: str
    denominator: str | None


@dataclass(frozen=True)
class Family:
    """What indicators must share to be computed in one statement."""

    counts: Counts
    form: str
    case_kind: str
    months: Months
    #: A median is grouped by its value, which no other figure shares.
    median: str


def family_of(indicator: Indicator) -> Family:
    alone = indicator.id if indicator.median is not None else ""
    return Family(indicator.counts, indicator.form, indicator.case_kind, indicator.months, alone)


def with_value(indicator: Indicator) -> e.Expression:
    """Who counts: of a median only those whose value is known."""
    if indicator.median is None:
        return indicator.numerator
    return e.All((indicator.numerator, e.Not(e.IsMissing(indicator.median))))


def _settled(node: e.Expression | None) -> e.Expression | None:
    return None if node is None else settled(node)


def _added(table: Table, flag: str, at: int, value: str | None, times: Value | None) -> Value:
    """How often a flag is set in a period, or what its value adds up to where it is."""
    if value is None:
        counted = masks.bit(table[flag], at)
        counted = counted if times is None else counted * times
        return counted.sum().or_else(0)
    return table[value].sum(where=masks.holds_in(table[flag], at)).or_else(0)


@dataclass
class Query:
    """The statement for the cells of one family. `by` names raw dimensions: institution, region, doctor,
    sex, age."""

    store: Store
    indicators: Sequence[Indicator]
    periods: Sequence[Period]
    parameters: Values

    @cached_property
    def asked(self) -> Periods:
        return Periods(self.periods, self.parameters)

    @cached_property
    def conditions(self) -> list[tuple[e.Expression, e.Expression | None]]:
        """Numerator and denominator of each indicator, in the shape that costs least. The denominator is None
        for a plain count and for an estimated denominator."""
        return [
            (
                settled(with_value(indicator)),
                None if indicator.denominator is None else settled(indicator.denominator),
            )
            for indicator in self.indicators
        ]

    @property
    def roots(self) -> list[e.Expression]:
        found = [root for pair in self.conditions for root in pair]
        found += [value for values in self.values for value in values]
        return [root for root in found if root is not None]

    @cached_property
    def values(self) -> list[tuple[e.Expression | None, e.Expression | None, e.Expression | None]]:
        """Of each indicator: what is added up over those who count, over those who belong, and the value
        whose median is asked."""
        return [
            (
                _settled(indicator.total),
                _settled(indicator.denominator_total),
                _settled(indicator.median),
            )
            for indicator in self.indicators
        ]

    @property
    def belonging(self) -> list[e.Expression]:
        """For each indicator, what must hold of whoever counts at all."""
        return [numerator if belongs is None else belongs for numerator, belongs in self.conditions]

    @property
    def cells(self) -> list[Cell]:
        return [
            Cell(indicator, period, f"n_{one}_{at}", None if belongs is None else f"d_{one}_{at}")
            for one, (indicator, (_, belongs)) in enumerate(
                zip(self.indicators, self.conditions, strict=True)
            )
            for at, period in enumerate(self.periods)
        ]

    @property
    def family(self) -> Family:
        return family_of(self.indicators[0])

    @property
    def counts_people(self) -> bool:
        return self.family.counts is Counts.PEOPLE

    @property
    def has_case(self) -> bool:
        return bool(self.family.case_kind)

    def _place(self, unit: Table | None, period: Period) -> Place:
        return Place(unit, period, self.parameters, has_case=self.has_case)

    # ------------------------------------------------------------ units

    def _people(self) -> Table:
        """One row for each canonical person, or for each of their cases of the kind (and for having none
        yet)."""
        persons = self.store.table("persons").select(
            "person", p_sex="sex", p_birth_date="birth_date", p_death_on="death_on"
        )
        if not self.has_case:
            return persons.mutate(c_key=v.literal(NO_CASE, v.INTEGER))
        cases = self._episodes()
        with_case = cases.join(persons, "person")
        if self.needs_case:
            return with_case
        first = cases.aggregate(["person"], c_first=cases["c_opened_on"].min())
        without = persons.left_join(first, "person")
        without = without.mutate(
            c_key=v.literal(NO_CASE, v.INTEGER),
            c_next_on=without["c_first"],
            c_doctor=v.missing(v.INTEGER),
            c_opened_on=v.missing(v.DATE),
            c_closed_on=v.missing(v.DATE),
            c_closing_reason=v.missing(v.TEXT),
            c_facts=v.missing(v.TEXT),
        )
        return with_case.union(without.select(*with_case.columns))

    @property
    def needs_case(self) -> bool:
        """Whether nobody counts without a case."""
        return self.has_case and all(analysis.needs_case(root) for root in self.belonging)

    @property
    def keys(self) -> tuple[str, ...]:
        """What tells one unit from another."""
        if not self.has_case:
            return ("person",)
        return ("c_key",) if self.needs_case else ("person", "c_key")

    def _episodes(self) -> Table:
        episodes = self.store.table("episodes")
        chosen = episodes.filter(episodes["kind"] == self.family.case_kind)
        return chosen.select(
            "person",
            c_key="case",
            c_doctor="doctor",
            c_opened_on="opened_on",
            c_closed_on="closed_on",
            c_closing_reason="closing_reason",
            c_facts="facts",
            c_next_on="next_opened_on",
        )

    def _case_counts(self, unit: Table) -> Value:
        """In which periods this row's case is the latest opened on or before the last day."""
        every, lasts = self.asked.every, self.asked.lasts
        begun = masks.not_after(unit["c_opened_on"], lasts)
        if not self.needs_case:
            begun = (unit["c_key"] == NO_CASE).choose(every, begun)
        return begun & unit["c_next_on"].is_missing().choose(every, masks.after(unit["c_next_on"], lasts))

    @cached_property
    def units(self) -> Table:
        """The table of units with all that the cells ask of them."""
        return self._counted_people() if self.counts_people else self._counted_records()

    def _counted_people(self) -> Table:
        counted = self._with_events(self._people())
        return counted.join(self.store.credit(self.periods), "person")

    def _with_events(self, people: Table) -> Table:
        """The people with what is asked of their events; `_names` and `_kept` say where it stands."""
        place = self._place(None, self.periods[-1])
        all_wanted = wanted(self.roots, self.asked)
        counted = with_events(people, self.keys, self.store, all_wanted, self.asked, place)
        self._names, self._kept = counted.names, counted.kept
        return counted.table

    def _counted_records(self) -> Table:
        frame, self._free_text = frame_of(self.store, e.Records(self.family.form))
        if any(analysis.asks_for_next(root) for root in self.roots):
            frame = frame.mutate(n_root=days_between(frame["performed_on"], next_on(frame)))
        frame = self._in_days(frame)
        self._names, self._kept = {}, {}
        if not any(analysis.leans_on_unit(root) for root in self.roots):
            return frame
        people = self._with_events(self._people())
        taken = {*frame.columns} - {"person"}
        return frame.join(people.select(*(name for name in people.columns if name not in taken)), "person")

    def _in_days(self, frame: Table) -> Table:
        """Without the records of days that belong to no period."""
        spans = [
            analysis.days_of_condition(root, period, self.parameters)
            for root in self.belonging
            for period in self.periods
        ]
        firsts, lasts = [first for first, _ in spans], [last for _, last in spans]
        if None not in firsts:
            frame = frame.filter(frame["performed_on"] >= min(firsts))  # type: ignore[type-var]
        if None not in lasts:
            frame = frame.filter(frame["performed_on"] <= max(lasts))  # type: ignore[type-var]
        return frame

    # ------------------------------------------------------------ cells

    def belongs_and_counts(self, number: int) -> tuple[Value, Value]:
        """In which periods a unit belongs to an indicator's denominator (for a plain count: to its
        numerator), and in which it counts."""
        numerator, belongs = self.conditions[number]
        asker, valid = self._asker, self._valid
        if belongs is None:
            counts = asker.bits(numerator) & valid
            return counts, counts
        belonging = asker.bits(belongs) & valid
        return belonging, belonging & asker.bits(numerator)

    @property
    def _asker(self) -> Asker:
        unit = self.units
        place = Place(unit, self.periods[-1], self.parameters, has_case=self.has_case, aggregates=self._names)
        if not self.counts_people:
            asks = "n_root" in unit
            place = place.within(unit, self._free_text, unit["n_root"] if asks else None)
        return Asker(self.asked, place, self._kept)

    @property
    def _valid(self) -> Value:
        """In which periods a unit is looked at: it is credited somewhere, and its case is the one that
        counts."""
        valid = v.literal(self.asked.every, v.INTEGER)
        if self.counts_people:
            valid = self.units["credited"]
        if self.has_case and "c_key" in self.units:
            valid = valid & self._case_counts(self.units)
        return valid

    def raw(self, dimension: str) -> Value:
        """The column of a dimension as it stands in the units. `age` is in full years on the last day."""
        unit = self.units
        if dimension == "institution":
            return unit["institution"]
        if dimension == "region":
            return unit["region"]
        if dimension == "doctor":
            return self._doctor(unit)
        if dimension == "sex":
            return unit["p_sex"]
        if dimension == "value":
            ((_, _, median),) = self.values
            return self._number(median, 0)
        last, birth = v.literal(self.periods[-1].last), unit["p_birth_date"]
        return v.cases((birth <= last, age(birth, last)))

    def join_persons(self) -> None:
        """Records that asked nothing of the person have still to be told by sex or age."""
        if "p_sex" not in self.units:
            persons = self.store.table("persons").select("person", p_sex="sex", p_birth_date="birth_date")
            self.units = self.units.join(persons, "person")

    def _doctor(self, unit: Table) -> Value:
        if not self.counts_people:
            return unit["performed_by"]
        return unit["c_doctor"] if "c_doctor" in unit else v.missing(v.INTEGER)

    def sums(self, by: Sequence[str]) -> Table:
        """The table with a row for each combination of raw dimensions, and the columns of `cells`."""
        if {"sex", "age"} & set(by):
            self.join_persons()
        raw = {name: self.raw(name) for name in by}
        flags: dict[str, Value] = {}
        for number, (_, belongs) in enumerate(self.conditions):
            belonging, counts = self.belongs_and_counts(number)
            flags[f"n_{number}"] = counts
            if belongs is not None:
                flags[f"d_{number}"] = belonging
        summands, where = self._summands()
        table = self.units.select(**raw, **flags, **summands)
        times: Value | None = None
        if not self.counts_people:
            # Records differ in little but their place and month: counted first, spread afterwards.
            added = {name: table[name].sum() for name in summands}
            table = table.aggregate([*raw, *flags], times=v.count_of_rows(), **added)
            times = table["times"]
        sums = {
            f"{name}_{at}": _added(table, name, at, where.get((name, at)), times)
            for name in flags
            for at in range(len(self.periods))
        }
        return table.aggregate(list(raw), **sums)

    def _summands(self) -> tuple[dict[str, Value], dict[tuple[str, int], str]]:
        """Columns of what is added up instead of counted, and which of them a flag's sum in a period uses."""
        columns: dict[str, Value] = {}
        where: dict[tuple[str, int], str] = {}
        for number, (total, below, _) in enumerate(self.values):
            for name, node in ((f"n_{number}", total), (f"d_{number}", below)):
                if node is None:
                    continue
                alike = self.asked.same(node) is not None
                for at in range(len(self.periods)):
                    column = f"v_{name}" if alike else f"v_{name}_{at}"
                    if column not in columns:
                        columns[column] = self._number(node, at)
                    where[name, at] = column
        return columns, where

    def _number(self, node: e.Expression | None, at: int) -> Value:
        """A value in a period. Raises BadDeclaration for what a snapshot does not hold."""
        assert node is not None
        return as_number(self._asker.value(self.asked.versions(node)[at], at))

    def holds(self, part: e.Expression) -> Value:
        """Whether a condition holds of a unit in the query's one period."""
        assert len(self.periods) == 1
        return self._asker.bits(part) == 1

    def members(self, part: str, extra: Mapping[str, Value] | None = None) -> Table:
        """Who stands behind the one indicator and period of this query: person, what it can be split by and,
        for records, the record's id; with `extra` columns. `part`: numerator, denominator, or gap (who
        belongs and does not count)."""
        assert len(self.periods) == len(self.indicators) == 1
        self.join_persons()
        belongs, counts = (mask == 1 for mask in self.belongs_and_counts(0))
        chosen = {"numerator": counts, "denominator": belongs, "gap": belongs & ~counts}[part]
        columns = {name: self.raw(name) for name in ("institution", "doctor", "sex", "age")}
        if self.counts_people:
            columns["region"] = self.raw("region")
        else:
            columns["id"] = self.units["id"]
        return self.units.filter(chosen).select("person", **columns, **(extra or {}))
