"""Paper forms: the backlog by institution, batches, and the desk at which one is entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.archives import paper as batches
from kangshu.archives.models import Batch, Trouble
from kangshu.archives.paper import ENTER, BatchNotFound
from kangshu.declare import registry
from kangshu.indicators import board
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, NotAllowed, NotFound, Problem, Refusal
from kangshu.kernel.text import Text
from kangshu.people.search import search_people


@page("read.resident")
def paper(request: ActorRequest) -> HttpResponse:
    """The gap between paper and electronic by institution; the reader's own batches; a new one."""
    context: dict[str, Any] = {}
    if request.method == "POST":
        made: list[Batch] = []
        context = _refused(lambda: made.append(_receive(request)))
        if not context:
            messages.success(request, _("The batch is noted."))
            return HttpResponseRedirect(reverse("archives:batch", args=[made[0].pk]))
    place = board.place_for(request.actor, None)
    if place is None:
        raise BatchNotFound
    whole, *rows = batches.backlog(place.path)
    shown = batches.progress_of(Batch.objects.filter(closed_at=None).order_by("received_on", "id"))
    context |= {
        "place": place,
        "whole": whole,
        "rows": rows,
        "batches": [(one, registry.form(one.batch.form_id).title) for one in shown[:200]],
        "may_enter": is_allowed(request.actor, ENTER) and request.actor.institution_id is not None,
        "forms": _forms(),
        "given": request.POST,
        "today": china_today(),
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "archives/paper.html", context, status=status)


def _receive(request: ActorRequest) -> Batch:
    given, institution = request.POST, request.actor.institution_id
    if institution is None:
        raise BatchNotFound
    count = given.get("count", "").strip()
    return batches.receive(
        institution=institution,
        form_id=given.get("form", ""),
        count=int(count) if count.isdecimal() and len(count) < 8 else 0,
        received_on=_day(given.get("received_on", "")),
        title=given.get("title", ""),
        by=request.actor,
        now=timezone.now(),
        today=china_today(),
    )


@page("read.resident")
def batch(request: ActorRequest, batch_id: UUID) -> HttpResponse:
    """The desk: find the person of the next sheet, fill the form, note what cannot be entered."""
    found = Batch.objects.select_related("institution").filter(pk=batch_id).first()
    if found is None:
        raise BatchNotFound
    context: dict[str, Any] = {}
    if request.method == "POST":
        context = _refused(lambda: _act(request, found))
        if not context:
            return HttpResponseRedirect(reverse("archives:batch", args=[found.pk]))
    text = request.GET.get("find", "").strip()
    context |= {
        "batch": found,
        "declared": registry.form(found.form_id),
        "progress": batches.progress_of(Batch.objects.filter(pk=found.pk))[0],
        "in_hand": found.taken_by == request.actor.account_id,
        "may_enter": is_allowed(request.actor, ENTER) and found.closed_at is None,
        "may_import": is_allowed(request.actor, "import.data"),
        "troubles": list(found.troubles.order_by("settled", "-at")[:200]),
        "sheets": list(found.sheets.select_related("person").order_by("-at")[:20]),
        "settlings": Trouble.Settled.choices,
        "find": text,
        "result": search_people(text) if text else None,
        "given": request.POST,
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "archives/batch.html", context, status=status)


def _act(request: ActorRequest, found: Batch) -> None:
    by, now, given = request.actor, timezone.now(), request.POST
    acts: dict[str, Callable[[], Any]] = {
        "take": lambda: batches.take(batch=found.pk, by=by, now=now),
        "put_down": lambda: batches.put_down(batch=found.pk, by=by),
        "close": lambda: batches.close(batch=found.pk, by=by, now=now),
        "trouble": lambda: batches.note_trouble(
            batch=found.pk, sheet=given.get("sheet", ""), reason=given.get("reason", ""), by=by, now=now
        ),
        "settle": lambda: batches.settle_trouble(
            trouble=_uuid(given.get("trouble", "")), settled=given.get("settled", ""), by=by, now=now
        ),
    }
    act = acts.get(given.get("act", ""))
    if act is not None:
        act()


def _refused(save: Callable[[], Any]) -> dict[str, Any]:
    try:
        with transaction.atomic():
            save()
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        problem = Problem(refusal.where or "form", refusal.code, refusal.message)
        return {"problems": getattr(refusal, "problems", [problem])}
    return {}


def _forms() -> list[tuple[str, Text]]:
    """Forms that paper comes in: of programmes that are not confidential."""
    return sorted(
        (
            (form.id, form.title)
            for owner in registry.capabilities()
            if not owner.confidentiality
            for form in owner.forms
        ),
        key=lambda one: (one[0] != "records.personal_information", one[1].zh),
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = Text("请填写日期。", "Give the day.")
        raise BadInput([Problem("received_on", "day", message, text)]) from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BatchNotFound from None
