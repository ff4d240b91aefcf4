"""Addresses of the screens about people."""

from __future__ import annotations

from django.urls import path

from kangshu.people.pages import (
    attachments,
    corrections,
    cover,
    duplicates,
    edit,
    family,
    register,
    resident,
    search,
    status,
    transfers,
)

app_name = "people"
urlpatterns = [
    path("", search.search, name="search"),
    path("register/", register.register, name="register"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/ask/", transfers.ask_transfer, name="ask_transfer"),
    path("transfers/<uuid:request_id>/", transfers.transfer, name="transfer"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/ask/<uuid:person_id>/", corrections.correct, name="correct"),
    path("corrections/<uuid:request_id>/", corrections.answer, name="answer_correction"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<uuid:pair_id>/", duplicates.review_pair, name="review_pair"),
    path("merges/", duplicates.merges, name="merges"),
    path("compare/<uuid:one>/<uuid:other>/", duplicates.compare, name="compare"),
    path("attachment/<uuid:attachment_id>/", attachments.attachment, name="attachment"),
    path("number/<uuid:document_id>/", resident.number, name="number"),
    path("<uuid:person_id>/", resident.resident, name="resident"),
    path("<uuid:person_id>/cover/", cover.cover, name="cover"),
    path("<uuid:person_id>/edit/", edit.edit, name="edit"),
    path("<uuid:person_id>/document/", edit.document, name="document"),
    path("<uuid:person_id>/death/", status.death, name="death"),
    path("<uuid:person_id>/move/", status.move, name="move"),
    path("<uuid:person_id>/leave/", status.leave, name="leave"),
    path("<uuid:person_id>/lost/", status.lost, name="lost"),
    path("<uuid:person_id>/return/", status.back, name="back"),
    path("<uuid:person_id>/relations/", family.relations, name="relations"),
    path("<uuid:person_id>/household/", family.household, name="household"),
    path("<uuid:person_id>/attachments/", attachments.attachments, name="attachments"),
]
