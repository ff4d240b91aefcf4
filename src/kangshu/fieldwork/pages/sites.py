"""The registers of sites: the list, one site with its history and entries, registering, changing, closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.declare import registry
from kangshu.declare.logbook import Logbook
from kangshu.fieldwork import queries, refusals
from kangshu.fieldwork.actions import change_site, close_site, register_site, reopen_site
from kangshu.fieldwork.actions.admitting import keepers_of, site_kind_of
from kangshu.fieldwork.models import Entry, Site, Status
from kangshu.fieldwork.pages.filling import problems_of, uuid_of
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import Problem, Refusal
from kangshu.kernel.identifiers import new_id
from kangshu.places.models import Institution
from kangshu.places.queries import valid_on
from kangshu.places.scope import is_within, path_range
from kangshu.work.pages.drawing import Typed, answers_shown, draw, posted, shown
from kangshu.work.pages.filling import day_of

PER_PAGE = 30
LISTED = 3


@page("read.logbook", methods=("GET", "HEAD"))
def sites(request: ActorRequest, kind: str) -> HttpResponse:
    """The register of one kind."""
    declared = site_kind_of(kind)
    rows = queries.sites_of(kind)
    if "closed" not in request.GET:
        rows = rows.filter(closed_on=None)
    text = request.GET.get("q", "").strip()[:40]
    if text:
        rows = rows.filter(name__icontains=text)
    shown_page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    columns = [one for one in declared.form.fields if not one.fields][:LISTED]
    context = {
        "kind": declared,
        "page": shown_page,
        "rows": [
            {
                "site": row,
                "cells": [(one.title, shown(one, row.particulars.get(one.name))) for one in columns],
            }
            for row in shown_page
        ],
        "columns": columns,
        "text": text,
        "with_closed": "closed" in request.GET,
        "logbooks": logbooks_about(kind),
        "may_register": queries.may_keep(request.actor) and bool(_keepers(request, kind)),
    }
    return TemplateResponse(request, "fieldwork/sites.html", context)


@page("read.logbook", methods=("GET", "HEAD"))
def site(request: ActorRequest, site_id: UUID) -> HttpResponse:
    """One site: its particulars, every entry about it, and its history."""
    found = _site(site_id)
    declared = site_kind_of(found.kind)
    rows = Entry.objects.filter(site=found, status=Status.CURRENT).order_by("-counted_on", "-id")[:PER_PAGE]
    titles = {logbook.id: logbook for logbook in registry.logbooks()}
    context = {
        "site": found,
        "kind": declared,
        "sections": answers_shown(declared.form, _AsRecord(found)),  # type: ignore[arg-type]
        "entries": [(titles[row.logbook].title, row) for row in rows if row.logbook in titles],
        "changes": found.changes.order_by("-id"),
        "logbooks": logbooks_about(found.kind),
        "may_keep": queries.may_keep(request.actor) and is_within(found.scope_path, request.actor.scope_path),
    }
    return TemplateResponse(request, "fieldwork/site.html", context)


@page("keep.logbook")
def register(request: ActorRequest, kind: str) -> HttpResponse:
    """Put a site on the register."""
    declared = site_kind_of(kind)
    institutions = _keepers(request, kind)
    if not institutions:
        raise refusals.NotAKeeper
    given = posted(declared.form, request.POST) if request.method == "POST" else Typed()
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            made = register_site(
                kind=kind,
                site_id=uuid_of(request, "record_id"),
                name=request.POST.get("name", ""),
                particulars=given.answers,
                institution=uuid_of(request, "institution"),
                registered_on=day_of(request),
                by=request.actor,
                now=timezone.now(),
            )
            messages.success(request, _("It is on the register."))
            return HttpResponseRedirect(reverse("fieldwork:site", args=[made.pk]))
        except Refusal as refusal:
            problems = problems_of(refusal)
    own = next((one for one in institutions if one.pk == request.actor.institution_id), institutions[0])
    context = {
        "kind": declared,
        "institutions": institutions,
        "record_id": request.POST.get("record_id") or new_id(),
        "name": request.POST.get("name", ""),
        "institution": request.POST.get("institution") or str(own.pk),
        "performed_on": request.POST.get("performed_on") or china_today(),
        "leave": reverse("fieldwork:sites", args=[kind]),
    }
    return _drawn(request, declared.form, given, problems, context)


@page("keep.logbook")
def change(request: ActorRequest, site_id: UUID) -> HttpResponse:
    """Change what is known of a site."""
    found = _site(site_id)
    declared = site_kind_of(found.kind)
    given = posted(declared.form, request.POST) if request.method == "POST" else Typed(found.particulars)
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        try:
            change_site(
                site_id=found.pk,
                name=request.POST.get("name", ""),
                particulars=given.answers,
                reason=request.POST.get("reason", ""),
                on=day_of(request),
                by=request.actor,
                now=timezone.now(),
            )
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("fieldwork:site", args=[found.pk]))
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {
        "kind": declared,
        "site": found,
        "name": request.POST.get("name") or found.name,
        "reason": request.POST.get("reason", ""),
        "performed_on": request.POST.get("performed_on") or china_today(),
        "leave": reverse("fieldwork:site", args=[found.pk]),
    }
    return _drawn(request, declared.form, given, problems, context)


@page("keep.logbook")
def close(request: ActorRequest, site_id: UUID) -> HttpResponse:
    """Take a site from the register, or put it back."""
    found = _site(site_id)
    problems: Sequence[Problem] = ()
    if request.method == "POST":
        act = close_site if found.closed_on is None else reopen_site
        try:
            act(
                site_id=found.pk,
                on=day_of(request),
                reason=request.POST.get("reason", ""),
                by=request.actor,
                now=timezone.now(),
            )
            return HttpResponseRedirect(reverse("fieldwork:site", args=[found.pk]))
        except Refusal as refusal:
            problems = problems_of(refusal)
    context = {
        "site": found,
        "kind": site_kind_of(found.kind),
        "performed_on": request.POST.get("performed_on") or china_today(),
        "reason": request.POST.get("reason", ""),
        "problems": [problem.message for problem in problems],
    }
    return TemplateResponse(request, "fieldwork/close_site.html", context, status=422 if problems else 200)


def logbooks_about(kind: str) -> list[Logbook]:
    return [one for one in registry.logbooks() if one.site is not None and one.site.id == kind]


def _keepers(request: ActorRequest, kind: str) -> list[Institution]:
    kinds, _overseer, _compartment = keepers_of(kind)
    low, high = path_range(request.actor.scope_path)
    found = Institution.objects.filter(valid_on(china_today()), path__gte=low, path__lt=high)
    return list((found.filter(kind__in=kinds) if kinds else found).order_by("path"))


def _drawn(
    request: ActorRequest, form: Any, given: Typed, problems: Sequence[Problem], context: dict[str, Any]
) -> HttpResponse:
    language = get_language() or ""
    context |= {
        "form": form,
        "drawn": draw(form, Typed(given.answers, given.provenance, problems)),
        "facts": {},
        "today": china_today(),
        "refused": bool(problems),
        "problem_words": [(problem.field, problem.message.in_language(language)) for problem in problems],
    }
    return TemplateResponse(request, "fieldwork/site_form.html", context, status=422 if problems else 200)


def _site(site_id: UUID) -> Site:
    found = Site.objects.select_related("institution", "region").filter(pk=site_id).first()
    if found is None:
        raise refusals.SiteNotFound
    return found


class _AsRecord:
    """A site's particulars as `answers_shown` reads the answers of a record."""

    def __init__(self, found: Site) -> None:
        self.answers, self.provenance = found.particulars, {}
