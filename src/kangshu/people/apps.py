"""Django's entry to `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kangshu.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
