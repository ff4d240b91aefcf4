# ruff: noqa: E501  (tables read better as tables)
"""Random counties, and a way to write them as a snapshot without a database, exactly as the exporter
would."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pyarrow as pa

from kangshu.indicators.reference import Case, County, Diagnosis, Person, Place, Record, Residence
from kangshu.indicators.snapshot import layout, manifest, writing
from kangshu.indicators.snapshot.export import with_keys
from kangshu.indicators.snapshot.manifest import Manifest
from kangshu.indicators.snapshot.records import write_records

TAKEN_AT = datetime(2026, 12, 31, 15, 0, tzinfo=UTC)
FIRST_DAY = date(2024, 6, 1)

Band = tuple[str, int, str, int, int | None, int]
ID = "id"
UUIDS = {
    "id", "person", "institution", "doctor", "case", "merged_into", "performed_by", "parent", "encounter", "staff",
    "fulfilled_by",
}  # fmt: skip


def new_id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128))


def _array(name: str, values: Sequence[Any], kind: pa.DataType | None) -> pa.Array:
    if kind is not None:
        return pa.array(values, kind)
    raw = [None if value is None else value.bytes for value in values]
    return pa.ExtensionArray.from_storage(pa.uuid(), pa.array(raw, pa.binary(16)))


def table(columns: Mapping[str, pa.DataType | None], rows: Iterable[Sequence[Any]]) -> pa.Table:
    """As the reader of the database gives it; a column without a type is an id."""
    by_column = list(zip(*rows, strict=True)) or [()] * len(columns)
    arrays = [
        _array(name, values, kind) for (name, kind), values in zip(columns.items(), by_column, strict=True)
    ]
    return with_keys(pa.RecordBatch.from_arrays(arrays, names=list(columns)))


TEXT, DAY, INT = pa.string(), pa.date32(), pa.int64()
MOMENT = pa.timestamp("us", tz="UTC")


def write_snapshot(
    root: Path,
    county: County,
    *,
    bands: Iterable[Band] = (),
    local: Iterable[tuple[str, str, date]] = (),
    compartments: Mapping[UUID, str] | None = None,
    taken_at: datetime = TAKEN_AT,
) -> str:
    """Write a county as a full snapshot; gives its name. `compartments` says which cases and records (by
    id) are confidential."""
    random = Random(0)
    hidden = compartments or {}
    tables = {
        "persons": table(
            {"id": None, "merged_into": None, "sex": TEXT, "birth_date": DAY, "death_on": DAY, "status": TEXT,
             "residence_type": TEXT, "institution": None, "region": TEXT},
            [(p.id, p.merged_into, p.sex, p.birth_date, p.death_on, "active", "1", None, "") for p in county.persons],
        ),
        "residences": table(
            {"id": None, "person": None, "institution": None, "region": TEXT, "from_on": DAY, "to_on": DAY},
            [(r.id, r.person, r.institution, r.region, r.from_on, r.to_on) for r in county.residences],
        ),
        "cases": table(
            {"id": None, "person": None, "kind": TEXT, "capability_version": TEXT, "state": TEXT,
             "institution": None, "doctor": None, "opened_on": DAY, "closed_on": DAY, "closing_reason": TEXT,
             "facts": TEXT, "compartment": TEXT},
            [(c.id, c.person, c.kind, "1", "open", c.institution, c.doctor, c.opened_on, c.closed_on,
              c.closing_reason or None, json.dumps(dict(c.facts)), hidden.get(c.id, "")) for c in
              county.cases],
        ),
        "diagnoses": table(
            {"id": None, "person": None, "encounter": None, "code": TEXT, "kind": TEXT, "diagnosed_on": DAY,
             "compartment": TEXT},
            [(d.id, d.person, None, d.code, "main", d.diagnosed_on, "") for d in county.diagnoses],
        ),
        "institutions": table(
            {"id": None, "code": TEXT, "name": TEXT, "kind": TEXT, "path": TEXT, "region": TEXT, "parent": None,
             "valid_from": DAY, "valid_to": DAY},
            [(p.id, "", f"机构{p.path}", _kind(p), p.path, p.region, None, FIRST_DAY, None) for p in county.places],
        ),
        "regions": table(
            {"code": TEXT, "name": TEXT, "level": INT, "parent": TEXT, "urban_rural": TEXT},
            [(code, f"区划{code}", county.levels[code], parent, "") for code, parent in county.parents.items()],
        ),
        "staff": table(
            {"id": None, "institution": None, "kind": TEXT},
            [(doctor, None, "doctor") for doctor in sorted(_doctors(county))],
        ),
        "populations": table(
            {"region": TEXT, "year": INT, "version": INT, "sex": TEXT, "age_from": INT, "age_to": INT, "count": INT},
            [(region, year, 1, sex, low, high, count) for region, year, sex, low, high, count in bands],
        ),
        "parameters": table(
            {"id": None, "parameter": TEXT, "value": TEXT, "from_on": DAY, "institution": None, "set_at": MOMENT},
            [(new_id(random), id, value, day, None, TAKEN_AT) for id, value, day in local],
        ),
    }  # fmt: skip
    sources = {source.table: source for source in layout.SOURCES}
    written = {}
    stamp = writing.stamp_of(taken_at)
    for name, rows in tables.items():
        written[name] = writing.write_table(root, sources[name], iter([rows]), stamp, 0)
    records = table(
        {"id": None, "form_id": TEXT, "form_version": TEXT, "person": None, "case": None, "performed_on": DAY,
         "performed_by": None, "institution": None, "entered_at": MOMENT, "status": TEXT, "compartment": TEXT,
         "answers": TEXT, "assessment": TEXT},
        [(r.id, r.form, str(r.version), r.person, None, r.performed_on, r.performed_by, r.institution,
          r.entered_at, r.status, hidden.get(r.id, ""), json.dumps(dict(r.answers)), json.dumps(dict(r.assessment)))
         for r in county.records],
    )  # fmt: skip
    if county.records:
        written |= write_records(root, iter([records]), stamp, 0)
    made = Manifest(taken_at=taken_at, database="test/1", watermark=1, tables=written)
    manifest.write(root, made)
    return made.name


def _kind(place: Place) -> str:
    return {2: "bureau", 3: "township_centre", 4: "village_clinic"}[len(place.path.split("."))]


def _doctors(county: County) -> set[UUID]:
    found = {case.doctor for case in county.cases} | {record.performed_by for record in county.records}
    return {doctor for doctor in found if doctor is not None}


# ---------------------------------------------------------------- random counties


def places(random: Random) -> tuple[tuple[Place, ...], dict[str, str | None], dict[str, int]]:
    """A bureau, two townships with a centre each, two village clinics under each."""
    county, parents, levels, found = "339901000000", {"339901000000": None}, {"339901000000": 3}, []
    bureau = new_id(random)
    found.append(Place(bureau, "0001.", county, bureau))
    for township in (1, 2):
        code = f"33990110{township}000"
        parents[code], levels[code] = county, 4
        centre = new_id(random)
        found.append(Place(centre, f"0001.000{township}.", code, centre))
        for village in (1, 2):
            inner = f"33990110{township}00{village}"
            parents[inner], levels[inner] = code, 5
            found.append(Place(new_id(random), f"0001.000{township}.000{village}.", inner, centre))
    return tuple(found), parents, levels


def day(random: Random, first: date = FIRST_DAY, days: int = 1000) -> date:
    return first + timedelta(days=random.randrange(days))


def random_county(seed: int, *, people: int = 30, case_kind: str, forms: Sequence[Any]) -> County:
    """People who move, are merged, enrol twice, die; records with missing answers, corrected and withdrawn
    ones."""
    random = Random(seed)
    where, parents, levels = places(random)
    doctors = [new_id(random) for _ in range(3)]
    persons: list[Person] = []
    residences: list[Residence] = []
    cases: list[Case] = []
    records: list[Record] = []
    diagnoses: list[Diagnosis] = []
    for _ in range(people):
        person = _person(random, persons)
        persons.append(person)
        residences += _residences(random, person, where)
        cases += _cases(random, person, case_kind, doctors)
        diagnoses += [
            Diagnosis(new_id(random), person.id, random.choice(["I10", "I11.9", "E11.9"]), day(random))
            for _ in range(random.choice([0, 0, 1, 2]))
        ]
        for form in forms:
            for _ in range(random.choice([0, 1, 3, 5, 8])):
                records.append(_record(random, person, form, where, doctors))
    return County(
        tuple(persons),
        tuple(residences),
        tuple(cases),
        tuple(records),
        tuple(diagnoses),
        where,
        parents,
        levels,
    )


def _person(random: Random, others: Sequence[Person]) -> Person:
    merged = None
    kept = [other.id for other in others if other.merged_into is None]
    if kept and random.random() < 0.15:
        merged = random.choice(kept)
    birth = None if random.random() < 0.05 else day(random, date(1935, 1, 1), 33_000)
    death = day(random) if random.random() < 0.1 else None
    return Person(new_id(random), random.choice("120"), birth, death, merged)


def _residences(random: Random, person: Person, where: Sequence[Place]) -> list[Residence]:
    found = []
    start = day(random, date(2022, 1, 1), 1400)
    for number in range(random.choice([1, 1, 1, 2, 3])):
        place = random.choice(where[1:])
        end = start + timedelta(days=random.randrange(30, 700))
        region = place.region
        found.append(Residence(new_id(random), person.id, place.id, region, start, end))
        start = end + timedelta(days=random.choice([1, 1, 1, 90]))
        del number
    if random.random() < 0.7:
        last = found[-1]
        found[-1] = Residence(last.id, last.person, last.institution, last.region, last.from_on, None)
    return found


def _cases(random: Random, person: Person, kind: str, doctors: Sequence[UUID]) -> list[Case]:
    found = []
    opened = day(random, date(2023, 1, 1), 1300)
    for _ in range(random.choice([0, 1, 1, 1, 2])):
        closed = opened + timedelta(days=random.randrange(1, 500)) if random.random() < 0.4 else None
        reason = random.choice(["died", "moved", "wrong"]) if closed else ""
        doctor = random.choice([None, *doctors])
        found.append(Case(new_id(random), person.id, kind, opened, closed, reason, doctor))
        if closed is None:
            break
        opened = closed + timedelta(days=random.randrange(0, 200))
    return found


def _record(
    random: Random, person: Person, form: Any, where: Sequence[Place], doctors: Sequence[UUID]
) -> Record:
    performed = day(random)
    entered = datetime(performed.year, performed.month, performed.day, 2, tzinfo=UTC) + timedelta(
        milliseconds=random.randrange(10**9)
    )
    answers = {field.name: value for field in form.fields if (value := answer(random, field)) is not None}
    return Record(
        id=new_id(random),
        person=person.id,
        form=form.id,
        version=form.version,
        performed_on=performed,
        entered_at=entered,
        institution=random.choice(where[1:]).id,
        answers=answers,
        assessment={"class": random.choice("1234")} if random.random() < 0.9 else {},
        performed_by=random.choice([None, *doctors]),
        status=random.choice(["current"] * 8 + ["succeeded", "withdrawn"]),
    )


def answer(random: Random, field: Any) -> Any:
    """A value of the field as records keep it; often none."""
    if random.random() < (0.03 if field.required is True else 0.3):
        return None
    name = field.type.value
    if name == "choice":
        return random.choice(field.choices).code
    if name == "choices":
        return sorted({random.choice(field.choices).code for _ in range(2)})
    if name == "yes_no":
        return random.random() < 0.5
    if name == "date":
        return day(random).isoformat()
    if name == "moment":
        return f"{day(random).isoformat()}T{random.randrange(24):02d}:{random.randrange(60):02d}"
    if name == "rows":
        return [
            {inner.name: answer(random, inner) for inner in field.fields} for _ in range(random.randrange(4))
        ]
    if name in ("text", "long_text"):
        return "写了几个字"
    least = field.hard.least if field.hard and field.hard.least is not None else Decimal(0)
    greatest = field.hard.greatest if field.hard and field.hard.greatest is not None else Decimal(200)
    if field.name in ("sbp", "dbp"):  # around the targets, where it matters
        least, greatest = (Decimal(130), Decimal(160)) if field.name == "sbp" else (Decimal(80), Decimal(96))
    if name == "integer" or field.kind.value == "integer":
        return random.randint(int(least), int(greatest))
    return str(Decimal(random.randint(int(least) * 10, int(greatest) * 10)) / 10)
