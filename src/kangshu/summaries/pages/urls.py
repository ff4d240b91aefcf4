"""Addresses of the work summaries."""

from __future__ import annotations

from django.urls import path

from kangshu.summaries.pages import audit, sections, summaries, targets

app_name = "summaries"
urlpatterns = [
    path("", summaries.list_summaries, name="list"),
    path("<uuid:summary_id>/", summaries.read, name="read"),
    path("<uuid:summary_id>/sign/", summaries.sign, name="sign"),
    path("<uuid:summary_id>/docx/", summaries.docx, name="docx"),
    path("<uuid:summary_id>/paper/", summaries.html, name="paper"),
    path("sections/<uuid:section_id>/", sections.edit, name="edit"),
    path("sections/<uuid:section_id>/preview/", sections.preview, name="preview"),
    path("sections/<uuid:section_id>/step/", sections.act, name="act"),
    path("comments/<uuid:comment_id>/settle/", sections.settle, name="settle"),
    path("audit/", audit.audit, name="audit"),
    path("history/", audit.reported_history, name="history"),
    path("targets/", targets.targets, name="targets"),
]
