"""Django's entry to `ui`."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kangshu.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"
