"""Django's entry to `immunisation`."""

from django.apps import AppConfig


class ImmunisationConfig(AppConfig):
    name = "kangshu.immunisation"
    label = "immunisation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.immunisation import handlers  # noqa: F401 - hears events from now on
        from kangshu.immunisation.actions import COUNTS_AS, complete_dose
        from kangshu.immunisation.pages import registration
        from kangshu.immunisation.records import DOSE
        from kangshu.immunisation.reminders import doses_due
        from kangshu.messaging.reminders import register_source
        from kangshu.work.completing import OwnForm, complete_with

        complete_with(DOSE, OwnForm(complete_dose, "immunisation:give", frozenset({COUNTS_AS})))
        register_source("vaccination", doses_due)
        registration.register()
