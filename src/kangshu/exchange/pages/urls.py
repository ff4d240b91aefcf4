"""Addresses of exchange."""

from __future__ import annotations

from django.urls import path

from kangshu.exchange.pages.exports import (
    export_due_list,
    export_encounters,
    export_logbook,
    export_records,
    export_register,
    export_residents,
    exports,
)
from kangshu.exchange.pages.imports import import_job, import_problems, import_template, imports
from kangshu.exchange.pages.keys import keys

app_name = "exchange"
urlpatterns = [
    path("imports", imports, name="imports"),
    path("imports/<uuid:job_id>", import_job, name="import"),
    path("imports/<uuid:job_id>/problems.xlsx", import_problems, name="import_problems"),
    path("templates/<str:kind_id>.xlsx", import_template, name="template"),
    path("exports", exports, name="exports"),
    path("exports/residents.xlsx", export_residents, name="export_residents"),
    path("exports/logbook.xlsx", export_logbook, name="export_logbook"),
    path("exports/register.xlsx", export_register, name="export_register"),
    path("exports/due.xlsx", export_due_list, name="export_due_list"),
    path("exports/records.xlsx", export_records, name="export_records"),
    path("exports/encounters.xlsx", export_encounters, name="export_encounters"),
    path("keys", keys, name="keys"),
]
