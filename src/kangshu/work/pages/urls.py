"""Addresses of the work."""

from __future__ import annotations

from django.urls import path

from kangshu.work.pages import cases, joined_visit, lists, lost, parameters, recording, reports, showing

app_name = "work"
urlpatterns = [
    path("due/", lists.due_list, name="due_list"),
    path("registers/", lists.registers, name="registers"),
    path("registers/<str:kind>/", lists.register, name="register"),
    path("registers/<str:kind>/found/count/", lists.found_count, name="found_count"),
    path("registers/<str:kind>/found/", lists.found_not_enrolled, name="found"),
    path("registers/<str:kind>/lost/", lost.lost_between, name="lost"),
    path("enrol/<str:kind>/<uuid:person_id>/", cases.enrol_page, name="enrol"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/close/", cases.close, name="close_case"),
    path("cases/<uuid:case_id>/reopen/", cases.reopen, name="reopen_case"),
    path("cases/<uuid:case_id>/reassign/", cases.reassign, name="reassign_case"),
    path("record/<str:form_id>/<uuid:person_id>/", recording.record, name="record"),
    path("visit/<uuid:person_id>/", joined_visit.joined_visit, name="joined_visit"),
    path("visit/<uuid:person_id>/saved/", joined_visit.joined_saved, name="joined_saved"),
    path("records/<uuid:record_id>/", showing.record_detail, name="record_detail"),
    path("records/<uuid:record_id>/correct/", recording.correct, name="correct"),
    path("records/<uuid:record_id>/withdraw/", recording.withdraw, name="withdraw"),
    path("records/<uuid:record_id>/print/", showing.print_record, name="print"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/<str:id>/", parameters.parameter, name="parameter"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<str:report_id>/", reports.submissions, name="report"),
    path("reports/<str:report_id>/<str:period>/<uuid:institution_id>/", reports.fill, name="report_fill"),
]
