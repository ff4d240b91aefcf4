"""Navigation entries of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem("dashboard", _("Indicators"), "indicators:dashboard", "read.indicator", "chart-bar", 50)
    )
    register_nav(
        NavItem("snapshots", _("Snapshots"), "indicators:snapshots", "take.snapshot", "camera", 540, "manage")
    )
