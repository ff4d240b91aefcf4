"""An institution's sheet: points line by line, its sample, appeals and their answers, its money."""

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
from kangshu.appraisal import appealing, queries
from kangshu.appraisal.appealing import APPEAL
from kangshu.appraisal.drafting import RUN
from kangshu.appraisal.models import Answer, Appeal, Entry
from kangshu.appraisal.pages.appraisals import SOURCES
from kangshu.appraisal.pages.typed import optional_decimal, refused, uuid_of
from kangshu.appraisal.scoring import Source
from kangshu.appraisal.states import COLOURS, TITLES, State
from kangshu.declare import registry
from kangshu.kernel.dates import china_today
from kangshu.kernel.periods import parse_period
from kangshu.places.scope import is_within


@page("read.indicator")
def entry(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """The sheet of one institution; an institution appeals here."""
    found = queries.find_entry(entry_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(
            lambda: appealing.appeal(
                entry=found.pk,
                line=uuid_of(request.POST.get("line")) or found.pk,
                drawn=uuid_of(request.POST.get("drawn")),
                text=request.POST.get("text", ""),
                by=request.actor,
                now=timezone.now(),
                on=china_today(),
            )
        )
        if not context:
            messages.success(request, _("The appeal is handed in."))
            return HttpResponseRedirect(reverse("appraisal:entry", args=[found.pk]))
    context |= _shown(request, found)
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/entry.html", context, status=status)


def _shown(request: ActorRequest, found: Entry) -> dict[str, Any]:
    appraisal, by = found.appraisal, request.actor
    shows = queries.may_see_sample(appraisal.state)
    state = State(appraisal.state)
    drawn = queries.sample_of([found]) if shows else []
    return {
        "entry": found,
        "appraisal": appraisal,
        "period": parse_period(appraisal.period).title(),
        "state": (COLOURS[state], TITLES[state]),
        "rows": [(row, SOURCES[Source(row.line.source)]) for row in queries.sheet_of(found)],
        "sample": [(one, registry.form(one.record.form_id, one.record.form_version).title) for one in drawn],
        "strata": list(found.strata.select_related("line").order_by("line__position", "-signed")),
        "shows": shows,
        "payments": list(found.payments.all()),
        "may_appeal": is_allowed(by, APPEAL)
        and state is State.SCORED
        and is_within(found.scope_path, by.scope_path),
        "may_answer": is_allowed(by, RUN) and state is State.SCORED,
        "given": request.POST,
        "number": appraisal.entries.count(),
    }


@page(RUN)
def answer(request: ActorRequest, appeal_id: UUID) -> HttpResponse:
    """One appeal and its answer."""
    found = (
        Appeal.objects.select_related(
            "entry__appraisal", "entry__institution", "line", "drawn__record", "drawn__person"
        )
        .filter(pk=appeal_id)
        .first()
    )
    if found is None:
        raise queries.ThingNotFound
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = refused(
            lambda: appealing.answer_appeal(
                appeal=found.pk,
                answer=request.POST.get("answer", ""),
                points=optional_decimal(request, "points"),
                text=request.POST.get("answer_text", ""),
                by=request.actor,
                now=timezone.now(),
            )
        )
        if not context:
            messages.success(request, _("The appeal is answered."))
            return HttpResponseRedirect(reverse("appraisal:one", args=[found.entry.appraisal_id]))
    context |= {"appeal": found, "answers": Answer.choices, "given": request.POST or None}
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "appraisal/answer.html", context, status=status)
