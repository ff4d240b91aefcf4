"""Addresses of the administration of places."""

from __future__ import annotations

from django.urls import path

from kangshu.places.pages import institutions, population, regions, staff, workdays

app_name = "places"
urlpatterns = [
    path("institutions/", institutions.institutions, name="institutions"),
    path("institutions/new/", institutions.new_institution, name="new_institution"),
    path("institutions/<uuid:institution_id>/", institutions.institution, name="institution"),
    path("staff/<uuid:staff_id>/", staff.member, name="staff"),
    path("regions/", regions.regions, name="regions"),
    path("regions/<str:code>/", regions.region, name="region"),
    path("regions/<str:code>/population/<int:year>/", population.population, name="population"),
    path("workdays/", workdays.workdays, name="workdays"),
]
