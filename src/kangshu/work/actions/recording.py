"""Saving a filled form: checked, assessed, stored once, and everything that follows from it planned anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.answers import plain, typed_value
from kangshu.declare.form import Form
from kangshu.declare.rules import Assessment, CannotAssess, Parameters
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.events import Event, emit
from kangshu.kernel.text import Text
from kangshu.work import moments, refusals
from kangshu.work.actions.admitting import (
    case_for,
    check_calendar,
    check_open,
    check_same_day,
    check_served,
    form_in_force,
)
from kangshu.work.assessing import assess, filled_by_rule, reassessed, stored
from kangshu.work.completing import completed_by_owner
from kangshu.work.dossier import Dossier, open_dossier
from kangshu.work.entering import Entering
from kangshu.work.held import HeldCase
from kangshu.work.models import Case, Due, Provenance, Record
from kangshu.work.planning import PastRecord
from kangshu.work.posting import post_saved
from kangshu.work.progress import follow_states, state_by_records
from kangshu.work.reconcile import reconcile
from kangshu.work.replanning import (
    cases_waiting_for,
    find_facts,
    forms_of,
    open_dues,
    plan_case,
    replan,
)
from kangshu.work.subject import Subject, history_of, left_to_rule
from kangshu.work.validation import AnswerContext, Checked, check_answers, origins_of


@dataclass(frozen=True)
class Saved:
    """What saving gave back. `was_repeat`: the same form had been saved before; nothing was done again."""

    record: Record
    assessment: Assessment | None
    next_due: Due | None
    dues: tuple[Due, ...]
    warnings: tuple[Problem, ...]
    was_repeat: bool = False


@dataclass(frozen=True)
class Prepared:
    """A record before it is stored: what it means, the person's history with it, and which later records'
    assessments (as they are stored) it changes."""

    record: Record
    assessment: Assessment | None
    history: list[PastRecord]
    reassessed: Mapping[UUID, Mapping[str, Any]]


@dataclass(frozen=True)
class Filling:
    """A form as somebody hands it in."""

    form: Form
    answers: Mapping[str, Any]
    provenance: Mapping[str, str]
    performed_on: date
    performed_by: UUID | None
    institution: UUID


def record_visit(
    *,
    form_id: str,
    person: UUID,
    answers: Mapping[str, Any],
    performed_on: date,
    institution: UUID | None,
    record_id: UUID,
    by: Actor,
    now: datetime,
    case: UUID | None = None,
    provenance: Mapping[str, str] | None = None,
    performed_by: UUID | None = None,
    confirmed: bool = False,
) -> Saved:
    """Save a filled form of a person.

    `record_id` is made by the client: sent twice with the same content it gives the same answer and changes
    nothing; with other content it raises IdentifierReused. `confirmed` says that another record of the same
    form and day is known and this is a second service; without it AlreadyRecorded is raised. `provenance`
    says where an answer came from (`typed` if not said); without `institution` it is the person's own.
    Raises BadInput with every problem, PersonDead, PersonMoved, CaseClosed, FormNotInForce, NotAllowed,
    ProgrammeNotFound for a confidential one that is not open to the account, and what `work.posting` raises
    where goods or money do not suffice.
    """
    check_allowed(by, "record.visit")
    with transaction.atomic():
        dossier = open_dossier(person, form_id, record_id)
        subject, parameters = dossier.subject, dossier.parameters
        check_calendar(subject, performed_on, now)
        form = form_in_force(form_id, performed_on)
        check_open(registry.owner(form_id))
        place = institution or subject.institution_id
        answers, provenance = completed_by_owner(
            form_id, person, answers, provenance, performed_on, frozenset({record_id})
        )
        filling = Filling(form, answers, provenance, performed_on, performed_by, place)
        if dossier.is_known:
            repeated = find_repeat(record_id, subject, filling, parameters)
            if repeated is not None:
                return repeated
        check_served(subject, form, performed_on)
        chosen = case_for(subject, form, dossier.cases, case, performed_on)
        if not confirmed and any(
            past.form_id == form_id and past.performed_on == performed_on for past in dossier.history
        ):
            check_same_day(subject, form_id, performed_on)
        checked = check_answers(form, answers, AnswerContext(performed_on, subject.view(), parameters))
        if checked.problems:
            raise BadInput(checked.problems)
        return _save(dossier, filling, checked, chosen, record_id, by, now)


def _save(
    dossier: Dossier,
    filling: Filling,
    checked: Checked,
    chosen: HeldCase | None,
    record_id: UUID,
    by: Actor,
    now: datetime,
) -> Saved:
    prepared = prepare_record(
        dossier.subject,
        filling,
        checked,
        None if chosen is None else chosen.id,
        record_id,
        dossier.history,
        dossier.parameters,
        by,
        now,
    )
    record = prepared.record
    entry = log.entry(
        by,
        "record.saved",
        ("work.record", record.id),
        person_id=record.person_id,
        scope_path=record.scope_path,
        compartment=record.compartment,
        detail={"form": record.form_id, "version": record.form_version, "performed_on": record.performed_on},
    )
    entering = Entering(record, entry, dict(prepared.reassessed))
    dues = follow_held(dossier, prepared.history, entering)
    if not entering.write(by, now):  # the id is taken by a record outside this scope
        raise refusals.IdentifierReused
    post_saved(record, dossier.subject, dossier.parameters, by, now)
    payload = {"record_id": record.id, "form_id": record.form_id, "case_id": record.case_id}
    emit(Event(moments.RECORD_SAVED, dossier.subject.id, record.performed_on, now, payload), by)
    return told(record, prepared.assessment, checked, dossier.cases, dues)


def saved(
    record: Record,
    assessment: Assessment | None,
    checked: Checked,
    cases: Sequence[Case],
    was_repeat: bool = False,
) -> Saved:
    """What saving gives back, with the windows as they are stored."""
    return told(record, assessment, checked, cases, open_dues(cases), was_repeat)


def told(
    record: Record,
    assessment: Assessment | None,
    checked: Checked,
    cases: Sequence[Case | HeldCase],
    dues: Sequence[Due],
    was_repeat: bool = False,
) -> Saved:
    """What saving gives back, with the open windows in the order of their days."""
    steps = {
        (case.kind, step.id)
        for case in cases
        for step in registry.capability(case.kind).schedule.steps
        if step.form == record.form_id
    }
    following = next(
        (
            due
            for due in dues
            if (due.kind, due.step) in steps and not (due.lapses_on and due.lapses_on <= record.performed_on)
        ),
        None,
    )
    return Saved(record, assessment, following, tuple(dues), checked.warnings, was_repeat)


def find_repeat(record_id: UUID, subject: Subject, filling: Filling, parameters: Parameters) -> Saved | None:
    """What was answered when the same form was saved before. Raises IdentifierReused when it says other
    things.
    """
    record = Record.objects.filter(id=record_id).first()
    if record is None:
        return None
    context = AnswerContext(record.performed_on, subject.view(), parameters)
    checked = check_answers(filling.form, filling.answers, context)
    if not says_the_same(record, subject, filling.form, filling.performed_on, checked):
        raise refusals.IdentifierReused
    cases = cases_waiting_for(subject, record.form_id, lock=False)
    history = [
        past
        for past in history_of(subject, [record.form_id])
        if past.id != record.id and past.order < (record.performed_on, record.entered_at, record.id)
    ]
    typed = {**checked.typed}
    assessment = assess(filling.form, typed, record.performed_on, history, subject.facts, parameters)
    return saved(record, assessment, checked, cases, was_repeat=True)


def says_the_same(record: Record, subject: Subject, form: Form, performed_on: date, checked: Checked) -> bool:
    """Whether what is handed in is what the stored record holds, leaving aside what the rule filled in."""
    by_rule = {field.name for field in form.fields if field.assessed}
    added = {name for name in record.answers if name not in checked.answers}
    return (
        record.form_id == form.id
        and record.person_id in subject.ids
        and record.performed_on == performed_on
        and not checked.problems
        and all(record.answers.get(name) == value for name, value in checked.answers.items())
        and added <= by_rule
    )


def history_for(subject: Subject, form: Form, cases: Sequence[Case]) -> list[PastRecord]:
    """The current records of the form itself and of every form that the cases wait for, ordered."""
    waited = {name for case in cases for name in forms_of(registry.capability(case.kind))}
    return history_of(subject, {form.id, *waited})


def prepare_record(
    subject: Subject,
    filling: Filling,
    checked: Checked,
    case: UUID | None,
    record_id: UUID,
    history: Sequence[PastRecord],
    parameters: Parameters,
    by: Actor,
    now: datetime,
    succeeds: UUID | None = None,
    reason: str = "",
) -> Prepared:
    """Assess one record and make its row; nothing is stored.

    Later records of the form are assessed again: a visit entered late can make the next one the second
    unsatisfied in a row.
    """
    form = filling.form
    past = PastRecord(record_id, form.id, form.version, filling.performed_on, now, checked.typed)
    earlier = [record for record in history if record.form_id == form.id and record.order < past.order]
    assessment = assess_or_refuse(form, checked, filling.performed_on, earlier, subject, parameters)
    by_rule = filled_by_rule(form, checked.answers, assessment)
    record = Record(
        id=record_id,
        form_id=form.id,
        form_version=form.version,
        person_id=subject.id,
        case_id=case,
        answers={**checked.answers, **by_rule},
        provenance=provenance_of(form, checked.answers, filling.provenance, by_rule),
        performed_on=filling.performed_on,
        performed_by_id=filling.performed_by,
        institution_id=filling.institution,
        entered_by=by.account_id,
        entered_at=now,
        assessment=stored(assessment),
        succeeds_id=succeeds,
        reason=reason,
        scope_path=subject.scope_path,
        compartment=registry.owner(form.id).confidentiality,
    )
    past = completed(past, form, assessment, by_rule)
    later = [record for record in history if record.form_id == form.id][len(earlier) :]
    others = [record for record in history if record.form_id != form.id]
    again, kept = assess_later([*earlier, past, *later], len(earlier) + 1, subject, parameters)
    return Prepared(record, assessment, [*others, *earlier, past, *again], kept)


def write_record(
    subject: Subject,
    filling: Filling,
    checked: Checked,
    case: Case | None,
    record_id: UUID,
    history: Sequence[PastRecord],
    parameters: Parameters,
    by: Actor,
    now: datetime,
    succeeds: Record | None = None,
    reason: str = "",
) -> tuple[Record, Assessment | None, list[PastRecord]]:
    """Assess and store one record; gives it, what it means, and the history with it and what it changed."""
    prepared = prepare_record(
        subject,
        filling,
        checked,
        None if case is None else case.id,
        record_id,
        history,
        parameters,
        by,
        now,
        None if succeeds is None else succeeds.id,
        reason,
    )
    try:
        with transaction.atomic():
            prepared.record.save(force_insert=True)
    except IntegrityError as error:
        if "work_record_pkey" in str(error):  # the id is taken by a record outside this scope
            raise refusals.IdentifierReused from None
        raise
    _keep_assessments(prepared.reassessed)
    return prepared.record, prepared.assessment, prepared.history


def completed(
    past: PastRecord, form: Form, assessment: Assessment | None, by_rule: Mapping[str, Any]
) -> PastRecord:
    """The record as history will know it: with what the rule found and filled in."""
    if assessment is None:
        return past
    filled = {
        field.name: typed_value(field, by_rule[field.name])
        for field in left_to_rule(form)
        if field.name in by_rule
    }
    return replace(
        past,
        answers={**past.answers, **filled},
        assessment=dict(assessment.values),
        by_rule=frozenset(by_rule),
    )


def assess_later(
    same: Sequence[PastRecord], first: int, subject: Subject, parameters: Parameters
) -> tuple[list[PastRecord], dict[UUID, dict[str, Any]]]:
    """Assess the records of one form again from a position on: gives them from there, and by id the
    assessments, as they are stored, that are another now."""
    was = {record.id: record for record in same[first:]}
    result, changed = dict(was), {}
    for record, kept in reassessed(same, first, subject.facts, parameters):
        result[record.id] = record
        if plain(was[record.id].assessment) != plain(record.assessment):
            changed[record.id] = kept
    return list(result.values()), changed


def assess_again(
    same: Sequence[PastRecord], first: int, subject: Subject, parameters: Parameters
) -> list[PastRecord]:
    """`assess_later`, and store what changed."""
    records, changed = assess_later(same, first, subject, parameters)
    _keep_assessments(changed)
    return records


def _keep_assessments(changed: Mapping[UUID, Mapping[str, Any]]) -> None:
    for id, kept in changed.items():
        Record.objects.filter(id=id).update(assessment=kept)


def follow_held(dossier: Dossier, history: Sequence[PastRecord], entering: Entering) -> list[Due]:
    """`follow` for cases that are held: puts what is to be written into `entering`; gives the windows that
    will be open, by day."""
    subject, parameters = dossier.subject, dossier.parameters
    opened: list[Due] = []
    for case in dossier.cases:
        has_changed = find_facts(subject, case, registry.capability(case.kind), history)
        stored_dues = dossier.dues.get(case.id, [])
        changes = reconcile(stored_dues, plan_case(subject, case, history, parameters))
        opened += entering.take_windows(case, subject, stored_dues, changes)
        found = state_by_records(subject, case, history, dossier.decided.get(case.id, ()), parameters)
        if found is not None:
            before, case.state = case.state, found[0]
            entering.steps.append((case, before, found[1]))
        if has_changed or found is not None:
            entering.cases.append(case)
    return sorted(opened, key=lambda due: (due.due_on, due.step))


def follow(
    subject: Subject,
    cases: Sequence[Case],
    history: Sequence[PastRecord],
    parameters: Parameters,
    by: Actor,
    now: datetime,
) -> None:
    """Bring the windows and the states of the cases up to the history."""
    replan(subject, cases, parameters, history)
    follow_states(subject, cases, history, parameters, by, now)


def provenance_of(
    form: Form, answers: Mapping[str, Any], said: Mapping[str, str], by_rule: Mapping[str, Any]
) -> dict[str, str]:
    """Where each stored answer came from. What was not said was typed; nobody can say that a measured value
    was carried over."""
    origins = origins_of(form)
    result: dict[str, str] = dict.fromkeys(by_rule, _COMPUTED)
    for name in answers:
        if name in origins.computed:
            result[name] = _COMPUTED
            continue
        given = said.get(name, _TYPED)
        if given not in _PROVENANCES or (given in _NEVER_MEASURED and name in origins.measured):
            title = next(field.title for field in form.fields if field.name == name)
            raise BadInput([Problem(name, "provenance", _BAD_PROVENANCE.format(title=title), given)])
        result[name] = given
    return result


def assess_or_refuse(
    form: Form,
    checked: Checked,
    performed_on: date,
    earlier: Sequence[PastRecord],
    subject: Subject,
    parameters: Parameters,
) -> Assessment | None:
    """The assessment; BadInput naming the field when the answers do not suffice for it."""
    try:
        return assess(form, checked.typed, performed_on, earlier, subject.facts, parameters)
    except CannotAssess as error:
        raise BadInput([Problem(error.where or "", error.code, error.message)]) from error


_TYPED, _COMPUTED = Provenance.TYPED.value, Provenance.COMPUTED.value
_PROVENANCES = frozenset(Provenance.values)
_NEVER_MEASURED = frozenset({Provenance.CARRIED.value, Provenance.DEFAULT.value, Provenance.COMPUTED.value})
_BAD_PROVENANCE = Text(
    "“{title}”是测量值，必须当次测得，不能沿用上次或默认。",
    "{title} is measured; it must be measured at this visit, not carried over or defaulted.",
)
