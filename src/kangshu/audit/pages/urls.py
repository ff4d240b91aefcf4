"""Addresses of the audit trail."""

from __future__ import annotations

from django.urls import path

from kangshu.audit.pages import viewer

app_name = "audit"
urlpatterns = [path("", viewer.viewer, name="viewer")]
