"""Django's entry to `messaging`."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "kangshu.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.messaging import reminders
        from kangshu.messaging.pages import registration

        reminders.register_source("visits", reminders.visits_due)
        registration.register()
