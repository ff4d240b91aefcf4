"""Whether a form can be recorded of a person on a day, and to which of their cases it belongs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar
from uuid import UUID

from kangshu.access.scope import is_open
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.declare.form import Form
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.dates import CHINA, age_on
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.people.models import PersonStatus
from kangshu.places.models import Staff
from kangshu.work import refusals
from kangshu.work.models import Record, RecordStatus
from kangshu.work.subject import Subject


class Enrolment(Protocol):
    """What is asked of a case here: the model `Case`, or one that is held."""

    id: UUID
    kind: str
    opened_on: date
    closed_on: date | None


C = TypeVar("C", bound=Enrolment)


def form_in_force(form_id: str, on: date) -> Form:
    """The edition for the day of service. Raises FormNotInForce."""
    try:
        return registry.form(form_id, on=on)
    except UnknownDeclaration:
        raise refusals.FormNotInForce(form_id, on) from None


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
    is_late = subject.death_on is None or performed_on > subject.death_on
    if subject.status == PersonStatus.DEAD and is_late and not registry.owner(form.id).after_death:
        raise refusals.PersonDead(subject.name, subject.death_on)


def case_for(
    subject: Subject, form: Form, cases: Sequence[C], asked: UUID | None, performed_on: date
) -> C | None:
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


def check_open(capability: Capability) -> None:
    """Refuse a confidential programme to whoever has not been let into its compartment, as if there were
    none."""
    if not is_open(capability.confidentiality):
        raise refusals.ProgrammeNotFound(capability.id)


def needs_case(owner: Capability, form_id: str) -> bool:
    """Whether records of the form are only made of enrolled people: its owner's own schedule waits for it,
    and it is not the record itself that enrols them."""
    if any(opening.enrols and opening.event == f"record:{form_id}" for opening in owner.opens_on):
        return False
    return any(step.form == form_id for step in owner.schedule.steps)


def _covers(case: Enrolment, day: date) -> bool:
    return case.opened_on <= day and (case.closed_on is None or day <= case.closed_on)


def _covering(case: C, performed_on: date) -> C:
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


def _bad_day(code: str, message: Text, day: date) -> BadInput:
    return BadInput([Problem("performed_on", code, message, day.isoformat())])


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
