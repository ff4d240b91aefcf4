"""Django's entry to `stock`."""

from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "kangshu.stock"
    label = "stock"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.stock.pages import registration

        registration.register()
