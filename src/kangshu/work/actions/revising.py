"""Correcting and withdrawing records: the old one stays, and everything after it is planned as if it had
been so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.rules import Parameters
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput
from kangshu.kernel.events import Event, emit
from kangshu.work import moments, refusals
from kangshu.work.actions.admitting import (
    case_for,
    check_calendar,
    check_same_day,
    check_served,
    form_in_force,
)
from kangshu.work.actions.recording import (
    Filling,
    Saved,
    assess_again,
    find_repeat,
    follow,
    history_for,
    saved,
    write_record,
)
from kangshu.work.completing import completed_by_owner
from kangshu.work.models import Record, RecordStatus
from kangshu.work.parameters import LocalParameters
from kangshu.work.planning import PastRecord
from kangshu.work.posting import post_saved, post_withdrawn
from kangshu.work.replanning import cases_waiting_for
from kangshu.work.subject import Subject, find_subject
from kangshu.work.validation import AnswerContext, check_answers


def correct_record(
    *,
    record_id: UUID,
    new_id: UUID,
    answers: Mapping[str, Any],
    reason: str,
    by: Actor,
    now: datetime,
    provenance: Mapping[str, str] | None = None,
    performed_on: date | None = None,
    performed_by: UUID | None = None,
    institution: UUID | None = None,
) -> Saved:
    """Put a new record in the place of a wrong one. What is not given stays; `answers` are the whole form.

    Sent twice with the same `new_id` it answers the same. Raises NotCurrent when the record was corrected or
    withdrawn meanwhile, NothingChanged, ReasonMissing, and all that `record_visit` raises.
    """
    check_allowed(by, "correct.record")
    if not reason.strip():
        raise refusals.ReasonMissing
    with transaction.atomic():
        subject = find_subject(_person_of(record_id), lock=True)
        old = _row(record_id)
        day = performed_on or old.performed_on
        check_calendar(subject, day, now)
        form = form_in_force(old.form_id, day)
        answers, provenance = completed_by_owner(
            form.id, subject.id, answers, provenance, day, frozenset({record_id, new_id})
        )
        filling = Filling(
            form,
            answers,
            provenance,
            day,
            performed_by or old.performed_by_id,
            institution or old.institution_id,
        )
        parameters = LocalParameters()
        repeated = find_repeat(new_id, subject, filling, parameters)
        if repeated is not None:
            return repeated
        _check_current(old)
        check_served(subject, form, day)
        cases = cases_waiting_for(subject, form.id)
        chosen = case_for(subject, form, cases, old.case_id if day == old.performed_on else None, day)
        if day != old.performed_on:
            check_same_day(subject, form.id, day, but=old.id)
        checked = check_answers(form, answers, AnswerContext(day, subject.view(), parameters))
        if checked.problems:
            raise BadInput(checked.problems)
        _check_changed(old, filling, checked.answers)
        Record.objects.filter(id=old.id).update(status=RecordStatus.SUCCEEDED)
        history = _without(old, history_for(subject, form, cases), subject, parameters)
        record, assessment, history = write_record(
            subject,
            filling,
            checked,
            chosen,
            new_id,
            history,
            parameters,
            by,
            now,
            succeeds=old,
            reason=reason,
        )
        post_saved(record, subject, parameters, by, now)
        follow(subject, cases, history, parameters, by, now)
        _write_down(
            "record.corrected", record, reason, by, {"of": str(old.id), "fields": _differing(old, record)}
        )
        payload = {"record_id": record.id, "of": old.id, "form_id": record.form_id, "case_id": record.case_id}
        emit(Event(moments.RECORD_CORRECTED, subject.id, day, now, payload), by)
        return saved(record, assessment, checked, cases)


def withdraw_record(*, record_id: UUID, reason: str, by: Actor, now: datetime) -> Record:
    """Take a record back: it stays to be read, and counts nowhere. Withdrawing twice is once.

    Raises ReasonMissing, RecordNotFound, NotCurrent (it was corrected meanwhile), NotAllowed.
    """
    check_allowed(by, "withdraw.record")
    if not reason.strip():
        raise refusals.ReasonMissing
    with transaction.atomic():
        subject = find_subject(_person_of(record_id), lock=True)
        record = _row(record_id)
        if record.status == RecordStatus.WITHDRAWN:
            return record
        _check_current(record)
        parameters = LocalParameters()
        cases = cases_waiting_for(subject, record.form_id)
        record.status, record.reason = RecordStatus.WITHDRAWN, reason
        record.save(update_fields=["status", "reason"])
        post_withdrawn(record, subject, by, now)
        form = form_in_force(record.form_id, record.performed_on)
        history = _without(record, history_for(subject, form, cases), subject, parameters)
        follow(subject, cases, history, parameters, by, now)
        _write_down("record.withdrawn", record, reason, by, {"form": record.form_id})
        payload = {"record_id": record.id, "form_id": record.form_id, "case_id": record.case_id}
        emit(Event(moments.RECORD_WITHDRAWN, subject.id, record.performed_on, now, payload), by)
        return record


def _person_of(record_id: UUID) -> UUID:
    person = Record.objects.filter(id=record_id).values_list("person_id", flat=True).first()
    if person is None:
        raise refusals.RecordNotFound
    return person


def _row(record_id: UUID) -> Record:
    return Record.objects.select_for_update(of=("self",)).get(id=record_id)


def _check_current(record: Record) -> None:
    if record.status != RecordStatus.CURRENT:
        raise refusals.NotCurrent(replaced=record.status == RecordStatus.SUCCEEDED)


def _check_changed(old: Record, filling: Filling, answers: Mapping[str, Any]) -> None:
    by_rule = {field.name for field in filling.form.fields if field.assessed}
    same_answers = {
        name: value for name, value in old.answers.items() if name in answers or name not in by_rule
    }
    if (
        same_answers == dict(answers)
        and old.performed_on == filling.performed_on
        and old.performed_by_id == filling.performed_by
        and old.institution_id == filling.institution
    ):
        raise refusals.NothingChanged


def _differing(old: Record, new: Record) -> list[str]:
    names = {*old.answers, *new.answers}
    differing = sorted(name for name in names if old.answers.get(name) != new.answers.get(name))
    return [*differing, *(["performed_on"] if old.performed_on != new.performed_on else [])]


def _without(
    gone: Record, history: Sequence[PastRecord], subject: Subject, parameters: Parameters
) -> list[PastRecord]:
    """The history once a record has left it: later records of its form are assessed without it.

    `history` was read after the record stopped being current, so it no longer holds it.
    """
    same = [record for record in history if record.form_id == gone.form_id]
    others = [record for record in history if record.form_id != gone.form_id]
    order = (gone.performed_on, gone.entered_at, gone.id)
    first = next((place for place, record in enumerate(same) if record.order > order), len(same))
    return [*others, *same[:first], *assess_again(same, first, subject, parameters)]


def _write_down(action: str, record: Record, reason: str, by: Actor, detail: Mapping[str, Any]) -> None:
    log.write(
        by=by,
        action=action,
        about=record,
        person_id=record.person_id,
        scope_path=record.scope_path,
        compartment=record.compartment,
        reason=reason,
        detail=detail,
    )
