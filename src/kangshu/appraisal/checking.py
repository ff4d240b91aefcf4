"""What assessors find: records of the sample, lines scored on site, the evidence for both."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.appraisal.models import Appraisal, Check, Drawn, Entry, Evidence, Line, LineScore, Method
from kangshu.appraisal.refusals import ThingNotFound, WrongState, bad
from kangshu.appraisal.scoring import Source
from kangshu.appraisal.states import State
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.people.files import keep_file

ASSESS = "assess.records"


def check_record(
    *, drawn: UUID, outcome: str, method: str, note: str, photo: bytes | None, by: Actor, now: datetime
) -> Drawn:
    """Write down what was found of one record, with a photo if one was taken; a later finding replaces it,
    and the trail keeps both.

    Raises BadFile, BadInput, NotAllowed, ThingNotFound, WrongState.
    """
    check_allowed(by, ASSESS)
    if outcome not in Check.values:
        raise bad("outcome", "required", "请选择核查结果。", "Choose what you found.")
    if method not in Method.values:
        raise bad("method", "required", "请选择核查方式。", "Choose how you checked.")
    if outcome in (Check.WRONG, Check.FALSE) and not note.strip():
        raise bad("note", "required", "请写明与记录不符之处。", "Say what differs from the record.")
    with transaction.atomic():
        found = Drawn.objects.select_for_update(of=("self",)).select_related("entry").filter(pk=drawn).first()
        if found is None:
            raise ThingNotFound
        _check_running(found.entry.appraisal_id)
        found.outcome, found.method, found.note = outcome, method, note.strip()[:300]
        found.by_account, found.by_name, found.at = by.account_id, by.name, now
        found.save(update_fields=["outcome", "method", "note", "by_account", "by_name", "at"])
        if photo is not None:
            _keep(found.entry, photo, by, now, drawn=found)
        log.write(
            by=by,
            action="appraisal.checked",
            about=found,
            person_id=found.person_id,
            scope_path=found.scope_path,
            detail={"outcome": outcome, "method": method},
        )
    return found


def score_on_site(
    *,
    entry: UUID,
    line: UUID,
    points: Decimal,
    note: str,
    photo: bytes | None,
    by: Actor,
    now: datetime,
) -> LineScore:
    """Points given on site for one line, with the reason for what was taken off.

    Raises BadFile, BadInput, NotAllowed, ThingNotFound, WrongState.
    """
    check_allowed(by, ASSESS)
    with transaction.atomic():
        found = Entry.objects.select_for_update().filter(pk=entry).first()
        asked = Line.objects.filter(pk=line, source=Source.ON_SITE).first()
        if found is None or asked is None or asked.appraisal_id != found.appraisal_id:
            raise ThingNotFound
        _check_running(found.appraisal_id)
        if not points.is_finite() or not 0 <= points <= asked.weight:
            raise bad(
                "points",
                "range",
                f"得分应在0至{asked.weight.normalize():f}之间。",
                f"Points lie between 0 and {asked.weight.normalize():f}.",
                points,
            )
        if points < asked.weight and not note.strip():
            raise bad("note", "required", "请写明扣分理由。", "Say why points were taken off.")
        made, _ = LineScore.objects.update_or_create(
            entry=found,
            line=asked,
            defaults={
                "scope_path": found.scope_path,
                "value": points,
                "points": points,
                "note": note.strip()[:300],
                "by_name": by.name,
                "at": now,
            },
        )
        if photo is not None:
            _keep(found, photo, by, now, line=asked)
        log.write(
            by=by,
            action="appraisal.on_site",
            about=made,
            scope_path=found.scope_path,
            detail={"line": asked.position, "points": points},
        )
    return made


def _check_running(appraisal: UUID) -> None:
    state = Appraisal.objects.values_list("state", flat=True).get(pk=appraisal)
    if state != State.RUNNING:
        raise WrongState(state)


def _keep(
    entry: Entry, photo: bytes, by: Actor, now: datetime, drawn: Drawn | None = None, line: Line | None = None
) -> None:
    kept = keep_file(photo)
    Evidence.objects.create(
        entry=entry,
        drawn=drawn,
        line=line,
        scope_path=drawn.scope_path if drawn else entry.scope_path,
        content_hash=kept.content_hash,
        media_type=kept.media_type,
        size=kept.size,
        by_name=by.name,
        at=now,
    )
