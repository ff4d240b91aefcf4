"""One's own account: language, institution to act for, password."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access import actions, entry, queries
from kangshu.access import session as sessions
from kangshu.access.models import Account
from kangshu.access.pages.forms import PasswordForm, PreferencesForm, show
from kangshu.access.pages.sign_in import remember_language
from kangshu.access.request import ActorRequest
from kangshu.kernel.errors import Refusal


@entry.page()
def account(request: ActorRequest) -> HttpResponse:
    """Who I am here, with which roles, and what I may choose."""
    actor = request.actor
    own = Account.objects.get(pk=actor.account_id)
    institutions = queries.own_institutions(actor, timezone.localdate())
    form = PreferencesForm(
        request.POST or None,
        institutions=institutions,
        initial={"language": own.language, "acts_for": actor.institution_id},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data.get("acts_for")
        language = form.cleaned_data["language"]
        actions.change_preferences(language=language, acts_for_id=chosen.pk if chosen else None, by=actor)
        messages.success(request, _("Saved."))
        return remember_language(HttpResponseRedirect(reverse("access:account")), language)
    assignments = own.assignments.filter(removed_at__isnull=True).select_related("institution")
    context = {
        "form": form,
        "account": own,
        "assignments": assignments,
        "grants": queries.own_grants(actor)[:10],
        "now": timezone.now(),
    }
    return TemplateResponse(request, "access/account.html", context)


@entry.page()
def act_for(request: ActorRequest) -> HttpResponse:
    """The institutions one may act for, as a part of the account's menu; a POST chooses one."""
    actor = request.actor
    if request.method == "POST":
        try:
            wanted = UUID(request.POST.get("institution", ""))
        except ValueError:
            wanted = None
        if wanted is not None and wanted != actor.institution_id:
            chosen = actions.act_for(institution_id=wanted, by=actor)
            messages.success(request, _("You now act for %(name)s.") % {"name": chosen.name})
        # The work desk: what stood on the page before may not be this institution's.
        return HttpResponseRedirect("/")
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(reverse("access:account"))
    institutions = list(queries.own_institutions(actor, timezone.localdate()))
    context = {"institutions": institutions if len(institutions) > 1 else [], "own": actor.institution_id}
    return TemplateResponse(request, "access/act_for.html", context)


@entry.page(before_ready=True)
def change_password(request: ActorRequest) -> HttpResponse:
    """A new password; at the first sign-in there is no way around it."""
    actor = request.actor
    if entry.needs_second_factor(actor) and not sessions.has_second_factor(request.session):
        return HttpResponseRedirect(reverse("access:second_factor"))
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_own_password(
                old=form.cleaned_data["old"], new=form.cleaned_data["new"], by=actor, now=timezone.now()
            )
        except Refusal as refusal:
            show(form, refusal)
        else:
            # Every other session of the account ends; this one goes on.
            update_session_auth_hash(request, changed)
            messages.success(request, _("The password has been changed."))
            return HttpResponseRedirect(request.session.pop(sessions.NEXT, "") or "/")
    return TemplateResponse(
        request, "access/change_password.html", {"form": form, "forced": actor.must_change_password}
    )
