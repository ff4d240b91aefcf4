"""Django's entry to `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kangshu.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.audit.pages import registration

        registration.register()
