"""Addresses of the vaccination clinic."""

from __future__ import annotations

from django.urls import path

from kangshu.immunisation.pages import child, day_list, giving

app_name = "immunisation"
urlpatterns = [
    path("", day_list.day_list, name="day_list"),
    path("children/<uuid:person_id>/", child.child, name="child"),
    path("children/<uuid:person_id>/certificate/", child.certificate, name="certificate"),
    path("children/<uuid:person_id>/give/", giving.give, name="give"),
]
