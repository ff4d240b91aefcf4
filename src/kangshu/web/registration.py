"""What the shell itself adds to the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav

register_nav(
    NavItem(
        "desk",
        _("Work desk"),
        "web:desk",
        icon="layout-dashboard",
        order=10,
        hidden_for=frozenset({"resident"}),
    )
)
register_nav(NavItem("own", _("My health record"), "web:desk", "read.own", icon="heart-handshake", order=10))
register_nav(
    NavItem("own_records", _("My visits"), "web:own_records", "read.own", icon="stethoscope", order=20)
)
