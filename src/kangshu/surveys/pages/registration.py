"""Where surveys stand in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem("surveys", _("Surveys"), "surveys:list", "read.survey", "list-check", 49, group="manage")
    )
