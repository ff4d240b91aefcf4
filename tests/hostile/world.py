"""A county in which everybody has something that somebody else must not see.

Every resident has a name, a phone, a record number and an ID number that occur nowhere else, so that a page
that holds one of them has shown the person. A dummy secret programme has two cases: one in the place of
`village_doctor_a`, one elsewhere; its records hold `SECRET`.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponseBase
from tests.support.accounts import ZHANG, Accounts, accounts
from tests.support.county import County, small_county
from tests.support.people import NOW, resident
from tests.work.conftest import ANSWERS, FOLLOW_UP, HYPERTENSION

from kangshu.access.scope import entered_as_system
from kangshu.care.actions import record_encounter
from kangshu.care.facts import NewDiagnosis, NewEncounter, NewPrescription, NewResult
from kangshu.catalogue.chronic.hypertension.states import STATES
from kangshu.declare import Capability, Field, FieldType, Form, Section, Text
from kangshu.declare.registry import Found, registry
from kangshu.kernel.identifiers import new_id
from kangshu.people.models import Person
from kangshu.work.actions import enrol, record_visit
from kangshu.work.models import Case, Record

COMPARTMENT = "dummy_secret"
PROGRAMME = "dummy.secret"
NOTE = "dummy.secret.note"
SECRET = "只有专项人员知道的结果"
SECRET_TITLE = "试验保密专项"

_NOTE = Form(
    id=NOTE,
    version=1,
    title=Text("试验保密记录", "Dummy secret note"),
    sections=(
        Section(
            "note",
            Text("记录", "Note"),
            (Field("finding", Text("结果", "Finding"), FieldType.TEXT, required=True),),
        ),
    ),
)
_PROGRAMME = Capability(
    id=PROGRAMME,
    version=1,
    title=Text(SECRET_TITLE, "Dummy secret programme"),
    purpose=Text("试验", "a test"),
    subject=Text("居民", "residents"),
    states=STATES,
    forms=(_NOTE,),
    confidentiality=COMPARTMENT,
)


_in_force: list[Found] = []


def _source() -> list[Found]:
    return list(_in_force)


@contextmanager
def secret_programme() -> Iterator[None]:
    """The registry knows the dummy secret programme inside the block."""
    _in_force.append(Found(_PROGRAMME))
    registry.add_source(_source)
    registry.reload()
    try:
        yield
    finally:
        _in_force.clear()
        registry.reload()


@dataclass(frozen=True)
class World:
    """The county, its accounts, one resident per clinic, and what is known of each."""

    county: County
    accounts: Accounts
    residents: dict[str, Person]  # by clinic: a1 (张建国, who has an account), a2, b1, b2
    cases: dict[str, Case]
    records: dict[str, Record]
    secret_cases: dict[str, Case]
    secret_records: dict[str, Record]
    encounters: dict[str, Any]

    def marks(self, clinic: str) -> set[str]:
        """What nobody may read who may not see the resident of this clinic."""
        person = self.residents[clinic]
        return {person.name, person.phone, str(person.record_number)}


NAMES = {"a1": "张建国", "a2": "欧阳甲贰", "b1": "司徒乙壹", "b2": "端木乙贰"}


def build() -> World:
    """Store it all through the actions, as the system. `secret_programme` must be in force."""
    county = small_county()
    made = World(county, accounts(county), {}, {}, {}, {}, {}, {})
    for serial, (clinic, name) in enumerate(NAMES.items(), start=1):
        institution = getattr(county, f"clinic_{clinic}")
        person = resident(
            institution,
            name,
            id=ZHANG if clinic == "a1" else new_id(),
            phone=f"1390000{serial}{serial}{serial}{serial}",
            serial=10 + serial,
            birth_date=date(1958, 3, serial),
        )
        made.residents[clinic] = person
        _under_care(made, clinic, person, institution)
    return made


def _under_care(made: World, clinic: str, person: Person, institution: Any) -> None:
    with entered_as_system("fixture") as by:
        common = {"by": by, "now": NOW}
        case = enrol(kind=HYPERTENSION, person=person.pk, on=date(2026, 1, 5), **common)
        visit = {"performed_by": None, "institution": institution.pk, "person": person.pk, **common}
        saved = record_visit(
            form_id=FOLLOW_UP,
            answers=ANSWERS,
            performed_on=date(2026, 3, 2),
            record_id=new_id(),
            **visit,
        )
        done = record_encounter(
            new=NewEncounter(
                person_id=person.pk,
                institution_id=institution.pk,
                started_on=date(2026, 4, 1),
                complaint=f"{person.name}头晕",
                diagnoses=(NewDiagnosis("I10.x00"),),
                results=(NewResult("sbp", Decimal(168)),),
                prescriptions=(NewPrescription("硝苯地平", "30 mg", "09", 28),),
                id=new_id(),
            ),
            **common,
        )
        made.cases[clinic], made.records[clinic] = case, saved.record
        made.encounters[clinic] = done.encounter
        if clinic in ("a1", "b1"):
            made.secret_cases[clinic] = enrol(kind=PROGRAMME, person=person.pk, on=date(2026, 1, 6), **common)
            made.secret_records[clinic] = record_visit(
                form_id=NOTE,
                answers={"finding": SECRET},
                performed_on=date(2026, 3, 3),
                record_id=new_id(),
                **visit,
            ).record


def text_of(response: HttpResponseBase) -> str:
    """All words of an answer: a page's, an operation's, or those inside a spreadsheet."""
    body = (
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
        if response.streaming
        else response.content  # type: ignore[attr-defined]
    )
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(json.loads(body), ensure_ascii=False)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return body.decode(errors="replace")
