"""Django's entry to `work`."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "kangshu.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"
