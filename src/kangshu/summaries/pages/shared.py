"""What the pages of a summary have in common: finding it, its figures, its catalogue of figures to put in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from kangshu.access.request import ActorRequest
from kangshu.declare import registry
from kangshu.indicators.reported import all_figures
from kangshu.kernel.pinyin import initials
from kangshu.summaries import actions
from kangshu.summaries.binding import Bound, frozen
from kangshu.summaries.models import Section, Summary, SummaryState
from kangshu.summaries.refusals import SummaryNotFound


def summary_of(request: ActorRequest, summary_id: UUID) -> Summary:
    """The summary with its sections. Raises SummaryNotFound."""
    found = (
        Summary.objects.select_related("institution")
        .prefetch_related("sections__comments", "sections__assigned_to")
        .filter(pk=summary_id)
        .first()
    )
    if found is None:
        raise SummaryNotFound
    actions.check_seen(found, request.actor)
    return found


def section_of(request: ActorRequest, section_id: UUID) -> Section:
    """A section of a summary that may be seen. Raises SummaryNotFound."""
    found = Section.objects.select_related("summary", "summary__institution").filter(pk=section_id).first()
    if found is None:
        raise SummaryNotFound
    actions.check_seen(found.summary, request.actor)
    return found


def figures_of(request: ActorRequest, summary: Summary) -> dict[str, Bound]:
    """As they were kept when it was signed, else on the latest snapshot."""
    if summary.state == SummaryState.SIGNED:
        return frozen(summary.figures)
    return actions.figures_of(summary, request.actor)


def catalogue() -> list[dict[str, Any]]:
    """What one may put in: token, name, and the words by which the editor finds it (aliases, pinyin)."""
    computed = [
        _entry(one.id, one.title.zh, one.unit, one.aliases, is_ratio=one.is_ratio)
        for one in registry.indicators()
    ]
    reported = [
        _entry(
            f"{figure.indicator}|show=reported",
            f"{figure.title.zh}（{report.title.zh}）",
            figure.unit,
            figure.aliases,
            is_ratio=False,
        )
        for report, figure in all_figures()
    ]
    return computed + reported


def _entry(token: str, title: str, unit: str, aliases: tuple[str, ...], *, is_ratio: bool) -> dict[str, Any]:
    words = " ".join([title, *aliases, token, initials(title)]).lower()
    return {"token": f"[[{token}]]", "title": title, "unit": "" if is_ratio else unit, "words": words}
