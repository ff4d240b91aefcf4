"""Correcting a person's facts, and adding a document."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import Refusal
from kangshu.people import actions, queries
from kangshu.people.facts import CHANGEABLE, DocumentGiven
from kangshu.people.pages.forms import DocumentForm, EditForm
from kangshu.people.pages.show import head_of, refuse, say


@page("edit.resident")
def edit(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = queries.canonical_person(person_id)
    first = {name: getattr(person, name) for name in CHANGEABLE}
    form = EditForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.change_person(
                person_id=person.pk,
                changes={name: typed[name] for name in CHANGEABLE if name in request.POST},
                reason=typed["reason"],
                by=request.actor,
                now=timezone.now(),
            )
        except Refusal as refusal:
            refuse(request, form, refusal)
        else:
            say(request, _("Saved."))
            return HttpResponseRedirect(reverse("people:resident", args=[person.pk]))
    context = head_of(request, person, china_today()) | {"form": form}
    return TemplateResponse(request, "people/edit.html", context)


@page("edit.resident")
def document(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = queries.canonical_person(person_id)
    form = DocumentForm(request.POST or None)
    context = head_of(request, person, china_today()) | {"form": form}
    if request.method == "POST" and form.is_valid():
        given = DocumentGiven(form.cleaned_data["id_number"], form.cleaned_data["kind"])
        try:
            actions.add_document(person_id=person.pk, document=given, by=request.actor, now=timezone.now())
        except Refusal as refusal:
            refuse(request, form, refusal)
        else:
            say(request, _("The document was added."))
            return HttpResponseRedirect(reverse("people:resident", args=[person.pk]))
    return TemplateResponse(request, "people/document.html", context)
