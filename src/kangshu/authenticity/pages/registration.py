"""The place of the authenticity check in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem(
            "authenticity",
            _("Authenticity check"),
            "authenticity:looks",
            "audit.report",
            icon="fingerprint",
            order=40,
            group="manage",
        )
    )
