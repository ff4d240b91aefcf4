"""Addresses at the root of the site."""

from __future__ import annotations

from django.urls import path

from kangshu.web.pages.desk import desk, panel
from kangshu.web.pages.language import language, visitor_language
from kangshu.web.pages.own_record import open_record, own_record, own_records

app_name = "web"
urlpatterns = [
    path("", desk, name="desk"),
    path("desk/<str:name>", panel, name="panel"),
    path("own/", own_records, name="own_records"),
    path("own/open", open_record, name="open_record"),
    path("own/<uuid:record_id>/", own_record, name="own_record"),
    path("language", language, name="language"),
    path("visitor/language", visitor_language, name="visitor_language"),
]
