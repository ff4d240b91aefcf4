"""Addresses of growth."""

from __future__ import annotations

from django.urls import path

from kangshu.growth.pages import curve

app_name = "growth"
urlpatterns = [path("<uuid:person_id>/", curve.curve, name="curve")]
