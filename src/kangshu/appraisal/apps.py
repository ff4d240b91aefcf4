"""Django's entry to `appraisal`."""

from django.apps import AppConfig


class AppraisalConfig(AppConfig):
    name = "kangshu.appraisal"
    label = "appraisal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.appraisal.pages import registration

        registration.register()
