"""The campaigns and how far each has come: `campaigns:list`, `progress`, `stop`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import check_allowed, is_allowed
from kangshu.campaigns import actions, queries
from kangshu.campaigns.actions import COMPOSE, create_campaign
from kangshu.campaigns.models import Campaign, CampaignState
from kangshu.campaigns.pages.composing import who_in_words
from kangshu.campaigns.pages.frame import context_of
from kangshu.campaigns.tasks import close_in_background
from kangshu.declare import registry
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput


@page("read.indicator")
def list_campaigns(request: ActorRequest) -> HttpResponse:
    """Every campaign; the bureau begins a new one here."""
    context = {
        "rows": [(found, queries.composition_of(found)) for found in _seen(request)],
        "may_compose": is_allowed(request.actor, COMPOSE),
        "today": china_today(),
    }
    if request.method != "POST":
        return TemplateResponse(request, "campaigns/list.html", context)
    check_allowed(request.actor, COMPOSE)
    try:
        made = create_campaign(title=request.POST.get("title", ""), by=request.actor, now=timezone.now())
    except BadInput as refusal:
        return TemplateResponse(
            request, "campaigns/list.html", {**context, "problems": refusal.problems}, status=422
        )
    return HttpResponseRedirect(reverse("campaigns:basics", args=[made.pk]))


def _seen(request: ActorRequest) -> list[Campaign]:
    """What is only being composed is seen by those who compose."""
    rows = Campaign.objects.all()
    return list(rows if is_allowed(request.actor, COMPOSE) else rows.exclude(state=CampaignState.DRAFT))


@page("read.indicator", methods=("GET",))
def progress(request: ActorRequest, campaign_id: UUID) -> HttpResponse:
    """Each institution against its target, with the positive and those lost between two stages."""
    found = queries.campaign(campaign_id)
    if found.published is None:
        if is_allowed(request.actor, COMPOSE):
            return HttpResponseRedirect(reverse("campaigns:basics", args=[found.pk]))
        raise queries.CampaignNotFound
    running = queries.running(found)
    rows = queries.progress(found, running)
    own = [row for row in rows if row.enrolled or row.examined or row.target is not None]
    context = context_of(request, found, running, "")
    context |= {
        "composition": running,
        "rows": own,
        "total": queries.total(own),
        "stages": running.in_order,
        "who_words": who_in_words(running.who, get_language() or ""),
        "indicators": _indicators(found),
        "today": china_today(),
        "is_over": bool(running.last_on and running.last_on < china_today()),
        "may_stop": is_allowed(request.actor, COMPOSE) and found.state == CampaignState.RUNNING,
        "is_changed": found.published != found.composition,
    }
    return TemplateResponse(request, "campaigns/progress.html", context)


def _indicators(found: Campaign) -> list[object]:
    try:
        return list(registry.capability(found.declaration).indicators)
    except UnknownDeclaration:
        return []


@page(COMPOSE)
def stop(request: ActorRequest, campaign_id: UUID) -> HttpResponse:
    """Ask once more, then end it."""
    found = queries.campaign(campaign_id)
    running = queries.running(found)
    if request.method == "POST":
        actions.stop(campaign=campaign_id, by=request.actor, now=timezone.now())
        close_in_background(campaign_id)
        messages.success(request, _("The campaign is stopped; open enrolments are being closed."))
        return HttpResponseRedirect(reverse("campaigns:progress", args=[campaign_id]))
    context = context_of(request, found, running, "")
    return TemplateResponse(request, "campaigns/stop.html", context | {"composition": running})
