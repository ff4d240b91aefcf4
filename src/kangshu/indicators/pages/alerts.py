"""Figures that left their course: what was seen, and what somebody said it was."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.declare import registry
from kangshu.figures.models import Alert
from kangshu.indicators import course
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text
from kangshu.ui.registry import PanelContext

PER_PAGE = 20
ON_THE_DESK = 5


def shown(alert: Alert) -> dict[str, object]:
    """An alert with the title of its figure and its words."""
    try:
        indicator = registry.indicator(alert.indicator)
    except registry.UnknownDeclaration:
        indicator = None
    title = indicator.title if indicator else Text(alert.indicator, alert.indicator)
    return {"alert": alert, "title": title, "told": Text(**alert.told), "indicator": indicator}


@page("read.indicator", methods=("GET",))
def alerts(request: ActorRequest) -> HttpResponse:
    """The open ones, or all; each leads to its figure."""
    every = request.GET.get("which") == "all"
    rows = course.alerts_of(request.actor) if every else course.open_alerts(request.actor)
    listed = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": listed, "rows": [shown(one) for one in listed], "every": every}
    return TemplateResponse(request, "indicators/alerts.html", context)


@page("read.indicator", methods=("POST",))
def acknowledge(request: ActorRequest, alert_id: UUID) -> HttpResponse:
    """Say what it was."""
    try:
        course.acknowledge(alert_id, request.POST.get("note", ""), by=request.actor, now=timezone.now())
    except Alert.DoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        messages.error(request, refusal.message.in_language(get_language() or ""))
    else:
        messages.success(request, _("The alert is acknowledged."))
    return redirect("indicators:alerts")


def panel(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """On the desk: the newest that nobody has looked at."""
    rows = list(course.open_alerts(request.actor)[: ON_THE_DESK + 1])
    if not rows:
        return None
    return {"rows": [shown(one) for one in rows[:ON_THE_DESK]], "more": len(rows) > ON_THE_DESK}
