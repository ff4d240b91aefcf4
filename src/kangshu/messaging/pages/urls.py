"""Addresses of messaging."""

from __future__ import annotations

from django.urls import path

from kangshu.messaging.pages import consent, message_log

app_name = "messaging"
urlpatterns = [
    path("", message_log.message_log, name="log"),
    path("consent/own/", consent.own_consent, name="own_consent"),
    path("consent/<uuid:person_id>/", consent.consent, name="consent"),
]
