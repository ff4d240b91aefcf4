"""All addresses of the site: each app's `pages/urls.py` is found, not listed; `web` sits at the root."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path


def discovered() -> list[URLPattern | URLResolver]:
    """The pages of every installed app that has some, under the app's own name."""
    found: list[URLPattern | URLResolver] = []
    for app in settings.KANGSHU_APPS:
        if find_spec(f"{app}.pages") and find_spec(f"{app}.pages.urls"):
            name = app.rsplit(".", 1)[-1]
            found.append(path("" if name == "web" else f"{name}/", include(f"{app}.pages.urls")))
    return found


def interface() -> list[URLPattern | URLResolver]:
    """The HTTP interface, if `exchange` offers one."""
    found = find_spec("kangshu.exchange.api")
    if found is None or found.origin is None:
        return []
    from kangshu.exchange.api import api

    return [path("api/v1/", api.urls)]


handler400 = "kangshu.web.errors.bad_request"
handler403 = "kangshu.web.errors.forbidden"
handler404 = "kangshu.web.errors.not_found"
handler500 = "kangshu.web.errors.server_error"
urlpatterns = [path("", include("kangshu.config.health")), *interface(), *discovered()]
