"""A patient stands at the desk with their card: open their record to this institution."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.care.actions import receive_patient
from kangshu.kernel.errors import NotFound
from kangshu.kernel.identifiers import BadIdentifier, check_resident_id


class CardForm(forms.Form):
    number = forms.CharField(
        label=_("Number on the card"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


@page("record.care")
def reception(request: ActorRequest) -> HttpResponse:
    form = CardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = check_resident_id(form.cleaned_data["number"]).number
            person_id = receive_patient(number=number, by=request.actor, now=timezone.now())
        except (BadIdentifier, NotFound) as refusal:
            form.add_error("number", refusal.message.in_language(get_language() or ""))
        else:
            return HttpResponseRedirect(reverse("people:resident", args=[person_id]))
    return TemplateResponse(request, "care/reception.html", {"form": form})
