"""The place of the stock in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem("stock", _("Stock"), "stock:goods", "read.stock", icon="packages", order=43, group="manage")
    )
