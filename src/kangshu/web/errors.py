"""Pages for what went wrong outside of an action: each says what happened and what to do next.

They read nothing from the database: it may be what went wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kangshu.web.context import Shell, address


@dataclass(frozen=True)
class Trouble:
    status: int
    icon: str
    title: Promise
    text: Promise


BAD_REQUEST = Trouble(
    400,
    "alert-circle",
    _("This request could not be understood"),
    _("Go back and try again. If you came here by a link, it may be incomplete."),
)
FORBIDDEN = Trouble(
    403,
    "lock",
    _("This page is not open to you"),
    _("It belongs to another role, or the page stood open too long. Go back to the work desk and try again."),
)
MISSING = Trouble(
    404,
    "map-search",
    _("There is nothing at this address"),
    _("It may have been moved, or it belongs to a place outside your own. Search for the resident by name."),
)
BROKEN = Trouble(
    500,
    "tool",
    _("Something broke on our side"),
    _("Nothing was half saved. Wait a minute and try again; if it happens twice, tell your administrator."),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, MISSING)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, BROKEN)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """settings.CSRF_FAILURE_VIEW: mostly a page that stood open overnight."""
    return _answer(request, FORBIDDEN)


def _answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    shell = Shell(False, getattr(request, "LANGUAGE_CODE", "zh").startswith("en"), False, None)
    context = {"trouble": trouble, "shell": shell, "desk": address("web:desk") or "/"}
    return HttpResponse(render_to_string("web/trouble.html", context), status=trouble.status)
