"""Making, writing, reviewing and signing a summary. One transaction and one audit entry each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.figures.models import Snapshot
from kangshu.indicators import board
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import is_within
from kangshu.summaries.binding import Bound, Setting, bind
from kangshu.summaries.models import Section, SectionText, Summary, SummaryState
from kangshu.summaries.outline import OUTLINE, draft_of
from kangshu.summaries.refusals import AlreadySigned, ChangedMeanwhile, NotReady, SummaryNotFound

LONGEST = 20_000


def make_summary(
    *, title: str, period: Period, institution: Institution, by: Actor, now: datetime
) -> Summary:
    """A new summary with the outline's sections, drafted. Raises BadInput, NotAllowed, SummaryNotFound."""
    check_allowed(by, "write.summary")
    if not is_within(institution.path, board.reach_of(by)):
        raise SummaryNotFound
    if not title.strip():
        raise BadInput([Problem("title", "required", Text("请填写标题。", "Give it a title."))])
    with transaction.atomic():
        summary = Summary.objects.create(
            title=title.strip()[:200],
            period=str(period),
            institution=institution,
            scope_path=institution.path,
            created_by=by.account_id,
            created_at=now,
        )
        for position, outlined in enumerate(OUTLINE):
            section = Section.objects.create(
                summary=summary,
                key=outlined.key,
                position=position,
                title=outlined.title,
                text=draft_of(outlined),
            )
            _keep_text(section, by, now)
        _remember(by, "summary.made", summary)
        return summary


def write_section(*, section: UUID, text: str, seen_version: int, by: Actor, now: datetime) -> Section:
    """Save a section's text.

    Raises AlreadySigned, BadInput, ChangedMeanwhile, NotAllowed, SummaryNotFound.
    """
    check_allowed(by, "write.summary")
    if len(text) > LONGEST:
        message = Text(f"一节最多 {LONGEST} 个字。", f"A section holds at most {LONGEST} characters.")
        raise BadInput([Problem("text", "too_long", message)])
    with transaction.atomic():
        found = (
            Section.objects.select_for_update(of=("self",))
            .select_related("summary")
            .filter(pk=section)
            .first()
        )
        if found is None:
            raise SummaryNotFound
        check_seen(found.summary, by)
        if found.summary.state == SummaryState.SIGNED:
            raise AlreadySigned
        if text == found.text:
            return found
        if found.version != seen_version:
            raise ChangedMeanwhile(found.texts.first().by_name)
        found.text, found.version = text, found.version + 1
        found.save(update_fields=["text", "version"])
        _keep_text(found, by, now)
        _remember(by, "summary.written", found.summary, section=found.key, version=found.version)
        return found


def sign(*, summary: UUID, by: Actor, now: datetime) -> Summary:
    """Freeze and sign: figures are kept as printed, the snapshot is pinned.

    Raises AlreadySigned, NotAllowed, NotReady, SummaryNotFound.
    """
    check_allowed(by, "sign.summary")
    with transaction.atomic():
        found = Summary.objects.select_for_update(of=("self",)).filter(pk=summary).first()
        if found is None:
            raise SummaryNotFound
        check_seen(found, by)
        if found.state == SummaryState.SIGNED:
            raise AlreadySigned
        figures = figures_of(found, by)
        missing = [bound.title for bound in figures.values() if bound.is_missing]
        if missing:
            raise NotReady("、".join(dict.fromkeys(missing)))
        names = {bound.snapshot for bound in figures.values() if bound.snapshot}
        Snapshot.objects.filter(name__in=names).update(pinned=True)
        found.figures = {token: bound.to_json() for token, bound in figures.items()}
        found.snapshot = ",".join(sorted(names))[:64]
        found.state = SummaryState.SIGNED
        found.signed_by, found.signed_name, found.signed_at = by.account_id, by.name, now
        found.save()
        _remember(by, "summary.signed", found, snapshot=found.snapshot)
        return found


def figures_of(summary: Summary, by: Actor) -> dict[str, Bound]:
    """The figures of a summary that is still being written, on the latest snapshot."""
    from kangshu.kernel.periods import parse_period

    store = board.store_for(by) if board.has_snapshot() else None
    setting = Setting(store, parse_period(summary.period), summary.institution, board.reach_of(by))
    return bind([section.text for section in summary.sections.all()], setting)


def check_seen(summary: Summary, by: Actor) -> None:
    """Raise SummaryNotFound unless the summary's place lies within what the account may see."""
    if not is_within(summary.scope_path, board.reach_of(by)):
        raise SummaryNotFound


def _keep_text(section: Section, by: Actor, now: datetime) -> None:
    SectionText.objects.create(
        section=section,
        version=section.version,
        text=section.text,
        by_account=by.account_id,
        by_name=by.name,
        at=now,
    )


def _remember(by: Actor, action: str, summary: Summary, **detail: object) -> None:
    log.write(
        by=by,
        action=action,
        about=summary,
        scope_path=summary.scope_path,
        detail={"period": summary.period, **detail},
    )
