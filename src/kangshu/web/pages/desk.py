"""The work desk: what waits for the person who has just signed in, assembled from registered panels."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.roles import is_allowed
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import china_today
from kangshu.ui.registry import Panel, PanelContext, panels


@dataclass(frozen=True)
class DrawnPanel:
    """A panel with its queries run and its template drawn."""

    panel: Panel
    html: str


@page()
def desk(request: HttpRequest) -> HttpResponse:
    """The reader's own start page; a resident gets the page about themselves."""
    where = "own" if "resident" in request.actor.roles else "desk"
    return TemplateResponse(
        request,
        "web/desk.html",
        {"panels": drawn(request, where, {}), "today": china_today(), "own": where == "own"},
    )


def drawn(request: HttpRequest, where: str, context: PanelContext) -> list[DrawnPanel]:
    """Every panel of `where` that is this reader's and has something to say."""
    result = []
    for panel in panels(where):
        if not is_for(panel, request.actor):
            continue
        loaded = panel.load(request, context)
        if loaded is not None:
            html = render_to_string(panel.template, {**context, **loaded, "panel": panel}, request=request)
            result.append(DrawnPanel(panel, html))
    return result


def is_for(panel: Panel, actor: Actor) -> bool:
    allowed = panel.permission is None or is_allowed(actor, panel.permission)
    return allowed and (not panel.roles or bool(panel.roles & actor.roles))
