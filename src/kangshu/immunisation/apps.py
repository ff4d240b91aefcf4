"""Django's entry to `immunisation`."""

from django.apps import AppConfig


class ImmunisationConfig(AppConfig):
    name = "kangshu.immunisation"
    label = "immunisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.immunisation.pages import registration

        registration.register()
