"""Work summaries: the list, the document with its live figures, signing, as Word and for paper."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.models import Account
from kangshu.access.request import ActorRequest
from kangshu.access.roles import PERMISSIONS, is_allowed
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.documents.word import WORD_TYPE
from kangshu.indicators import board
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import NotAllowed, NotFound, Refusal
from kangshu.kernel.periods import Period, parse_period
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import path_range
from kangshu.summaries import actions
from kangshu.summaries.binding import pieces, tokens_in
from kangshu.summaries.models import SectionState, Summary, SummaryState
from kangshu.summaries.outline import Kind
from kangshu.summaries.pages.shared import figures_of, summary_of
from kangshu.summaries.paper import each_once, paper_of, sheets_of
from kangshu.summaries.refusals import SummaryNotFound

# A village clinic's year is told by its township centre.
NOT_SUMMARISING = ("village_clinic",)


@page("read.summary")
def list_summaries(request: ActorRequest) -> HttpResponse:
    """Those of one's area, latest first; and a new one."""
    reach = board.reach_of(request.actor)
    low, high = path_range(reach)
    places = list(
        Institution.objects.filter(path__gte=low, path__lt=high)
        .exclude(kind__in=NOT_SUMMARISING)
        .order_by("path")
    )
    context: dict[str, Any] = {
        "places": places,
        "periods": _periods(),
        "topics": _topics(),
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
    title = request.POST.get("title", "").strip() or _title(request.POST.get("topic", ""), place, period)
    topic = request.POST.get("topic", "")
    return actions.make_summary(
        title=title,
        period=period,
        institution=place,
        by=request.actor,
        now=timezone.now(),
        kind=Kind.TOPIC if topic else Kind.GENERAL,
        topic=topic,
    )


def _title(topic: str, place: Institution, period: Period) -> str:
    about = next((title.zh for id, title in _topics() if id == topic), "")
    return f"{place.name}{period.title().zh}{about}工作总结"


def _topics() -> list[tuple[str, Text]]:
    """The services that are counted: what a summary about one topic may be about."""
    return [(one.id, one.title) for one in registry.capabilities() if one.indicators]


def _writers() -> list[Account]:
    """Who may be asked to write a section."""
    roles = [role for role, allowed in PERMISSIONS.items() if "write.summary" in allowed]
    named = Account.objects.filter(assignments__role__in=roles, is_active=True)
    return list(named.distinct().order_by("username")[:200])


def _periods() -> list[tuple[str, Text]]:
    """This year's and the last one's: what ended in December is written in January."""
    year = china_today().year
    parts = ("", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4")
    names = [f"{one}{part}" for one in (year, year - 1) for part in parts]
    return [(name, parse_period(name).title()) for name in names]


@page("read.summary", methods=("GET", "HEAD"))
def read(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    """The document; every figure is a link to what it counts."""
    summary = summary_of(request, summary_id)
    figures = figures_of(request, summary)
    sections = [(section, pieces(section.text, figures)) for section in summary.sections.all()]
    approved = [one for one, _ in sections if one.state == SectionState.APPROVED]
    used = [figures[token] for token in _tokens(summary) if token in figures]
    context = {
        "summary": summary,
        "period": parse_period(summary.period).title(),
        "sections": sections,
        "figures": list(each_once(used)),
        "missing": [bound for bound in used if bound.is_missing],
        "written": sum(1 for one, _ in sections if one.text.strip()),
        "approved": len(approved),
        "ready": all(one in approved for one, _ in sections if one.text.strip()),
        "is_signed": summary.state == SummaryState.SIGNED,
        "may_write": is_allowed(request.actor, "write.summary"),
        "may_sign": is_allowed(request.actor, "sign.summary"),
        "writers": _writers(),
        "has_snapshot": board.has_snapshot(),
    }
    return TemplateResponse(request, "summaries/read.html", context)


@page("sign.summary", methods=("POST",))
def sign(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    """Freeze and sign."""
    summary = summary_of(request, summary_id)
    try:
        actions.sign(summary=summary.pk, by=request.actor, now=timezone.now())
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(get_language() or "zh-hans"))
    else:
        messages.success(request, _("Signed: text and figures are frozen."))
    return HttpResponseRedirect(reverse("summaries:read", args=[summary.pk]))


@page("read.summary", methods=("GET", "HEAD"))
def docx(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    """The document as Word."""
    summary = summary_of(request, summary_id)
    content = paper_of(summary, figures_of(request, summary), _site(request))
    _remember(request, summary, "docx")
    return _attached(content, WORD_TYPE, f"{summary.title}.docx")


@page("read.summary", methods=("GET", "HEAD"))
def html(request: ActorRequest, summary_id: UUID) -> HttpResponse:
    """The document as one file of HTML that needs no network, laid out for A4: open it and print it, or save
    it as PDF with the fonts of official papers that the office's machine has."""
    summary = summary_of(request, summary_id)
    context = sheets_of(summary, figures_of(request, summary)) | {"site": _site(request)}
    content = render_to_string("summaries/paper.html", context)
    _remember(request, summary, "html")
    if "save" in request.GET:
        return _attached(content.encode(), "text/html; charset=utf-8", f"{summary.title}.html")
    return HttpResponse(content)


def _site(request: ActorRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _remember(request: ActorRequest, summary: Summary, kind: str) -> None:
    log.write(
        by=request.actor,
        action="summary.exported",
        about=summary,
        scope_path=summary.scope_path,
        detail={"as": kind},
    )


def _tokens(summary: Summary) -> list[str]:
    texts = [section.text for section in summary.sections.all()]
    return list(dict.fromkeys(token for text in texts for token in tokens_in(text)))


def _attached(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
