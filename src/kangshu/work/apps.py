"""Django's entry to `work`."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "kangshu.work"
    label = "work"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.stock import worth
        from kangshu.work import answer_days, handlers, moments  # noqa: F401 - says which events are emitted
        from kangshu.work.pages import registration
        from kangshu.work.parameters import LocalParameters

        worth.read_with(LocalParameters)
        handlers.listen()
        answer_days.register()
        registration.register()
