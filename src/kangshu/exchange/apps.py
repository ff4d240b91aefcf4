"""Django's entry to `exchange`."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "kangshu.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.exchange import registration  # noqa: F401
