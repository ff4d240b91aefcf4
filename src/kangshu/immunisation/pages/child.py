"""One child's doses with their reasons, `immunisation:child`, and the printed check for school entry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from kangshu.access.entry import page
from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.audit import log
from kangshu.immunisation.forecast import forecast
from kangshu.immunisation.records import DOSE, ChildToday, child_on
from kangshu.immunisation.refusals import NoBirthDate
from kangshu.kernel.dates import china_today
from kangshu.people.models import Person
from kangshu.work import queries
from kangshu.work.pages.filling import person_of

CERTIFICATE = "immunisation.certificate"


@page("read.resident", methods=("GET", "HEAD"))
def child(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Every dose of the programme, and every recorded one with what it was found to be."""
    person = person_of(person_id)
    context = _found(request, person)
    context["may_give"] = is_allowed(request.actor, "record.visit")
    return TemplateResponse(request, "immunisation/child.html", context)


@page("read.resident", methods=("GET", "HEAD"))
def certificate(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """The check of the vaccination certificate for nursery and school, to be printed and signed."""
    return TemplateResponse(request, "immunisation/certificate.html", _found(request, person_of(person_id)))


def _found(request: ActorRequest, person: Person) -> dict[str, Any]:
    today = china_today()
    if person.birth_date is None or person.birth_date > today:
        raise NoBirthDate
    log.write(
        by=request.actor,
        action="person.read",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
    )
    found = ChildToday(person, forecast(child_on(person, today)))
    return {
        "person": person,
        "child": found,
        "today": today,
        "now": timezone.now(),
        "records": queries.timeline(person.pk, [DOSE]),
        "certificate": next(iter(queries.timeline(person.pk, [CERTIFICATE], limit=1)), None),
    }
