"""Addresses of logbooks."""

from __future__ import annotations

from django.urls import path

from kangshu.fieldwork.pages import filling, logbooks, showing, sites

app_name = "fieldwork"
urlpatterns = [
    path("", logbooks.logbooks, name="logbooks"),
    path("entries/<uuid:entry_id>/", showing.entry, name="entry"),
    path("entries/<uuid:entry_id>/print/", showing.print_entry, name="print"),
    path("entries/<uuid:entry_id>/correct/", filling.correct, name="correct"),
    path("entries/<uuid:entry_id>/withdraw/", showing.withdraw, name="withdraw"),
    path("entries/<uuid:entry_id>/stages/<str:stage_id>/", filling.stage, name="stage"),
    path("sites/<str:kind>/", sites.sites, name="sites"),
    path("sites/<str:kind>/new/", sites.register, name="register_site"),
    path("site/<uuid:site_id>/", sites.site, name="site"),
    path("site/<uuid:site_id>/change/", sites.change, name="change_site"),
    path("site/<uuid:site_id>/close/", sites.close, name="close_site"),
    path("<str:logbook_id>/", logbooks.logbook, name="logbook"),
    path("<str:logbook_id>/enter/", filling.enter_page, name="enter"),
]
