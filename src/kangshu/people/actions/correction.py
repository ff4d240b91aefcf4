"""A correction that a resident asks for, and the answer of the institution responsible for the record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, Conflict, NotFound, Problem
from kangshu.kernel.text import Text
from kangshu.people import queries
from kangshu.people.answering import CORRECTION_DAYS, answer_due_on
from kangshu.people.requests import CorrectionRequest, CorrectionState

SHORTEST = 4
#: A bored child on a parent's phone must not fill the clinic's desk.
OPEN_AT_ONCE = 10


@transaction.atomic
def ask_correction(
    *, person_id: UUID, about: str, words: str, by: Actor, now: datetime, record_id: UUID | None = None
) -> CorrectionRequest:
    """A resident says what is wrong in their own record, or in that of a minor they guard.

    `about` names the part of the record in the resident's language. Raises BadInput, PersonNotFound.
    """
    check_allowed(by, "read.own")
    person = queries.person(person_id)
    if len(words.strip()) < SHORTEST:
        said = Text(
            "请写明哪里不对、正确的是什么（至少 4 个字）。",
            "Say what is wrong and what is right (at least 4 characters).",
        )
        raise BadInput([Problem("words", "correction.too_short", said, words)])
    if CorrectionRequest.objects.filter(person=person, state=CorrectionState.OPEN).count() >= OPEN_AT_ONCE:
        raise Conflict(
            "correction.too_many",
            Text(
                "您已有多项申请待答复，请先等待答复或直接联系卫生院（室）。",
                "Several requests wait already. Wait for the answers, or call your clinic.",
            ),
        )
    request = CorrectionRequest.objects.create(
        person=person,
        record_id=record_id,
        about=about[:120],
        words=words.strip()[:500],
        asked_at=now,
        asked_by=by.account_id,
        answer_due_on=answer_due_on(CORRECTION_DAYS, now.astimezone(CHINA).date()),
        scope_path=person.scope_path,
    )
    _log(request, "correction.asked", by)
    return request


@transaction.atomic
def answer_correction(
    *, request_id: UUID, corrected: bool, answer: str, by: Actor, now: datetime
) -> CorrectionRequest:
    """Say that it was corrected, or why it stays. The correction itself is made on the record's own page."""
    check_allowed(by, "edit.resident")
    request = CorrectionRequest.objects.select_for_update().filter(pk=request_id).first()
    if request is None:
        raise NotFound("correction.unknown", Text("没有这项申请。", "There is no such request."))
    if request.state != CorrectionState.OPEN:
        raise Conflict(
            "correction.answered", Text("该申请已经答复。", "This request has been answered already.")
        )
    if not answer.strip():
        said = Text("请写明答复，居民会看到。", "Write an answer: the resident reads it.")
        raise BadInput([Problem("answer", "correction.answer_missing", said, answer)])
    request.state = CorrectionState.DONE if corrected else CorrectionState.DECLINED
    request.answer, request.answered_at = answer.strip()[:500], now
    request.answered_by, request.answered_by_name = by.account_id, by.name[:80]
    request.save(update_fields=["state", "answer", "answered_at", "answered_by", "answered_by_name"])
    _log(request, "correction.answered", by)
    return request


def _log(request: CorrectionRequest, action: str, by: Actor) -> None:
    log.write(
        by=by,
        action=action,
        about=request,
        person_id=request.person_id,
        scope_path=request.scope_path,
        detail={"state": request.state},
    )
