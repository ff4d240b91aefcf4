"""Django's entry to `access`."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "kangshu.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
