"""Addresses at the root of the site."""

from __future__ import annotations

from django.urls import path

from kangshu.web.pages.desk import desk, panel
from kangshu.web.pages.language import language, visitor_language

app_name = "web"
urlpatterns = [
    path("", desk, name="desk"),
    path("desk/<str:name>", panel, name="panel"),
    path("language", language, name="language"),
    path("visitor/language", visitor_language, name="visitor_language"),
]
