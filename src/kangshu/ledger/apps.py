"""Django's entry to `ledger`."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "kangshu.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.ledger.pages import registration

        registration.register()
