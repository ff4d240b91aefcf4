"""Django's entry to `access`."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "kangshu.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.access import guard
        from kangshu.access.pages import registration
        from kangshu.access.roles import is_allowed
        from kangshu.kernel.permission import set_guard

        set_guard(is_allowed)
        registration.register()
        guard.watch()
