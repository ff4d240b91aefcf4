"""Everything that one save writes, in one statement: the record, what changes in the windows, facts and
states of the cases, and the audit entry.

Either all of it is stored or nothing: the other parts take place only where the record's own part does. It
does not where its id belongs already to a record that this scope cannot see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson

from kangshu.audit import log
from kangshu.audit.statements import fetch_one
from kangshu.kernel.actor import Actor
from kangshu.kernel.identifiers import new_id
from kangshu.work.held import HeldCase, HeldDue
from kangshu.work.models import Due, DueState, Record
from kangshu.work.planning import PlannedDue
from kangshu.work.progress import BY_RECORD
from kangshu.work.reconcile import DueChange, DueChanges
from kangshu.work.replanning import new_row
from kangshu.work.subject import Subject

_RECORD = """
record AS (
    INSERT INTO work_record (id, form_id, form_version, person_id, case_id, answers, provenance, performed_on,
        performed_by_id, institution_id, entered_by, entered_at, assessment, status, succeeds_id, reason,
        scope_path, compartment)
    VALUES (%s::uuid, %s::text, %s::smallint, %s::uuid, %s::uuid, %s::jsonb, %s::jsonb, %s::date, %s::uuid,
        %s::uuid, %s::uuid, %s::timestamptz, %s::jsonb, %s::text, %s::uuid, %s::text, %s::text, %s::text)
    ON CONFLICT (id) DO NOTHING
    RETURNING id
)"""
_ASSESSED = """
assessed AS (
    UPDATE work_record SET assessment = given.assessment::jsonb
    FROM unnest(%s::uuid[], %s::text[]) AS given (id, assessment), record
    WHERE work_record.id = given.id
)"""
_CHANGED = """
changed AS (
    UPDATE work_due
    SET state = given.state, overdue_on = given.overdue_on, lapses_on = given.lapses_on,
        fulfilled_by_id = given.record
    FROM unnest(%s::uuid[], %s::text[], %s::date[], %s::date[], %s::uuid[])
        AS given (id, state, overdue_on, lapses_on, record), record
    WHERE work_due.id = given.id
)"""
_ADDED = """
added AS (
    INSERT INTO work_due (id, case_id, kind, step, opens_on, due_on, overdue_on, lapses_on, state,
        fulfilled_by_id, institution_id, doctor_id, region_id, person_id, scope_path, compartment)
    SELECT given.* FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::date[], %s::date[],
        %s::date[], %s::date[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::uuid[],
        %s::text[], %s::text[]) AS given, record
)"""
_FACTS = """
found AS (
    UPDATE work_case SET facts = given.facts::jsonb, state = given.state
    FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS given (id, facts, state), record
    WHERE work_case.id = given.id
)"""
_NOTED = """
noted AS (
    INSERT INTO work_transition (id, case_id, from_state, to_state, event, "on", at, by_account, reason,
        person_id, scope_path, compartment)
    SELECT given.* FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::date[],
        %s::timestamptz[], %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[]) AS given, record
)"""
_AUDITED = f"audited AS ({log.INSERT} FROM record)"
_EXISTING = "record AS (SELECT id FROM work_record WHERE id = %s::uuid)"


Values = Sequence[Any]
Part = tuple[str, Values]
Key = tuple[UUID, str, date, date]


@dataclass
class Entering:
    """What a save has decided to write."""

    record: Record
    entry: log.Entry
    assessed: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    """Earlier records whose assessment is another now."""
    changed: list[DueChange] = field(default_factory=list)
    freed: set[Key] = field(default_factory=set)
    """The days of the windows in `changed`."""
    added: list[Due] = field(default_factory=list)
    cases: list[HeldCase] = field(default_factory=list)
    """Those whose facts or state are no longer as they were stored."""
    steps: list[tuple[HeldCase, str, date]] = field(default_factory=list)
    """Steps that follow from records: the case in its new state, the state before, the day."""

    def take_windows(
        self, case: HeldCase, subject: Subject, stored: Sequence[HeldDue], changes: DueChanges
    ) -> list[Due]:
        """Take what differs in one case's windows; gives those that will be open."""
        by_id = {due.id: due for due in stored}
        self.changed += changes.changed
        for change in changes.changed:
            due = by_id.pop(change.id)
            self.freed.add((case.id, due.step, due.opens_on, due.due_on))
            if change.state == DueState.OPEN:
                dates = (change.overdue_on, change.lapses_on, change.state, change.fulfilled_by)
                by_id[due.id] = HeldDue(due.id, due.step, due.opens_on, due.due_on, *dates)
        added = [new_row(wanted, case, subject) for wanted in changes.added]
        self.added += added
        kept = [_as_row(due, case, subject) for due in by_id.values() if due.state == DueState.OPEN]
        return kept + [due for due in added if due.state == DueState.OPEN]

    def write(self, by: Actor, now: datetime) -> bool:
        """Store all of it in the running transaction; False, and nothing, when the record's id is taken."""
        first, then = self._in_order()
        parts: list[Part] = [
            (_RECORD, _record_values(self.record)),
            *_unless_empty(_ASSESSED, [(id, _json(kept)) for id, kept in self.assessed.items()]),
            *_due_parts(*first),
            *_unless_empty(_FACTS, [(case.id, _json(case.facts), case.state) for case in self.cases]),
            *_unless_empty(_NOTED, [_step_values(*step, by, now) for step in self.steps]),
            (_AUDITED, log.values_of(self.entry)),
        ]
        if not _run(parts):
            return False
        if any(then):
            _run([(_EXISTING, (self.record.id,)), *_due_parts(*then)])
        return True

    def _in_order(self) -> tuple[tuple[list[DueChange], list[Due]], tuple[list[DueChange], list[Due]]]:
        """The windows in one statement, or in two where one of the same days must stop being open before
        another becomes it: the parts of one statement have no order."""
        opened = [change for change in self.changed if change.state == DueState.OPEN]
        taken = any((due.case_id, due.step, due.opens_on, due.due_on) in self.freed for due in self.added)
        if not opened and not taken:
            return (self.changed, self.added), ([], [])
        closed = [change for change in self.changed if change.state != DueState.OPEN]
        return (closed, []), (opened, self.added)


def _as_row(due: HeldDue, case: HeldCase, subject: Subject) -> Due:
    wanted = PlannedDue(
        due.step, due.opens_on, due.due_on, due.overdue_on, due.fulfilled_by_id, due.lapses_on
    )
    return new_row(wanted, case, subject, due.id)


def _run(parts: Iterable[Part]) -> bool:
    """Run the parts as one statement; whether the record was there for the others."""
    texts, values = zip(*parts, strict=True)
    sql = f"WITH {','.join(texts)} SELECT count(*) FROM record"
    row = fetch_one(sql, [value for part in values for value in part])
    return row is not None and row[0] == 1


def _unless_empty(text: str, rows: Sequence[Values]) -> list[Part]:
    return [(text, _columns(rows))] if rows else []


def _columns(rows: Sequence[Values]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _due_parts(changed: Sequence[DueChange], added: Sequence[Due]) -> list[Part]:
    changes = [
        (change.id, change.state, change.overdue_on, change.lapses_on, change.fulfilled_by)
        for change in changed
    ]
    return [*_unless_empty(_CHANGED, changes), *_unless_empty(_ADDED, [_due_values(due) for due in added])]


def _due_values(due: Due) -> Values:
    return (
        due.id, due.case_id, due.kind, due.step, due.opens_on, due.due_on, due.overdue_on, due.lapses_on,
        due.state, due.fulfilled_by_id, due.institution_id, due.doctor_id, due.region_id, due.person_id,
        due.scope_path, due.compartment,
    )  # fmt: skip


def _record_values(record: Record) -> Values:
    return (
        record.id, record.form_id, record.form_version, record.person_id, record.case_id,
        _json(record.answers), _json(record.provenance), record.performed_on, record.performed_by_id,
        record.institution_id, record.entered_by, record.entered_at, _json(record.assessment), record.status,
        record.succeeds_id, record.reason, record.scope_path, record.compartment,
    )  # fmt: skip


def _step_values(case: HeldCase, from_state: str, on: date, by: Actor, now: datetime) -> Values:
    return (
        new_id(), case.id, from_state, case.state, BY_RECORD, on, now, by.account_id, "", case.person_id,
        case.scope_path, case.compartment,
    )  # fmt: skip


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
