"""Death, move, departure, loss and return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
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
from kangshu.people.models import Person
from kangshu.people.pages.forms import DayAndReasonForm, DeathForm, MoveForm
from kangshu.people.pages.show import RESPONSIBLE_KINDS, head_of, refuse, say
from kangshu.people.pages.villages import place_form
from kangshu.places.models import Institution, Region


@page("edit.resident")
def death(request: ActorRequest, person_id: UUID) -> HttpResponse:
    form = DeathForm(request.POST or None, initial={"death_on": china_today()})

    def act(person: Person, typed: dict[str, Any]) -> None:
        actions.record_death(
            person_id=person.pk,
            on=typed["death_on"],
            cause=typed["cause"],
            by=request.actor,
            now=timezone.now(),
        )

    words = {
        "heading": _("Record a death"),
        "lead": _("The record closes, and every programme stops its visits from that day."),
        "button": _("Record the death"),
        "done": _("The death was recorded."),
        "danger": True,
    }
    return _answer(request, person_id, form, act, words)


@page("edit.resident")
def move(request: ActorRequest, person_id: UUID) -> HttpResponse:
    institutions = Institution.objects.filter(valid_to=None, kind__in=RESPONSIBLE_KINDS).order_by("path")
    villages = (
        Region.objects.filter(level=Region.Level.VILLAGE, valid_to=None)
        .select_related("parent")
        .order_by("code")
    )
    form = place_form(
        MoveForm, request, institutions=institutions, villages=villages, initial={"on": china_today()}
    )

    def act(person: Person, typed: dict[str, Any]) -> None:
        actions.record_move(
            person_id=person.pk,
            to_institution=typed["institution"].pk,
            to_region=typed["region"],
            address=typed["address"],
            on=typed["on"],
            reason=typed["reason"],
            by=request.actor,
            now=timezone.now(),
        )

    words = {
        "heading": _("Move within the county"),
        "lead": _(
            "The record with everything in it goes to the new institution. You may not see it afterwards."
        ),
        "button": _("Hand the record over"),
        "done": _("The record was handed over."),
        "narrows": True,
    }
    return _answer(request, person_id, form, act, words)


@page("edit.resident")
def leave(request: ActorRequest, person_id: UUID) -> HttpResponse:
    form = DayAndReasonForm(request.POST or None, today=china_today(), reason_label=_("Where to?"))

    def act(person: Person, typed: dict[str, Any]) -> None:
        actions.record_departure(
            person_id=person.pk,
            on=typed["on"],
            whereto=typed["reason"],
            by=request.actor,
            now=timezone.now(),
        )

    words = {
        "heading": _("Moved out of the county"),
        "lead": _("The record closes with this day; programmes stop their visits."),
        "button": _("Close the record"),
        "done": _("The departure was recorded."),
    }
    return _answer(request, person_id, form, act, words)


@page("edit.resident")
def lost(request: ActorRequest, person_id: UUID) -> HttpResponse:
    form = DayAndReasonForm(request.POST or None, today=china_today())

    def act(person: Person, typed: dict[str, Any]) -> None:
        actions.record_loss(
            person_id=person.pk, on=typed["on"], reason=typed["reason"], by=request.actor, now=timezone.now()
        )

    words = {
        "heading": _("Lost to contact"),
        "lead": _("The person still counts as a resident; their visits stay on the list."),
        "button": _("Record the loss"),
        "done": _("Recorded as lost to contact."),
    }
    return _answer(request, person_id, form, act, words)


@page("edit.resident")
def back(request: ActorRequest, person_id: UUID) -> HttpResponse:
    form = DayAndReasonForm(request.POST or None, today=china_today())
    form.fields["reason"].required = True

    def act(person: Person, typed: dict[str, Any]) -> None:
        actions.reactivate_person(
            person_id=person.pk, on=typed["on"], reason=typed["reason"], by=request.actor, now=timezone.now()
        )

    words = {
        "heading": _("Open the record again"),
        "lead": _("The person came back, was found, or the record was closed by mistake."),
        "button": _("Open it again"),
        "done": _("The record is active again."),
    }
    return _answer(request, person_id, form, act, words)


def _answer(
    request: ActorRequest,
    person_id: UUID,
    form: forms.Form,
    act: Callable[[Person, dict[str, Any]], None],
    words: dict[str, Any],
) -> HttpResponse:
    """Show the form, or act and lead on: to the person while they are still in scope, else to the search."""
    person = queries.canonical_person(person_id)
    if request.method == "POST" and form.is_valid():
        try:
            act(person, form.cleaned_data)
        except Refusal as refusal:
            refuse(request, form, refusal)
        else:
            say(request, words["done"])
            visible = Person.objects.filter(pk=person.pk).exists()
            return HttpResponseRedirect(
                reverse("people:resident", args=[person.pk]) if visible else reverse("people:search")
            )
    context = head_of(request, person, china_today()) | {"form": form, **words}
    return TemplateResponse(request, "people/status.html", context)
