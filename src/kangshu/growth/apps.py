"""Django's entry to `growth`."""

from django.apps import AppConfig


class GrowthConfig(AppConfig):
    name = "kangshu.growth"
    label = "growth"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.growth.pages import registration

        registration.register()
