"""Addresses of the figures."""

from __future__ import annotations

from django.urls import path

from kangshu.indicators.pages import alerts, checks, dashboard, figure, snapshots, table

app_name = "indicators"
urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("snapshots/", snapshots.snapshots, name="snapshots"),
    path("rest/", dashboard.rest, name="rest"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<uuid:alert_id>/", alerts.acknowledge, name="acknowledge"),
    path("table/", table.table, name="table"),
    path("table/export/", table.export, name="table_export"),
    path("table/save/", table.save, name="table_save"),
    path("table/<uuid:table_id>/delete/", table.delete, name="table_delete"),
    path("open/", figure.open_figure, name="open"),
    path("open/export/", figure.export_figure, name="export"),
    path("targets/<str:indicator_id>/", figure.targets, name="targets"),
    path("<str:indicator_id>/course/", checks.course, name="course"),
    path("<str:indicator_id>/quality/", checks.quality, name="quality"),
    path("<str:indicator_id>/statement/", checks.statement, name="statement"),
    path("<str:indicator_id>/sheet/", figure.export_split, name="sheet"),
    path("<str:indicator_id>/", figure.indicator, name="indicator"),
]
