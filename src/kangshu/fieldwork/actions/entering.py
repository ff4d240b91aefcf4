"""Entering, correcting and withdrawing entries. One transaction and one audit entry each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare.form import Form
from kangshu.declare.logbook import Logbook
from kangshu.declare.rules import Assessment, CannotAssess
from kangshu.fieldwork import refusals
from kangshu.fieldwork.actions.admitting import (
    check_day,
    form_in_force,
    keeper,
    locked_entry,
    locked_site,
    logbook_of,
    overseer_path,
)
from kangshu.fieldwork.assessing import assess
from kangshu.fieldwork.models import Entry, Site, StageRecord, Status
from kangshu.fieldwork.rules import DoneStage, Standing, counted_on, period_of, standing_of
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.periods import BadPeriod, Period, parse_period
from kangshu.places.models import Institution
from kangshu.work.assessing import stored
from kangshu.work.models import Provenance
from kangshu.work.validation import AnswerContext, Checked, check_answers


@dataclass(frozen=True)
class Saved:
    """An entry that stands, what its answers mean, and what should be looked at again."""

    entry: Entry
    assessment: Assessment | None
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Filling:
    """An entry as it is about to be written."""

    logbook: Logbook
    form: Form
    institution: Institution
    site: Site | None
    period: Period | None
    performed_on: date
    performed_by: UUID | None
    checked: Checked
    provenance: Mapping[str, str]


def enter(
    *,
    logbook_id: str,
    entry_id: UUID,
    answers: Mapping[str, Any],
    performed_on: date,
    institution: UUID,
    by: Actor,
    now: datetime,
    site: UUID | None = None,
    period: str = "",
    performed_by: UUID | None = None,
    provenance: Mapping[str, str] | None = None,
) -> Saved:
    """Make an entry. Sent twice with the same id and content it is the same entry.

    Raises BadInput, InTheFuture, LogbookNotFound, NotAKeeper, NotAllowed, OtherContent, PeriodMissing,
    PeriodTaken, SiteClosed, SiteMissing, SiteNotFound.
    """
    check_allowed(by, "keep.logbook")
    logbook = logbook_of(logbook_id)
    with transaction.atomic():
        filling = _filling(
            logbook, answers, performed_on, institution, site, period, performed_by, provenance or {}, by, now
        )
        known = Entry.objects.filter(pk=entry_id).first()
        if known is not None:
            return _repeated(known, filling)
        saved = _write(filling, entry_id, by, now)
        _log("logbook.entered", saved.entry, by)
        return saved


def correct_entry(
    *,
    entry_id: UUID,
    new_id: UUID,
    answers: Mapping[str, Any],
    reason: str,
    by: Actor,
    now: datetime,
    performed_on: date | None = None,
    site: UUID | None = None,
    period: str | None = None,
    performed_by: UUID | None = None,
) -> Saved:
    """Put a new entry in the place of a wrong one; its stages go over to it. `answers` are the whole form.

    Raises NotCurrent, NothingChanged, ReasonMissing, EntryNotFound and all that `enter` raises.
    """
    check_allowed(by, "keep.logbook")
    if not reason.strip():
        raise refusals.ReasonMissing
    with transaction.atomic():
        old = locked_entry(entry_id)
        logbook = logbook_of(old.logbook)
        filling = _filling(
            logbook,
            answers,
            performed_on or old.performed_on,
            old.institution_id,
            site or old.site_id,
            old.period if period is None else period,
            performed_by or old.performed_by_id,
            {},
            by,
            now,
        )
        known = Entry.objects.filter(pk=new_id).first()
        if known is not None:
            return _repeated(known, filling)
        _check_current(old)
        if _is_same(old, filling):
            raise refusals.NothingChanged
        Entry.objects.filter(pk=old.pk).update(status=Status.SUCCEEDED)
        saved = _write(filling, new_id, by, now, succeeds=old, reason=reason.strip())
        _log("logbook.corrected", saved.entry, by, reason, {"of": str(old.pk)})
        return saved


def withdraw_entry(*, entry_id: UUID, reason: str, by: Actor, now: datetime) -> Entry:
    """Take an entry back: it stays to be read, and counts nowhere. Withdrawing twice is once.

    Raises EntryNotFound, NotAKeeper, NotAllowed, NotCurrent, ReasonMissing.
    """
    check_allowed(by, "keep.logbook")
    if not reason.strip():
        raise refusals.ReasonMissing
    with transaction.atomic():
        entry = locked_entry(entry_id)
        keeper(entry.institution_id, frozenset(), by)
        if entry.status == Status.WITHDRAWN:
            return entry
        _check_current(entry)
        entry.status, entry.reason = Status.WITHDRAWN, reason.strip()
        entry.next_stage, entry.next_due_on = "", None
        entry.save(update_fields=["status", "reason", "next_stage", "next_due_on"])
        _log("logbook.withdrawn", entry, by, reason)
        return entry


def _filling(
    logbook: Logbook,
    answers: Mapping[str, Any],
    performed_on: date,
    institution: UUID,
    site: UUID | None,
    period: str,
    performed_by: UUID | None,
    provenance: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> _Filling:
    """Everything checked. Raises what `enter` says."""
    for_whom = keeper(institution, logbook.keepers, by)
    check_day(performed_on, now)
    form = form_in_force(logbook.form, performed_on)
    checked = check_answers(form, answers, AnswerContext(performed_on))
    if checked.problems:
        raise BadInput(checked.problems)
    return _Filling(
        logbook, form, for_whom, _site(logbook, site, performed_on), _period(logbook, period, performed_on),
        performed_on, performed_by, checked, provenance,
    )  # fmt: skip


def _site(logbook: Logbook, site: UUID | None, performed_on: date) -> Site | None:
    if logbook.site is None:
        return None
    if site is None:
        raise refusals.SiteMissing
    found = locked_site(site, logbook.site.id)
    if found.closed_on is not None and performed_on > found.closed_on:
        raise refusals.SiteClosed(found.name, found.closed_on)
    return found


def _period(logbook: Logbook, period: str, performed_on: date) -> Period | None:
    """Of a logbook with one entry a period: the one asked for, else the one in which the day lies."""
    if logbook.due is None or not logbook.due.once:
        return None
    if not period:
        return period_of(logbook.due, performed_on)
    try:
        asked = parse_period(period)
    except BadPeriod:
        raise refusals.PeriodMissing from None
    if asked != period_of(logbook.due, asked.first) or performed_on < asked.first:
        raise refusals.PeriodMissing
    return asked


def _write(
    filling: _Filling,
    entry_id: UUID,
    by: Actor,
    now: datetime,
    succeeds: Entry | None = None,
    reason: str = "",
) -> Saved:
    assessment = _assess(filling, succeeds)
    entry = _row(filling, entry_id, assessment, by, now, succeeds, reason)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        known = Entry.objects.filter(pk=entry_id).first()
        if known is not None:  # the same press of the button, twice at once
            return _repeated(known, filling)
        if filling.period is not None and "fieldwork_entry_once" in str(error):
            raise refusals.PeriodTaken(filling.period.title()) from error
        raise
    if succeeds is not None:
        StageRecord.objects.filter(entry=succeeds).update(entry=entry)
    return Saved(entry, assessment, filling.checked.warnings)


def _row(
    filling: _Filling,
    entry_id: UUID,
    assessment: Assessment | None,
    by: Actor,
    now: datetime,
    succeeds: Entry | None,
    reason: str,
) -> Entry:
    logbook, answers = filling.logbook, dict(filling.checked.answers)
    done = () if succeeds is None else done_stages(succeeds)
    particulars = None if filling.site is None else filling.site.particulars
    standing = standing_of(logbook, filling.performed_on, answers, done, particulars)
    return Entry(
        id=entry_id,
        logbook=logbook.id,
        form_id=filling.form.id,
        form_version=filling.form.version,
        answers=answers,
        provenance={
            name: filling.provenance.get(name, Provenance.TYPED)
            for name in answers
            if filling.form.field(name).expression is None
        },
        assessment=stored(assessment),
        is_alarm=assessment is not None and assessment.urgent,
        performed_on=filling.performed_on,
        counted_on=counted_on(filling.performed_on, filling.period),
        period="" if filling.period is None else str(filling.period),
        performed_by_id=filling.performed_by,
        institution=filling.institution,
        site=filling.site,
        entered_by=by.account_id,
        entered_by_name=by.name,
        entered_at=now,
        reported_at=now if succeeds is None else succeeds.reported_at,
        succeeds=succeeds,
        reason=reason,
        scope_path=filling.institution.path,
        overseer_path=overseer_path(logbook.overseer, filling.institution),
        compartment=logbook.confidentiality,
        **columns_of(standing),
    )


def columns_of(standing: Standing) -> dict[str, Any]:
    """The columns of an entry that follow from everything else."""
    return {
        "stage": standing.stage,
        "next_stage": standing.next_stage,
        "next_due_on": standing.next_due_on,
        "ends_on": standing.ends_on,
        "facts": dict(standing.facts),
    }


def done_stages(entry: Entry) -> list[DoneStage]:
    """The stages of an entry that count."""
    rows = StageRecord.objects.filter(entry=entry, status=Status.CURRENT)
    return [DoneStage(row.stage, row.performed_on, row.answers) for row in rows]


def _assess(filling: _Filling, succeeds: Entry | None) -> Assessment | None:
    """What the rule of the form finds. Raises BadInput when it cannot tell."""
    try:
        return assess(
            filling.form,
            filling.logbook.id,
            filling.performed_on,
            filling.checked.typed,
            filling.institution.pk,
            None if filling.site is None else filling.site.pk,
            None if succeeds is None else succeeds.pk,
        )
    except CannotAssess as refusal:
        raise BadInput([Problem(refusal.where or "", refusal.code, refusal.message)]) from refusal


def _repeated(known: Entry, filling: _Filling) -> Saved:
    if known.logbook != filling.logbook.id or not _is_same(known, filling):
        raise refusals.OtherContent
    return Saved(known, None, filling.checked.warnings)


def _is_same(entry: Entry, filling: _Filling) -> bool:
    period = "" if filling.period is None else str(filling.period)
    site = None if filling.site is None else filling.site.pk
    return (
        entry.answers == dict(filling.checked.answers)
        and entry.performed_on == filling.performed_on
        and entry.institution_id == filling.institution.pk
        and (entry.site_id, entry.period) == (site, period)
        and (filling.performed_by is None or entry.performed_by_id == filling.performed_by)
    )


def _check_current(entry: Entry) -> None:
    if entry.status != Status.CURRENT:
        raise refusals.NotCurrent


def _log(
    action: str, entry: Entry, by: Actor, reason: str = "", detail: dict[str, Any] | None = None
) -> None:
    log.write(
        by=by,
        action=action,
        about=entry,
        scope_path=entry.scope_path,
        compartment=entry.compartment,
        reason=reason,
        detail={"logbook": entry.logbook, **(detail or {})},
    )
