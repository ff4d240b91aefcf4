"""Django's entry to `care`."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "kangshu.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"
