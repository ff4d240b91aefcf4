"""The places of record quality and the paper backlog in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem(
            "archives",
            _("Health records"),
            "archives:standing",
            "read.resident",
            icon="folders",
            order=43,
            group="manage",
        )
    )
    register_nav(
        NavItem(
            "paper",
            _("Paper forms"),
            "archives:paper",
            "read.resident",
            icon="files",
            order=44,
            group="manage",
        )
    )
