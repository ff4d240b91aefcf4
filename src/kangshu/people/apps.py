"""Django's entry to `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kangshu.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.people import handlers, occurrences, strangers  # noqa: F401
        from kangshu.people.pages import registration

        strangers.register()
        registration.register()
