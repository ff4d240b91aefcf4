"""Corrections: a resident says what is wrong in their record, the responsible institution answers."""

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
from kangshu.kernel.errors import NotFound, Refusal
from kangshu.kernel.text import Text
from kangshu.people import actions, queries
from kangshu.people.pages.forms import AnswerForm, CorrectionForm
from kangshu.people.pages.show import read_person, refuse, say
from kangshu.people.requests import CorrectionRequest, CorrectionState

SHOWN = 100


@page("read.own")
def correct(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """A resident writes what is wrong; `about` and `record` say where they came from."""
    person = queries.person(person_id)
    form = CorrectionForm(
        request.POST or None,
        initial={"about": request.GET.get("about", "")[:120], "record": request.GET.get("record", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_correction(
                person_id=person.pk,
                about=form.cleaned_data["about"] or _("My record"),
                words=form.cleaned_data["words"],
                record_id=form.cleaned_data["record"],
                by=request.actor,
                now=timezone.now(),
            )
        except Refusal as refusal:
            refuse(request, form, refusal)
        else:
            say(request, _("Sent. Your clinic answers by %(day)s.") % {"day": asked.answer_due_on})
            return HttpResponseRedirect(reverse("web:desk"))
    about = form["about"].value() or _("My record")
    return TemplateResponse(request, "people/correct.html", {"form": form, "person": person, "about": about})


@page("edit.resident", methods=("GET", "HEAD"))
def corrections(request: ActorRequest) -> HttpResponse:
    """What residents asked to be corrected: waiting first, then what was answered."""
    answered = CorrectionRequest.objects.exclude(state=CorrectionState.OPEN).select_related("person")
    context = {
        "waiting": queries.corrections_to_answer()[:SHOWN],
        "answered": answered.order_by("-answered_at")[:SHOWN],
        "today": china_today(),
    }
    return TemplateResponse(request, "people/corrections.html", context)


@page("edit.resident")
def answer(request: ActorRequest, request_id: UUID) -> HttpResponse:
    asked = CorrectionRequest.objects.select_related("person").filter(pk=request_id).first()
    if asked is None:
        raise NotFound("correction.unknown", Text("没有这项申请。", "There is no such request."))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_correction(
                request_id=asked.pk,
                corrected="corrected" in request.POST,
                answer=form.cleaned_data["answer"],
                by=request.actor,
                now=timezone.now(),
            )
        except Refusal as refusal:
            refuse(request, form, refusal)
        else:
            say(request, _("Answered. The resident reads it at the next sign-in."))
            return HttpResponseRedirect(reverse("people:corrections"))
    read_person(request, asked.person)
    context = {
        "asked": asked,
        "person": asked.person,
        "form": form,
        "is_open": asked.state == CorrectionState.OPEN,
        "today": china_today(),
    }
    return TemplateResponse(request, "people/answer_correction.html", context)
