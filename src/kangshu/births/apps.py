"""Django's entry to `births`."""

from django.apps import AppConfig


class BirthsConfig(AppConfig):
    name = "kangshu.births"
    label = "births"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.births import certificates, newborns  # noqa: F401 - hear records from now on
