"""Relations and household of a person. The other person is found by the same search as everywhere."""

from __future__ import annotations

from typing import Any
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
from kangshu.people.pages.forms import HouseholdForm, RelationForm
from kangshu.people.pages.show import head_of, refuse, say


@page("edit.resident")
def relations(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = queries.canonical_person(person_id)
    form = RelationForm(request.POST if "other" in request.POST else None)
    if request.method == "POST":
        try:
            if "end" in request.POST:
                actions.end_relation(
                    relation_id=UUID(request.POST["end"]),
                    on=china_today(),
                    by=request.actor,
                    now=timezone.now(),
                )
                return _done(request, person.pk, "people:relations", _("The relation was ended."))
            if form.is_valid():
                actions.relate_people(
                    person_id=person.pk,
                    other_id=form.cleaned_data["other"],
                    kind=form.cleaned_data["kind"],
                    by=request.actor,
                    now=timezone.now(),
                )
                return _done(request, person.pk, "people:relations", _("The relation was recorded."))
        except Refusal as refusal:
            refuse(request, form, refusal, {"relation": "kind"})
    context = head_of(request, person, china_today()) | _searched(request)
    context |= {"form": form, "relations": queries.relations_of(person.pk)}
    return TemplateResponse(request, "people/relations.html", context)


@page("edit.resident")
def household(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = queries.canonical_person(person_id)
    form = HouseholdForm(request.POST if "other" in request.POST else None)
    members = list(queries.current_households(person.pk))
    if request.method == "POST":
        day = {"on": china_today(), "by": request.actor, "now": timezone.now()}
        try:
            if "form" in request.POST:
                actions.form_household(head_id=person.pk, **day)
            elif "leave" in request.POST:
                actions.leave_household(person_id=UUID(request.POST["leave"]), **day)
            elif form.is_valid() and members:
                actions.join_household(
                    household_id=members[0].household_id,
                    person_id=form.cleaned_data["other"],
                    role=form.cleaned_data["role"],
                    **day,
                )
            return _done(request, person.pk, "people:household", _("The household was changed."))
        except Refusal as refusal:
            refuse(request, form, refusal)
    context = head_of(request, person, china_today()) | _searched(request)
    context |= {"form": form, "members": members}
    return TemplateResponse(request, "people/household.html", context)


def _searched(request: ActorRequest) -> dict[str, Any]:
    text = request.GET.get("who", "").strip()[:80]
    return {"who": text, "result": queries.search_people(text, limit=8) if text else None}


def _done(request: ActorRequest, person_id: UUID, url_name: str, words: str) -> HttpResponse:
    say(request, words)
    return HttpResponseRedirect(reverse(url_name, args=[person_id]))
