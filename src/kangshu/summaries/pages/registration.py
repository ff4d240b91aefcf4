"""The summaries' place in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav

register_nav(
    NavItem("summaries", _("Summaries"), "summaries:list", "read.summary", icon="file-text", order=60)
)
