"""Taking a person into a programme, closing the case, and opening it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.declare.binding import walk
from kangshu.declare.capability import Capability
from kangshu.declare.evaluate import Context, EventView, holds
from kangshu.declare.expression import Diagnoses, EnrolledIn, Expression, Records
from kangshu.declare.rules import Parameters
from kangshu.kernel import identifiers
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.events import Event, emit
from kangshu.kernel.text import Text
from kangshu.people.models import PersonStatus
from kangshu.work import moments, refusals
from kangshu.work.actions.admitting import check_open
from kangshu.work.models import Case
from kangshu.work.parameters import LocalParameters
from kangshu.work.progress import note
from kangshu.work.replanning import diagnoses_of, event_views, replan
from kangshu.work.states import closed_state, initial_state
from kangshu.work.subject import Subject, find_subject, history_of


class EarlierCase(Protocol):
    """What is asked of a person's earlier cases of the kind."""

    closed_on: date | None


def enrol(
    *,
    kind: str,
    person: UUID,
    on: date,
    by: Actor,
    now: datetime,
    institution: UUID | None = None,
    doctor: UUID | None = None,
    facts: Mapping[str, Any] | None = None,
    case_id: UUID | None = None,
    cause: str = "action:enrol",
) -> Case:
    """Open a case of capability `kind`. The responsible institution is the person's, if none is named.

    `case_id` is made by the client: sent twice, it opens once. Raises AlreadyEnrolled, NotEligible,
    PersonDead, PersonMoved, BadInput (a day that cannot be), NotAllowed, and ProgrammeNotFound for one that
    is confidential and not open to the account.
    """
    check_allowed(by, "enrol.case")
    capability = registry.capability(kind)
    check_open(capability)
    with transaction.atomic():
        subject = find_subject(person, lock=True)
        cases = list(Case.objects.filter(person_id__in=subject.ids, kind=kind).order_by("opened_on", "id"))
        for case in cases:
            if case.id == case_id:
                return case
            if case.closed_on is None:
                raise refusals.AlreadyEnrolled(case.id, case.opened_on)
        check_opening(subject, capability, cases, on, now, LocalParameters())
        case = Case.objects.create(
            id=case_id or identifiers.new_id(),
            kind=kind,
            capability_version=capability.version,
            person_id=subject.id,
            state=initial_state(capability.states),
            institution_id=institution or subject.institution_id,
            doctor_id=doctor,
            opened_on=on,
            facts=dict(facts or {}),
            created_at=now,
            scope_path=subject.scope_path,
            compartment=capability.confidentiality,
        )
        note(case, from_state="", to_state=case.state, event=cause, on=on, at=now, by=by)
        replan(subject, [case], LocalParameters())
        _write_down("case.opened", case, by, {"kind": kind, "on": on, "cause": cause})
        emit(Event(moments.CASE_OPENED, subject.id, on, now, {"case_id": case.id, "kind": kind}), by)
        return case


def check_opening(
    subject: Subject,
    capability: Capability,
    cases: Sequence[EarlierCase],
    on: date,
    now: datetime,
    parameters: Parameters,
    using: str = "default",
) -> None:
    """Refuse a day or a person for whom no case of the capability can be opened; `cases` are its earlier
    ones.
    """
    if on > now.astimezone(CHINA).date():
        raise _bad_day("future", _FUTURE, on)
    if subject.birth_date is not None and on < subject.birth_date:
        raise _bad_day("before_birth", _BEFORE_BIRTH, on)
    if subject.status == PersonStatus.DEAD and not capability.after_death:
        raise refusals.PersonDead(subject.name, subject.death_on)
    if subject.status == PersonStatus.MOVED:
        raise refusals.PersonMoved(subject.name)
    last = max((case.closed_on for case in cases if case.closed_on), default=None)
    if last is not None and on < last:
        raise _bad_day("before_last_closing", _BEFORE_LAST.format(day=last.isoformat()), on)
    if capability.eligible is not None and not is_eligible(subject, capability, on, parameters, using):
        raise refusals.NotEligible(capability.title)


def is_eligible(
    subject: Subject, capability: Capability, on: date, parameters: Parameters, using: str = "default"
) -> bool:
    """Whether the capability's condition holds for the person on a day."""
    return capability.eligible is None or meets(subject, capability.eligible, on, parameters, using)


def meets(
    subject: Subject, condition: Expression, on: date, parameters: Parameters, using: str = "default"
) -> bool:
    """Whether a condition about a person, their records, diagnoses and programmes holds on a day."""
    nodes = list(walk(condition))
    programmes: frozenset[str] = frozenset()
    if any(isinstance(node, EnrolledIn) for node in nodes):
        enrolled = Case.objects.using(using).filter(person_id__in=subject.ids, opened_on__lte=on)
        open_then = enrolled.filter(Q(closed_on=None) | Q(closed_on__gt=on))
        programmes = frozenset(open_then.values_list("kind", flat=True))
    view = subject.view(programmes=programmes)
    asked = [node for node in nodes if isinstance(node, Records | Diagnoses)]
    if asked:
        forms = {node.form for node in asked if isinstance(node, Records)}
        records = event_views(history_of(subject, forms, using=using))
        diagnoses = diagnoses_of(subject, using)
        view = subject.view(records=records, diagnoses=diagnoses, programmes=programmes)
    return holds(condition, Context(view, EventView(on), parameters=parameters, on=on))


def close_case(
    *,
    case: UUID,
    reason: str,
    on: date,
    by: Actor,
    now: datetime,
    remark: str = "",
    cause: str = "action:close",
) -> Case:
    """Close a case for one of the capability's reasons; its open windows are cancelled. Closing twice is
    once.

    Records after the day of closing stay, and plan nothing. Raises CaseNotFound, BadInput, NotAllowed.
    """
    check_allowed(by, "close.case")
    return close_after(case=case, reason=reason, on=on, by=by, now=now, remark=remark, cause=cause)


def close_after(
    *, case: UUID, reason: str, on: date, by: Actor, now: datetime, remark: str = "", cause: str
) -> Case:
    """Close a case because of something whose own action has checked the permission: a death, a departure."""
    with transaction.atomic():
        row, subject = _locked(case)
        if row.closed_on is not None:
            return row
        capability = registry.capability(row.kind)
        _check_closing(row, capability, reason, on, now)
        before = row.state
        row.state = closed_state(capability.states, row.state, cause, reason)
        row.closed_on, row.closing_reason = on, reason
        row.save(update_fields=["state", "closed_on", "closing_reason"])
        note(
            row,
            from_state=before,
            to_state=row.state,
            event=cause,
            on=on,
            at=now,
            by=by,
            reason=remark or reason,
        )
        replan(subject, [row], LocalParameters())
        _write_down(
            "case.closed", row, by, {"kind": row.kind, "on": on, "reason": reason, "cause": cause}, remark
        )
        payload = {"case_id": row.id, "kind": row.kind, "reason": reason}
        emit(Event(moments.CASE_CLOSED, subject.id, on, now, payload), by)
        return row


def _check_closing(case: Case, capability: Capability, reason: str, on: date, now: datetime) -> None:
    if on > now.astimezone(CHINA).date():
        raise _bad_day("future", _FUTURE, on)
    if on < case.opened_on:
        raise _bad_day("before_enrolment", _CLOSED_EARLY.format(day=case.opened_on.isoformat()), on)
    if capability.states is not None and reason not in {known.code for known in capability.states.reasons}:
        raise BadInput([Problem("reason", "unknown_reason", _UNKNOWN_REASON, reason)])


def reopen_case(*, case: UUID, on: date, remark: str, by: Actor, now: datetime) -> Case:
    """Open a closed case again: the first window starts on that day, the history before it stays.

    Raises AlreadyEnrolled when the person has another open case of the kind, PersonDead, PersonMoved,
    BadInput.
    """
    check_allowed(by, "enrol.case")
    with transaction.atomic():
        row, subject = _locked(case)
        if row.closed_on is None:
            return row
        if on > now.astimezone(CHINA).date():
            raise _bad_day("future", _FUTURE, on)
        if on < row.closed_on:
            raise _bad_day("before_last_closing", _BEFORE_LAST.format(day=row.closed_on.isoformat()), on)
        after_death = registry.capability(row.kind).after_death
        if subject.status == PersonStatus.DEAD and not after_death:
            raise refusals.PersonDead(subject.name, subject.death_on)
        if subject.status == PersonStatus.MOVED:
            raise refusals.PersonMoved(subject.name)
        other = Case.objects.filter(person_id__in=subject.ids, kind=row.kind, closed_on=None).first()
        if other is not None:
            raise refusals.AlreadyEnrolled(other.id, other.opened_on)
        before = row.state
        row.state = initial_state(registry.capability(row.kind).states)
        row.closed_on, row.closing_reason = None, ""
        row.facts = {**row.facts, "resumed_on": on.isoformat()}
        row.save(update_fields=["state", "closed_on", "closing_reason", "facts"])
        note(
            row,
            from_state=before,
            to_state=row.state,
            event="action:reopen",
            on=on,
            at=now,
            by=by,
            reason=remark,
        )
        replan(subject, [row], LocalParameters())
        _write_down("case.reopened", row, by, {"kind": row.kind, "on": on}, remark)
        emit(Event(moments.CASE_REOPENED, subject.id, on, now, {"case_id": row.id, "kind": row.kind}), by)
        return row


def _locked(case_id: UUID) -> tuple[Case, Subject]:
    person = Case.objects.filter(id=case_id).values_list("person_id", flat=True).first()
    if person is None:
        raise refusals.CaseNotFound
    subject = find_subject(person, lock=True)
    return Case.objects.select_for_update(of=("self",)).get(id=case_id), subject


def _write_down(action: str, case: Case, by: Actor, detail: Mapping[str, Any], reason: str = "") -> None:
    log.write(
        by=by,
        action=action,
        about=case,
        person_id=case.person_id,
        scope_path=case.scope_path,
        compartment=case.compartment,
        reason=reason,
        detail=detail,
    )


def _bad_day(code: str, message: Text, day: date) -> BadInput:
    return BadInput([Problem("on", code, message, day.isoformat())])


_FUTURE = Text("日期在今天之后。", "The day is after today.")
_BEFORE_BIRTH = Text("日期早于出生日期。", "The day is before the birth.")
_BEFORE_LAST = Text(
    "上一次管理到 {day} 才结案，新的日期不能早于这一天。",
    "The enrolment before was closed on {day}; the day cannot be earlier.",
)
_CLOSED_EARLY = Text("结案日期早于纳入日期（{day}）。", "The day is before the enrolment ({day}).")
_UNKNOWN_REASON = Text("请选择结案原因。", "Choose the reason for closing.")
