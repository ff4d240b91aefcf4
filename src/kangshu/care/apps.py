"""Django's entry to `care`."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "kangshu.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.care import occurrences  # noqa: F401
        from kangshu.care.pages import registration

        registration.register()
