"""The work desk: what waits for the person who has just signed in, assembled from registered panels."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import NotFound
from kangshu.kernel.text import Text
from kangshu.ui.registry import Panel, PanelContext, panels


@dataclass(frozen=True)
class DrawnPanel:
    """A panel with its queries run and its template drawn."""

    panel: Panel
    html: str


@page()
def desk(request: ActorRequest) -> HttpResponse:
    """The reader's own start page; a resident gets the page about themselves."""
    where = "own" if "resident" in request.actor.roles else "desk"
    return TemplateResponse(
        request,
        "web/desk.html",
        {"panels": drawn(request, where, {}), "today": china_today(), "own": where == "own"},
    )


@page(methods=("GET",))
def panel(request: ActorRequest, name: str) -> HttpResponse:
    """One panel of the desk alone, for the browser to put in its place."""
    for one in panels("desk"):
        if one.name == name and is_for(one, request.actor):
            return HttpResponse(draw(one, request, {}) or "")
    raise NotFound("panel.unknown", Text("没有这个面板。", "There is no such panel."))


def drawn(request: ActorRequest, where: str, context: PanelContext) -> list[DrawnPanel]:
    """Every panel of `where` that is this reader's and has something to say; a slow one only as its place."""
    result = []
    for one in panels(where):
        if not is_for(one, request.actor):
            continue
        html = "" if one.slow else draw(one, request, context)
        if html is not None:
            result.append(DrawnPanel(one, html))
    return result


def draw(panel: Panel, request: ActorRequest, context: PanelContext) -> str | None:
    """A panel's HTML, or None when it has nothing to say."""
    loaded = panel.load(request, context)
    if loaded is None:
        return None
    return render_to_string(panel.template, {**context, **loaded, "panel": panel}, request=request)


def is_for(panel: Panel, actor: Actor) -> bool:
    allowed = panel.permission is None or is_allowed(actor, panel.permission)
    return allowed and (not panel.roles or bool(panel.roles & actor.roles))
