"""How a person's facts read on a page: `{% load people %}`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from kangshu.codes.lists import code_list
from kangshu.kernel.dates import age_in_months, age_on
from kangshu.people.models import BirthPrecision, Person, PersonChange, PersonStatus, Sex

register = template.Library()

_TONES = {"active": "good", "moved": "quiet", "dead": "quiet", "lost": "attention", "pending": "info"}


@register.filter
def sex_words(person: Any) -> str:
    """The sex of anything that carries its code."""
    return str(Sex(person.sex).label) if person.sex in Sex.values else ""


@register.filter
def age_of(person: Any, today: date) -> str:
    """Age in years, below three years in months; empty when the birth date is unknown or exact only to a
    guess."""
    if person.birth_date is None or person.birth_date > today:
        return ""
    years = age_on(person.birth_date, today)
    if years >= 3:
        return _("%(count)d y") % {"count": years}
    return _("%(count)d m") % {"count": age_in_months(person.birth_date, today)}


@register.filter
def status_words(status: str) -> str:
    return str(PersonStatus(status).label)


@register.filter
def status_tone(status: str) -> str:
    return _TONES[status]


@register.filter
def request_tone(state: str) -> str:
    """The colour of a settled request for transfer or correction."""
    return {"agreed": "good", "done": "good", "by_rule": "info", "open": "attention"}.get(state, "quiet")


@register.filter
def record_short(number: str | None) -> str:
    """The last eight digits as paper forms carry them: 101-00042 (norms A1.1)."""
    return f"{number[-8:-5]}-{number[-5:]}" if number else ""


@register.filter
def likely(probability: float) -> str:
    """A probability as a percentage that never claims certainty: 97%, >99%."""
    return ">99%" if probability > 0.99 else f"{probability:.0%}"


@register.filter
def ethnic_words(code: str) -> str:
    groups = code_list("ethnic_group")
    return groups.text(code).in_language(get_language() or "") if code in groups else code


@register.filter
def change_lines(change: PersonChange) -> Iterator[str]:
    """What a change replaced, in words: `Phone: 138… → 139…`."""
    for name, (before, after) in change.changes.items():
        yield f"{_label(name)}: {_value(name, before)} → {_value(name, after)}"


def _label(name: str) -> str:
    labels = {
        "name": pgettext("person", "Name"),
        "sex": _("Sex"),
        "birth_date": _("Birth date"),
        "phone": _("Phone"),
        "birth_precision": _("How exact is the birth date?"),
        "address": _("Address"),
        "status": _("Status"),
        "ethnic_group": _("Ethnic group"),
        "residence_type": _("Residence"),
        "document": _("Document"),
        "contact_name": _("Contact person"),
        "contact_phone": _("Contact's phone"),
        "region": _("Village"),
        "death_on": _("Day of death"),
        "institution": _("Responsible institution"),
    }
    return labels.get(name, name)


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return "—"
    choices: dict[str, Any] = {
        "sex": Sex,
        "status": PersonStatus,
        "birth_precision": BirthPrecision,
        "residence_type": Person._meta.get_field("residence_type"),
    }
    if name in ("sex", "status", "birth_precision"):
        return str(choices[name](value).label)
    if name == "residence_type":
        return str(dict(choices[name].flatchoices).get(value, value))
    if name == "ethnic_group":
        return ethnic_words(value)
    if name in ("institution", "region"):
        return _place(name, value)
    return str(value)


def _place(name: str, key: str) -> str:
    from kangshu.places.models import Institution, Region

    model = Institution if name == "institution" else Region
    return model.objects.filter(pk=key).values_list("name", flat=True).first() or key
