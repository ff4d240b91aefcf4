"""The person as the interpreter knows them: who they are, whose they are, and what was recorded of them.

Read under the person's lock, so that everything an action decides is decided on what nobody else can change
before it ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import Q

from kangshu.declare import registry
from kangshu.declare.answers import typed
from kangshu.declare.evaluate import CaseView, EventView, PersonView
from kangshu.declare.form import Field, Form
from kangshu.declare.rules import PersonFacts
from kangshu.people.models import Person
from kangshu.work.models import Provenance, Record, RecordStatus
from kangshu.work.planning import PastRecord
from kangshu.work.refusals import PersonNotFound

META = "_"
"""The key of a stored assessment under which everything lies that is not one of the rule's values."""


@dataclass(frozen=True)
class Subject:
    """A person, canonical: what was recorded of those merged into them counts as theirs (`ids`)."""

    id: UUID
    ids: tuple[UUID, ...]
    name: str
    sex: str
    birth_date: date | None
    death_on: date | None
    status: str
    scope_path: str
    region_id: str | None
    institution_id: UUID

    @cached_property
    def facts(self) -> PersonFacts:
        return PersonFacts(self.sex, self.birth_date, self.death_on)

    @cached_property
    def bare_view(self) -> PersonView:
        return self.view()

    def view(
        self,
        case: CaseView | None = None,
        records: Iterable[EventView] = (),
        diagnoses: Iterable[EventView] = (),
        programmes: frozenset[str] = frozenset(),
    ) -> PersonView:
        return PersonView(
            self.sex,
            self.birth_date,
            self.death_on,
            case,
            records=tuple(records),
            diagnoses=tuple(diagnoses),
            region=self.region_id,
            programmes=programmes,
        )


PERSON_COLUMNS = (
    "id", "name", "sex", "birth_date", "death_on", "status", "scope_path", "region_id", "institution_id",
    "merged_into_id",
)  # fmt: skip


def find_subject(person_id: UUID, *, lock: bool = False, using: str = "default") -> Subject:
    """The canonical person, read in the caller's scope; with `lock`, nobody else works on them until we end.

    Raises PersonNotFound when there is none in this scope.
    """
    row = Person.objects.using(using).filter(id=person_id).values(*PERSON_COLUMNS).first()
    if row is None:
        raise PersonNotFound
    canonical = row["merged_into_id"] or row["id"]
    if lock:
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(canonical)])
    # After the lock: what was read before it may have been changed by whoever held it.
    rows = (
        Person.objects.using(using).filter(Q(id=canonical) | Q(merged_into=canonical)).values(*PERSON_COLUMNS)
    )
    by_id = {row["id"]: row for row in rows}
    if canonical not in by_id:
        raise PersonNotFound
    return subject_of(by_id[canonical], tuple(by_id))


def subject_of(row: dict[str, Any], ids: tuple[UUID, ...]) -> Subject:
    return Subject(
        id=row["id"],
        ids=ids,
        name=row["name"],
        sex=row["sex"],
        birth_date=row["birth_date"],
        death_on=row["death_on"],
        status=row["status"],
        scope_path=row["scope_path"],
        region_id=row["region_id"],
        institution_id=row["institution_id"],
    )


def history_of(subject: Subject, form_ids: Iterable[str], *, using: str = "default") -> list[PastRecord]:
    """The current records of these forms, by the day of service and then by the order of entry."""
    rows = (
        Record.objects.using(using)
        .filter(person_id__in=subject.ids, form_id__in=list(form_ids), status=RecordStatus.CURRENT)
        .order_by("performed_on", "entered_at", "id")
        .values_list(*PAST_COLUMNS)
    )
    return [past_record(*row) for row in rows]


PAST_COLUMNS = (
    "id", "form_id", "form_version", "performed_on", "entered_at", "answers", "assessment", "provenance",
)  # fmt: skip


def past_record(
    id: UUID,
    form_id: str,
    version: int,
    performed_on: date,
    entered_at: datetime,
    answers: dict[str, Any],
    assessment: dict[str, Any],
    provenance: dict[str, str],
) -> PastRecord:
    """A stored record (`PAST_COLUMNS`) with typed answers."""
    form = registry.form(form_id, version)
    return PastRecord(
        id=id,
        form_id=form_id,
        form_version=version,
        performed_on=performed_on,
        entered_at=entered_at,
        answers=typed(form, answers),
        assessment=values_of(assessment),
        by_rule=frozenset(
            field.name
            for field in left_to_rule(form)
            if provenance.get(field.name) == Provenance.COMPUTED.value
        ),
    )


_assessed: dict[int, tuple[Form, tuple[Field, ...]]] = {}


def left_to_rule(form: Form) -> tuple[Field, ...]:
    """The questions that the rule answers when the doctor does not; looked up once per form."""
    known = _assessed.get(id(form))
    if known is None:
        known = _assessed[id(form)] = (form, tuple(field for field in form.fields if field.assessed))
    return known[1]


def values_of(assessment: dict[str, Any]) -> dict[str, Any]:
    """What the rule found, without what is kept beside it."""
    if META not in assessment:
        return assessment
    return {name: value for name, value in assessment.items() if name != META}
