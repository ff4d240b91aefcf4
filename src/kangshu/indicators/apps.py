"""Django's entry to `indicators`."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "kangshu.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.indicators.pages import registration

        registration.register()
