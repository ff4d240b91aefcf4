"""Opening a figure: from a number to the people or records behind it, as far as the reader may see them.

The snapshot gives keys; the database lists the people under the reader's rights. Whoever lies outside the
reader's scope is counted in `hidden` and not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kangshu.declare.indicator import Counts, Indicator, Months
from kangshu.indicators.engine import outside
from kangshu.indicators.engine.compute import Question, check, find_indicator, parameters_of
from kangshu.indicators.engine.query import Query
from kangshu.indicators.engine.splits import Dimension, Places, labels, periods_of
from kangshu.indicators.reasons import missing_parts
from kangshu.indicators.snapshot.store import Store
from kangshu.kernel.errors import Refusal
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text
from kangshu.people.models import Person
from kangshu.work.models import Record

PARTS = ("numerator", "denominator", "gap")


class CannotOpen(Refusal):
    """A part that this figure does not have."""


@dataclass(frozen=True)
class Member:
    """Somebody (or a record of somebody) behind a figure. `missing` says which of the numerator's
    conditions do not hold: what would bring them in. An entry of a logbook has no person."""

    person_id: UUID | None
    record_id: UUID | None = None
    missing: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Opened:
    """The members that lie in the snapshot's figure. The caller lists them under the reader's rights."""

    indicator: Indicator
    part: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Line:
    """One row of an opened list: the person as the reader may see them."""

    person: Person | None
    record: Record | None
    missing: tuple[Text, ...]
    entry: UUID | None = None


@dataclass(frozen=True)
class Listed:
    lines: tuple[Line, ...]
    total: int
    hidden: int


def members(
    indicator: Indicator, question: Question, part: str, store: Store, where: dict[str, str] | None = None
) -> Opened:
    """Who stands behind a figure. `where` narrows it to one row of a split: {"institution": id, "sex": "2",
    …}.

    Raises CannotCompute, CannotOpen.
    """
    check(indicator, question, store)
    if part not in PARTS:
        raise CannotOpen(
            "opening.part",
            Text(f"没有“{part}”这一部分。", f"A figure has no part {part!r}; there are {', '.join(PARTS)}."),
            where=part,
        )
    if part not in parts_of(indicator):
        raise CannotOpen(
            "opening.no_denominator",
            Text(
                "该指标的分母是估算数或没有分母，不能展开到人。",
                "The denominator of this figure is an estimate, or it has none: nobody stands behind it.",
            ),
            where=part,
        )
    if part == "denominator" and indicator.divided_by:
        return members(find_indicator(indicator.divided_by), question, "numerator", store, where)
    with store.lock:
        return Opened(indicator, part, tuple(_members(indicator, question, part, store, where or {})))


def parts_of(indicator: Indicator) -> tuple[str, ...]:
    """Which lists a figure opens to."""
    if indicator.is_share:
        return PARTS
    return PARTS[:2] if indicator.denominator is not None or indicator.divided_by else PARTS[:1]


def _entries(indicator: Indicator, period: Period, part: str, store: Store, inside: Any) -> list[Member]:
    """Entries of a logbook: who keeps them says which; about no person."""
    found = outside.registered().members(indicator, period, part, store)
    return [Member(None, entry) for institution, entry in found if inside({"institution": institution})]


def _members(
    indicator: Indicator, question: Question, part: str, store: Store, where: dict[str, str]
) -> list[Member]:
    period = question.period
    if month := where.get(Dimension.MONTH):
        period = periods_of((Dimension.MONTH,), period, indicator.months)[month]
    if indicator.counts is Counts.ENTRIES:
        return _entries(indicator, period, part, store, _inside(indicator, question, store, where))
    if indicator.months is Months.LAST_DAY:
        period = Period(period.last, period.last)
    query = Query(store, [indicator], [period], parameters_of(store))
    query.join_persons()
    reasons = missing_parts(query) if part == "gap" else []
    table = query.members(part, {name: condition for name, (_, condition) in _numbered(reasons).items()})
    rows = store.fetched(table.sql())
    inside = _inside(indicator, question, store, where)
    ids = _person_ids(store, [row["person"] for row in rows])
    found = []
    for row in rows:
        if not inside(row):
            continue
        missing = tuple(words for name, (words, _) in _numbered(reasons).items() if row[name] is not True)
        record = row.get("id")
        found.append(Member(ids[row["person"]], record if record is None else UUID(str(record)), missing))
    return found


def _numbered(reasons: Sequence[tuple[Text, Any]]) -> dict[str, tuple[Text, Any]]:
    return {f"r_{number}": reason for number, reason in enumerate(reasons)}


def _inside(indicator: Indicator, question: Question, store: Store, where: dict[str, str]) -> Any:
    """Whether a row belongs to the part of the split that was clicked."""
    places = store.once("places", lambda: Places(store))
    under = set(places.under(question.within)) if question.within else None
    wanted = {Dimension(name): value for name, value in where.items() if name != Dimension.MONTH}
    label = labels(tuple(wanted), indicator, places)

    def inside(row: dict[str, Any]) -> bool:
        if under is not None and row["institution"] not in under:
            return False
        return not wanted or label(row) == {str(name): value for name, value in wanted.items()}

    return inside


def _person_ids(store: Store, keys: Sequence[int]) -> dict[int, UUID]:
    if not keys:
        return {}
    store.table("persons")
    rows = store.execute(
        f"SELECT person, id FROM persons WHERE person IN ({', '.join(map(str, set(keys)))})"
    ).fetchall()
    return {person: UUID(str(id)) for person, id in rows}


def listed(opened: Opened, *, first: int = 0, limit: int | None = 50) -> Listed:
    """The members as the database shows them in the scope that was entered, by name; `hidden` of them it
    did not show. Somebody merged since the snapshot stands under the record that was kept."""
    if opened.indicator.counts is Counts.ENTRIES:
        last = None if limit is None else first + limit
        lines = [Line(None, None, (), member.record_id) for member in opened.members[first:last]]
        return Listed(tuple(lines), total=len(opened.members), hidden=0)
    people = _people({member.person_id for member in opened.members if member.person_id})
    seen = [member for member in opened.members if member.person_id in people]
    seen.sort(key=lambda member: (people[member.person_id].name_pinyin, str(member.person_id)))
    chosen = seen[first : None if limit is None else first + limit]
    record_ids = [member.record_id for member in chosen if member.record_id]
    records = Record.objects.select_related("institution").in_bulk(record_ids) if record_ids else {}
    lines = [
        Line(
            people[member.person_id],
            records.get(member.record_id) if member.record_id else None,
            member.missing,
        )
        for member in chosen
    ]
    return Listed(tuple(lines), total=len(seen), hidden=len(opened.members) - len(seen))


def _people(ids: set[UUID]) -> dict[UUID, Person]:
    found = Person.objects.select_related("region", "institution", "merged_into").in_bulk(ids)
    return {id: person.merged_into or person for id, person in found.items()}


def counts_records(indicator: Indicator) -> bool:
    return indicator.counts is Counts.RECORDS
