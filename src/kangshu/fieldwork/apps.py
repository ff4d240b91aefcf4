"""Logbooks as a Django application."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    name = "kangshu.fieldwork"
    label = "fieldwork"
    verbose_name = _("Logbooks")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.fieldwork import figures
        from kangshu.fieldwork.pages import registration
        from kangshu.indicators.engine import outside

        outside.register(figures.sums, figures.members)
        registration.register()
