"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from kangshu.indicators.pages import dashboard, figure, snapshots

app_name = "indicators"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("snapshots/", snapshots.snapshots, name="snapshots"),
    path("open/", figure.open_figure, name="open"),
    path("open/export/", figure.export_figure, name="export"),
    path("targets/<str:indicator_id>/", figure.targets, name="targets"),
    path("<str:indicator_id>/", figure.indicator, name="indicator"),
]
