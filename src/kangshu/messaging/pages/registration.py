"""Navigation entry and panels of reminders."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.messaging import queries
from kangshu.people.models import Person, PersonStatus
from kangshu.ui.registry import NavItem, Panel, PanelContext, register_nav, register_panel

SHOWN = 3
ELSEWHERE = frozenset({"insurance_officer", "hospital_clerk", "clinician", "epidemiologist"})


def register() -> None:
    register_nav(
        NavItem(
            "messages",
            _("Reminders sent"),
            "messaging:log",
            "read.resident",
            icon="message",
            order=58,
            group="manage",
            hidden_for=ELSEWHERE,
        )
    )
    register_panel(
        "resident",
        Panel(
            "reminders",
            _("Reminders by message"),
            "messaging/panel.html",
            panel,
            "read.resident",
            order=60,
            icon="message",
        ),
    )
    register_panel(
        "own",
        Panel(
            "own_reminders",
            _("Reminders by message"),
            "messaging/own_panel.html",
            own_panel,
            "read.own",
            order=50,
            icon="message",
        ),
    )


def panel(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """Whether the resident agreed, and the last messages."""
    person: Person = context["person"]
    if person.status != PersonStatus.ACTIVE:
        return None
    return {
        "consent": queries.consent_of(person.pk),
        "number": queries.number_of(person),
        "sent": queries.messages_of([person.pk], SHOWN),
        "may_set": is_allowed(request.actor, "edit.resident"),
    }


def own_panel(request: ActorRequest, context: PanelContext) -> PanelContext | None:
    """The resident's own choice."""
    person = Person.objects.filter(pk=request.actor.person_id).first()
    if person is None:
        return None
    return {"consent": queries.consent_of(person.pk), "number": queries.number_of(person)}
