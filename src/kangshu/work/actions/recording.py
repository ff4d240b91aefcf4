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
from kangshu.declare.capability import Capability
from kangshu.declare.form import Form
from kangshu.declare.registry import UnknownDeclaration
from kangshu.declare.rules import Assessment, CannotAssess, Parameters
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA, age_on
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.events import Event, emit
from kangshu.kernel.text import Text
from kangshu.people.models import PersonStatus
from kangshu.places.models import Staff
from kangshu.work import moments, refusals
from kangshu.work.assessing import assess, filled_by_rule, reassessed, stored
from kangshu.work.models import Case, Due, Provenance, Record, RecordStatus
from kangshu.work.parameters import LocalParameters
from kangshu.work.planning import PastRecord, PlannedDue
from kangshu.work.progress import follow_states
from kangshu.work.replanning import cases_waiting_for, forms_of, open_dues, replan
from kangshu.work.subject import Subject, find_subject, history_of, left_to_rule
from kangshu.work.validation import AnswerContext, Checked, check_answers, questions_of


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
    institution: UUID,
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
    says where an answer came from (`typed` if not said). Raises BadInput with every problem, PersonDead,
    PersonMoved, CaseClosed, FormNotInForce, NotAllowed.
    """
    check_allowed(by, "record.visit")
    with transaction.atomic():
        subject = find_subject(person, lock=True)
        check_calendar(subject, performed_on, now)
        form = form_in_force(form_id, performed_on)
        filling = Filling(form, answers, provenance or {}, performed_on, performed_by, institution)
        parameters = LocalParameters()
        repeated = find_repeat(record_id, subject, filling, parameters)
        if repeated is not None:
            return repeated
        check_served(subject, form, performed_on)
        cases = cases_waiting_for(subject, form_id)
        chosen = case_for(subject, form, cases, case, performed_on)
        if not confirmed:
            check_same_day(subject, form_id, performed_on)
        checked = check_answers(form, answers, AnswerContext(performed_on, subject.view(), parameters))
        if checked.problems:
            raise BadInput(checked.problems)
        return _save(subject, filling, checked, chosen, cases, record_id, parameters, by, now)


def _save(
    subject: Subject,
    filling: Filling,
    checked: Checked,
    chosen: Case | None,
    cases: Sequence[Case],
    record_id: UUID,
    parameters: Parameters,
    by: Actor,
    now: datetime,
) -> Saved:
    history = history_for(subject, filling.form, cases)
    record, assessment, history = write_record(
        subject, filling, checked, chosen, record_id, history, parameters, by, now
    )
    planned = follow(subject, cases, history, parameters, by, now)
    log.write(
        by=by,
        action="record.saved",
        about=record,
        person_id=record.person_id,
        scope_path=record.scope_path,
        compartment=record.compartment,
        detail={"form": record.form_id, "version": record.form_version, "performed_on": record.performed_on},
    )
    payload = {"record_id": record.id, "form_id": record.form_id, "case_id": record.case_id}
    emit(Event(moments.RECORD_SAVED, subject.id, record.performed_on, now, payload), by)
    return saved(record, assessment, checked, cases, planned)


def saved(
    record: Record,
    assessment: Assessment | None,
    checked: Checked,
    cases: Sequence[Case],
    planned: Sequence[PlannedDue] | None = None,
    was_repeat: bool = False,
) -> Saved:
    dues = open_dues(cases)
    steps = {
        (case.kind, step.id)
        for case in cases
        for step in registry.capability(case.kind).schedule.steps
        if step.form == record.form_id
    }
    following = next((due for due in dues if (due.kind, due.step) in steps), None)
    return Saved(record, assessment, following, tuple(dues), checked.warnings, was_repeat)


def form_in_force(form_id: str, on: date) -> Form:
    """The edition for the day of service. Raises FormNotInForce."""
    try:
        return registry.form(form_id, on=on)
    except UnknownDeclaration:
        raise refusals.FormNotInForce(form_id, on) from None


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


def check_calendar(subject: Subject, performed_on: date, now: datetime) -> None:
    """Refuse a day that has not come, or that came before the person."""
    if performed_on > now.astimezone(CHINA).date():
        raise _bad_day("future", _FUTURE, performed_on)
    birth = subject.birth_date
    if birth is not None and performed_on < birth:
        raise _bad_day("before_birth", _BEFORE_BIRTH.format(birth=birth.isoformat()), performed_on)


def check_served(subject: Subject, form: Form, performed_on: date) -> None:
    """Refuse a day on which this person cannot have been served with this form: too young, or dead."""
    birth = subject.birth_date
    if (
        form.earliest_age is not None
        and birth is not None
        and age_on(birth, performed_on) < form.earliest_age
    ):
        raise _bad_day("too_young", _TOO_YOUNG.format(age=form.earliest_age), performed_on)
    if subject.status == PersonStatus.DEAD and (subject.death_on is None or performed_on > subject.death_on):
        raise refusals.PersonDead(subject.name, subject.death_on)


def case_for(
    subject: Subject, form: Form, cases: Sequence[Case], asked: UUID | None, performed_on: date
) -> Case | None:
    """The case the record belongs to: the one asked for, else that of the form's owner, else of one who
    waits.

    None for a form that needs no enrolment. Raises CaseNotFound, CaseClosed, PersonMoved, BadInput.
    """
    if asked is not None:
        chosen = next((case for case in cases if case.id == asked), None)
        if chosen is None:
            raise refusals.CaseNotFound
        return _covering(chosen, performed_on)
    owner = registry.owner(form.id)
    open_on_day = [case for case in cases if _covers(case, performed_on)]
    for case in sorted(open_on_day, key=lambda case: (case.kind != owner.id, case.closed_on is not None)):
        return case
    if subject.status == PersonStatus.MOVED:
        raise refusals.PersonMoved(subject.name)
    if needs_case(owner, form.id):
        own = [case for case in cases if case.kind == owner.id]
        if not own:
            raise _bad_day("not_enrolled", _NOT_ENROLLED.format(title=owner.title), performed_on)
        return _covering(own[-1], performed_on)
    return None


def needs_case(owner: Capability, form_id: str) -> bool:
    """Whether records of the form are only made of enrolled people: its owner's own schedule waits for it,
    and it is not the record itself that enrols them."""
    if any(opening.enrols and opening.event == f"record:{form_id}" for opening in owner.opens_on):
        return False
    return any(step.form == form_id for step in owner.schedule.steps)


def _covers(case: Case, day: date) -> bool:
    return case.opened_on <= day and (case.closed_on is None or day <= case.closed_on)


def _covering(case: Case, performed_on: date) -> Case:
    if case.closed_on is not None and performed_on > case.closed_on:
        raise refusals.CaseClosed(case.closed_on)
    if performed_on < case.opened_on:
        raise _bad_day(
            "before_enrolment", _BEFORE_ENROLMENT.format(day=case.opened_on.isoformat()), performed_on
        )
    return case


def check_same_day(subject: Subject, form_id: str, performed_on: date, but: UUID | None = None) -> None:
    """Raise AlreadyRecorded when somebody has recorded this form for this person and day."""
    found = (
        Record.objects.filter(
            person_id__in=subject.ids, form_id=form_id, performed_on=performed_on, status=RecordStatus.CURRENT
        )
        .exclude(id=but)
        .values_list("id", "performed_by_id")
        .first()
    )
    if found is not None:
        names = Staff.objects.filter(id=found[1]).values_list("name", flat=True)
        raise refusals.AlreadyRecorded(next(iter(names), ""), performed_on, found[0])


def history_for(subject: Subject, form: Form, cases: Sequence[Case]) -> list[PastRecord]:
    """The current records of the form itself and of every form that the cases wait for, ordered."""
    waited = {name for case in cases for name in forms_of(registry.capability(case.kind))}
    return history_of(subject, {form.id, *waited})


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
    """Assess and store one record; gives it, what it means, and the history with it and what it changed.

    Later records of the form are assessed again: a visit entered late can make the next one the second
    unsatisfied in a row.
    """
    form = filling.form
    past = PastRecord(record_id, form.id, form.version, filling.performed_on, now, checked.typed)
    same = [record for record in history if record.form_id == form.id]
    earlier = [record for record in same if record.order < past.order]
    assessment = assess_or_refuse(form, checked, filling.performed_on, earlier, subject, parameters)
    by_rule = filled_by_rule(form, checked.answers, assessment)
    provenance = provenance_of(form, checked.answers, filling.provenance, by_rule)
    capability = registry.owner(form.id)
    record = Record(
        id=record_id,
        form_id=form.id,
        form_version=form.version,
        person_id=subject.id,
        case=case,
        answers={**checked.answers, **by_rule},
        provenance=provenance,
        performed_on=filling.performed_on,
        performed_by_id=filling.performed_by,
        institution_id=filling.institution,
        entered_by=by.account_id,
        entered_at=now,
        assessment=stored(assessment),
        succeeds=succeeds,
        reason=reason,
        scope_path=subject.scope_path,
        compartment=capability.confidentiality,
    )
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        if "work_record_pkey" in str(error):  # the id is taken by a record outside this scope
            raise refusals.IdentifierReused from None
        raise
    past = completed(past, form, assessment, by_rule)
    return record, assessment, _with_later_ones(subject, past, earlier, history, parameters)


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


def _with_later_ones(
    subject: Subject,
    past: PastRecord,
    earlier: Sequence[PastRecord],
    history: Sequence[PastRecord],
    parameters: Parameters,
) -> list[PastRecord]:
    later = [record for record in history if record.form_id == past.form_id][len(earlier) :]
    others = [record for record in history if record.form_id != past.form_id]
    return [
        *others,
        *earlier,
        past,
        *assess_again([*earlier, past, *later], len(earlier) + 1, subject, parameters),
    ]


def assess_again(
    same: Sequence[PastRecord], first: int, subject: Subject, parameters: Parameters
) -> list[PastRecord]:
    """Assess the records of one form again from a position on and store what changed; gives them from
    there.
    """
    was = {record.id: record for record in same[first:]}
    result = {record.id: record for record in same[first:]}
    for record, kept in reassessed(same, first, subject.facts, parameters):
        result[record.id] = record
        if plain(was[record.id].assessment) != plain(record.assessment):
            Record.objects.filter(id=record.id).update(assessment=kept)
    return list(result.values())


def follow(
    subject: Subject,
    cases: Sequence[Case],
    history: Sequence[PastRecord],
    parameters: Parameters,
    by: Actor,
    now: datetime,
) -> list[PlannedDue]:
    """Bring the windows and the states of the cases up to the history."""
    planned = replan(subject, cases, parameters, history)
    follow_states(subject, cases, history, parameters, by, now)
    return planned


def provenance_of(
    form: Form, answers: Mapping[str, Any], said: Mapping[str, str], by_rule: Mapping[str, Any]
) -> dict[str, str]:
    """Where each stored answer came from. What was not said was typed; nobody can say that a measured value
    was carried over."""
    result: dict[str, str] = dict.fromkeys(by_rule, _COMPUTED)
    for question in questions_of(form):
        field = question.field
        if field.name not in answers:
            continue
        if field.expression is not None:
            result[field.name] = _COMPUTED
        else:
            given = said.get(field.name, _TYPED)
            if given not in _PROVENANCES or (field.measured and given in _NEVER_MEASURED):
                raise BadInput(
                    [Problem(field.name, "provenance", _BAD_PROVENANCE.format(title=field.title), given)]
                )
            result[field.name] = given
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


def _bad_day(code: str, message: Text, day: date) -> BadInput:
    return BadInput([Problem("performed_on", code, message, day.isoformat())])


_TYPED, _COMPUTED = Provenance.TYPED.value, Provenance.COMPUTED.value
_PROVENANCES = frozenset(Provenance.values)
_NEVER_MEASURED = frozenset({Provenance.CARRIED.value, Provenance.DEFAULT.value, Provenance.COMPUTED.value})
_FUTURE = Text(
    "日期在今天之后，不能记录尚未发生的服务。",
    "The day is after today; what has not happened cannot be recorded.",
)
_BEFORE_BIRTH = Text("日期早于出生日期（{birth}）。", "The day is before the birth ({birth}).")
_TOO_YOUNG = Text("该表单用于{age}岁及以上居民。", "This form is for residents of {age} years and more.")
_NOT_ENROLLED = Text(
    "该居民尚未纳入“{title}”，请先办理纳入。", "This resident is not enrolled in {title}; enrol them first."
)
_BEFORE_ENROLMENT = Text(
    "日期早于纳入管理的日期（{day}）。请核对日期，或更正纳入日期。",
    "The day is before the enrolment ({day}). Check the day, or correct the enrolment.",
)
_BAD_PROVENANCE = Text(
    "“{title}”是测量值，必须当次测得，不能沿用上次或默认。",
    "{title} is measured; it must be measured at this visit, not carried over or defaulted.",
)
