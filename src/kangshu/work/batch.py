"""What a bulk load holds of the people of one batch: read in a few queries, written in a few more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q

from kangshu.access.staging import Statement, insert_rows, update_rows
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.rules import Parameters
from kangshu.kernel.actor import Actor
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work import refusals
from kangshu.work.held import HeldCase, HeldDue
from kangshu.work.models import Case, Due, Record, RecordStatus, Transition
from kangshu.work.planning import PastRecord, plan
from kangshu.work.progress import BY_RECORD
from kangshu.work.reconcile import DueChanges, reconcile, state_of
from kangshu.work.replanning import asker, case_facts, find_facts, forms_of, valuer
from kangshu.work.states import Moved, state_after
from kangshu.work.subject import PAST_COLUMNS, PERSON_COLUMNS, Subject, past_record, subject_of

RECORD_COLUMNS = (
    "id", "form_id", "form_version", "person_id", "case_id", "answers", "provenance", "performed_on",
    "performed_by_id", "institution_id", "entered_by", "entered_at", "assessment", "status", "reason",
    "scope_path", "compartment",
)  # fmt: skip
_ASSESSMENT = RECORD_COLUMNS.index("assessment")
_CASE_COLUMNS = (
    "id", "kind", "capability_version", "person_id", "state", "institution_id", "doctor_id", "opened_on",
    "closed_on", "closing_reason", "facts", "created_at", "scope_path", "compartment",
)  # fmt: skip
_DUE_COLUMNS = (
    "id", "case_id", "kind", "step", "opens_on", "due_on", "overdue_on", "lapses_on", "state",
    "fulfilled_by_id", "institution_id", "doctor_id", "region_id", "person_id", "scope_path", "compartment",
)  # fmt: skip
_TRANSITION_COLUMNS = (
    "id", "case_id", "from_state", "to_state", "event", "on_", "at", "by_account", "reason", "person_id",
    "scope_path", "compartment",
)  # fmt: skip


def as_json(value: Any) -> str:
    return orjson.dumps(value).decode()


@dataclass
class Batch:
    """People, their cases, the histories that matter, and everything that is to be written."""

    using: str
    subjects: dict[UUID, Subject]
    cases: dict[UUID, list[HeldCase]]
    histories: dict[tuple[UUID, str], list[PastRecord]]
    new_ids: set[UUID] = field(default_factory=set)
    assessments: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    audit_entries: list[log.Entry] = field(default_factory=list)
    states: dict[UUID, str] = field(default_factory=dict)
    facts: dict[UUID, dict[str, Any]] = field(default_factory=dict)
    transitions: list[tuple[Any, ...]] = field(default_factory=list)
    touched: set[UUID] = field(default_factory=set)
    due_changes: list[tuple[HeldCase, Subject, DueChanges]] = field(default_factory=list)

    def subject(self, person_id: UUID) -> Subject:
        """The canonical person. Raises PersonNotFound when they are not in this scope."""
        if person_id not in self.subjects:
            raise refusals.PersonNotFound
        return self.subjects[person_id]

    def cases_of(self, subject: Subject) -> list[HeldCase]:
        return self.cases.get(subject.id, [])

    def add_case(self, case: HeldCase) -> None:
        self.cases.setdefault(case.person_id, []).append(case)
        self.touched.add(case.person_id)

    def history_of(self, subject: Subject, form_id: str) -> list[PastRecord]:
        """The list itself, in order: what is put into it belongs to the history."""
        self.touched.add(subject.id)
        return self.histories.setdefault((subject.id, form_id), [])

    def note(
        self, case: HeldCase, from_state: str, to_state: str, event: str, on: date, at: datetime, by: Actor
    ) -> None:
        self.transitions.append(
            (
                new_id(), case.id, from_state, to_state, event, on, at, by.account_id, "",
                case.person_id, case.scope_path, case.compartment,
            )
        )  # fmt: skip

    def audit(
        self, by: Actor, action: str, id: Any, kind: str, case: HeldCase | None, detail: Mapping[str, Any]
    ) -> None:
        self.audit_entries.append(
            log.Entry(
                action=action,
                account_id=by.account_id,
                actor_name=by.name[:120],
                roles=",".join(sorted(by.roles))[:200],
                actor_path=by.scope_path,
                object_type=kind,
                object_id=str(id),
                person_id=None if case is None else case.person_id,
                scope_path=by.scope_path if case is None else case.scope_path,
                compartment="" if case is None else case.compartment,
                detail=detail,
            )
        )

    def _touched(self) -> Iterable[tuple[Subject, list[HeldCase]]]:
        for person_id in sorted(self.touched):
            yield self.subjects[person_id], self.cases_of(self.subjects[person_id])

    def _history_for(self, subject: Subject, case: HeldCase) -> list[PastRecord]:
        forms = forms_of(registry.capability(case.kind))
        return [record for form in forms for record in self.histories.get((subject.id, form), ())]

    def plan(self, parameters: Parameters) -> None:
        """Plan every case of the people touched and gather what differs from the stored windows."""
        wanted = [case.id for _, cases in self._touched() for case in cases if not case.is_new]
        stored = _stored_dues(wanted, self.using)
        for subject, cases in self._touched():
            for case in cases:
                capability = registry.capability(case.kind)
                history = self._history_for(subject, case)
                if find_facts(subject, case, capability, history) and not case.is_new:
                    self.facts[case.id] = case.facts
                asked = (subject, case, capability, history, parameters)
                planned = plan(capability.schedule, history, case_facts(case), asker(*asked), valuer(*asked))
                changes = reconcile(stored.get(case.id, ()), planned)
                if changes:
                    self.due_changes.append((case, subject, changes))

    def follow_states(self, parameters: Parameters, now: datetime, by: Actor) -> None:
        """Move the cases whose records say so."""
        decided = self._decided()
        for subject, cases in self._touched():
            for case in cases:
                capability = registry.capability(case.kind)
                if capability.states is None:
                    continue
                last = case.closed_on or date.max
                history = [
                    record
                    for record in sorted(self._history_for(subject, case), key=lambda record: record.order)
                    if case.opened_on <= record.performed_on <= last
                ]
                holds = asker(subject, case, capability, history, parameters)
                state = state_after(capability.states, decided.get(case.id, ()), history, holds)
                if state != case.state:
                    on = history[-1].performed_on if history else case.opened_on
                    self.note(case, case.state, state, BY_RECORD, on, now, by)
                    case.state = self.states[case.id] = state

    def _decided(self) -> dict[UUID, list[Moved]]:
        ids = [case.id for _, cases in self._touched() for case in cases]
        rows = (
            Transition.objects.using(self.using)
            .filter(case_id__in=ids)
            .exclude(event__in=(BY_RECORD, "action:reassign"))
            .order_by("on", "at", "id")
            .values_list("case_id", "event", "on", "to_state")
        )
        found: dict[UUID, list[Moved]] = defaultdict(list)
        for case_id, event, on, to_state in rows:
            found[case_id].append(Moved(event, on, to_state))
        return found

    def insert_records(self, rows: Sequence[tuple[Any, ...]], then: Statement | None = None) -> None:
        """Write new records (`RECORD_COLUMNS`), with the assessment that they have after the whole batch;
        `then` is what is to be made of them."""
        if not rows:
            return
        ready = []
        for row in rows:
            values = list(row)
            values[_ASSESSMENT] = as_json(self.assessments.pop(row[0], row[_ASSESSMENT]))
            ready.append(values)
        insert_rows("work_record", RECORD_COLUMNS, ready, self.using, then=then)

    def write(self, by: Actor, now: datetime) -> None:
        """Write everything that was gathered, but the records, which come first: windows point to them."""
        new = [case for cases in self.cases.values() for case in cases if case.is_new]
        if new:
            rows = [
                [as_json(case.facts) if name == "facts" else getattr(case, name) for name in _CASE_COLUMNS]
                for case in new
            ]
            insert_rows("work_case", _CASE_COLUMNS, rows, self.using)
        if self.assessments:
            kept = [(id, as_json(value)) for id, value in self.assessments.items()]
            update_rows("work_record", ("id", "assessment"), kept, self.using)
        if self.states:
            changed = [(id, state) for id, state in self.states.items() if not self._is_new(id, new)]
            if changed:
                update_rows("work_case", ("id", "state"), changed, self.using)
        if self.facts:
            changed_facts = [(id, as_json(facts)) for id, facts in self.facts.items()]
            update_rows("work_case", ("id", "facts"), changed_facts, self.using)
        self._write_dues()
        if self.transitions:
            columns = tuple('"on"' if name == "on_" else name for name in _TRANSITION_COLUMNS)
            insert_rows("work_transition", columns, self.transitions, self.using)
        log.insert(self.audit_entries, using=self.using)

    @staticmethod
    def _is_new(id: UUID, new: Sequence[HeldCase]) -> bool:
        return any(case.id == id for case in new)

    def _write_dues(self) -> None:
        changed = [change for _, _, changes in self.due_changes for change in changes.changed]
        for opening in (False, True):  # who stops being open, before who becomes open
            rows = [
                (change.id, change.state, change.overdue_on, change.lapses_on, change.fulfilled_by)
                for change in changed
                if (change.state == "open") == opening
            ]
            if rows:
                columns = ("id", "state", "overdue_on", "lapses_on", "fulfilled_by_id")
                update_rows("work_due", columns, rows, self.using)
        added = [
            (
                new_id(), case.id, case.kind, due.step, due.opens_on, due.due_on, due.overdue_on,
                due.lapses_on, state_of(due), due.fulfilled_by, case.institution_id, case.doctor_id,
                subject.region_id, case.person_id, case.scope_path, case.compartment,
            )
            for case, subject, changes in self.due_changes
            for due in changes.added
        ]  # fmt: skip
        if added:
            insert_rows("work_due", _DUE_COLUMNS, added, self.using)


def load_batch(
    people: set[UUID], kinds: Sequence[str], forms: Iterable[str], using: str = "default"
) -> Batch:
    """Read people, lock their cases of these kinds, and read their current records of these forms."""
    subjects = _subjects(people, using)
    by_id = {id: subject for subject in subjects.values() for id in subject.ids}
    cases: dict[UUID, list[HeldCase]] = defaultdict(list)
    rows = (
        Case.objects.using(using)
        .filter(person_id__in=list(by_id), kind__in=kinds)
        .order_by("id")
        .select_for_update(of=("self",))
    )
    for row in rows:
        values = {name: getattr(row, name) for name in _CASE_COLUMNS}
        cases[by_id[row.person_id].id].append(HeldCase(**values, is_new=False))
    for found in cases.values():
        found.sort(key=lambda case: (case.opened_on, case.id))
    return Batch(using, subjects, dict(cases), _histories(by_id, list(forms), using))


def _subjects(people: set[UUID], using: str) -> dict[UUID, Subject]:
    """By every id asked for: the canonical person."""
    rows = list(Person.objects.using(using).filter(id__in=list(people)).values(*PERSON_COLUMNS))
    merged = {row["merged_into_id"] for row in rows if row["merged_into_id"]}
    heads = merged | {row["id"] for row in rows if not row["merged_into_id"]}
    others = Person.objects.using(using).filter(Q(id__in=merged) | Q(merged_into__in=heads))
    known = {row["id"]: row for row in rows} | {row["id"]: row for row in others.values(*PERSON_COLUMNS)}
    groups: dict[UUID, list[UUID]] = defaultdict(list)
    for id, row in known.items():
        groups[row["merged_into_id"] or id].append(id)
    made = {head: subject_of(known[head], tuple(ids)) for head, ids in groups.items() if head in known}
    return {id: made[head] for head, ids in groups.items() if head in made for id in ids}


def _histories(
    by_id: Mapping[UUID, Subject], forms: list[str], using: str
) -> dict[tuple[UUID, str], list[PastRecord]]:
    found: dict[tuple[UUID, str], list[PastRecord]] = defaultdict(list)
    rows = (
        Record.objects.using(using)
        .filter(person_id__in=list(by_id), form_id__in=forms, status=RecordStatus.CURRENT)
        .order_by("performed_on", "entered_at", "id")
        .values_list("person_id", *PAST_COLUMNS)
    )
    for person_id, *columns in rows if forms else ():
        record = past_record(*columns)
        found[(by_id[person_id].id, record.form_id)].append(record)
    return dict(found)


def _stored_dues(case_ids: Sequence[UUID], using: str) -> dict[UUID, list[HeldDue]]:
    found: dict[UUID, list[HeldDue]] = defaultdict(list)
    rows = (
        Due.objects.using(using)
        .filter(case_id__in=case_ids)
        .order_by("id")
        .values_list(
            "case_id",
            "id",
            "step",
            "opens_on",
            "due_on",
            "overdue_on",
            "lapses_on",
            "state",
            "fulfilled_by_id",
        )
    )
    for case_id, *columns in rows if case_ids else ():
        found[case_id].append(HeldDue(*columns))
    return found
