"""Transfers between institutions: asked for, to answer, and what became of them."""

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
from kangshu.access.roles import is_allowed
from kangshu.audit import log
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import Refusal
from kangshu.people import actions, queries
from kangshu.people.actions.transfer import AlreadyHere
from kangshu.people.models import Person
from kangshu.people.pages.forms import AnswerForm, AskTransferForm
from kangshu.people.pages.show import institutions_in_scope, refuse, say, villages_of
from kangshu.people.pages.villages import place_form, township_of
from kangshu.people.requests import TransferRequest, TransferState
from kangshu.places.scope import is_within

SHOWN = 50
_FIELDS = {"id_number": "number"}


@page("register.resident", methods=("GET", "HEAD"))
def transfers(request: ActorRequest) -> HttpResponse:
    """What waits for this institution's answer, what it asked, and what it handed over."""
    context = {
        "to_answer": queries.transfers_to_answer(request.actor)[:SHOWN],
        "asked": queries.transfers_asked(request.actor)[:SHOWN],
        "given": queries.transfers_given(request.actor)[:SHOWN],
        "today": china_today(),
    }
    return TemplateResponse(request, "people/transfers.html", context)


@page("register.resident")
def ask_transfer(request: ActorRequest) -> HttpResponse:
    """Ask whoever holds a person's record for it. Sent on from the registration with what was typed."""
    institutions = institutions_in_scope(request.actor)
    own = institutions.filter(pk=request.actor.institution_id).first() or institutions.first()
    form = place_form(
        AskTransferForm,
        request,
        institutions=institutions,
        villages=list(villages_of(institutions)),
        initial={
            "institution": own,
            "township": township_of(own.region_id) if own else "",
            "region": own.region_id if own else "",
            "moved_on": china_today(),
        },
    )
    if "id_number" in request.POST:
        form.initial["number"] = request.POST["id_number"]
        form.initial["moved_on"] = request.POST.get("lives_here_since") or china_today()
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_transfer(
                asked=_asked(form.cleaned_data), by=request.actor, now=timezone.now()
            )
        except AlreadyHere as here:
            refuse(request, form, here)
            context["held_by"] = here.person_id
        except Refusal as refusal:
            refuse(request, form, refusal, _FIELDS)
        else:
            say(request, _("Asked. %(holder)s answers by %(day)s.")
                % {"holder": asked.holder.name, "day": asked.answer_due_on})  # fmt: skip
            return HttpResponseRedirect(reverse("people:transfers"))
    return TemplateResponse(request, "people/ask_transfer.html", context)


@page("register.resident")
def transfer(request: ActorRequest, request_id: UUID) -> HttpResponse:
    """One request: read by both sides; answered by the one, withdrawn by the other."""
    asked = queries.transfer_request(request_id)
    may = _may(request, asked)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = _act(request, asked, form.cleaned_data["answer"])
        except Refusal as refusal:
            refuse(request, form, refusal)
        else:
            say(request, done)
            return HttpResponseRedirect(reverse("people:transfers"))
    person = Person.objects.filter(pk=asked.person_id).first()
    if person is not None:
        _note_reading(request, person)
    context = {"asked": asked, "person": person, "form": form, "today": china_today(), **may}
    return TemplateResponse(request, "people/transfer.html", context)


def _asked(typed: dict[str, Any]) -> actions.Asked:
    return actions.Asked(
        number=typed["number"],
        name=typed["name"],
        receiver_id=typed["institution"].pk,
        region=typed["region"],
        moved_on=typed["moved_on"],
        address=typed["address"],
        reason=typed["reason"],
    )


def _may(request: ActorRequest, asked: TransferRequest) -> dict[str, bool]:
    """Which buttons there are; the actions ask the same again."""
    is_open = asked.state == TransferState.OPEN
    own = request.actor.scope_path
    return {
        "may_answer": is_open
        and is_within(asked.scope_path, own)
        and is_allowed(request.actor, "edit.resident"),
        "may_withdraw": is_open and is_within(asked.receiver.path, own),
    }


def _act(request: ActorRequest, asked: TransferRequest, words: str) -> str:
    about = {"request_id": asked.pk, "by": request.actor, "now": timezone.now()}
    if "agree" in request.POST:
        actions.agree_to_transfer(**about)
        return _("The record was handed over.")
    if "withdraw" in request.POST:
        actions.withdraw_transfer(**about)
        return _("The request was withdrawn.")
    actions.refuse_transfer(reason=words, **about)
    return _("The request was refused.")


def _note_reading(request: ActorRequest, person: Person) -> None:
    log.write(
        by=request.actor,
        action="person.read",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
    )
