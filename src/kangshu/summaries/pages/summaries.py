"""Work summaries: the list, the document with its live figures, one section being written, signing, Word."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.documents.word import WORD_TYPE
from kangshu.indicators import board
from kangshu.indicators.reported import all_figures
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import NotAllowed, NotFound, Refusal
from kangshu.kernel.periods import parse_period
from kangshu.places.models import Institution
from kangshu.places.scope import path_range
from kangshu.summaries import actions
from kangshu.summaries.binding import Bound, frozen, pieces, tokens_in
from kangshu.summaries.models import Section, Summary, SummaryState
from kangshu.summaries.paper import paper_of
from kangshu.summaries.refusals import ChangedMeanwhile, SummaryNotFound

SUMMARISING_KINDS = ("bureau", "township_centre", "community_centre", "hospital")


@page("read.summary")
def list_summaries(request: ActorRequest) -> HttpResponse:
    """Those of one's area, latest first; and a new one."""
    reach = board.reach_of(request.actor)
    low, high = path_range(reach)
    places = list(
        Institution.objects.filter(path__gte=low, path__lt=high, kind__in=SUMMARISING_KINDS).order_by("path")
    )
    context: dict[str, Any] = {
        "places": places,
        "periods": _periods(),
        "may_write": is_allowed(request.actor, "write.summary"),
        "given": request.POST,
    }
    if request.method == "POST":
        try:
            made = _make(request, places)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            context["problems"] = getattr(refusal, "problems", [refusal])
        else:
            return HttpResponseRedirect(reverse("summaries:read", args=[made.pk]))
    rows = Summary.objects.filter(scope_path__gte=low, scope_path__lt=high).select_related("institution")
    context["rows"] = rows.order_by("-created_at")[:200]
    return TemplateResponse(
        request, "summaries/list.html", context, status=422 if context.get("problems") else 200
    )


def _make(request: ActorRequest, places: list[Institution]) -> Summary:
    period = parse_period(request.POST.get("period", ""))
    place = next((one for one in places if str(one.pk) == request.POST.get("place")), None)
    if place is None:
        raise SummaryNotFound
    title = request.POST.get("title", "").strip() or f"{place.name}{period.title().zh}工作总结"
    return actions.make_summary(
        title=title, period=period, institution=place, by=request.actor, now=timezone.now()
    )


def _periods() -> list[tuple[str, str]]:
    year = china_today().year
    names = [str(year), f"{year}-H1", str(year - 1), *(f"{year}-Q{quarter}" for quarter in range(1, 5))]
    return [(name, parse_period(name).title().zh) for name in names]


@page("read.summary", methods=("GET", "HEAD"))
def read(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    """The document; every figure is a link to what it counts."""
    summary = _summary(request, summary_id)
    figures = _figures(request, summary)
    sections = [(section, pieces(section.text, figures)) for section in summary.sections.all()]
    used = [figures[token] for token in _tokens(summary) if token in figures]
    context = {
        "summary": summary,
        "period": parse_period(summary.period).title(),
        "sections": sections,
        "figures": used,
        "missing": [bound for bound in used if bound.is_missing],
        "is_signed": summary.state == SummaryState.SIGNED,
        "may_write": is_allowed(request.actor, "write.summary"),
        "may_sign": is_allowed(request.actor, "sign.summary"),
        "has_snapshot": board.has_snapshot(),
    }
    return TemplateResponse(request, "summaries/read.html", context)


@page("write.summary")
def edit(request: ActorRequest, section_id: UUID) -> HttpResponse:
    """One section: the text, the figures one may put in, and how it reads now."""
    section = Section.objects.select_related("summary", "summary__institution").filter(pk=section_id).first()
    if section is None:
        raise SummaryNotFound
    actions.check_seen(section.summary, request.actor)
    context: dict[str, Any] = {"section": section, "text": section.text, "version": section.version}
    if request.method == "POST":
        text = request.POST.get("text", "").replace("\r\n", "\n")
        try:
            actions.write_section(
                section=section.pk,
                text=text,
                seen_version=int(request.POST.get("version") or 0),
                by=request.actor,
                now=timezone.now(),
            )
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            section.refresh_from_db()
            # After a clash the other text is shown, and saving again means: I have seen it.
            context |= {"refusal": refusal, "text": text, "version": section.version}
            context["theirs"] = section.text if isinstance(refusal, ChangedMeanwhile) else ""
        else:
            messages.success(request, _("Section saved."))
            return HttpResponseRedirect(
                reverse("summaries:read", args=[section.summary_id]) + f"#{section.key}"
            )
    context |= {
        "summary": section.summary,
        "catalogue": _catalogue(),
        "history": section.texts.all()[:20],
    }
    return TemplateResponse(
        request, "summaries/edit.html", context, status=409 if "refusal" in context else 200
    )


@page("sign.summary", methods=("POST",))
def sign(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    """Freeze and sign."""
    summary = _summary(request, summary_id)
    try:
        actions.sign(summary=summary.pk, by=request.actor, now=timezone.now())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(request.LANGUAGE_CODE))  # type: ignore[attr-defined]
    else:
        messages.success(request, _("Signed: text and figures are frozen."))
    return HttpResponseRedirect(reverse("summaries:read", args=[summary.pk]))


@page("read.summary", methods=("GET", "HEAD"))
def docx(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    """The document as Word."""
    summary = _summary(request, summary_id)
    content = paper_of(summary, _figures(request, summary), request.build_absolute_uri("/").rstrip("/"))
    log.write(by=request.actor, action="summary.exported", about=summary, scope_path=summary.scope_path)
    response = HttpResponse(content, content_type=WORD_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(summary.title)}.docx"
    return response


def _summary(request: ActorRequest, summary_id: UUID) -> Summary:
    found = (
        Summary.objects.select_related("institution")
        .prefetch_related("sections")
        .filter(pk=summary_id)
        .first()
    )
    if found is None:
        raise SummaryNotFound
    actions.check_seen(found, request.actor)
    return found


def _figures(request: ActorRequest, summary: Summary) -> dict[str, Bound]:
    if summary.state == SummaryState.SIGNED:
        return frozen(summary.figures)
    return actions.figures_of(summary, request.actor)


def _tokens(summary: Summary) -> list[str]:
    texts = [section.text for section in summary.sections.all()]
    return list(dict.fromkeys(token for text in texts for token in tokens_in(text)))


def _catalogue() -> list[tuple[str, str]]:
    """What one may put in: the token and its name."""
    computed = [(indicator.id, indicator.title.zh) for indicator in registry.indicators()]
    reported = [
        (f"{figure.indicator}|show=reported", f"{figure.title.zh}（{report.title.zh}）")
        for report, figure in all_figures()
    ]
    return [(f"[[{token}]]", title) for token, title in computed + reported]
