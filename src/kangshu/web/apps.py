"""Django's entry to `web`."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kangshu.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.web import panels, registration  # noqa: F401
