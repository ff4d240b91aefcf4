"""The fixture county with accounts, a patient of clinic_a1, and one answered follow-up form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county
from tests.support.people import resident

from kangshu.access.scope import AccountActor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.actions import Saved, enrol, record_visit
from kangshu.work.models import Case

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=CHINA)
HYPERTENSION = "chronic.hypertension"
FOLLOW_UP = "chronic.hypertension.follow_up"
ANSWERS: dict[str, Any] = {
    "mode": "2",
    "symptoms": ["1"],
    "sbp": 132,
    "dbp": 84,
    "weight": "65.5",
    "height": "168",
    "medication_adherence": "1",
    "adverse_reaction": "1",
}


@dataclass
class World:
    """What a test of the work starts from; actions run as the village doctor."""

    county: County
    accounts: Accounts
    person: Person
    doctor: AccountActor

    def enrol(self, on: date = date(2026, 1, 5), **given: Any) -> Case:
        given = {"kind": HYPERTENSION, "person": self.person.id, "by": self.doctor, "now": NOW} | given
        return enrol(on=on, **given)

    def visit(self, on: date, record_id: UUID | None = None, **given: Any) -> Saved:
        answers = {**ANSWERS, **given.pop("answers", {})}
        given = {
            "form_id": FOLLOW_UP,
            "person": self.person.id,
            "institution": self.county.clinic_a1.id,
            "performed_by": self.county.doctor_a.id,
            "by": self.doctor,
            "now": NOW,
        } | given
        return record_visit(
            answers={name: value for name, value in answers.items() if value is not None},
            performed_on=on,
            record_id=record_id or new_id(),
            **given,
        )


@pytest.fixture
def county(db) -> County:
    return small_county()


@pytest.fixture
def world(county) -> Iterator[World]:
    people = accounts(county)
    patient = resident(county.clinic_a1, "李秀英", sex="2", birth_date=date(1956, 4, 2))
    with acting(people.village_doctor_a) as doctor:
        yield World(county, people, patient, doctor)
