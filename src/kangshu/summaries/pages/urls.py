"""Addresses of the work summaries."""

from __future__ import annotations

from django.urls import path

from kangshu.summaries.pages import summaries

app_name = "summaries"
urlpatterns = [
    path("", summaries.list_summaries, name="list"),
    path("<uuid:summary_id>/", summaries.read, name="read"),
    path("<uuid:summary_id>/sign/", summaries.sign, name="sign"),
    path("<uuid:summary_id>/docx/", summaries.docx, name="docx"),
    path("sections/<uuid:section_id>/", summaries.edit, name="edit"),
]
