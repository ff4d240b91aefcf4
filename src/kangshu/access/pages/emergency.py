"""Emergency access: opening a person outside one's scope with a reason, and reviewing that it was right."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kangshu.access import entry, grants, queries
from kangshu.access.pages.forms import OutsideForm, ReasonForm, show
from kangshu.access.request import ActorRequest
from kangshu.kernel.errors import Refusal

PER_PAGE = 50


@entry.page("break.glass")
def emergency(request: ActorRequest) -> HttpResponse:
    """First the number, then who it is and the reason. Both steps are POSTs: both are written down."""
    actor = request.actor
    outside_form = OutsideForm(request.POST or None)
    reason_form = ReasonForm()
    found = None
    if request.method == "POST" and outside_form.is_valid():
        try:
            found = grants.find_outside(number=outside_form.cleaned_data["number"], by=actor)
        except Refusal as refusal:
            show(outside_form, refusal)
    if found and "reason" in request.POST:
        reason_form = ReasonForm(request.POST)
        if reason_form.is_valid():
            try:
                grants.break_glass(
                    person_id=found.person_id,
                    scope_path=found.scope_path,
                    reason=reason_form.cleaned_data["reason"],
                    by=actor,
                    now=timezone.now(),
                )
            except Refusal as refusal:
                show(reason_form, refusal)
            else:
                return HttpResponseRedirect(_person_page(found.person_id))
    context = {
        "outside_form": outside_form,
        "reason_form": reason_form,
        "found": found,
        "hours": int(grants.BREAK_GLASS_LASTS.total_seconds() // 3600),
        "own": queries.own_grants(actor)[:10],
        "now": timezone.now(),
    }
    return TemplateResponse(request, "access/emergency.html", context)


@entry.page("review.break_glass")
def review(request: ActorRequest) -> HttpResponse:
    """Every emergency access in the place, those not reviewed yet first asked for."""
    actor = request.actor
    if request.method == "POST":
        grant_id = _uuid(request.POST.get("grant", ""))
        if request.POST.get("do") == "revoke":
            grants.revoke(grant_id=grant_id, by=actor, now=timezone.now())
            messages.success(request, _("The access is ended."))
        else:
            grants.review(
                grant_id=grant_id, finding=request.POST.get("review", ""), by=actor, now=timezone.now()
            )
            messages.success(request, _("The review is written down."))
        return HttpResponseRedirect(reverse("access:emergency_review"))
    only_open = request.GET.get("show", "open") == "open"
    page = Paginator(queries.emergency_accesses(only_open=only_open), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"page": page, "rows": page.object_list, "only_open": only_open, "now": timezone.now()}
    return TemplateResponse(request, "access/emergency_review.html", context)


def _person_page(person_id: UUID) -> str:
    try:
        return reverse("people:resident", args=[person_id])
    except NoReverseMatch:
        return reverse("access:emergency")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
