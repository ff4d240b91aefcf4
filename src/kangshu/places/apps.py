"""Django's entry to `places`."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "kangshu.places"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kangshu.places.pages import registration

        registration.register()
