"""Addresses of the authenticity check."""

from __future__ import annotations

from django.urls import path

from kangshu.authenticity.pages import checking

app_name = "authenticity"
urlpatterns = [
    path("", checking.looks, name="looks"),
    path("<uuid:look_id>/", checking.one_look, name="look"),
    path("<uuid:look_id>/at/<uuid:institution_id>/", checking.at_institution, name="institution"),
    path("<uuid:look_id>/sample/", checking.sample, name="sample"),
    path("calls/<uuid:call_id>/", checking.call, name="call"),
]
