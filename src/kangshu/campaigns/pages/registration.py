"""Where campaigns stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem("campaigns", _("Campaigns"), "campaigns:list", "read.indicator", icon="target", order=48)
    )
