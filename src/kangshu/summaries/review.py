"""From a section's text to its approval: who is to write it, handing in, approving, sending back, remarks.

Whoever wrote the latest text does not approve it. A change after that makes it a text being written again.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.models import Account
from kangshu.access.roles import check_allowed, is_allowed
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.text import Text
from kangshu.summaries.actions import check_seen, locked_section, remember
from kangshu.summaries.models import Comment, Section, SectionState, SummaryState
from kangshu.summaries.refusals import AlreadySigned, NotSubmitted, OwnText, SummaryNotFound

REQUIRED = Text("请写明。", "Please say it.")


def assign(*, section: UUID, to: UUID | None, by: Actor) -> Section:
    """Say who is to write a section; `to` is an account that may write. Raises BadInput and as `submit`."""
    check_allowed(by, "write.summary")
    with transaction.atomic():
        found = locked_section(section, by)
        account = Account.objects.filter(pk=to, is_active=True).first() if to else None
        if to and account is None:
            raise BadInput([Problem("to", "unknown", Text("没有这个帐号。", "There is no such account."))])
        found.assigned_to = account
        found.save(update_fields=["assigned_to"])
        remember(by, "summary.assigned", found.summary, section=found.key, to=str(to or ""))
        return found


def submit(*, section: UUID, by: Actor) -> Section:
    """Hand a section in for review. Raises AlreadySigned, BadInput, NotAllowed, SummaryNotFound."""
    check_allowed(by, "write.summary")
    with transaction.atomic():
        found = locked_section(section, by)
        if not found.text.strip():
            message = Text("这一节还没有内容。", "Nothing is written here yet.")
            raise BadInput([Problem("text", "required", message)])
        found.state, found.review_note = SectionState.SUBMITTED, ""
        found.save(update_fields=["state", "review_note"])
        remember(by, "summary.submitted", found.summary, section=found.key, version=found.version)
        return found


def approve(*, section: UUID, by: Actor, now: datetime) -> Section:
    """Raises AlreadySigned, NotAllowed, NotSubmitted, OwnText, SummaryNotFound."""
    return _review(section, SectionState.APPROVED, "", by, now)


def send_back(*, section: UUID, note: str, by: Actor, now: datetime) -> Section:
    """Return it to its writer with a reason. Raises BadInput and as `approve`."""
    if not note.strip():
        raise BadInput([Problem("note", "required", REQUIRED)])
    return _review(section, SectionState.RETURNED, note.strip()[:500], by, now)


def _review(section: UUID, state: SectionState, note: str, by: Actor, now: datetime) -> Section:
    _check_reviewer(by)
    with transaction.atomic():
        found = locked_section(section, by)
        if found.state != SectionState.SUBMITTED:
            raise NotSubmitted
        latest = found.texts.first()
        if state is SectionState.APPROVED and latest and latest.by_account == by.account_id:
            raise OwnText
        found.state, found.review_note = state, note
        found.reviewed_name, found.reviewed_at = by.name, now
        found.save(update_fields=["state", "review_note", "reviewed_name", "reviewed_at"])
        remember(by, f"summary.{state}", found.summary, section=found.key, version=found.version)
        return found


def comment(*, section: UUID, text: str, quote: str = "", by: Actor, now: datetime) -> Comment:
    """A remark, about the words quoted. Raises AlreadySigned, BadInput, NotAllowed, SummaryNotFound."""
    _check_reviewer(by)
    if not text.strip():
        raise BadInput([Problem("text", "required", REQUIRED)])
    with transaction.atomic():
        found = locked_section(section, by)
        made = Comment.objects.create(
            section=found,
            quote=quote.strip()[:200],
            text=text.strip()[:1000],
            by_account=by.account_id,
            by_name=by.name,
            at=now,
        )
        remember(by, "summary.commented", found.summary, section=found.key)
        return made


def settle(*, comment: UUID, by: Actor, now: datetime) -> Comment:
    """A remark is dealt with. Raises AlreadySigned, NotAllowed, SummaryNotFound."""
    _check_reviewer(by)
    with transaction.atomic():
        found = (
            Comment.objects.select_for_update(of=("self",))
            .select_related("section__summary")
            .filter(pk=comment)
            .first()
        )
        if found is None:
            raise SummaryNotFound
        summary = found.section.summary
        check_seen(summary, by)
        if summary.state == SummaryState.SIGNED:
            raise AlreadySigned
        if not found.settled_at:
            found.settled_name, found.settled_at = by.name, now
            found.save(update_fields=["settled_name", "settled_at"])
            remember(by, "summary.comment_settled", summary, section=found.section.key)
        return found


def _check_reviewer(by: Actor) -> None:
    """Whoever writes summaries reviews those of colleagues; whoever signs may review any."""
    if not is_allowed(by, "sign.summary"):
        check_allowed(by, "write.summary")
