"""How `access` finds a person it may not import: at a resident's own sign-in, and in an emergency."""

from __future__ import annotations

import re

from kangshu.access.grants import OutsidePerson, set_outside_finder
from kangshu.access.residents import KnownResident, set_finder
from kangshu.people.models import IdentityDocument, Person, PersonStatus
from kangshu.people.rules import tidy_phone
from kangshu.people.vault import vault


def register() -> None:
    set_finder(find_resident)
    set_outside_finder(find_outside)


def find_resident(number: str, phone: str) -> KnownResident | None:
    """The living person whose record or identity number and phone both fit. Runs in the system's scope."""
    person = by_number(number)
    fits = person is not None and phone and tidy_phone(person.phone) == tidy_phone(phone)
    if not fits or person is None or person.status == PersonStatus.DEAD:
        return None
    return KnownResident(person.pk, person.name, person.scope_path)


def find_outside(number: str) -> OutsidePerson | None:
    """The person wherever they belong, with as little as shows it is the right one."""
    person = by_number(number)
    if person is None:
        return None
    hidden = person.name[0] + "*" * (len(person.name) - 1)
    return OutsidePerson(person.pk, hidden, person.institution.name, person.scope_path)


def by_number(number: str) -> Person | None:
    """Whoever has this record or identity number; the kept record of a merged one. Asked as the
    system."""
    people = Person.objects.select_related("institution", "merged_into__institution")
    if re.fullmatch(r"[0-9]{17}", number):
        found = people.filter(record_number=number).first()
    else:
        held = IdentityDocument.objects.filter(number_index=vault().index(number), withdrawn_at=None).first()
        found = people.filter(pk=held.person_id).first() if held else None
    return found.merged_into or found if found else None
