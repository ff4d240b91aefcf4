"""The navigation entry of logbooks, and what is due in them on the work desk."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from kangshu.access.request import ActorRequest
from kangshu.fieldwork.alarms import alarms
from kangshu.fieldwork.pages.due import due_lines
from kangshu.kernel.dates import china_today
from kangshu.ui.registry import NavItem, Panel, PanelContext, register_nav, register_panel

MOST = 6


def register() -> None:
    register_nav(
        NavItem(
            "logbooks", _("Logbooks"), "fieldwork:logbooks", "read.logbook", "notebook", 46, group="manage"
        )
    )
    register_panel(
        "desk",
        Panel(
            "logbooks",
            _("Due in logbooks"),
            "fieldwork/panels/due.html",
            due_panel,
            "keep.logbook",
            order=60,
            icon="notebook",
            slow=True,
        ),
    )
    register_panel(
        "vaccine_oversight",
        Panel(
            "cold_chain",
            _("Cold chain: temperatures"),
            "fieldwork/panels/alarms.html",
            alarms_panel,
            "read.logbook",
            icon="temperature",
        ),
    )


def alarms_panel(request: ActorRequest, context: PanelContext) -> dict[str, Any] | None:
    """The readings and alarms of `context["logbook"]` from `first` to `last`, by institution."""
    lines = alarms(context["logbook"], context["first"], context["last"], china_today())
    return {"lines": lines, "readings": sum(line.entries for line in lines)}


def due_panel(request: ActorRequest, context: PanelContext) -> dict[str, Any] | None:
    """What the reader's institution owes, has to do next, or must renew."""
    lines = due_lines(request.actor, china_today(), own_only=True)
    return {"lines": lines[:MOST], "more": max(len(lines) - MOST, 0)} if lines else None
