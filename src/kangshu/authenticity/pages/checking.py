"""The authenticity check: looks, institutions of one, the signs at one of them, the sample to telephone."""

from __future__ import annotations

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
from kangshu.authenticity import actions, queries, tasks
from kangshu.authenticity.actions import PERMISSION, LookNotFound
from kangshu.authenticity.models import Call, Look, Outcome
from kangshu.authenticity.visits import Sign
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import NotAllowed, NotFound, Refusal
from kangshu.kernel.periods import parse_period

A_PAGE = 50


@page(PERMISSION)
def looks(request: ActorRequest) -> HttpResponse:
    """The looks so far; asking for another."""
    if request.method == "POST":
        period = parse_period(request.POST.get("period", ""))
        asked = tasks.enqueue(str(period), request.actor)
        messages.success(
            request,
            _("The records are being looked at; the result appears here in a minute or two.")
            if asked
            else _("This period is being looked at already."),
        )
        return HttpResponseRedirect(reverse("authenticity:looks"))
    year = china_today().year
    names = [str(year), f"{year}-H1", f"{year}-H2", *(f"{year}-Q{n}" for n in range(1, 5)), str(year - 1)]
    context = {
        "rows": [(look, parse_period(look.period).title()) for look in Look.objects.order_by("-at")[:100]],
        "periods": [(name, parse_period(name).title()) for name in names],
    }
    return TemplateResponse(request, "authenticity/looks.html", context)


@page(PERMISSION)
def one_look(request: ActorRequest, look_id: UUID) -> HttpResponse:
    """The institutions of a look, those that stand out first; drawing its sample."""
    look = _look(look_id)
    context: dict[str, Any] = {}
    if request.method == "POST":
        try:
            size, seed = _whole(request.POST.get("size")), _whole(request.POST.get("seed"))
            actions.draw(look=look.pk, size=size, seed=seed, by=request.actor)
        except (NotAllowed, NotFound):
            raise
        except Refusal as refusal:
            context["problems"] = getattr(refusal, "problems", [refusal])
        else:
            return HttpResponseRedirect(reverse("authenticity:sample", args=[look.pk]))
    context |= {
        "look": look,
        "period": parse_period(look.period).title(),
        "rows": queries.standings(look),
        "drawn": look.calls.count(),
        "given": request.POST,
    }
    status = 422 if "problems" in context else 200
    return TemplateResponse(request, "authenticity/look.html", context, status=status)


@page(PERMISSION, methods=("GET", "HEAD"))
def at_institution(request: ActorRequest, look_id: UUID, institution_id: UUID) -> HttpResponse:
    """The signs at one institution, each with its reason and its records."""
    look = _look(look_id)
    standing = next(
        (one for one in queries.standings(look) if one.score.institution_id == institution_id), None
    )
    if standing is None:
        raise LookNotFound
    rows = look.suspicions.filter(institution_id=institution_id).select_related("doctor", "person")
    wanted = request.GET.get("sign", "")
    if wanted in list(Sign):
        rows = rows.filter(sign=wanted)
    shown = Paginator(rows.order_by("sign", "reason_zh", "id"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "look": look,
        "standing": standing,
        "page": shown,
        "wanted": wanted,
        "rows": [(Sign(row.sign).title, row, _reason(row)) for row in shown],
    }
    return TemplateResponse(request, "authenticity/institution.html", context)


@page(PERMISSION, methods=("GET", "HEAD"))
def sample(request: ActorRequest, look_id: UUID) -> HttpResponse:
    """The records to telephone about, in the order drawn; what the calls told of the two halves."""
    look = _look(look_id)
    calls = list(look.calls.select_related("person", "record", "institution").order_by("position"))
    done = [call for call in calls if call.outcome]
    context = {
        "look": look,
        "calls": calls,
        "done": len(done),
        # Whoever calls is not told which half a record is from until all calls are made.
        "halves": queries.halves(calls) if calls and len(done) == len(calls) else None,
        "outcomes": Outcome.choices,
    }
    return TemplateResponse(request, "authenticity/sample.html", context)


@page(PERMISSION, methods=("POST",))
def call(request: ActorRequest, call_id: UUID) -> HttpResponse:
    """What a call told."""
    found = Call.objects.filter(pk=call_id).first()
    if found is None:
        raise LookNotFound
    try:
        actions.note_call(
            call=found.pk,
            outcome=request.POST.get("outcome", ""),
            note=request.POST.get("note", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except (NotAllowed, NotFound):
        raise
    except Refusal as refusal:
        problems = getattr(refusal, "problems", None)
        message = problems[0].message if problems else refusal.message
        messages.error(request, message.in_language(get_language() or ""))
    return HttpResponseRedirect(
        reverse("authenticity:sample", args=[found.look_id]) + f"#call-{found.position}"
    )


def _look(look_id: UUID) -> Look:
    found = Look.objects.filter(pk=look_id).first()
    if found is None:
        raise LookNotFound
    return found


def _reason(row: Any) -> str:
    return row.reason_en if (get_language() or "").startswith("en") else row.reason_zh


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
