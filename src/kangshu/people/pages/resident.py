"""The resident page: who they are, then what every app has to say about them, as panels."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.kernel.dates import china_today
from kangshu.people import actions, queries
from kangshu.people.models import Person, PersonStatus, Undocumented
from kangshu.people.pages.show import head_of, read_person
from kangshu.ui.registry import Panel, PanelContext, panels


@dataclass(frozen=True)
class Alert:
    """One thing a reader should know before anything else."""

    colour: str
    words: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True)
class Drawn:
    panel: Panel
    html: str


@page("read.resident", methods=("GET", "HEAD"))
def resident(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = queries.person(person_id)
    if person.merged_into_id:
        return HttpResponseRedirect(reverse("people:resident", args=[person.merged_into_id]))
    read_person(request, person)
    context = head_of(request, person, china_today())
    context |= {"alerts": alerts_of(request, person), "panels": _drawn(request, context)}
    return TemplateResponse(request, "people/resident.html", context)


@page("edit.resident", methods=("POST",))
def number(request: ActorRequest, document_id: UUID) -> HttpResponse:
    """The whole number of one document, asked for by a press; the press is in the audit trail."""
    context = {"number": actions.reveal_number(document_id=document_id, by=request.actor)}
    response = TemplateResponse(request, "people/number.html", context)
    response["Cache-Control"] = "no-store"
    return response


def alerts_of(request: ActorRequest, person: Person) -> list[Alert]:
    """What stands above everything else on the page."""
    found = []
    here = [person.pk]
    edits = is_allowed(request.actor, "edit.resident")
    if person.status == PersonStatus.DEAD:
        found.append(Alert("secondary", _("Died on %(day)s.") % {"day": person.death_on}))
    elif person.status == PersonStatus.MOVED:
        found.append(Alert("secondary", _("Moved out of the county. The record is closed.")))
    elif person.status == PersonStatus.LOST:
        back = reverse("people:back", args=here) if edits else ""
        found.append(Alert("warning", _("Lost to contact."), back, _("Found again")))
    if person.undocumented == Undocumented.NEWBORN and edits:
        url = reverse("people:document", args=here)
        found.append(Alert("info", _("No identity number yet."), url, _("Add the number")))
    if is_allowed(request.actor, "merge.people"):
        pair = queries.open_pairs_of(person.pk).first()
        if pair is not None:
            url = reverse("people:review_pair", args=[pair.pk])
            found.append(Alert("warning", _("Perhaps registered twice."), url, _("Compare")))
    return found


def _drawn(request: ActorRequest, context: PanelContext) -> list[Drawn]:
    drawn = []
    for panel in panels("resident"):
        allowed = panel.permission is None or is_allowed(request.actor, panel.permission)
        if not allowed or (panel.roles and not panel.roles & request.actor.roles):
            continue
        loaded = panel.load(request, context)
        if loaded is not None:
            html = render_to_string(panel.template, {**context, **loaded, "panel": panel}, request=request)
            drawn.append(Drawn(panel, html))
    return drawn
