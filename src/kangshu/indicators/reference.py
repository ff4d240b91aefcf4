"""The judge: indicators computed person by person with the plain interpreter of expressions.

Slow and easy to read. It shares with the fast engine only what is not about counting (names of splits, the
rounding of a value, estimates from populations); who belongs, who counts and who is credited is written here
a second time, from the words of the documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from kangshu.declare.answers import typed
from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, evaluate, framed, holds
from kangshu.declare.expression import Expression
from kangshu.declare.form import FieldType
from kangshu.declare.indicator import Counts, Indicator
from kangshu.indicators.engine.splits import Dimension, age_group, periods_of
from kangshu.indicators.parameters import Values
from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.export import key_of
from kangshu.indicators.snapshot.writing import order_of
from kangshu.kernel.dates import age_on
from kangshu.kernel.periods import Period


@dataclass(frozen=True)
class Person:
    id: UUID
    sex: str
    birth_date: date | None = None
    death_on: date | None = None
    merged_into: UUID | None = None


@dataclass(frozen=True)
class Residence:
    id: UUID
    person: UUID
    institution: UUID
    region: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True)
class Case:
    id: UUID
    person: UUID
    kind: str
    opened_on: date
    closed_on: date | None = None
    closing_reason: str = ""
    doctor: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    institution: UUID | None = None


@dataclass(frozen=True)
class Record:
    id: UUID
    person: UUID
    form: str
    version: int
    performed_on: date
    entered_at: datetime
    institution: UUID
    answers: Mapping[str, Any]
    assessment: Mapping[str, Any] = field(default_factory=dict)
    performed_by: UUID | None = None
    status: str = "current"


@dataclass(frozen=True)
class Diagnosis:
    id: UUID
    person: UUID
    code: str
    diagnosed_on: date


@dataclass(frozen=True)
class Place:
    """An institution; `centre` is the one right under the bureau that it belongs to."""

    id: UUID
    path: str
    region: str
    centre: UUID


@dataclass(frozen=True)
class County:
    """Everything the judge looks at. `parents` leads from a region to the one it lies in, `levels` says its
    level."""

    persons: tuple[Person, ...]
    residences: tuple[Residence, ...] = ()
    cases: tuple[Case, ...] = ()
    records: tuple[Record, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    places: tuple[Place, ...] = ()
    parents: Mapping[str, str | None] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)


Split = tuple[tuple[str, str], ...]
Number = int | Decimal


@dataclass
class Tally:
    """What a group came to: numerator, denominator (0 for a plain count and for an estimated one), and the
    values whose median is asked."""

    numerator: Number = 0
    denominator: Number = 0
    values: list[Decimal] = field(default_factory=list)

    @property
    def sums(self) -> tuple[Number, Number]:
        return self.numerator, self.denominator

    @property
    def median(self) -> Decimal | None:
        if not self.values:
            return None
        ordered, middle = sorted(self.values), len(self.values) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / Decimal(2)


def tally(
    indicator: Indicator,
    period: Period,
    by: tuple[Dimension, ...],
    county: County,
    parameters: Values,
    *,
    within: str = "",
    other: Indicator | None = None,
) -> dict[Split, Tally]:
    """Every group that anybody belongs to, among those credited to the institution at the path `within` or
    under it. `other` is the indicator it is divided by."""
    found: dict[Split, Tally] = {}
    rest = tuple(dimension for dimension in by if dimension is not Dimension.MONTH)
    for month, evaluated in periods_of(by, period, indicator.months).items():
        for split, one in _tally(indicator, evaluated, rest, county, parameters, within).items():
            found[_with_month(split, by, month)] = one
    if other is not None:
        for split, one in tally(other, period, by, county, parameters, within=within).items():
            found.setdefault(split, Tally()).denominator = one.numerator
    return {split: one for split, one in found.items() if one.numerator or one.denominator}


def _with_month(split: Split, by: tuple[Dimension, ...], month: str) -> Split:
    if not month:
        return split
    named = dict(split) | {str(Dimension.MONTH): month}
    return tuple((str(dimension), named[str(dimension)]) for dimension in by)


def count(
    indicator: Indicator,
    period: Period,
    by: tuple[Dimension, ...],
    county: County,
    parameters: Values,
    *,
    within: str = "",
) -> dict[Split, tuple[Number, Number]]:
    """Numerator and denominator of every group, as `tally`."""
    found = tally(indicator, period, by, county, parameters, within=within)
    return {split: one.sums for split, one in found.items()}


def _tally(
    indicator: Indicator,
    period: Period,
    by: tuple[Dimension, ...],
    county: County,
    parameters: Values,
    within: str,
) -> dict[Split, Tally]:
    judge = _Judge(indicator, period, county, parameters)
    sums: dict[Split, Tally] = defaultdict(Tally)
    for unit in judge.units():
        belongs, counts = judge.belongs_and_counts(unit)
        if belongs and judge.is_within(unit, within):
            found = sums[judge.split(unit, by)]
            found.denominator += judge.worth(unit, indicator.denominator_total) * judge.has_denominator
            if counts:
                found.numerator += judge.worth(unit, indicator.total)
                found.values += judge.values(unit)
    return sums


def members(
    indicator: Indicator, period: Period, part: str, county: County, parameters: Values
) -> list[UUID]:
    """The people behind a figure (of records: once for each), in no order. `part`: numerator, denominator,
    gap."""
    judge = _Judge(indicator, period, county, parameters)
    found = []
    for unit in judge.units():
        belongs, counts = judge.belongs_and_counts(unit)
        if {"numerator": counts, "denominator": belongs, "gap": belongs and not counts}[part]:
            found.append(unit.person.id)
    return found


@dataclass(frozen=True)
class _Unit:
    """A person in the period, or one of their records."""

    person: Person
    context: Context
    case: Case | None
    residence: Residence | None
    record: Record | None = None


class _Judge:
    def __init__(self, indicator: Indicator, period: Period, county: County, parameters: Values) -> None:
        self.indicator, self.period, self.county, self.parameters = indicator, period, county, parameters
        self.canonical = {person.id: person.merged_into or person.id for person in county.persons}
        self.places = {place.id: place for place in county.places}
        self.residences = self._by_person(county.residences)
        self.cases = self._by_person(county.cases)
        self.records = self._by_person(county.records)
        self.diagnoses = self._by_person(county.diagnoses)

    def _by_person(self, rows: Any) -> dict[UUID, list[Any]]:
        found: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            found[self.canonical[row.person]].append(row)
        return found

    def units(self) -> Iterator[_Unit]:
        for person in self.county.persons:
            if person.merged_into is not None:
                continue
            unit = self._person(person)
            if self.indicator.counts is Counts.RECORDS:
                yield from self._records(unit)
            elif unit.residence is not None:
                yield unit

    def _person(self, person: Person) -> _Unit:
        case = self._case(person.id)
        records = [record for record in self.records[person.id] if record.status == "current"]
        view = PersonView(
            sex=person.sex,
            birth_date=person.birth_date,
            death_on=person.death_on,
            case=None if case is None else _view_of_case(case),
            records=tuple(_view_of_record(record) for record in records),
            diagnoses=tuple(_view_of_diagnosis(diagnosis) for diagnosis in self.diagnoses[person.id]),
            cases=tuple(_event_of_case(case) for case in self.cases[person.id]),
        )
        context = Context(
            person=view, first=self.period.first, last=self.period.last, parameters=self.parameters
        )
        return _Unit(person, context, case, self._residence(person.id))

    def _case(self, person: UUID) -> Case | None:
        """The latest case of the kind opened on or before the last day."""
        kind = self.indicator.case_kind
        opened = [
            case for case in self.cases[person] if case.kind == kind and case.opened_on <= self.period.last
        ]
        return max(opened, key=lambda case: (case.opened_on, key_of(case.id)), default=None)

    def _residence(self, person: UUID) -> Residence | None:
        """docs/people.md: who is responsible on the last day, else on the last day under care in the
        period."""
        overlapping = [
            residence
            for residence in self.residences[person]
            if residence.from_on <= self.period.last
            and (residence.to_on is None or residence.to_on >= self.period.first)
        ]
        return max(overlapping, key=lambda one: (one.from_on, one.person == person, one.id), default=None)

    def _records(self, unit: _Unit) -> Iterator[_Unit]:
        rows = [
            record
            for record in self.records[unit.person.id]
            if record.status == "current" and record.form == self.indicator.form
        ]
        rows.sort(key=_order)
        views = [_view_of_record(record) for record in rows]
        for record, (_, inner) in zip(rows, framed(views, unit.context), strict=True):
            yield replace(unit, record=record, context=inner)

    def is_within(self, unit: _Unit, path: str) -> bool:
        return not path or self.places[self._institution(unit)].path.startswith(path)

    @property
    def has_denominator(self) -> bool:
        return self.indicator.denominator is not None

    def worth(self, unit: _Unit, value: Expression | None) -> Number:
        """What a unit adds: one, or its value, of which nothing is known to add nothing."""
        if value is None:
            return 1
        found = evaluate(value, unit.context)
        return 0 if found is None else found

    def values(self, unit: _Unit) -> list[Decimal]:
        if self.indicator.median is None:
            return []
        return [Decimal(evaluate(self.indicator.median, unit.context))]

    def belongs_and_counts(self, unit: _Unit) -> tuple[bool, bool]:
        counts = holds(self.indicator.numerator, unit.context)
        if self.indicator.median is not None:
            counts = counts and evaluate(self.indicator.median, unit.context) is not None
        if self.indicator.denominator is None:
            return counts, counts
        belongs = holds(self.indicator.denominator, unit.context)
        return belongs, belongs and counts

    # ------------------------------------------------------------ splits

    def split(self, unit: _Unit, by: tuple[Dimension, ...]) -> Split:
        return tuple((str(dimension), self._label(unit, dimension)) for dimension in by)

    def _label(self, unit: _Unit, dimension: Dimension) -> str:
        if dimension is Dimension.SEX:
            return unit.person.sex
        if dimension is Dimension.AGE_GROUP:
            birth = unit.person.birth_date
            return (
                ""
                if birth is None or birth > self.period.last
                else age_group(age_on(birth, self.period.last))
            )
        if dimension is Dimension.DOCTOR:
            doctor = unit.record.performed_by if unit.record else unit.case.doctor if unit.case else None
            return "" if doctor is None else str(doctor)
        place = self.places[self._institution(unit)]
        if dimension is Dimension.INSTITUTION:
            return str(place.id)
        if dimension is Dimension.CENTRE:
            return str(place.centre)
        region: str | None = place.region if unit.record or unit.residence is None else unit.residence.region
        wanted = 4 if dimension is Dimension.TOWNSHIP else 5
        while region and self.county.levels[region] != wanted:
            region = self.county.parents[region]
        return region or ""

    def _institution(self, unit: _Unit) -> UUID:
        """A person counts where they are credited, a record where it was done."""
        if unit.record is not None:
            return unit.record.institution
        assert unit.residence is not None
        return unit.residence.institution


def _order(record: Record) -> int:
    return order_of(record.performed_on, record.entered_at, key_of(record.id))


def _view_of_record(record: Record) -> EventView:
    """Answers as typed by the version that asked them; of free text only that it was written."""
    (form,) = [form for form in layout.versions_of(record.form) if form.version == record.version]
    answers = typed(form, record.answers)
    for field_ in form.fields:
        if field_.type in (FieldType.TEXT, FieldType.LONG_TEXT) and field_.name in answers:
            answers[field_.name] = layout.WRITTEN if answers[field_.name] else None
    return EventView(record.performed_on, record.form, answers, dict(record.assessment), order=_order(record))


def _view_of_case(case: Case) -> CaseView:
    return CaseView(case.opened_on, case.closed_on, case.closing_reason or None, case.facts)


def _event_of_case(case: Case) -> EventView:
    answers = {"closed_on": case.closed_on, "closing_reason": case.closing_reason or None}
    return EventView(case.opened_on, case.kind, answers, order=key_of(case.id))


def _view_of_diagnosis(diagnosis: Diagnosis) -> EventView:
    order = order_of(diagnosis.diagnosed_on, None, key_of(diagnosis.id))
    return EventView(diagnosis.diagnosed_on, code=diagnosis.code, order=order)
