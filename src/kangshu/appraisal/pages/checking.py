"""The assessor's work: what is to be checked, one record at a time on a phone, and what is scored on site."""

from __future__ import annotations

from typing import Any
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
from kangshu.appraisal import checking, queries
from kangshu.appraisal.checking import ASSESS
from kangshu.appraisal.models import Check, Drawn, Evidence, Line, Method
from kangshu.appraisal.pages.typed import decimal_of, refused, uploaded, uuid_of
from kangshu.appraisal.scoring import Source
from kangshu.appraisal.states import State
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.people.files import read_file
from kangshu.work.pages.drawing import answers_shown


@page(ASSESS, methods=("GET", "HEAD"))
def checks(request: ActorRequest, appraisal_id: UUID) -> HttpResponse:
    """The records to check by institution; `?entry=` for one of them, `?all=1` with those done."""
    found = queries.find_appraisal(appraisal_id)
    standings = queries.standings(found)
    wanted = uuid_of(request.GET.get("entry"))
    entries = [one.entry for one in standings if wanted in (None, one.entry.pk)]
    drawn = queries.sample_of(entries, open_only="all" not in request.GET)
    context = {
        "appraisal": found,
        "standings": standings,
        "wanted": wanted,
        "rows": [(one, registry.form(one.record.form_id, one.record.form_version).title) for one in drawn],
        "with_done": "all" in request.GET,
        "running": found.state == State.RUNNING,
        "on_site": list(found.lines.filter(source=Source.ON_SITE)),
    }
    return TemplateResponse(request, "appraisal/checks.html", context)


@page(ASSESS)
def check(request: ActorRequest, drawn_id: UUID) -> HttpResponse:
    """One record: what it says, the person's telephone, and what was found; then the next one."""
    found = queries.find_drawn(drawn_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(
            lambda: checking.check_record(
                drawn=found.pk,
                outcome=request.POST.get("outcome", ""),
                method=request.POST.get("method", ""),
                note=request.POST.get("note", ""),
                photo=uploaded(request),
                by=request.actor,
                now=timezone.now(),
            )
        )
        if not context:
            return HttpResponseRedirect(_after(request, found))
    record = found.record
    form = registry.form(record.form_id, record.form_version)
    log.write(
        by=request.actor,
        action="record.read",
        about=record,
        person_id=found.person_id,
        scope_path=found.scope_path,
    )
    context |= {
        "drawn": found,
        "appraisal": found.entry.appraisal,
        "declared": form,
        "sections": answers_shown(form, record),
        "outcomes": Check.choices,
        "methods": Method.choices,
        "evidence": list(found.evidence.all()),
        "left": Drawn.objects.filter(entry=found.entry_id, outcome="").count(),
        "running": found.entry.appraisal.state == State.RUNNING,
        "outcome": request.POST.get("outcome", found.outcome),
        "method": request.POST.get("method", found.method or Method.PHONE),
        "note": request.POST.get("note", found.note),
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/check.html", context, status=status)


def _after(request: ActorRequest, found: Drawn) -> str:
    """The next record of the institution, or the list when it is done."""
    following = queries.next_unchecked(found)
    if following is not None:
        return reverse("appraisal:check", args=[following.pk])
    messages.success(request, _("Every record of this institution is checked."))
    return reverse("appraisal:checks", args=[found.entry.appraisal_id])


@page(ASSESS)
def on_site(request: ActorRequest, entry_id: UUID, line_id: UUID) -> HttpResponse:
    """Points for one line seen on site, with the reason and a photo."""
    entry = queries.find_entry(entry_id)
    line = Line.objects.filter(pk=line_id, appraisal=entry.appraisal_id, source=Source.ON_SITE).first()
    if line is None:
        raise queries.ThingNotFound
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(
            lambda: checking.score_on_site(
                entry=entry.pk,
                line=line.pk,
                points=decimal_of(request, "points"),
                note=request.POST.get("note", ""),
                photo=uploaded(request),
                by=request.actor,
                now=timezone.now(),
            )
        )
        if not context:
            messages.success(request, _("The points are saved."))
            return HttpResponseRedirect(reverse("appraisal:checks", args=[entry.appraisal_id]))
    score = entry.scores.filter(line=line).first()
    context |= {
        "entry": entry,
        "line": line,
        "score": score,
        "evidence": list(entry.evidence.filter(line=line)),
        "running": entry.appraisal.state == State.RUNNING,
        "given": request.POST or None,
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/on_site.html", context, status=status)


@page("read.indicator", methods=("GET", "HEAD"))
def evidence(request: ActorRequest, evidence_id: UUID) -> HttpResponse:
    """A photo or paper, for assessors and, once scored, for the institution it is about."""
    found = Evidence.objects.select_related("entry__appraisal", "drawn").filter(pk=evidence_id).first()
    hidden = found is None or not (
        is_allowed(request.actor, ASSESS) or queries.may_see_sample(found.entry.appraisal.state)
    )
    if found is None or hidden:
        raise queries.ThingNotFound
    log.write(
        by=request.actor,
        action="appraisal.evidence_read",
        about=found,
        person_id=found.drawn.person_id if found.drawn else None,
        scope_path=found.scope_path,
    )
    response = HttpResponse(read_file(found.content_hash), content_type=found.media_type)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=600"
    return response
