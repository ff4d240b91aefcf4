"""Addresses of surveys."""

from __future__ import annotations

from django.urls import path

from kangshu.surveys.pages import asking, designs, results

app_name = "surveys"
urlpatterns = [
    path("", designs.surveys, name="list"),
    path("new/", designs.design, name="new"),
    path("<uuid:survey_id>/", designs.survey, name="survey"),
    path("<uuid:survey_id>/design/", designs.design, name="design"),
    path("<uuid:survey_id>/results/", results.results, name="results"),
    path("<uuid:survey_id>/results/sheet/", results.sheet, name="sheet"),
    path("household/<uuid:place_id>/", asking.household, name="household"),
    path("household/<uuid:place_id>/interview/<int:round>/", asking.interview_page, name="interview"),
]
