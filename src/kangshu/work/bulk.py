"""Saving records by the thousand: the set-based twin of `record_visit`.

Each batch reads everything it needs in a handful of queries, lets the same functions decide that decide for
a single record (`check_served`, `case_for`, `check_answers`, `assess`, `plan`, `reconcile`) and writes the
result with COPY. A differential test holds it to `record_visit` over random histories. Rows come fastest
person by person: a batch reads the history of everybody in it.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from threading import Barrier
from typing import Any
from uuid import UUID

from django.db import connections, transaction

from kangshu.access.roles import check_allowed
from kangshu.access.scope import entered
from kangshu.access.staging import Statement
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.answers import plain
from kangshu.declare.form import Form
from kangshu.kernel.actor import Actor
from kangshu.kernel.collecting import uncollected
from kangshu.kernel.errors import BadInput, Refusal
from kangshu.kernel.events import Event, emit
from kangshu.kernel.identifiers import new_id
from kangshu.work import moments, refusals
from kangshu.work.actions.admitting import case_for, check_calendar, check_served, form_in_force
from kangshu.work.actions.enrolling import check_opening
from kangshu.work.actions.recording import (
    assess_or_refuse,
    completed,
    provenance_of,
    says_the_same,
)
from kangshu.work.assessing import filled_by_rule, reassessed, stored
from kangshu.work.batch import Batch, as_json, load_batch
from kangshu.work.batch_openings import Followed, follow_in_batch, followers_of
from kangshu.work.dossier import waiting_for
from kangshu.work.held import HeldCase
from kangshu.work.models import Provenance, Record, RecordStatus
from kangshu.work.parameters import LocalParameters
from kangshu.work.planning import PastRecord
from kangshu.work.posting import post_saved, postings_on
from kangshu.work.replanning import forms_of
from kangshu.work.states import initial_state
from kangshu.work.subject import Subject
from kangshu.work.validation import AnswerContext, Checked, check_answers

BATCH = 5_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class NewCase:
    """A case to open (or that was opened, and perhaps closed, elsewhere)."""

    kind: str
    person_id: UUID
    opened_on: date
    id: UUID = field(default_factory=new_id)
    institution_id: UUID | None = None  # None: the person's
    doctor_id: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    closed_on: date | None = None
    closing_reason: str = ""
    state: str = ""  # "": the initial state, or the closed one


@dataclass(frozen=True)
class NewRecord:
    """A filled form. `provenance` is one word for all answers, or one per field."""

    form_id: str
    person_id: UUID
    answers: Mapping[str, Any]
    performed_on: date
    institution_id: UUID
    id: UUID = field(default_factory=new_id)
    case_id: UUID | None = None
    performed_by: UUID | None = None
    entered_by: UUID | None = None
    entered_at: datetime | None = None
    provenance: Mapping[str, str] | str = Provenance.IMPORT.value
    confirmed: bool = False


@dataclass(frozen=True)
class Refused:
    """A row that was not taken: its position among the rows given, from 0, and why."""

    position: int
    id: UUID
    refusal: Refusal


@dataclass
class Loaded:
    """What became of the rows."""

    saved: int = 0
    repeated: int = 0
    warnings: int = 0
    refused: list[Refused] = field(default_factory=list)


def load_cases(
    rows: Iterable[NewCase],
    *,
    by: Actor,
    now: datetime,
    fire: bool = True,
    batch: int = BATCH,
    using: str = "default",
    progress: Progress | None = None,
) -> Loaded:
    """Open many cases. With `fire` each is checked as `enrol` checks it and its first windows are planned;
    without, they are taken as they were elsewhere, and nothing is due. Rows that cannot be taken are told,
    the others saved.
    """
    check_allowed(by, "import.data")
    loaded = Loaded()
    for first, chunk in _chunks(rows, batch):
        with transaction.atomic(using=using):
            _load_cases(chunk, first, loaded, by, now, fire, using)
        if progress is not None:
            progress(len(chunk))
    return loaded


def load_records(
    rows: Iterable[NewRecord],
    *,
    by: Actor,
    now: datetime,
    fire: bool,
    batch: int = BATCH,
    using: str = "default",
    progress: Progress | None = None,
    threads: int = 1,
    tell: bool = True,
) -> Loaded:
    """Save many records, each batch in one transaction (in the caller's, if there is one).

    With `fire` every row is checked, assessed, planned and audited as `record_visit` does. Without, old
    records are taken as history: answers must be readable, but nothing is required of them, nothing becomes
    due, no state moves and nobody is told; one audit entry stands for a batch. Rows that cannot be taken
    are in `refused`.

    Records that open or close cases do so as when they are saved singly (`work.openings`). With `tell` False
    nobody hears of the records: whoever loads them also loads the cases that they open.

    With `threads`, batches are loaded side by side, each in a transaction of its own whatever the caller
    has open: the rows' people and cases must be committed already.
    """
    check_allowed(by, "import.data")
    loaded = Loaded()

    def load(first: int, chunk: Sequence[NewRecord]) -> None:
        size = len(chunk)
        with transaction.atomic(using=using), uncollected():
            while chunk:
                taken = _Loading(loaded, by, now, fire, using, tell).load(chunk, first)
                chunk, first = chunk[taken:], first + taken
        if progress is not None:
            progress(size)

    if threads == 1:
        for first, chunk in _chunks(rows, batch):
            load(first, chunk)
        return loaded
    _load_side_by_side(load, _chunks(rows, batch), by, using, threads)
    loaded.refused.sort(key=lambda refused: refused.position)
    return loaded


def _load_side_by_side(
    load: Callable[[int, Sequence[NewRecord]], None],
    chunks: Iterator[tuple[int, list[NewRecord]]],
    by: Actor,
    using: str,
    threads: int,
) -> None:
    """While one batch is with the database, the next is being checked.

    Each thread has a connection and a scope of its own; batches that share a person wait for its case.
    """

    def work(first: int, chunk: list[NewRecord]) -> None:
        with entered(by, using=using):
            load(first, chunk)

    with ThreadPoolExecutor(threads, "load") as pool:
        running: set[Future[None]] = set()
        for first, chunk in chunks:
            running.add(pool.submit(work, first, chunk))
            if len(running) > threads:  # no more rows in memory than are being worked on
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    future.result()
        for future in running:
            future.result()
        together = Barrier(threads)
        for _ in range(threads):  # each of the threads closes its own connection
            pool.submit(lambda: (together.wait(), connections.close_all()))


def _chunks(rows: Iterable[Any], size: int) -> Iterator[tuple[int, list[Any]]]:
    iterator, first = iter(rows), 0
    while chunk := list(islice(iterator, size)):
        yield first, chunk
        first += len(chunk)


def _load_cases(
    chunk: Sequence[NewCase], first: int, loaded: Loaded, by: Actor, now: datetime, fire: bool, using: str
) -> None:
    parameters = LocalParameters(using)
    kinds = sorted({row.kind for row in chunk})
    batch = load_batch({row.person_id for row in chunk}, kinds, forms=(), using=using)
    for position, row in enumerate(chunk, start=first):
        try:
            case = _new_case(row, batch, now, fire, parameters)
        except Refusal as refusal:
            loaded.refused.append(Refused(position, row.id, refusal))
            continue
        if case is None:
            loaded.repeated += 1
            continue
        batch.add_case(case)
        batch.note(case, "", case.state, "import" if not fire else "action:enrol", case.opened_on, now, by)
        if fire:
            batch.audit(
                by, "case.opened", case.id, "work.case", case, {"kind": case.kind, "on": case.opened_on}
            )
        loaded.saved += 1
    if fire:
        batch.plan(parameters)
    else:
        batch.audit(by, "case.loaded", first, "work.load", None, {"cases": len(chunk)})
    batch.write(by, now)


def _new_case(
    row: NewCase, batch: Batch, now: datetime, fire: bool, parameters: LocalParameters
) -> HeldCase | None:
    subject = batch.subject(row.person_id)
    capability = registry.capability(row.kind)
    others = [case for case in batch.cases_of(subject) if case.kind == row.kind]
    if any(case.id == row.id for case in others):
        return None
    open_case = next((case for case in others if case.closed_on is None), None)
    if open_case is not None and row.closed_on is None:
        raise refusals.AlreadyEnrolled(open_case.id, open_case.opened_on)
    if fire and row.closed_on is None:
        check_opening(subject, capability, others, row.opened_on, now, parameters, batch.using)
    state = row.state or initial_state(capability.states)
    if not row.state and row.closed_on is not None and capability.states is not None:
        state = next((known.id for known in capability.states.states if not known.is_open), state)
    return HeldCase(
        id=row.id,
        kind=row.kind,
        capability_version=capability.version,
        person_id=subject.id,
        state=state,
        institution_id=row.institution_id or subject.institution_id,
        doctor_id=row.doctor_id,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        closing_reason=row.closing_reason,
        facts=dict(row.facts),
        created_at=now,
        scope_path=subject.scope_path,
        compartment=capability.confidentiality,
    )


class _Loading:
    """One batch of records on its way in."""

    def __init__(self, loaded: Loaded, by: Actor, now: datetime, fire: bool, using: str, tell: bool) -> None:
        self.loaded, self.by, self.now, self.fire, self.using = loaded, by, now, fire, using
        self.tell = tell
        self.parameters = LocalParameters(using)
        self.rows: list[tuple[Any, ...]] = []
        self.told: list[Event] = []
        self.forms: dict[tuple[str, date], Form] = {}
        self.provenances: dict[tuple[Any, ...], str] = {}

    def load(self, chunk: Sequence[NewRecord], first: int) -> int:
        """Save the rows; gives how many were taken before somebody has to be told of one, which ends the
        batch."""
        forms = {row.form_id for row in chunk}
        self.waiting = {form: frozenset(waiting_for(form)[0]) for form in forms}
        self.followers = {form: followers_of(form) for form in forms if self.fire and self.tell}
        kinds = {kind for waiting in self.waiting.values() for kind in waiting}
        kinds |= {kind for followers in self.followers.values() for kind in followers.kinds}
        waited = {form for kind in kinds for form in _waited(kind)} if self.fire else set()
        self.batch = load_batch({row.person_id for row in chunk}, sorted(kinds), forms | waited, self.using)
        known = self._known([row.id for row in chunk])
        taken = 0
        for position, row in enumerate(chunk, start=first):
            taken += 1
            try:
                self._take(row, known.get(row.id))
            except Refusal as refusal:
                self.loaded.refused.append(Refused(position, row.id, refusal))
            if self.told:
                break
        self._write(first)
        return taken

    def _write(self, first: int) -> None:
        self.batch.insert_records(self.rows, self._audited() if self.fire else None)
        if self.fire:
            self.batch.plan(self.parameters)
            self.batch.follow_states(self.parameters, self.now, self.by)
        else:
            self.batch.audit(self.by, "record.loaded", first, "work.load", None, {"records": len(self.rows)})
        self.batch.write(self.by, self.now)
        if self.using == "default":
            self._say()
        else:  # the hearers work on `default`, which sees the rows when they are committed
            transaction.on_commit(self._say, using=self.using)

    def _say(self) -> None:
        for event in self.told:
            emit(event, self.by)

    def _take(self, row: NewRecord, known: Record | None) -> None:
        subject = self.batch.subject(row.person_id)
        check_calendar(subject, row.performed_on, self.now)
        form = self._form(row.form_id, row.performed_on)
        context = AnswerContext(row.performed_on, subject.bare_view, self.parameters)
        if known is not None or row.id in self.batch.new_ids:
            self._repeat(row, known, subject, form, context)
            return
        if self.fire:
            check_served(subject, form, row.performed_on)
            waiting = self.waiting[row.form_id]
            cases = [case for case in self.batch.cases_of(subject) if case.kind in waiting]
            case = case_for(subject, form, cases, row.case_id, row.performed_on)
            if not row.confirmed:
                self._check_same_day(subject, row)
            case_id = None if case is None else case.id
        else:
            case_id = row.case_id
        checked = check_answers(form, row.answers, context)
        problems = [problem for problem in checked.problems if self.fire or problem.code in _UNREADABLE]
        if problems:
            raise BadInput(problems)
        self._keep(row, subject, form, checked, case_id)

    def _known(self, ids: list[UUID]) -> dict[UUID, Record]:
        with connections[self.using].cursor() as cursor:
            cursor.execute("SELECT id FROM work_record WHERE id = ANY (%s)", [ids])
            there = [row[0] for row in cursor.fetchall()]
        return Record.objects.using(self.using).in_bulk(there) if there else {}

    def _audited(self) -> Statement:
        """One entry a record, as `record_visit` writes it, made by the database from the rows themselves."""
        like = log.entry(self.by, "record.saved", ("work.record", ""))
        return Statement(
            _AUDIT, (*log.values_of(like)[:6], like.outcome, like.origin.ip, like.origin.request_id)
        )

    def _form(self, form_id: str, on: date) -> Form:
        known = self.forms.get((form_id, on))
        if known is None:
            known = self.forms[form_id, on] = form_in_force(form_id, on)
        return known

    def _repeat(
        self, row: NewRecord, known: Record | None, subject: Subject, form: Form, context: AnswerContext
    ) -> None:
        checked = check_answers(form, row.answers, context)
        if known is None or not says_the_same(known, subject, form, row.performed_on, checked):
            raise refusals.IdentifierReused
        self.loaded.repeated += 1

    def _check_same_day(self, subject: Subject, row: NewRecord) -> None:
        for record in self.batch.history_of(subject, row.form_id):
            if record.performed_on == row.performed_on:
                raise refusals.AlreadyRecorded("", row.performed_on, record.id)

    def _keep(
        self, row: NewRecord, subject: Subject, form: Form, checked: Checked, case_id: UUID | None
    ) -> None:
        entered_at = row.entered_at or self.now
        past = PastRecord(row.id, form.id, form.version, row.performed_on, entered_at, checked.typed)
        same = self.batch.history_of(subject, form.id)
        place = len(same) if not same or same[-1].order < past.order else _place(same, past)
        try:
            assessment = assess_or_refuse(
                form, checked, row.performed_on, same[:place], subject, self.parameters
            )
        except BadInput:
            if self.fire:
                raise
            assessment = None
        by_rule = filled_by_rule(form, checked.answers, assessment)
        provenance = self._provenance(row, form, checked, by_rule)
        past = completed(past, form, assessment, by_rule)
        if self.fire and postings_on(form.id):
            self._post(row, subject, form, {**checked.answers, **by_rule})
        same.insert(place, past)
        if place + 1 < len(same):
            self._assess_later(same, place + 1, subject)
        self._stage(row, subject, form, checked, by_rule, provenance, stored(assessment), case_id, entered_at)
        followers = self.followers.get(form.id)
        if followers is not None and (followers.opened or followers.closed):
            asked = (self.batch, subject, past, followers, self.parameters, self.now)
            if follow_in_batch(*asked) is Followed.TO_BE_TOLD:
                payload = {"record_id": row.id, "form_id": form.id, "case_id": case_id}
                self.told.append(Event(moments.RECORD_SAVED, subject.id, row.performed_on, self.now, payload))

    def _post(self, row: NewRecord, subject: Subject, form: Form, answers: Mapping[str, Any]) -> None:
        """What the row does to goods and money, before the row itself: when there is not enough, it is
        refused and the others go on."""
        record = Record(
            id=row.id,
            form_id=form.id,
            form_version=form.version,
            person_id=subject.id,
            answers=answers,
            performed_on=row.performed_on,
            institution_id=row.institution_id,
            scope_path=subject.scope_path,
            compartment=registry.owner(form.id).confidentiality,
        )
        with transaction.atomic(using=self.using):
            post_saved(record, subject, self.parameters, self.by, self.now, self.using)

    def _provenance(self, row: NewRecord, form: Form, checked: Checked, by_rule: Mapping[str, Any]) -> str:
        """As JSON. A file's rows answer the same questions, so there are few."""
        if not isinstance(row.provenance, str):
            return as_json(provenance_of(form, checked.answers, row.provenance, by_rule))
        key = (form.id, form.version, row.provenance, tuple(checked.answers), tuple(by_rule))
        found = self.provenances.get(key)
        if found is None:
            said = dict.fromkeys(checked.answers, row.provenance)
            found = self.provenances[key] = as_json(provenance_of(form, checked.answers, said, by_rule))
        return found

    def _assess_later(self, same: list[PastRecord], first: int, subject: Subject) -> None:
        positions = {record.id: position for position, record in enumerate(same)}
        for record, kept in reassessed(same, first, subject.facts, self.parameters):
            position = positions[record.id]
            if plain(same[position].assessment) != plain(record.assessment):
                same[position] = record
                self.batch.assessments[record.id] = kept

    def _stage(
        self,
        row: NewRecord,
        subject: Subject,
        form: Form,
        checked: Checked,
        by_rule: Mapping[str, Any],
        provenance: str,
        assessment: Mapping[str, Any],
        case_id: UUID | None,
        entered_at: datetime,
    ) -> None:
        compartment = registry.owner(form.id).confidentiality
        self.batch.new_ids.add(row.id)
        self.rows.append(
            (
                row.id,
                form.id,
                form.version,
                subject.id,
                case_id,
                as_json({**checked.answers, **by_rule}),
                provenance,
                row.performed_on,
                row.performed_by,
                row.institution_id,
                row.entered_by or self.by.account_id,
                entered_at,
                assessment,
                RecordStatus.CURRENT.value,
                "",
                subject.scope_path,
                compartment,
            )
        )
        self.loaded.saved += 1
        self.loaded.warnings += len(checked.warnings)


def _place(same: list[PastRecord], past: PastRecord) -> int:
    """Where a record belongs among the others of its form."""
    orders = [record.order for record in same]
    insort(orders, past.order)
    return orders.index(past.order)


def _waited(kind: str) -> tuple[str, ...]:
    return forms_of(registry.capability(kind))


_UNREADABLE = frozenset(
    {
        "number", "whole_number", "date", "moment", "yes_no", "code", "exclusive", "unknown", "rows",
        "too_many_rows",
    }
)  # fmt: skip
_AUDIT = """
INSERT INTO audit_auditentry (at, account_id, actor_name, roles, actor_path, action, object_type, object_id,
    person_id, scope_path, compartment, outcome, reason, detail, ip, request_id)
SELECT clock_timestamp(), %s::uuid, %s, %s, %s, %s, %s, id::text, person_id, scope_path, compartment, %s, '',
    jsonb_build_object('form', form_id, 'version', form_version, 'performed_on', performed_on),
    %s::inet, %s
FROM {rows}
"""
