"""What this app adds to the frame: its navigation entry, and "who looked at this record"."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kangshu.access.request import ActorRequest
from kangshu.audit import queries
from kangshu.ui.registry import NavItem, Panel, register_nav, register_panel


def register() -> None:
    register_nav(
        NavItem("audit", _("Audit trail"), "audit:viewer", "read.audit", "shield-search", 530, "manage")
    )
    register_panel(
        "resident",
        Panel(
            name="who_looked",
            title=_("Who looked at this record"),
            template="audit/who_looked.html",
            load=_who_looked,
            permission="read.resident",
            order=900,
            icon="eye",
        ),
    )
    register_panel(
        "own",
        Panel(
            name="who_looked",
            title=_("Who looked at my record"),
            template="audit/who_looked.html",
            load=_who_looked,
            permission="read.own",
            order=900,
            icon="eye",
        ),
    )


def _who_looked(request: ActorRequest, context: dict[str, Any]) -> dict[str, Any] | None:
    person = context.get("person")
    person_id = getattr(person, "pk", None) or getattr(request.actor, "person_id", None)
    if person_id is None:
        return None
    return {"entries": queries.who_looked(person_id)}
