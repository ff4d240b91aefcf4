"""The places of packages, appraisals and projects in the navigation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kangshu.ui.registry import NavItem, register_nav


def register() -> None:
    register_nav(
        NavItem(
            "package",
            _("Service package"),
            "appraisal:package",
            "read.indicator",
            icon="package",
            order=41,
            group="manage",
        )
    )
    register_nav(
        NavItem(
            "appraisals",
            _("Appraisal"),
            "appraisal:list",
            "read.indicator",
            icon="clipboard-check",
            order=42,
            group="manage",
        )
    )
    register_nav(
        NavItem(
            "projects",
            _("Promised projects"),
            "appraisal:projects",
            "read.indicator",
            icon="traffic-lights",
            order=45,
            group="manage",
        )
    )
    register_nav(
        NavItem(
            "programmes",
            _("Major projects"),
            "appraisal:programmes",
            "read.resident",
            icon="target-arrow",
            order=45,
            group="manage",
        )
    )
