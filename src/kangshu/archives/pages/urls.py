"""Addresses of record quality and the paper backlog."""

from __future__ import annotations

from django.urls import path

from kangshu.archives.pages import paper, standing

app_name = "archives"
urlpatterns = [
    path("", standing.standing, name="standing"),
    path("quality/", standing.quality, name="quality"),
    path("quality/<str:check_id>/", standing.faulty, name="faulty"),
    path("paper/", paper.paper, name="paper"),
    path("paper/<uuid:batch_id>/", paper.batch, name="batch"),
]
