"""Navigation entries of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.indicators.pages import alerts
from kangshu.ui.registry import NavItem, Panel, register_nav, register_panel

LEADING = frozenset({"township_worker", "bureau_officer", "director"})


def register() -> None:
    register_nav(
        NavItem("dashboard", _("Indicators"), "indicators:dashboard", "read.indicator", "chart-bar", 50)
    )
    register_nav(
        NavItem("snapshots", _("Snapshots"), "indicators:snapshots", "take.snapshot", "camera", 540, "manage")
    )
    register_panel(
        "desk",
        Panel(
            "alerts",
            _("Figures off their course"),
            "indicators/alerts_panel.html",
            alerts.panel,
            "read.indicator",
            order=16,
            icon="alert-triangle",
            roles=LEADING,
        ),
    )
