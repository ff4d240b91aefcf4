"""Django's entry to `figures`."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "kangshu.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"
