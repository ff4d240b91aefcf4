"""The set-based twin of `record_encounter`: thousands of encounters at once, held to the same result by a
test.

`COPY` is refused under row security, so rows are staged in temporary tables and inserted from there; the
scope path is taken from the person, and `(source, external_id)` decides what was sent before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connections, transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.care.actions import tell_diagnosis
from kangshu.care.codes import name_of, result_codes
from kangshu.care.facts import NewEncounter
from kangshu.care.models import Diagnosis
from kangshu.care.rules import check_encounter
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import Problem
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.text import Text

BATCH = 10_000
_ENCOUNTER = (
    "id, person_id, institution_id, staff_id, kind, started_on, ended_on, complaint, note, source,"
    " external_id, entered_at, entered_by, compartment"
)
_PARTS = {
    "diagnosis": "id, encounter_id, code, name, kind, diagnosed_on",
    "result": "id, encounter_id, code, name, value, text, unit, measured_on",
    "prescription": "id, encounter_id, medicine, code, dose, frequency, days, quantity, unit, prescribed_on",
}


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not stored: its place in the input (from 0) and every reason."""

    row: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Loaded:
    """How many encounters were stored, how many had been before, and what was refused."""

    encounters: int
    repeats: int
    refused: tuple[RefusedRow, ...]


def load_encounters(
    rows: Iterable[NewEncounter],
    *,
    by: Actor,
    now: datetime,
    fire: bool = True,
    using: str = "default",
    batch: int = BATCH,
) -> Loaded:
    """Store many encounters, inside an entered scope (or as owner). Bad rows are refused, good ones stored.

    `fire=False` loads old records: nothing is told, no programme reacts.
    """
    check_allowed(by, "record.care")
    stored = repeats = first = 0
    refused: list[RefusedRow] = []
    remaining = iter(rows)
    while part := list(islice(remaining, batch)):
        with transaction.atomic(using=using):
            done = _load_part(part, first, by, now, fire, using)
        stored, repeats = stored + done.encounters, repeats + done.repeats
        refused.extend(done.refused)
        first += len(part)
    return Loaded(stored, repeats, tuple(refused))


def _load_part(
    part: Sequence[NewEncounter], first: int, by: Actor, now: datetime, fire: bool, using: str
) -> Loaded:
    facts = _facts_of({new.person_id for new in part}, using)
    today = now.astimezone(CHINA).date()
    good: list[tuple[UUID, NewEncounter]] = []
    refused = []
    for place, new in enumerate(part, start=first):
        known = facts.get(new.person_id)
        problems = (
            (_unknown_person(new),)
            if known is None
            else tuple(check_encounter(new, birth_date=known[1], death_on=known[2], today=today))
        )
        if problems:
            refused.append(RefusedRow(place, problems))
        else:
            good.append((new.id or new_id(), new))
    _stage(good, facts, by, now, using)
    stored = _insert_staged(using)
    log.write(
        by=by,
        action="encounters.loaded",
        detail={"stored": len(stored), "refused": len(refused)},
        using=using,
    )
    if fire and stored:
        for diagnosis in (
            Diagnosis.objects.using(using).select_related("encounter").filter(encounter__in=stored)
        ):
            tell_diagnosis(diagnosis, diagnosis.encounter.institution_id, by, now)
    return Loaded(len(stored), len(good) - len(stored), tuple(refused))


def _facts_of(person_ids: set[UUID], using: str) -> dict[UUID, tuple]:
    """(canonical id, birth date, death) of the people in scope."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT p.id, k.id, k.birth_date, k.death_on FROM people_person p"
            " JOIN people_person k ON k.id = coalesce(p.merged_into_id, p.id) WHERE p.id = ANY(%s)",
            [list(person_ids)],
        )
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


def _stage(
    good: list[tuple[UUID, NewEncounter]], facts: dict[UUID, tuple], by: Actor, now: datetime, using: str
) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(
            "DROP TABLE IF EXISTS staged_encounter, staged_diagnosis, staged_result, staged_prescription"
        )
        cursor.execute(
            "CREATE TEMP TABLE staged_encounter ON COMMIT DROP AS"
            f" SELECT {_ENCOUNTER} FROM care_encounter LIMIT 0"
        )
        for name, columns in _PARTS.items():
            cursor.execute(
                f"CREATE TEMP TABLE staged_{name} ON COMMIT DROP AS SELECT {columns} FROM care_{name} LIMIT 0"
            )
        _copy(cursor, "staged_encounter", _ENCOUNTER, (_encounter_row(i, n, facts, by, now) for i, n in good))
        _copy(cursor, "staged_diagnosis", _PARTS["diagnosis"], _diagnosis_rows(good))
        _copy(cursor, "staged_result", _PARTS["result"], _result_rows(good))
        _copy(cursor, "staged_prescription", _PARTS["prescription"], _prescription_rows(good))


def _insert_staged(using: str) -> list[UUID]:
    """Insert what is staged; the ids of the encounters that were new."""
    with connections[using].cursor() as cursor:
        columns = ", ".join(f"s.{name.strip()}" for name in _ENCOUNTER.split(","))
        cursor.execute(
            f"INSERT INTO care_encounter ({_ENCOUNTER}, scope_path) SELECT {columns}, p.scope_path"
            " FROM staged_encounter s JOIN people_person p ON p.id = s.person_id"
            " ON CONFLICT DO NOTHING RETURNING id"
        )
        stored = [row[0] for row in cursor.fetchall()]
        for name, listed in _PARTS.items():
            columns = ", ".join(f"s.{column.strip()}" for column in listed.split(","))
            cursor.execute(
                f"INSERT INTO care_{name} ({listed}, person_id, scope_path, compartment)"
                f" SELECT {columns}, e.person_id, e.scope_path, e.compartment"
                f" FROM staged_{name} s JOIN care_encounter e ON e.id = s.encounter_id WHERE e.id = ANY(%s)",
                [stored],
            )
    return stored


def _copy(cursor, table: str, columns: str, rows: Iterable[tuple]) -> None:
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _encounter_row(
    encounter_id: UUID, new: NewEncounter, facts: dict[UUID, tuple], by: Actor, now: datetime
) -> tuple:
    return (
        encounter_id,
        facts[new.person_id][0],
        new.institution_id,
        new.staff_id,
        str(new.kind),
        new.started_on,
        new.ended_on,
        new.complaint.strip(),
        new.note.strip(),
        new.source,
        new.external_id,
        now,
        by.account_id,
        new.compartment,
    )


def _diagnosis_rows(good: list[tuple[UUID, NewEncounter]]) -> Iterator[tuple]:
    for encounter_id, new in good:
        for given in new.diagnoses:
            name = given.name.strip() or name_of(given.code).zh
            yield (
                new_id(),
                encounter_id,
                given.code,
                name,
                str(given.kind),
                given.diagnosed_on or new.started_on,
            )


def _result_rows(good: list[tuple[UUID, NewEncounter]]) -> Iterator[tuple]:
    known = result_codes()
    for encounter_id, new in good:
        for given in new.results:
            code = known.get(given.code)
            yield (
                new_id(),
                encounter_id,
                given.code,
                code.name.zh if code else given.code,
                given.value,
                given.text.strip(),
                given.unit or (code.unit if code else ""),
                given.measured_on or new.started_on,
            )


def _prescription_rows(good: list[tuple[UUID, NewEncounter]]) -> Iterator[tuple]:
    for encounter_id, new in good:
        for given in new.prescriptions:
            yield (
                new_id(),
                encounter_id,
                given.medicine.strip(),
                given.code,
                given.dose.strip(),
                given.frequency,
                given.days,
                given.quantity,
                given.unit,
                new.started_on,
            )


def _unknown_person(new: NewEncounter) -> Problem:
    return Problem(
        "person",
        "person.not_found",
        Text("没有这位居民，或不在管辖范围内。", "This person was not found, or is not in your area."),
        str(new.person_id),
    )
