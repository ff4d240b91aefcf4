"""What follows an entry: its stages, done in order by the keeper or by who oversees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.form import Form
from kangshu.declare.logbook import Logbook, Stage, StageBy
from kangshu.fieldwork import refusals
from kangshu.fieldwork.actions.admitting import check_day, form_in_force, locked_entry, logbook_of
from kangshu.fieldwork.actions.entering import columns_of, done_stages
from kangshu.fieldwork.models import Entry, StageRecord, Status
from kangshu.fieldwork.rules import standing_of
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput
from kangshu.places.models import Institution
from kangshu.places.scope import is_within
from kangshu.work.validation import AnswerContext, check_answers


def advance(
    *,
    entry_id: UUID,
    stage_id: str,
    record_id: UUID,
    answers: Mapping[str, Any],
    performed_on: date,
    by: Actor,
    now: datetime,
) -> StageRecord:
    """Do the stage that an entry waits for. Sent twice with the same id it is done once.

    Raises BadInput, BeforeEntry, EntryNotFound, InTheFuture, NotAllowed, NotCurrent, NotYourStage,
    StageNotDue.
    """
    with transaction.atomic():
        entry = locked_entry(entry_id)
        known = StageRecord.objects.filter(pk=record_id).first()
        if known is not None and (known.entry_id, known.stage) == (entry.pk, stage_id):
            return known
        logbook = logbook_of(entry.logbook)
        stage = _stage(logbook, stage_id)
        check_may_do(stage, entry, logbook, by)
        if entry.status != Status.CURRENT:
            raise refusals.NotCurrent
        if entry.next_stage != stage_id:
            raise refusals.StageNotDue
        check_day(performed_on, now)
        before = max((one.performed_on for one in done_stages(entry)), default=entry.performed_on)
        if performed_on < before:
            raise refusals.BeforeEntry(before)
        return _write(logbook, entry, stage, record_id, answers, performed_on, by, now)


def correct_stage(
    *,
    record_id: UUID,
    new_id: UUID,
    answers: Mapping[str, Any],
    performed_on: date,
    reason: str,
    by: Actor,
    now: datetime,
) -> StageRecord:
    """Put another record in the place of a stage that was written down wrongly.

    Raises BadInput, EntryNotFound, InTheFuture, NotAllowed, NotCurrent, NotYourStage, ReasonMissing.
    """
    if not reason.strip():
        raise refusals.ReasonMissing
    with transaction.atomic():
        old = StageRecord.objects.filter(pk=record_id).first()
        if old is None:
            raise refusals.EntryNotFound
        entry = locked_entry(old.entry_id)
        known = StageRecord.objects.filter(pk=new_id).first()
        if known is not None:
            return known
        logbook = logbook_of(entry.logbook)
        stage = _stage(logbook, old.stage)
        check_may_do(stage, entry, logbook, by)
        if entry.status != Status.CURRENT or old.status != Status.CURRENT:
            raise refusals.NotCurrent
        check_day(performed_on, now)
        StageRecord.objects.filter(pk=old.pk).update(status=Status.SUCCEEDED)
        return _write(logbook, entry, stage, new_id, answers, performed_on, by, now, reason.strip())


def may_do(stage: Stage, entry: Entry, logbook: Logbook, by: Actor) -> bool:
    """Whether the stage is the actor's to do."""
    try:
        check_may_do(stage, entry, logbook, by)
    except (refusals.NotYourStage, refusals.NotAllowed):
        return False
    return True


def check_may_do(stage: Stage, entry: Entry, logbook: Logbook, by: Actor) -> None:
    """The keeper's stages are for the keeper and those above it; the bureau's for those above it and for the
    overseer, never for the keeper alone. Raises NotAllowed, NotYourStage."""
    if "system" in by.roles:
        return
    keeper_path = entry.institution.path
    if stage.by is StageBy.KEEPER:
        check_allowed(by, "keep.logbook")
        if not is_within(keeper_path, by.scope_path):
            raise refusals.NotYourStage
        return
    check_allowed(by, "oversee.logbook")
    is_above = by.institution_id != entry.institution_id and is_within(keeper_path, by.scope_path)
    kind = Institution.objects.filter(pk=by.institution_id).values_list("kind", flat=True).first()
    if not is_above and kind not in ("bureau", logbook.overseer or "bureau"):
        raise refusals.NotYourStage


def _stage(logbook: Logbook, stage_id: str) -> Stage:
    try:
        return logbook.stage(stage_id)
    except KeyError:
        raise refusals.StageNotDue from None


def _write(
    logbook: Logbook,
    entry: Entry,
    stage: Stage,
    record_id: UUID,
    answers: Mapping[str, Any],
    performed_on: date,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> StageRecord:
    form: Form | None = None if stage.form is None else form_in_force(stage.form, performed_on)
    given: dict[str, Any] = {}
    if form is not None:
        checked = check_answers(form, answers, AnswerContext(performed_on))
        if checked.problems:
            raise BadInput(checked.problems)
        given = dict(checked.answers)
    row = StageRecord(
        id=record_id,
        entry=entry,
        stage=stage.id,
        form_id="" if form is None else form.id,
        form_version=1 if form is None else form.version,
        answers=given,
        performed_on=performed_on,
        institution_id=by.institution_id or entry.institution_id,
        entered_by=by.account_id,
        entered_by_name=by.name,
        entered_at=now,
        reason=reason,
        scope_path=entry.scope_path,
        overseer_path=entry.overseer_path,
        compartment=entry.compartment,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise refusals.StageNotDue from error
    stand_again(logbook, entry)
    log.write(
        by=by,
        action="logbook.stage_corrected" if reason else "logbook.stage_done",
        about=entry,
        scope_path=entry.scope_path,
        compartment=entry.compartment,
        reason=reason,
        detail={"logbook": logbook.id, "stage": stage.id},
    )
    return row


def stand_again(logbook: Logbook, entry: Entry) -> None:
    """Reckon anew what follows from the entry, its stages and its site."""
    particulars = None if entry.site is None else entry.site.particulars
    standing = standing_of(logbook, entry.performed_on, entry.answers, done_stages(entry), particulars)
    columns = columns_of(standing)
    Entry.objects.filter(pk=entry.pk).update(**columns)
    for name, value in columns.items():
        setattr(entry, name, value)
