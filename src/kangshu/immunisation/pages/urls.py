"""Addresses of the vaccination clinic."""

from __future__ import annotations

from django.urls import path

from kangshu.immunisation.pages import child, day_list, entry_checks, giving, lists, supplies

app_name = "immunisation"
urlpatterns = [
    path("", day_list.day_list, name="day_list"),
    path("missed/", lists.catch_up, name="catch_up"),
    path("missed/sheet/", lists.catch_up_sheet, name="catch_up_sheet"),
    path("reactions/", lists.reactions_page, name="reactions"),
    path("coverage/", lists.coverage_page, name="coverage"),
    path("entry/", entry_checks.entry_checks, name="entry_checks"),
    path("entry/template/", entry_checks.entry_template, name="entry_template"),
    path("entry/<uuid:check_id>/", entry_checks.entry_check, name="entry_check"),
    path("entry/<uuid:check_id>/notices/", entry_checks.entry_notices, name="entry_notices"),
    path("entry/<uuid:check_id>/sheet/", entry_checks.entry_sheet, name="entry_sheet"),
    path("entry/pupils/<uuid:pupil_id>/", entry_checks.entry_pupil, name="entry_pupil"),
    path("supplies/", supplies.oversight_page, name="oversight"),
    path("supplies/receive/", supplies.receive, name="receive"),
    path("children/<uuid:person_id>/", child.child, name="child"),
    path("children/<uuid:person_id>/certificate/", child.certificate, name="certificate"),
    path("children/<uuid:person_id>/give/", giving.give, name="give"),
]
