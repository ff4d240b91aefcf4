"""A resident signs in with a number from their papers and a code sent to their phone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from kangshu.access import entry, residents
from kangshu.access import sign_in as signing
from kangshu.access.pages.forms import CodeForm, ResidentForm, show
from kangshu.access.pages.sign_in import remember_language
from kangshu.kernel.errors import Refusal

_TICKET, _SHOWN = "resident_ticket", "resident_message"


@entry.public()
def ask_code(request: HttpRequest) -> HttpResponse:
    """Number and phone; the next page is the same whether they fit or not."""
    form = ResidentForm(request.POST or None)
    if request.method == "POST" and residents.is_offered() and form.is_valid():
        try:
            sent = residents.send_code(**form.cleaned_data, now=timezone.now())
        except Refusal as refusal:
            show(form, refusal)
        else:
            request.session[_TICKET] = str(sent.ticket)
            request.session[_SHOWN] = sent.shown
            return HttpResponseRedirect(reverse("access:resident_code"))
    return TemplateResponse(
        request, "access/resident_sign_in.html", {"form": form, "offered": residents.is_offered()}
    )


@entry.public()
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code from the message."""
    ticket = request.session.get(_TICKET)
    if ticket is None:
        return HttpResponseRedirect(reverse("access:resident_sign_in"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = residents.check_code(
                ticket=UUID(ticket), code=form.cleaned_data["code"], now=timezone.now()
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            request.session.pop(_SHOWN, None)
            signing.begin(request, account, how="phone code")
            return remember_language(HttpResponseRedirect("/"), account.language)
    context = {"form": form, "shown": request.session.get(_SHOWN, "")}
    return TemplateResponse(request, "access/resident_code.html", context)
