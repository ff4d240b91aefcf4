"""Making, writing and signing a summary. One transaction and one audit entry each; `review` has the rest."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from kangshu.access.roles import check_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.figures.models import Snapshot
from kangshu.indicators import board
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, Problem
from kangshu.kernel.periods import Period, parse_period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import is_within
from kangshu.summaries.binding import Bound, Setting, bind
from kangshu.summaries.composing import Material, compose, outline_for
from kangshu.summaries.merging import Clash, merged
from kangshu.summaries.models import Section, SectionState, SectionText, Summary, SummaryState
from kangshu.summaries.outline import Kind
from kangshu.summaries.refusals import (
    AlreadySigned,
    ChangedMeanwhile,
    NotReady,
    NotReviewed,
    SummaryNotFound,
)

LONGEST = 20_000


def make_summary(
    *,
    title: str,
    period: Period,
    institution: Institution,
    by: Actor,
    now: datetime,
    kind: Kind = Kind.GENERAL,
    topic: str = "",
) -> Summary:
    """A new summary with the outline's sections, composed from the data of its period; about one service (its
    id as `topic`) or about everything. Raises BadInput, NotAllowed, SummaryNotFound."""
    check_allowed(by, "write.summary")
    if kind is Kind.TOPIC and topic not in {one.id for one in registry.capabilities()}:
        raise BadInput([Problem("topic", "required", Text("请选择专题。", "Choose a topic."))])
    if not is_within(institution.path, board.reach_of(by)):
        raise SummaryNotFound
    if not title.strip():
        raise BadInput([Problem("title", "required", Text("请填写标题。", "Give it a title."))])
    with transaction.atomic():
        summary = Summary.objects.create(
            title=title.strip()[:200],
            kind=kind,
            topic=topic if kind is Kind.TOPIC else "",
            period=str(period),
            institution=institution,
            scope_path=institution.path,
            created_by=by.account_id,
            created_at=now,
        )
        material = _material(summary, by)
        for position, outlined in enumerate(outline_for(kind, topic)):
            section = Section.objects.create(
                summary=summary,
                key=outlined.key,
                position=position,
                title=outlined.title,
                office=outlined.office,
                text=compose(outlined, material),
            )
            _keep_text(section, by, now)
        remember(by, "summary.made", summary)
        return summary


def write_section(*, section: UUID, text: str, seen_version: int, by: Actor, now: datetime) -> Section:
    """Save a section's text. What somebody else saved meanwhile is kept, where it is not the same paragraph.

    A text that is changed after it was handed in or approved is being written again.
    Raises AlreadySigned, BadInput, ChangedMeanwhile, NotAllowed, SummaryNotFound.
    """
    check_allowed(by, "write.summary")
    if len(text) > LONGEST:
        message = Text(f"一节最多 {LONGEST} 个字。", f"A section holds at most {LONGEST} characters.")
        raise BadInput([Problem("text", "too_long", message)])
    with transaction.atomic():
        found = locked_section(section, by)
        if found.version != seen_version:
            text = _joined(found, text, seen_version)
        if text == found.text:
            return found
        found.text, found.version, found.state = text, found.version + 1, SectionState.WRITING
        found.save(update_fields=["text", "version", "state"])
        _keep_text(found, by, now)
        remember(by, "summary.written", found.summary, section=found.key, version=found.version)
        return found


def _joined(found: Section, text: str, seen_version: int) -> str:
    """The text with what was saved since its writer opened it. Raises ChangedMeanwhile."""
    base = found.texts.filter(version=seen_version).first()
    latest = found.texts.first()
    assert latest is not None, "a section keeps every text it has had"
    try:
        return merged(base.text if base else "", text, found.text)
    except Clash:
        raise ChangedMeanwhile(latest.by_name) from None


def compose_again(*, section: UUID, by: Actor, now: datetime) -> Section:
    """Put what the data says now in the place of a section's text; the text it had stays in its history.

    Raises AlreadySigned, NotAllowed, SummaryNotFound.
    """
    found = Section.objects.select_related("summary", "summary__institution").filter(pk=section).first()
    if found is None:
        raise SummaryNotFound
    summary = found.summary
    outlined = {one.key: one for one in outline_for(Kind(summary.kind), summary.topic)}
    text = compose(outlined[found.key], _material(summary, by))
    return write_section(section=section, text=text, seen_version=found.version, by=by, now=now)


def locked_section(section: UUID, by: Actor) -> Section:
    """The section, locked, of a summary that may be seen and still be changed.

    Raises AlreadySigned, SummaryNotFound.
    """
    found = (
        Section.objects.select_for_update(of=("self",)).select_related("summary").filter(pk=section).first()
    )
    if found is None:
        raise SummaryNotFound
    check_seen(found.summary, by)
    if found.summary.state == SummaryState.SIGNED:
        raise AlreadySigned
    return found


def _material(summary: Summary, by: Actor) -> Material:
    store = board.store_for(by) if board.has_snapshot() else None
    return Material(parse_period(summary.period), summary.institution, store, summary.topic)


def sign(*, summary: UUID, by: Actor, now: datetime) -> Summary:
    """Freeze and sign: figures are kept as printed, the snapshot is pinned.

    Raises AlreadySigned, NotAllowed, NotReady, NotReviewed, SummaryNotFound.
    """
    check_allowed(by, "sign.summary")
    with transaction.atomic():
        found = Summary.objects.select_for_update(of=("self",)).filter(pk=summary).first()
        if found is None:
            raise SummaryNotFound
        check_seen(found, by)
        if found.state == SummaryState.SIGNED:
            raise AlreadySigned
        unreviewed = [one.title for one in found.sections.all() if one.text.strip() and not _is_approved(one)]
        if unreviewed:
            raise NotReviewed("、".join(unreviewed))
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
        remember(by, "summary.signed", found, snapshot=found.snapshot)
        return found


def _is_approved(section: Section) -> bool:
    return section.state == SectionState.APPROVED


def figures_of(summary: Summary, by: Actor) -> dict[str, Bound]:
    """The figures of a summary that is still being written, on the latest snapshot."""
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


def remember(by: Actor, action: str, summary: Summary, **detail: object) -> None:
    """The audit entry of an action on a summary."""
    log.write(
        by=by,
        action=action,
        about=summary,
        scope_path=summary.scope_path,
        detail={"period": summary.period, **detail},
    )
