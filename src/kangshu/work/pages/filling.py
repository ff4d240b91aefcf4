"""What every page with a form reads from its request: for whom, which edition, which day, by whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from kangshu.access.request import ActorRequest
from kangshu.declare import registry
from kangshu.declare.evaluate import PersonView
from kangshu.declare.form import Form
from kangshu.declare.registry import UnknownDeclaration
from kangshu.kernel.dates import china_today
from kangshu.kernel.errors import BadInput, Problem
from kangshu.people.models import Person
from kangshu.places.models import Institution, Staff
from kangshu.work import refusals
from kangshu.work.reading import Unreadable, read_date


def person_of(person_id: UUID) -> Person:
    person = (
        Person.objects.select_related("region", "institution", "merged_into").filter(id=person_id).first()
    )
    if person is None:
        raise refusals.PersonNotFound
    return person.merged_into or person


def form_today(form_id: str) -> Form:
    try:
        return registry.form(form_id, on=china_today())
    except UnknownDeclaration:
        raise refusals.FormNotInForce(form_id, china_today()) from None


def day_of(request: ActorRequest) -> date:
    value = request.POST.get("performed_on", "")
    try:
        return read_date(value)
    except Unreadable as error:
        raise BadInput([Problem("performed_on", error.code, error.message, value)]) from error


def staff_of(request: ActorRequest) -> UUID | None:
    value, own = request.POST.get("performed_by", ""), request.actor.staff_id
    if not value or value == str(own):
        return own
    return next((member.id for member in colleagues(request) if str(member.id) == value), own)


def colleagues(request: ActorRequest) -> list[Staff]:
    """Who may have performed a service that this account enters: those of the institution, and itself."""
    if request.actor.institution_id is None:
        return []
    here = Institution.objects.filter(id=request.actor.institution_id).values("id")
    rows = Staff.objects.filter(institution__in=here, to_on=None) | Staff.objects.filter(
        id=request.actor.staff_id
    )
    return list(rows.distinct().order_by("name_pinyin", "id")[:200])


def facts_of(person: Person) -> dict[str, Any]:
    """What the browser's expressions may ask of the person."""
    view = PersonView(person.sex, person.birth_date, person.death_on)
    return {
        "sex": view.sex,
        "birth_date": view.birth_date.isoformat() if view.birth_date else None,
        "death_on": view.death_on.isoformat() if view.death_on else None,
    }
