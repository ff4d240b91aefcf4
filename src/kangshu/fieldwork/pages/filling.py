"""Filling a form of a logbook: a new entry, a correction, a stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.declare.form import Form
from kangshu.declare.logbook import Logbook
from kangshu.fieldwork import queries, refusals
from kangshu.fieldwork.actions import advance, correct_entry, enter
from kangshu.fieldwork.actions.admitting import form_in_force, logbook_of
from kangshu.fieldwork.actions.stages import check_may_do
from kangshu.fieldwork.models import Entry, Site, Status
from kangshu.fieldwork.rules import owed_periods
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, Problem, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.work.pages.drawing import Typed, draw, posted
from kangshu.work.pages.filling import colleagues, day_of, staff_of

PERIODS = 13


@page("keep.logbook")
def enter_page(request: ActorRequest, logbook_id: str) -> HttpResponse:
    """A new entry."""
    logbook, today = logbook_of(logbook_id), china_today()
    form = form_in_force(logbook.form, today)
    given = posted(form, request.POST) if request.method == "POST" else Typed()
    kept = _kept(request)
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            saved = enter(
                logbook_id=logbook.id,
                entry_id=uuid_of(request, "record_id"),
                answers=given.answers,
                performed_on=day_of(request),
                institution=uuid_of(request, "institution"),
                site=UUID(kept["site"]) if kept["site"] else None,
                period=kept["period"],
                performed_by=staff_of(request),
                provenance=given.provenance,
                by=request.actor,
                now=timezone.now(),
            )
            return HttpResponseRedirect(reverse("fieldwork:entry", args=[saved.entry.pk]) + "?saved")
        except NotAllowed as refusal:
            if refusal.where is None:
                raise
            problems = problems_of(refusal)
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = entering_context(request, logbook, kept, today)
    context["draft"] = f"{logbook.id}:{kept['site'] or kept['institution']}"
    context["last"] = _last(logbook, kept)
    return _filled(request, form, given, problems, context, logbook.title)


@page("keep.logbook")
def correct(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """A correction: the whole form again, with what was wrong put right, and why."""
    old, today = _entry(entry_id), china_today()
    if old.status != Status.CURRENT:
        raise refusals.NotCurrent
    logbook = logbook_of(old.logbook)
    form = form_in_force(logbook.form, old.performed_on)
    given = posted(form, request.POST) if request.method == "POST" else Typed(old.answers, old.provenance)
    kept = _kept(request)
    if request.method != "POST":
        kept |= {
            "performed_on": old.performed_on,
            "performed_by": str(old.performed_by_id or ""),
            "site": str(old.site_id or ""),
            "period": old.period,
        }
    kept["institution"] = str(old.institution_id)
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            saved = correct_entry(
                entry_id=old.pk,
                new_id=uuid_of(request, "record_id"),
                answers=given.answers,
                performed_on=day_of(request),
                site=UUID(kept["site"]) if kept["site"] else None,
                period=kept["period"],
                performed_by=staff_of(request),
                reason=request.POST.get("reason", ""),
                by=request.actor,
                now=timezone.now(),
            )
            return HttpResponseRedirect(reverse("fieldwork:entry", args=[saved.entry.pk]) + "?saved")
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = entering_context(request, logbook, kept, today) | {"old": old}
    context["reason"] = request.POST.get("reason", "")
    context["draft"] = f"{logbook.id}:{old.pk}"
    context["leave"] = reverse("fieldwork:entry", args=[old.pk])
    return _filled(request, form, given, problems, context, logbook.title)


@page("read.logbook")
def stage(request: ActorRequest, entry_id: UUID, stage_id: str) -> HttpResponse:
    """The next stage of an entry."""
    entry, today = _entry(entry_id), china_today()
    logbook = logbook_of(entry.logbook)
    try:
        declared = logbook.stage(stage_id)
    except KeyError:
        raise refusals.StageNotDue from None
    check_may_do(declared, entry, logbook, request.actor)
    form = None if declared.form is None else form_in_force(declared.form, today)
    given = Typed() if form is None or request.method != "POST" else posted(form, request.POST)
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            advance(
                entry_id=entry.pk,
                stage_id=stage_id,
                record_id=uuid_of(request, "record_id"),
                answers=given.answers,
                performed_on=day_of(request),
                by=request.actor,
                now=timezone.now(),
            )
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("fieldwork:entry", args=[entry.pk]))
        except Refusal as refusal:
            problems = problems_of(refusal)
    kept = _kept(request)
    context = {
        "logbook": logbook,
        "entry": entry,
        "stage": declared,
        "kept": kept,
        "today": today,
        "draft": f"{logbook.id}:{entry.pk}:{stage_id}",
        "leave": reverse("fieldwork:entry", args=[entry.pk]),
    }
    return _filled(request, form, given, problems, context, declared.title)


def entering_context(
    request: ActorRequest, logbook: Logbook, kept: dict[str, Any], today: date
) -> dict[str, Any]:
    """For whom, about what and for when an entry may be made."""
    institutions = queries.keepers(logbook, request.actor, today)
    if not institutions:
        raise refusals.NotAKeeper
    if not kept["institution"]:
        own = [one for one in institutions if one.pk == request.actor.institution_id]
        kept["institution"] = str((own or institutions)[0].pk)
    sites: list[Site] = []
    if logbook.site is not None:
        sites = list(queries.sites_of(logbook.site.id).filter(closed_on=None, institution__in=institutions))
    once = logbook.due is not None and logbook.due.once
    periods = owed_periods(logbook.due, today, PERIODS) if logbook.due is not None and once else []
    if periods and not kept["period"]:
        kept["period"] = str(next((one for one in periods if one.last < today), periods[0]))
    return {
        "logbook": logbook,
        "kept": kept,
        "institutions": institutions,
        "sites": sites,
        "periods": periods,
        "staff": colleagues(request),
        "own_staff": str(request.actor.staff_id or ""),
        "today": today,
        "leave": reverse("fieldwork:logbook", args=[logbook.id]),
    }


def _filled(
    request: ActorRequest,
    form: Form | None,
    given: Typed,
    problems: Sequence[Problem],
    context: dict[str, Any],
    title: Any,
) -> HttpResponse:
    typed = Typed(given.answers, given.provenance, problems)
    drawn = None if form is None else draw(form, typed, context.get("last"))
    language = get_language() or ""
    context |= {
        "form": form,
        "drawn": drawn,
        "title": title,
        "facts": {},
        "refused": bool(problems),
        "problem_words": [(problem.field, problem.message.in_language(language)) for problem in problems],
    }
    return TemplateResponse(request, "fieldwork/fill.html", context, status=422 if problems else 200)


def problems_of(refusal: Refusal) -> Sequence[Problem]:
    """A refusal as the problems of a page."""
    if isinstance(refusal, BadInput):
        return refusal.problems
    return (Problem(refusal.where or "", refusal.code, refusal.message),)


def uuid_of(request: ActorRequest, name: str) -> UUID:
    """An id that the page made; a forged one is as good as a new one."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return new_id()


def _kept(request: ActorRequest) -> dict[str, Any]:
    """What stands beside the form: from the address at first, then as it was sent."""
    source = request.POST if request.method == "POST" else request.GET
    return {
        "record_id": source.get("record_id") or new_id(),
        "performed_on": source.get("performed_on") or china_today(),
        "performed_by": source.get("performed_by", ""),
        "institution": _uuid_or_empty(source.get("institution", "")),
        "site": _uuid_or_empty(source.get("site", "")),
        "period": source.get("period", ""),
    }


def _uuid_or_empty(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def _last(logbook: Logbook, kept: dict[str, Any]) -> Entry | None:
    """The entry before, about the same site or of the same institution: what stays may be taken over."""
    rows = Entry.objects.filter(logbook=logbook.id, status=Status.CURRENT)
    if kept["site"]:
        rows = rows.filter(site=kept["site"])
    elif logbook.site is None and kept["institution"]:
        rows = rows.filter(institution=kept["institution"])
    else:
        return None
    return rows.select_related("performed_by").order_by("-performed_on", "-entered_at").first()


def _entry(entry_id: UUID) -> Entry:
    found = queries.entry_of(entry_id)
    if found is None:
        raise refusals.EntryNotFound
    return found
