"""Django's entry to `summaries`."""

from django.apps import AppConfig


class SummariesConfig(AppConfig):
    name = "kangshu.summaries"
    label = "summaries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.summaries.pages import registration  # noqa: F401
