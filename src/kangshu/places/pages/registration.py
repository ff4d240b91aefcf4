"""Navigation entries of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem(
            "institutions",
            _("Institutions and staff"),
            "places:institutions",
            "edit.staff",
            "building-hospital",
            400,
            "manage",
        )
    )
    register_nav(
        NavItem(
            "regions", _("Regions and population"), "places:regions", "edit.places", "map-pin", 410, "manage"
        )
    )
    register_nav(
        NavItem(
            "workdays", _("Working days"), "places:workdays", "edit.places", "calendar-cog", 420, "manage"
        )
    )
