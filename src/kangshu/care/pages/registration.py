"""Navigation entries and panels of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.care import queries
from kangshu.ui.registry import NavItem, Panel, PanelContext, register_nav, register_panel

SHOWN = 5


def register() -> None:
    register_nav(
        NavItem(
            "reception",
            _("Reception"),
            "care:reception",
            "record.care",
            "id-badge-2",
            25,
            hidden_for=frozenset({"village_doctor", "township_worker"}),
        )
    )
    register_panel(
        "resident",
        Panel(
            "care",
            _("Visits and diagnoses"),
            "care/panels/care.html",
            care,
            "read.care",
            50,
            icon="stethoscope",
        ),
    )


def care(request: ActorRequest, context: PanelContext) -> PanelContext:
    person = context["person"]
    found = list(queries.encounters_of(person.pk, limit=SHOWN + 1))
    return {
        "encounters": found[:SHOWN],
        "more": len(found) > SHOWN,
        "may_record": is_allowed(request.actor, "record.care") and person.status != "moved",
    }
