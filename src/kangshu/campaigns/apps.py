"""Campaigns as a Django application: their declarations join the registry here."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "kangshu.campaigns"
    label = "campaigns"
    verbose_name = _("Campaigns")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.access import scope
        from kangshu.campaigns import declarations
        from kangshu.campaigns.pages import registration
        from kangshu.declare import registry

        registry.add_source(declarations.source)
        scope.before_entering(declarations.freshen)
        registration.register()
