"""Cases that a record opens or closes, and people whom a record makes known to a programme.

A capability says so: `Opening("record:<form id>", when=…, enrols=True)` opens a case at once (a raised
pressure opens a screening), with `enrols=False` the person is listed as found but not enrolled (confirmed by
the hospital); a declared move on a record into a closed state, with its reason, closes the case (excluded). A
record that is corrected afterwards opens and closes nothing by itself: reopening is somebody's act.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_, or_

from django.db.models import Q, QuerySet

from kangshu.access.scope import entered_as_system
from kangshu.declare import expression as e
from kangshu.declare import registry
from kangshu.declare.capability import Capability, Opening
from kangshu.declare.errors import BadDeclaration
from kangshu.declare.states import StateTransition
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import Refusal
from kangshu.kernel.events import Event
from kangshu.work.actions.enrolling import close_after, enrol
from kangshu.work.models import Case, Record, RecordStatus
from kangshu.work.parameters import LocalParameters
from kangshu.work.planning import PastRecord
from kangshu.work.progress import follow_states
from kangshu.work.replanning import asker, forms_of
from kangshu.work.subject import Subject, find_subject, history_of

BY_RECORD = "record:"
JOB = "work follows records"


def follow_record(event: Event, by: Actor) -> None:
    """After a record was saved: open the cases that it opens, close those that it closes."""
    if event.person_id is None or not _concerns(event.payload["form_id"]):
        return
    with entered_as_system(JOB) as system:
        subject = find_subject(event.person_id)
        history = history_of(subject, [event.payload["form_id"]])
        record = next((past for past in history if past.id == event.payload["record_id"]), None)
        if record is not None:
            _open_cases(subject, record, event, system)
            _close_cases(subject, record, event, system)


def _concerns(form_id: str) -> bool:
    """Whether a record of the form opens or closes anything at all."""
    cause = BY_RECORD + form_id
    return any(
        any(opening.enrols and opening.event == cause for opening in capability.opens_on)
        or any(move.on == cause and move.reason for move in _moves(capability))
        for capability in registry.capabilities()
    )


def _moves(capability: Capability) -> tuple[StateTransition, ...]:
    return () if capability.states is None else capability.states.transitions


def _open_cases(subject: Subject, record: PastRecord, event: Event, by: Actor) -> None:
    for capability in registry.capabilities():
        for opening in capability.opens_on:
            if opening.enrols and opening.event == BY_RECORD + record.form_id:
                _open_case(subject, capability, opening, record, event, by)


def _open_case(
    subject: Subject, capability: Capability, opening: Opening, record: PastRecord, event: Event, by: Actor
) -> None:
    parameters = LocalParameters()
    unborn = Case(kind=capability.id, opened_on=record.performed_on, facts={})
    holds = asker(subject, unborn, capability, [record], parameters)
    if opening.when is not None and not holds(opening.when, record):
        return
    try:
        case = enrol(
            kind=capability.id,
            person=subject.id,
            on=record.performed_on,
            by=by,
            now=event.at,
            cause=opening.event,
        )
    except Refusal:
        return  # enrolled already, or not eligible: nothing is to be opened
    history = history_of(subject, forms_of(capability))
    follow_states(subject, [case], history, parameters, by, event.at)


def _close_cases(subject: Subject, record: PastRecord, event: Event, by: Actor) -> None:
    cause = BY_RECORD + record.form_id
    for case in Case.objects.filter(person_id__in=subject.ids, closed_on=None).order_by("id"):
        capability = registry.capability(case.kind)
        if record.performed_on < case.opened_on or capability.states is None:
            continue
        holds = asker(subject, case, capability, [record], LocalParameters())
        for move in capability.states.moves_from(case.state, cause):
            if move.reason and (move.when is None or holds(move.when, record)):
                close_after(
                    case=case.id, reason=move.reason, on=record.performed_on, by=by, now=event.at, cause=cause
                )
                break


# ---------------------------------------------------------------- found, not enrolled


def pointing(capability: Capability) -> Iterator[tuple[str, Opening]]:
    """The forms whose records make somebody known without enrolling them, each with its opening."""
    for opening in capability.opens_on:
        if not opening.enrols and opening.event.startswith(BY_RECORD):
            yield opening.event.removeprefix(BY_RECORD), opening


def records_pointing_to(capability: Capability) -> QuerySet[Record]:
    """The current records that make a person known to the capability, in the reader's scope."""
    parts = [
        Q(form_id=form_id) if opening.when is None else Q(form_id=form_id) & as_filter(opening.when)
        for form_id, opening in pointing(capability)
    ]
    if not parts:
        return Record.objects.none()
    return Record.objects.filter(reduce(or_, parts), status=RecordStatus.CURRENT)


def as_filter(condition: e.Expression) -> Q:
    """A condition over a record's assessment and answers as a filter of records.

    Raises BadDeclaration for one that compares anything else: a list of thousands is not read one by one.
    """
    if isinstance(condition, e.All):
        return reduce(and_, (as_filter(part) for part in condition.parts))
    if isinstance(condition, e.Any_):
        return reduce(or_, (as_filter(part) for part in condition.parts))
    if isinstance(condition, e.Compare) and condition.how == "eq" and isinstance(condition.right, e.Literal):
        return _one_of(condition.left, [condition.right.value])
    if isinstance(condition, e.IsIn):
        return _one_of(condition.part, [literal.value for literal in condition.values])
    raise BadDeclaration("opening", f"cannot look for records by {condition.op}")


def _one_of(part: e.Expression, values: list[e.Plain]) -> Q:
    kept = {e.AssessmentValue: "assessment", e.Answer: "answers"}.get(type(part))
    if kept is None or not isinstance(part, e.AssessmentValue | e.Answer):
        raise BadDeclaration("opening", f"cannot look for records by {part.op}")
    return Q(**{f"{kept}__{part.name}__in": values})
