"""Addresses of packages, appraisals and projects."""

from __future__ import annotations

from django.urls import path

from kangshu.appraisal.pages import appraisals, checking, entries, packages, programmes, projects

app_name = "appraisal"
urlpatterns = [
    path("", appraisals.appraisals, name="list"),
    path("new/", appraisals.new, name="new"),
    path("<uuid:appraisal_id>/", appraisals.one, name="one"),
    path("<uuid:appraisal_id>/terms/", appraisals.terms, name="terms"),
    path("<uuid:appraisal_id>/institutions/", appraisals.institutions, name="institutions"),
    path("<uuid:appraisal_id>/sheet/<int:position>/", appraisals.line, name="line"),
    path("<uuid:appraisal_id>/checks/", checking.checks, name="checks"),
    path("checks/<uuid:drawn_id>/", checking.check, name="check"),
    path("entries/<uuid:entry_id>/", entries.entry, name="entry"),
    path("entries/<uuid:entry_id>/on-site/<uuid:line_id>/", checking.on_site, name="on_site"),
    path("appeals/<uuid:appeal_id>/", entries.answer, name="answer"),
    path("evidence/<uuid:evidence_id>/", checking.evidence, name="evidence"),
    path("packages/", packages.package, name="package"),
    path("packages/<int:year>/subsidy/", packages.subsidy, name="subsidy"),
    path("packages/<int:year>/items/new/", packages.item, name="new_item"),
    path("packages/<int:year>/items/<uuid:item_id>/", packages.item, name="item"),
    path("packages/<int:year>/items/<uuid:item_id>/progress/", packages.by_institution, name="progress"),
    path("projects/", projects.board_of_projects, name="projects"),
    path("projects/new/", projects.edit_project, name="new_project"),
    path("projects/<uuid:project_id>/", projects.project, name="project"),
    path("projects/<uuid:project_id>/edit/", projects.edit_project, name="edit_project"),
    path("programmes/", programmes.board_of_programmes, name="programmes"),
    path("programmes/new/", programmes.edit_programme, name="new_programme"),
    path("programmes/<uuid:programme_id>/", programmes.programme, name="programme"),
    path("programmes/<uuid:programme_id>/edit/", programmes.edit_programme, name="edit_programme"),
    path("programmes/<uuid:programme_id>/export/", programmes.export, name="export_programme"),
    path("projects/photos/<uuid:photo_id>/", projects.project_photo, name="project_photo"),
]
