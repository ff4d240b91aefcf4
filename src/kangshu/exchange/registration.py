"""What exchange adds to the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav

register_nav(
    NavItem(
        "imports",
        _("Import"),
        "exchange:imports",
        "import.data",
        icon="table-import",
        order=70,
        group="manage",
    )
)
register_nav(
    NavItem(
        "exports",
        _("Export"),
        "exchange:exports",
        "export.data",
        icon="table-export",
        order=75,
        group="manage",
    )
)
register_nav(
    NavItem("keys", _("Keys for programs"), "exchange:keys", "use.api", icon="key", order=80, group="manage")
)
