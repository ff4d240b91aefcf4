"""Signing in, the second factor, signing out."""

from __future__ import annotations

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from kangshu.access import entry
from kangshu.access import second_factor as factor
from kangshu.access import session as sessions
from kangshu.access import sign_in as signing
from kangshu.access.models import Account
from kangshu.access.pages.forms import CodeForm, RecoveryCodeForm, SignInForm, show
from kangshu.access.request import ActorRequest
from kangshu.access.residents import is_offered
from kangshu.kernel.errors import Refusal

_PENDING_KEY = "second_factor_pending"


@entry.public()
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password; afterwards where the visitor wanted to go."""
    form = SignInForm(request.POST or None)
    wanted = _safe(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.method == "POST" and form.is_valid():
        attempt = signing.Attempt(form.cleaned_data["username"], form.cleaned_data["password"])
        try:
            account = signing.sign_in(request, attempt, now=timezone.now())
        except Refusal as refusal:
            show(form, refusal)
        else:
            request.session[sessions.NEXT] = wanted
            return remember_language(HttpResponseRedirect(wanted or "/"), account.language)
    context = {
        "form": form,
        "next": wanted,
        "ended": "ended" in request.GET,
        "resident_offered": is_offered(),
    }
    return TemplateResponse(request, "access/sign_in.html", context)


@entry.page(methods=("POST",), before_ready=True)
def sign_out(request: ActorRequest) -> HttpResponse:
    signing.sign_out(request, request.actor)
    return HttpResponseRedirect(reverse("access:sign_in"))


@entry.page(before_ready=True)
def second_factor(request: ActorRequest) -> HttpResponse:
    """Show the second factor, or set it up at the first sign-in."""
    account = Account.objects.get(pk=request.actor.account_id)
    if sessions.has_second_factor(request.session):
        return HttpResponseRedirect(request.session.pop(sessions.NEXT, "") or "/")
    return _show_code(request, account) if factor.is_enrolled(account) else _set_up(request, account)


def _show_code(request: ActorRequest, account: Account) -> HttpResponse:
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factor.check_code(account=account, code=form.cleaned_data["code"], by=request.actor)
        except Refusal as refusal:
            show(form, refusal)
        else:
            return HttpResponseRedirect(_passed(request))
    return TemplateResponse(
        request,
        "access/second_factor.html",
        {"form": form, "account": account, "demo": settings.KANGSHU_DEMO},
    )


def _set_up(request: ActorRequest, account: Account) -> HttpResponse:
    # The secret waits in the session until its first code fits: a GET stores nothing for the account.
    key = request.session.get(_PENDING_KEY) or factor.new_key()
    request.session[_PENDING_KEY] = key
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = factor.enrol(account=account, key=key, code=form.cleaned_data["code"], by=request.actor)
        except Refusal as refusal:
            show(form, refusal)
        else:
            del request.session[_PENDING_KEY]
            context = {"codes": codes, "next": _passed(request)}
            return TemplateResponse(request, "access/recovery_codes.html", context)
    context = {
        "form": form,
        "picture": factor.picture_of(key, account.username),
        "secret": factor.as_base32(key),
    }
    return TemplateResponse(request, "access/second_factor_set_up.html", context)


def _passed(request: ActorRequest) -> str:
    """Note it in the session, under a new key, and say where to go on."""
    request.session.cycle_key()
    sessions.pass_second_factor(request.session, time.time())
    return request.session.pop(sessions.NEXT, "") or "/"


def remember_language(response: HttpResponse, language: str) -> HttpResponse:
    """The account's language becomes the browser's; the switch in the head of each page changes it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _safe(request: HttpRequest, address: str) -> str:
    """Only an address of this site: a link in a message must not lead a fresh sign-in elsewhere."""
    own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if own else ""
