"""What several screens about a person show the same way."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from kangshu.access.request import ActorRequest
from kangshu.access.roles import is_allowed
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import age_in_months, age_on
from kangshu.kernel.errors import BadInput, Refusal
from kangshu.people.models import Person, PersonStatus
from kangshu.places.models import Institution, Region
from kangshu.places.scope import path_range

STATUS_COLOURS = {
    PersonStatus.ACTIVE: "good",
    PersonStatus.MOVED: "quiet",
    PersonStatus.DEAD: "quiet",
    PersonStatus.LOST: "attention",
    PersonStatus.PENDING: "info",
}
RESPONSIBLE_KINDS = ("village_clinic", "township_centre", "community_centre", "hospital", "mch")


def age_words(person: Person, today: date) -> str:
    """How old somebody is, in months below three years; as of death for the dead."""
    if person.birth_date is None:
        return _("age unknown")
    on = min(today, person.death_on) if person.death_on else today
    if on < person.birth_date:
        return ""
    years = age_on(person.birth_date, on)
    if years >= 3:
        return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
    months = age_in_months(person.birth_date, on)
    if months < 1:
        days = (on - person.birth_date).days
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


def read_person(request: ActorRequest, person: Person) -> None:
    """Write down that this reader opened this person's record."""
    log.write(
        by=request.actor,
        action="person.read",
        about=person,
        person_id=person.pk,
        scope_path=person.scope_path,
    )


def head_of(request: ActorRequest, person: Person, today: date) -> dict[str, Any]:
    """Context of the header every screen of one person carries."""
    return {
        "person": person,
        "age": age_words(person, today),
        "status_colour": STATUS_COLOURS[PersonStatus(person.status)],
        "today": today,
        "may_edit": is_allowed(request.actor, "edit.resident"),
        "may_merge": is_allowed(request.actor, "merge.people"),
    }


def refuse(
    request: ActorRequest, form: forms.Form, refusal: Refusal, fields: dict[str, str] | None = None
) -> None:
    """Put a refusal at its field of the form (`fields` translates names), or at the head."""
    language = get_language() or ""
    names = fields or {}
    problems = refusal.problems if isinstance(refusal, BadInput) else ()
    told = [(p.field, p.message) for p in problems] or [(refusal.where or "", refusal.message)]
    for field, message in told:
        name = names.get(field, field)
        form.add_error(name if name in form.fields else None, message.in_language(language))


def say(request: ActorRequest, words: str) -> None:
    messages.success(request, words)


def institutions_in_scope(by: Actor) -> QuerySet[Institution]:
    """Institutions under the actor that can be responsible for residents."""
    low, high = path_range(by.scope_path)
    return Institution.objects.filter(
        path__gte=low, path__lt=high, valid_to=None, kind__in=RESPONSIBLE_KINDS
    ).order_by("path")


def villages_of(institutions: QuerySet[Institution] | list[Institution]) -> QuerySet[Region]:
    """The villages of the townships that these institutions stand in."""
    townships = {institution.region_id[:9] for institution in institutions}
    return (
        Region.objects.filter(
            level=Region.Level.VILLAGE, valid_to=None, parent__in=[t + "000" for t in townships]
        )
        .select_related("parent")
        .order_by("code")
    )
