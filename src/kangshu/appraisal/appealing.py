"""An institution disputes its points, and somebody who did not check it answers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.appraisal.drafting import RUN
from kangshu.appraisal.models import Answer, Appeal, Appraisal, Drawn, Entry, LineScore
from kangshu.appraisal.refusals import (
    AppealedAlready,
    AppealTooLate,
    OwnCheck,
    ThingNotFound,
    WrongState,
    bad,
)
from kangshu.appraisal.running import total
from kangshu.appraisal.states import State
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.places.scope import is_within

APPEAL = "appeal.score"
SHORTEST = 4


def appeal(
    *, entry: UUID, line: UUID, drawn: UUID | None, text: str, by: Actor, now: datetime, on: date
) -> Appeal:
    """Dispute the points of a line, or one record of its sample, for the actor's own institution.

    Raises AppealedAlready, AppealTooLate, BadInput, NotAllowed, ThingNotFound, WrongState.
    """
    check_allowed(by, APPEAL)
    if len(text.strip()) < SHORTEST:
        raise bad("text", "required", "请写明申诉理由。", "Say what the appeal is based on.")
    with transaction.atomic():
        found = Entry.objects.select_for_update().filter(pk=entry).first()
        if found is None or not is_within(found.scope_path, by.scope_path):
            raise ThingNotFound
        appraisal = _scored(found.appraisal_id)
        if appraisal.appeals_until is not None and on > appraisal.appeals_until:
            raise AppealTooLate
        score = LineScore.objects.filter(entry=found, line=line).first()
        record = Drawn.objects.filter(pk=drawn, entry=found, stratum__line=line).first() if drawn else None
        if score is None or (drawn and record is None):
            raise ThingNotFound
        if found.appeals.filter(line=line, drawn=record, answer="").exists():
            raise AppealedAlready
        made = Appeal.objects.create(
            entry=found,
            line_id=line,
            drawn=record,
            scope_path=found.scope_path,
            text=text.strip()[:1000],
            by_account=by.account_id,
            by_name=by.name,
            at=now,
            points_before=score.points,
        )
        log.write(by=by, action="appraisal.appealed", about=made, scope_path=found.scope_path)
    return made


def answer_appeal(
    *, appeal: UUID, answer: str, points: Decimal | None, text: str, by: Actor, now: datetime
) -> Appeal:
    """Uphold an appeal with the points that now hold, or refuse it, saying why. What stood before is kept.

    Raises BadInput, NotAllowed, OwnCheck, ThingNotFound, WrongState.
    """
    check_allowed(by, RUN)
    if answer not in Answer.values:
        raise bad("answer", "required", "请选择处理结果。", "Choose what becomes of it.")
    if len(text.strip()) < SHORTEST:
        raise bad("answer_text", "required", "请写明答复理由。", "Say why.")
    with transaction.atomic():
        rows = Appeal.objects.select_for_update(of=("self",)).select_related("line", "drawn")
        found = rows.filter(pk=appeal).first()
        if found is None or found.answer:
            raise ThingNotFound
        entry = Entry.objects.select_for_update().get(pk=found.entry_id)
        _scored(entry.appraisal_id)
        if found.drawn is not None and found.drawn.by_account == by.account_id:
            raise OwnCheck
        if answer == Answer.UPHELD:
            _uphold(found, entry, points)
        found.answer, found.answer_text = answer, text.strip()[:1000]
        found.answered_name, found.answered_at = by.name, now
        found.save()
        log.write(
            by=by,
            action="appraisal.appeal_answered",
            about=found,
            scope_path=found.scope_path,
            detail={"answer": answer, "points": [found.points_before, found.points_after]},
        )
    return found


def _uphold(found: Appeal, entry: Entry, points: Decimal | None) -> None:
    weight = found.line.weight
    if points is None or not points.is_finite() or not 0 <= points <= weight:
        raise bad(
            "points",
            "range",
            f"请填写改判后的得分（0至{weight.normalize():f}）。",
            f"Give the points that now hold (0 to {weight.normalize():f}).",
            points,
        )
    score = LineScore.objects.get(entry=entry, line=found.line)
    if score.first_points is None:
        score.first_points = score.points
    score.points = found.points_after = points
    score.save(update_fields=["points", "first_points"])
    total(entry)
    entry.save(update_fields=["score"])


def _scored(appraisal: UUID) -> Appraisal:
    found = Appraisal.objects.get(pk=appraisal)
    if found.state != State.SCORED:
        raise WrongState(found.state)
    return found
