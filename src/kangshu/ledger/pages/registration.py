"""The place of the funds in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem("funds", _("Funds"), "ledger:funds", "read.fund", icon="coins", order=44, group="manage")
    )
