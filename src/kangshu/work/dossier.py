"""Everything that one save has to know of a person, read in one statement under the person's lock.

Asked one after another through Django's query compiler these were thirteen statements, and composing them
took longer than answering them (ADR 1101).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from kangshu.audit.statements import fetch_one
from kangshu.declare import registry
from kangshu.work.held import HeldCase, HeldDue
from kangshu.work.parameters import LocalParameters
from kangshu.work.planning import PastRecord
from kangshu.work.refusals import PersonNotFound
from kangshu.work.replanning import forms_of
from kangshu.work.states import Moved
from kangshu.work.subject import Subject, past_record

# The lock is on who the person is now: two names of one person are one person.
_LOCK = """
SELECT coalesce(merged_into_id, id),
    pg_advisory_xact_lock(hashtextextended(coalesce(merged_into_id, id)::text, 1))
FROM people_person WHERE id = %s::uuid
"""
# A statement of its own, after the lock: it sees what whoever held the lock has left.
_READ = """
WITH person AS MATERIALIZED (
    SELECT id, name, sex, birth_date, death_on, status, scope_path, region_id, institution_id
    FROM people_person WHERE id = %s::uuid OR merged_into_id = %s::uuid
), cases AS MATERIALIZED (
    SELECT id, kind, capability_version, person_id, state, institution_id, doctor_id, opened_on, closed_on,
        closing_reason, facts, created_at, scope_path, compartment
    FROM work_case
    WHERE person_id = ANY (ARRAY(SELECT id FROM person)) AND kind = ANY (%s::text[])
    FOR UPDATE
)
SELECT
    (SELECT json_agg(person) FROM person)::text,
    (SELECT json_agg(cases ORDER BY opened_on, id) FROM cases)::text,
    (SELECT json_agg(json_build_array(id, form_id, form_version, performed_on, entered_at, answers,
            assessment, provenance) ORDER BY performed_on, entered_at, id)
        FROM work_record
        WHERE person_id = ANY (ARRAY(SELECT id FROM person)) AND form_id = ANY (%s::text[])
            AND status = 'current')::text,
    (SELECT json_agg(json_build_array(case_id, id, step, opens_on, due_on, overdue_on, lapses_on, state,
            fulfilled_by_id) ORDER BY id)
        FROM work_due WHERE case_id = ANY (ARRAY(SELECT id FROM cases)))::text,
    (SELECT json_agg(json_build_array(case_id, event, "on", to_state) ORDER BY "on", at, id)
        FROM work_transition
        WHERE case_id = ANY (ARRAY(SELECT id FROM cases))
            AND event NOT IN ('record', 'action:reassign'))::text,
    (SELECT json_agg(json_build_array(parameter, from_on, value) ORDER BY from_on, set_at, id)
        FROM work_parametervalue WHERE institution_id IS NULL)::text,
    EXISTS (SELECT FROM work_record WHERE id = %s::uuid)
"""


@dataclass(frozen=True)
class Dossier:
    """A person as one save sees them. `cases` are locked: those that wait for the form, open or closed, by
    opening. `history` holds the current records of the form and of every form that the cases wait for."""

    subject: Subject
    cases: list[HeldCase]
    history: list[PastRecord]
    dues: dict[UUID, list[HeldDue]] = field(default_factory=dict)
    decided: dict[UUID, list[Moved]] = field(default_factory=dict)
    parameters: LocalParameters = field(default_factory=LocalParameters)
    is_known: bool = False
    """Whether a record with the id to be saved is there already."""


def open_dossier(person: UUID, form_id: str, record_id: UUID) -> Dossier:
    """Lock the person in the running scope and read what saving this form needs. Raises PersonNotFound."""
    locked = fetch_one(_LOCK, [person])
    if locked is None:
        raise PersonNotFound
    kinds, forms = waiting_for(form_id)
    row = fetch_one(_READ, [locked[0], locked[0], list(kinds), list(forms), record_id])
    assert row is not None
    people, cases, records, dues, decided, parameters = (orjson.loads(part or "[]") for part in row[:6])
    subject = _subject(people, locked[0])
    held = [_case(values) for values in cases]
    wanted = {form_id, *(form for case in held for form in forms_of(registry.capability(case.kind)))}
    return Dossier(
        subject=subject,
        cases=held,
        history=[_past(values) for values in records if values[1] in wanted],
        dues=_by_case((UUID(values[0]), _due(values[1:])) for values in dues),
        decided=_by_case((UUID(case), Moved(event, _day(on), to)) for case, event, on, to in decided),
        parameters=LocalParameters.of((id, _day(on), value) for id, on, value in parameters),
        is_known=row[6],
    )


def waiting_for(form_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The capabilities that wait for records of a form, and every form that these or it concern."""
    waiting = [capability for capability in registry.capabilities() if form_id in forms_of(capability)]
    forms = dict.fromkeys([form_id, *(form for capability in waiting for form in forms_of(capability))])
    return tuple(capability.id for capability in waiting), tuple(forms)


def _subject(people: list[dict[str, Any]], head: UUID) -> Subject:
    by_id = {UUID(row["id"]): row for row in people}
    if head not in by_id:
        raise PersonNotFound
    row = by_id[head]
    return Subject(
        id=head,
        ids=tuple(by_id),
        name=row["name"],
        sex=row["sex"],
        birth_date=_optional_day(row["birth_date"]),
        death_on=_optional_day(row["death_on"]),
        status=row["status"],
        scope_path=row["scope_path"],
        region_id=row["region_id"],
        institution_id=UUID(row["institution_id"]),
    )


def _case(row: dict[str, Any]) -> HeldCase:
    return HeldCase(
        id=UUID(row["id"]),
        kind=row["kind"],
        capability_version=row["capability_version"],
        person_id=UUID(row["person_id"]),
        state=row["state"],
        institution_id=UUID(row["institution_id"]),
        doctor_id=None if row["doctor_id"] is None else UUID(row["doctor_id"]),
        opened_on=_day(row["opened_on"]),
        closed_on=_optional_day(row["closed_on"]),
        closing_reason=row["closing_reason"],
        facts=row["facts"],
        created_at=datetime.fromisoformat(row["created_at"]),
        scope_path=row["scope_path"],
        compartment=row["compartment"],
        is_new=False,
    )


def _past(values: list[Any]) -> PastRecord:
    id, form, version, day, entered_at, answers, assessment, provenance = values
    moment = datetime.fromisoformat(entered_at)
    return past_record(UUID(id), form, version, _day(day), moment, answers, assessment, provenance)


def _due(values: list[Any]) -> HeldDue:
    id, step, opens_on, due_on, overdue_on, lapses_on, state, record = values
    return HeldDue(
        UUID(id),
        step,
        _day(opens_on),
        _day(due_on),
        _day(overdue_on),
        _optional_day(lapses_on),
        state,
        None if record is None else UUID(record),
    )


def _by_case(pairs: Iterable[tuple[UUID, Any]]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for case, value in pairs:
        found[case].append(value)
    return found


_day = date.fromisoformat


def _optional_day(text: str | None) -> date | None:
    return None if text is None else _day(text)
