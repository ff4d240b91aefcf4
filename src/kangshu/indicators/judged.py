"""The judge on a real snapshot: the same question, answered person by person."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from kangshu.declare.indicator import Indicator
from kangshu.indicators import reference
from kangshu.indicators.engine.compute import Question, Setting, check
from kangshu.indicators.engine.splits import Places
from kangshu.indicators.engine.sums import Added, Key
from kangshu.indicators.reference import Case, County, Diagnosis, Person, Place, Record, Residence
from kangshu.indicators.results import Result
from kangshu.indicators.snapshot import layout
from kangshu.indicators.snapshot.store import Store

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def compute(indicator: Indicator, question: Question, store: Store) -> Result:
    """As `engine.compute.compute`, in minutes instead of seconds."""
    check(indicator, question, store)
    setting = Setting(store, question)
    county = county_of(store)
    periods = list(question.periods(indicator).values())
    asked = tuple(dimension for dimension in question.by if dimension != "month")
    cells: dict[Key, Added] = {}
    for at, period in enumerate(periods):
        found = reference.tally(indicator, period, asked, county, setting.parameters, within=question.within)
        for split, one in found.items():
            added = cells.setdefault(split, Added([0] * len(periods), [0] * len(periods)))
            added.numerators[at], added.denominators[at] = one.sums
            if indicator.median is not None:
                added.values = added.values or [Counter() for _ in periods]
                added.values[at].update(one.values)
    return setting.result(indicator, cells, "judge")


def county_of(store: Store) -> County:
    """Everything in a snapshot as plain values. Answers are rebuilt from the typed columns."""
    places = Places(store)
    ids = _ids(store, "persons") | _ids(store, "institutions") | _ids(store, "staff")
    return County(
        persons=tuple(
            Person(_uuid(id), sex, birth, death, ids.get(merged))
            for id, sex, birth, death, merged in _rows(
                store, "persons", "id, sex, birth_date, death_on, merged_into"
            )
        ),
        residences=tuple(
            Residence(_uuid(id), ids[person], ids[institution], region, from_on, to_on)
            for id, person, institution, region, from_on, to_on in _rows(
                store, "residences", "id, person, institution, region, from_on, to_on"
            )
        ),
        cases=tuple(
            Case(
                _uuid(id), ids[person], kind, opened, closed, reason or "", ids.get(doctor), json.loads(facts)
            )
            for id, person, kind, opened, closed, reason, doctor, facts in _rows(
                store, "cases", "id, person, kind, opened_on, closed_on, closing_reason, doctor, facts"
            )
        ),
        records=tuple(record for name in store.manifest.tables for record in _records(store, name, ids)),
        diagnoses=tuple(
            Diagnosis(_uuid(id), ids[person], code, on)
            for id, person, code, on in _rows(store, "diagnoses", "id, person, code, diagnosed_on")
        ),
        places=tuple(
            Place(UUID(place.id), place.path, place.region, UUID(places.centre_of(place).id))
            for place in places.institutions.values()
        ),
        parents={code: parent for code, (_, _, parent) in places.regions.items()},
        levels={code: level for code, (_, level, _) in places.regions.items()},
    )


def _rows(store: Store, table: str, columns: str) -> list[Any]:
    return store.execute(f"SELECT {columns} FROM ({store.rows_of(table)})").fetchall()


def _ids(store: Store, table: str) -> dict[int | None, UUID]:
    return {key: _uuid(id) for key, id in _rows(store, table, "key, id")}


def _uuid(value: Any) -> UUID:
    return value if isinstance(value, UUID) else UUID(str(value))


def _records(store: Store, table: str, ids: dict[int | None, UUID]) -> list[Record]:
    if not table.startswith("records."):
        return []
    form = table.removeprefix("records.")
    columns = layout.answer_columns(layout.versions_of(form))
    named = ", ".join(f'"{column.name}"' for column in columns) or "NULL"
    found = store.execute(
        "SELECT id, person, form_version, performed_on, epoch_us(entered_at), institution, performed_by,"
        f" assessment, status, {named} FROM ({store.rows_of(table)})"
    ).fetchall()
    records = []
    for id, person, version, performed, entered, institution, by, assessed, status, *values in found:
        answers = {
            # Of rows the snapshot knows how many there are: as many empty ones.
            column.key: [{}] * value if column.counted else _plain(value)
            for column, value in zip(columns, values, strict=False)
            if value is not None
        }
        records.append(
            Record(
                id=_uuid(id),
                person=ids[person],
                form=form,
                version=int(version),
                performed_on=performed,
                entered_at=_EPOCH + timedelta(microseconds=entered),
                institution=ids[institution],
                answers=answers,
                assessment=json.loads(assessed or "{}"),
                performed_by=ids.get(by),
                status=status,
            )
        )
    return records


def _plain(value: Any) -> Any:
    if isinstance(value, bool | int | str | list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else format(value, "f")
