"""Addresses of campaigns."""

from __future__ import annotations

from django.urls import path

from kangshu.campaigns.pages import campaigns, composing, stages

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.list_campaigns, name="list"),
    path("<uuid:campaign_id>/", campaigns.progress, name="progress"),
    path("<uuid:campaign_id>/stop/", campaigns.stop, name="stop"),
    path("<uuid:campaign_id>/basics/", composing.basics, name="basics"),
    path("<uuid:campaign_id>/who/", composing.who, name="who"),
    path("<uuid:campaign_id>/stages/<str:kind>/", stages.stage, name="stage"),
    path("<uuid:campaign_id>/targets/", composing.targets, name="targets"),
    path("<uuid:campaign_id>/check/", composing.check, name="check"),
]
