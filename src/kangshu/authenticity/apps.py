"""Django's entry to `authenticity`."""

from django.apps import AppConfig


class AuthenticityConfig(AppConfig):
    name = "kangshu.authenticity"
    label = "authenticity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.authenticity.pages import registration

        registration.register()
