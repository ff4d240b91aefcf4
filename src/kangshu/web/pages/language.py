"""The language switch: a visitor's choice stays with the browser, an account's with the account."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from kangshu.access.actions import change_preferences
from kangshu.access.entry import page, public
from kangshu.access.pages.sign_in import remember_language
from kangshu.access.request import ActorRequest


@page(methods=("POST",), before_ready=True)
def language(request: ActorRequest) -> HttpResponse:
    """Set the account's language and go back to where the reader was."""
    chosen = _chosen(request)
    if chosen is not None:
        change_preferences(language=chosen, acts_for_id=None, by=request.actor)
    return _back(request, chosen)


@public(methods=("POST",))
def visitor_language(request: HttpRequest) -> HttpResponse:
    """Set the language of the pages before signing in."""
    return _back(request, _chosen(request))


def _chosen(request: ActorRequest) -> str | None:
    chosen = request.POST.get("language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else None


def _back(request: ActorRequest, chosen: str | None) -> HttpResponse:
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    return remember_language(response, chosen) if chosen else response
