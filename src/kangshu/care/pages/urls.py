"""Addresses of the screens of care."""

from __future__ import annotations

from django.urls import path

from kangshu.care.pages import encounter, reception

app_name = "care"
urlpatterns = [
    path("reception/", reception.reception, name="reception"),
    path("diagnoses/", encounter.diagnosis_codes, name="diagnosis_codes"),
    path("<uuid:person_id>/record/", encounter.record, name="record"),
    path("<uuid:person_id>/", encounter.encounters, name="encounters"),
]
