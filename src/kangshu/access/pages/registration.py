"""Navigation entries of this app."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem("accounts", _("Accounts"), "access:accounts", "administer.accounts", "users", 500, "manage")
    )
    register_nav(NavItem("roles", _("Accounts"), "access:accounts", "assign.roles", "users", 500, "manage"))
    register_nav(
        NavItem(
            "emergency", _("Emergency access"), "access:emergency", "break.glass", "urgent", 510, "manage"
        )
    )
    register_nav(
        NavItem(
            "emergency_review",
            _("Emergency accesses"),
            "access:emergency_review",
            "review.break_glass",
            "eye-exclamation",
            520,
            "manage",
        )
    )
