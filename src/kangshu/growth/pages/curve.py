"""A child's growth: `growth:curve`, the chart of each measure and the table of all visits."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.audit import log
from kangshu.growth.drawing import CURVES, option_of
from kangshu.growth.visits import measured
from kangshu.work.pages.filling import person_of


@page("read.resident", methods=("GET", "HEAD"))
def curve(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Weight, length and body mass index by age between the lines of the WHO; the table beside them."""
    person = person_of(person_id)
    log.write(
        by=request.actor,
        action="person.read",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
    )
    visits = measured(person)
    charts = [
        {"curve": each, "option": option}
        for each in CURVES
        if (option := option_of(each, person.sex, visits))
    ]
    context = {
        "person": person,
        "visits": visits[::-1],
        "charts": charts,
        "latest": visits[-1] if visits else None,
        "sex_known": person.sex in ("1", "2"),
    }
    return TemplateResponse(request, "growth/curve.html", context)
