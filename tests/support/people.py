"""Fixture residents: registered through the action, as the system, so that every row of theirs is there."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tests.support.accounts import ZHANG
from tests.support.county import COUNTY_CODE, County

from kangshu.access.scope import entered_as_system
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import resident_id_check_character
from kangshu.people.actions import register_person
from kangshu.people.facts import DocumentGiven, NewPerson
from kangshu.people.models import Person
from kangshu.places.models import Institution

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=CHINA)


def id_number(birth: date, sex: str = "1", serial: int = 1) -> str:
    """An identity number with a right check character, of a division that does not exist."""
    order = serial * 2 + (1 if sex == "1" else 0)
    first = f"{COUNTY_CODE}{birth:%Y%m%d}{order:03d}"
    return first + resident_id_check_character(first)


def new_person(institution: Institution, name: str = "王小伟", **facts: Any) -> NewPerson:
    """Facts for a registration at an institution; everything can be said otherwise."""
    birth = facts.pop("birth_date", date(1960, 5, 1))
    sex = facts.pop("sex", "1")
    serial = facts.pop("serial", 1)
    facts.setdefault("lives_here_since", date(2020, 1, 1))
    if "document" not in facts:
        facts["document"] = DocumentGiven(id_number(birth, sex, serial)) if birth else None
    return NewPerson(
        name=name,
        region=institution.region_id,
        institution_id=institution.pk,
        birth_date=birth,
        sex=sex,
        **facts,
    )


def resident(institution: Institution, name: str = "王小伟", *, now: datetime = NOW, **facts: Any) -> Person:
    """Register somebody, whoever is asking; gives the stored person."""
    with entered_as_system("fixture") as system:
        done = register_person(
            new=new_person(institution, name, **facts), by=system, now=now, confirmed_different=True
        )
        return done.person


def zhang(county: County, **facts: Any) -> Person:
    """张建国, 62, of clinic_a1: the person whose own account is `resident_zhang`."""
    facts.setdefault("birth_date", date(1964, 3, 15))
    facts.setdefault("phone", "13800138064")
    facts.setdefault("serial", 90)
    return resident(county.clinic_a1, "张建国", id=ZHANG, **facts)


def ids(people: Any) -> set[UUID]:
    return {person.id for person in people}
