"""Navigation entries and panels of this app."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.kernel.dates import china_today
from kangshu.people import queries
from kangshu.people.models import Person, PersonChange, Residence
from kangshu.people.pages.show import head_of
from kangshu.people.requests import CorrectionRequest, TransferState
from kangshu.people.vault import mask_number
from kangshu.ui.registry import NavItem, Panel, PanelContext, register_nav, register_panel

CHANGES_SHOWN = 8
ON_THE_DESK = 5
LATELY = timedelta(days=14)


def register() -> None:
    register_nav(NavItem("residents", _("Residents"), "people:search", "read.resident", "users-group", 20))
    register_nav(
        NavItem("duplicates", _("Duplicates"), "people:duplicates", "merge.people", "copy", 90, "manage")
    )
    register_nav(
        NavItem(
            "transfers", _("Transfers"), "people:transfers", "register.resident", "transfer", 80, "manage"
        )
    )
    for panel in (
        Panel(
            "identity", _("Person"), "people/panels/identity.html", identity, "read.resident", 40, icon="id"
        ),
        Panel("family", _("Family"), "people/panels/family.html", family, "read.resident", 60, icon="home"),
        Panel("files", _("Files"), "people/panels/files.html", files, "read.resident", 80, icon="paperclip"),
        Panel(
            "changes",
            pgettext_lazy("person", "History"),
            "people/panels/changes.html",
            changes,
            "read.resident",
            90,
            icon="history",
        ),
    ):
        register_panel("resident", panel)
    register_panel(
        "own", Panel("me", _("About me"), "people/panels/identity.html", myself, "read.own", 10, icon="id")
    )
    register_panel(
        "desk",
        Panel(
            "transfers",
            _("Transfers"),
            "people/panels/transfers.html",
            waiting_transfers,
            "register.resident",
            30,
            icon="transfer",
        ),
    )
    register_panel(
        "desk",
        Panel(
            "corrections",
            _("Residents ask for a correction"),
            "people/panels/corrections.html",
            waiting_corrections,
            "edit.resident",
            35,
            icon="message-circle-question",
        ),
    )
    register_panel(
        "own",
        Panel(
            "own_corrections",
            _("What I asked to be corrected"),
            "people/panels/own_corrections.html",
            own_corrections,
            "read.own",
            70,
            icon="message-circle",
        ),
    )
    register_panel(
        "desk",
        Panel(
            "duplicates",
            _("Perhaps registered twice"),
            "people/panels/duplicates.html",
            waiting_pairs,
            "merge.people",
            80,
            icon="copy",
        ),
    )


def identity(request: ActorRequest, context: PanelContext) -> PanelContext:
    person: Person = context["person"]
    documents = [
        {"document": document, "masked": mask_number(document.last4)}
        for document in person.documents.filter(withdrawn_at=None).order_by("kind")
    ]
    return {"documents": documents, "may_reveal": is_allowed(request.actor, "edit.resident")}


def myself(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    person = Person.objects.select_related("region", "institution").filter(pk=request.actor.person_id).first()
    if person is None:
        return None
    head = head_of(request, person, china_today())
    return {**head, **identity(request, head), "may_reveal": False, "mine": True}


def family(request: ActorRequest, context: PanelContext) -> PanelContext:
    person: Person = context["person"]
    relations = queries.relations_of(person.pk)
    shown = {person.pk, *(other.pk for _relation, other, _kind in relations)}
    members = [member for member in queries.current_households(person.pk) if member.person_id not in shown]
    return {"relations": relations, "members": members}


def files(request: ActorRequest, context: PanelContext) -> PanelContext:
    return {"files": queries.attachments_of(context["person"].pk)}


def changes(request: ActorRequest, context: PanelContext) -> PanelContext:
    person: Person = context["person"]
    mine = Q(person=person.pk)
    return {
        "residences": Residence.objects.filter(mine)
        .select_related("institution", "region")
        .order_by("-from_on"),
        "changes": PersonChange.objects.filter(mine).order_by("-at")[:CHANGES_SHOWN],
        "merged_records": person.merged_from.all(),
    }


def waiting_pairs(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    pairs = list(queries.open_pairs()[:5])
    return {"pairs": pairs, "today": china_today()} if pairs else None


def waiting_transfers(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """What waits for an answer here, and what came back lately."""
    today = china_today()
    since = today - LATELY
    actor = request.actor
    to_answer = list(queries.transfers_to_answer(actor)[:ON_THE_DESK])
    settled = queries.transfers_asked(actor).filter(answered_at__date__gte=since)
    taken = queries.transfers_given(actor).filter(state=TransferState.BY_RULE, answered_at__date__gte=since)
    answered = [*settled[:ON_THE_DESK], *taken[:ON_THE_DESK]]
    if not to_answer and not answered:
        return None
    return {"to_answer": to_answer, "answered": answered, "today": today}


def waiting_corrections(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    waiting = list(queries.corrections_to_answer()[:ON_THE_DESK])
    return {"waiting": waiting, "today": china_today()} if waiting else None


def own_corrections(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    asked = list(CorrectionRequest.objects.order_by("-asked_at")[:ON_THE_DESK])
    return {"asked": asked, "today": china_today()} if asked else None
