"""A resident reads their own record on a phone: what was recorded, and a way to say that it is wrong."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.audit import log
from kangshu.declare import registry
from kangshu.people.models import Person
from kangshu.web import own, queries
from kangshu.work.models import Record
from kangshu.work.pages.drawing import answers_shown
from kangshu.work.pages.showing import assessment_of

PER_PAGE = 30


@page("read.own", methods=("GET", "HEAD"))
def own_records(request: ActorRequest) -> HttpResponse:
    """Every visit, newest first."""
    opened = own.is_open(request.actor.person_id)
    people = list(Person.objects.values_list("pk", flat=True)) if opened else []
    shown = Paginator(own.own_records(people), PER_PAGE).get_page(request.GET.get("page"))
    visits = [queries.own_visit(record) for record in shown.object_list]
    several = len(people) > 1
    context = {"page": shown, "visits": visits, "opened": opened, "several": several}
    return TemplateResponse(request, "web/own_records.html", context)


@page("read.own", methods=("GET", "HEAD"))
def own_record(request: ActorRequest, record_id: UUID) -> HttpResponse:
    """One visit: what it found, what to do, every answer."""
    record = own.own_record(record_id, request.actor)
    form = registry.form(record.form_id, record.form_version)
    _note_reading(request, record)
    context = {
        "record": record,
        "form": form,
        "sections": answers_shown(form, record),
        "assessment": assessment_of(record),
    }
    return TemplateResponse(request, "web/own_record.html", context)


@page("read.own", methods=("POST",))
def open_record(request: ActorRequest) -> HttpResponse:
    """Agree that the record is opened, or take it back."""
    agreed = request.POST.get("agreed") == "1"
    own.set_open(agreed=agreed, by=request.actor, now=timezone.now())
    messages.success(
        request, _("Your record is open to you.") if agreed else _("Your record is closed again.")
    )
    return HttpResponseRedirect(reverse("web:desk"))


def _note_reading(request: ActorRequest, record: Record) -> None:
    log.write(
        by=request.actor,
        action="record.read",
        about=record,
        person_id=record.person_id,
        scope_path=record.scope_path,
    )
