"""One entry: what it says, what followed and what comes next; taking it back; on paper."""

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
from kangshu.declare import registry
from kangshu.declare.answers import typed
from kangshu.declare.form import Form
from kangshu.declare.logbook import Logbook
from kangshu.declare.rules import Assessment, CannotAssess
from kangshu.fieldwork import queries, refusals
from kangshu.fieldwork.actions import withdraw_entry
from kangshu.fieldwork.actions.admitting import logbook_of
from kangshu.fieldwork.actions.stages import may_do
from kangshu.fieldwork.assessing import assess
from kangshu.fieldwork.models import Entry, Site, Status
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import Refusal
from kangshu.places.scope import is_within
from kangshu.work.pages.drawing import answers_shown


@page("read.logbook", methods=("GET", "HEAD"))
def entry(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """One entry with its stages. A figure that counts a register opens here with a site."""
    if Site.objects.filter(pk=entry_id).exists():
        return HttpResponseRedirect(reverse("fieldwork:site", args=[entry_id]))
    context = _context(request, entry_id)
    return TemplateResponse(request, "fieldwork/entry.html", context)


@page("read.logbook", methods=("GET", "HEAD"))
def print_entry(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """The entry on paper, for signature and the file."""
    context = _context(request, entry_id)
    return TemplateResponse(request, "fieldwork/print.html", context)


@page("keep.logbook")
def withdraw(request: ActorRequest, entry_id: UUID) -> HttpResponse:
    """Take an entry back, and say why."""
    found = _entry(entry_id)
    problems: list[Any] = []
    if request.method == "POST":
        try:
            withdraw_entry(
                entry_id=found.pk, reason=request.POST.get("reason", ""), by=request.actor, now=timezone.now()
            )
            messages.success(request, _("Withdrawn; it counts nowhere any more."))
            return HttpResponseRedirect(reverse("fieldwork:logbook", args=[found.logbook]))
        except Refusal as refusal:
            problems = [refusal.message]
    context = {"entry": found, "logbook": logbook_of(found.logbook), "problems": problems}
    return TemplateResponse(request, "fieldwork/withdraw.html", context, status=422 if problems else 200)


def _context(request: ActorRequest, entry_id: UUID) -> dict[str, Any]:
    found = _entry(entry_id)
    logbook = logbook_of(found.logbook)
    form = registry.form(found.form_id, found.form_version)
    is_current = found.status == Status.CURRENT
    keeps = is_current and is_allowed(request.actor, "keep.logbook")
    keeps = keeps and is_within(found.scope_path, request.actor.scope_path)
    return {
        "entry": found,
        "logbook": logbook,
        "form": form,
        "sections": answers_shown(form, found),  # type: ignore[arg-type]
        "assessment": _assessment(found, form),
        "stages": _stages(logbook, found, request),
        "versions": queries.versions_of(found),
        "successor": Entry.objects.filter(succeeds=found).first(),
        "may_correct": keeps,
        "just_saved": "saved" in request.GET,
        "today": china_today(),
    }


def _stages(logbook: Logbook, found: Entry, request: ActorRequest) -> list[dict[str, Any]]:
    """Every stage in order: done with its answers, next with its day, or not yet."""
    done = {one.stage: one for one in queries.stages_of(found)}
    lines = []
    for stage in logbook.stages:
        record = done.get(stage.id)
        form = (
            None
            if record is None or not record.form_id
            else registry.form(record.form_id, record.form_version)
        )
        is_next = found.next_stage == stage.id and found.status == Status.CURRENT
        lines.append(
            {
                "stage": stage,
                "record": record,
                "sections": answers_shown(form, _AsRecord(record)) if form is not None else [],
                "is_next": is_next,
                "is_late": bool(is_next and found.next_due_on and found.next_due_on < china_today()),
                "may_do": is_next and may_do(stage, found, logbook, request.actor),
            }
        )
    return lines


class _AsRecord:
    """A stage's answers as `answers_shown` reads those of a record."""

    def __init__(self, record: Any) -> None:
        self.answers, self.provenance = record.answers, {}


def _assessment(found: Entry, form: Form) -> Assessment | None:
    """What the rule found, with its words: they come from the rule, which stays for a released form."""
    try:
        return assess(
            form,
            found.logbook,
            found.performed_on,
            typed(form, found.answers),
            found.institution_id,
            found.site_id,
            found.pk,
        )
    except CannotAssess:
        return None


def _entry(entry_id: UUID) -> Entry:
    found = queries.entry_of(entry_id)
    if found is None:
        raise refusals.EntryNotFound
    return found
