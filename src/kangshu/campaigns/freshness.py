"""Before a page is opened: have the county's latest declarations."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from kangshu.campaigns.declarations import freshen

WITHOUT_DATABASE = ("/health/", "/metrics", "/static/")
"""Addresses that answer, or say what is wrong, when there is no database."""


class Fresh:
    """Middleware: jobs and commands are made fresh when they enter their scope, pages here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(WITHOUT_DATABASE):
            freshen()
        return self.get_response(request)
