"""Django's entry to `archives`."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "kangshu.archives"
    label = "archives"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.archives.pages import registration

        registration.register()
