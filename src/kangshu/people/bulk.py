"""The set-based twin of `register_person`: a county's residents by the thousand, held to the same result by a
test.

A batch is read in a few queries (places, numbers registered anywhere, people much alike), decided row by row
in memory with the same rules, and written by staging, as row security refuses COPY. A row sees the rows
before it as if they were stored. What cannot be decided so goes by the action itself: a newborn, whose
programmes open at once and need the mother's record, and a whole batch when somebody registers one of its
numbers meanwhile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction

from kangshu.access.roles import check_allowed
from kangshu.access.staging import insert_rows
from kangshu.audit import log
from kangshu.kernel.actor import Actor
from kangshu.kernel.dates import CHINA
from kangshu.kernel.errors import BadInput, NotAllowed, Refusal
from kangshu.kernel.events import Event, emit
from kangshu.kernel.pinyin import sort_key
from kangshu.people import occurrences
from kangshu.people.actions.register import (
    check_place,
    document_row,
    person_row,
    register_person,
    residence_row,
)
from kangshu.people.facts import DocumentGiven, NewPerson
from kangshu.people.models import IdentityDocument, Person, Residence, Undocumented
from kangshu.people.numbers import allot_record_numbers
from kangshu.people.queries import MANY_NEAR, RegisteredAt
from kangshu.people.refusals import AlreadyRegistered, NearMatch, NearMatches
from kangshu.people.rules import CheckedPerson, check_new_person
from kangshu.people.terms import terms_of
from kangshu.people.vault import vault
from kangshu.places.models import Institution, Region

BATCH = 2_000


@dataclass(frozen=True)
class RefusedPerson:
    """Somebody who was not registered: their place in the input (from 0) and why."""

    position: int
    refusal: Refusal


@dataclass(frozen=True)
class Loaded:
    """How many were registered, how many had been by the same client id, and who was refused."""

    registered: int = 0
    repeats: int = 0
    refused: tuple[RefusedPerson, ...] = ()

    def __add__(self, other: Loaded) -> Loaded:
        return Loaded(
            self.registered + other.registered, self.repeats + other.repeats, self.refused + other.refused
        )


Place = tuple[int, NewPerson]
"""A row with its place in the input."""


def register_people(rows: Iterable[NewPerson], *, by: Actor, now: datetime, batch: int = BATCH) -> Loaded:
    """Register many people in the caller's transaction and scope, as `register_person` would one by one.

    A row that cannot be taken is refused with what the action would say, and leaves nothing; others go in.
    """
    placed = list(enumerate(rows))
    try:
        check_allowed(by, "register.resident")
    except NotAllowed as refusal:
        return Loaded(refused=tuple(RefusedPerson(position, refusal) for position, _ in placed))
    loaded = Loaded()
    for goes_alone, run in groupby(placed, key=lambda row: _goes_alone(row[1])):
        part = list(run)
        if goes_alone:
            loaded += register_one_by_one(part, by=by, now=now)
            continue
        for first in range(0, len(part), batch):
            loaded += _register_batch(part[first : first + batch], by, now)
    return loaded


def register_one_by_one(rows: Iterable[Place], *, by: Actor, now: datetime) -> Loaded:
    """The same by the action, each row within its own savepoint."""
    registered = repeats = 0
    refused = []
    for position, new in rows:
        try:
            with transaction.atomic():
                done = register_person(new=new, by=by, now=now)
        except Refusal as refusal:
            refused.append(RefusedPerson(position, refusal))
        else:
            registered += not done.was_repeat
            repeats += done.was_repeat
    return Loaded(registered, repeats, tuple(refused))


def _goes_alone(new: NewPerson) -> bool:
    return new.undocumented == Undocumented.NEWBORN or new.mother_id is not None


def _register_batch(rows: Sequence[Place], by: Actor, now: datetime) -> Loaded:
    try:
        with transaction.atomic():
            made = _decide(rows, by, now)
            _write(made, by, now)
    except (IntegrityError, Refusal):
        # Somebody was quicker with a number, a village's numbers end within the batch, or a hearer refused
        # one of the people: only one by one can tell which rows it hits.
        return register_one_by_one(rows, by=by, now=now)
    log.insert(made.refusals, using="audit")
    return Loaded(len(made.people), made.repeats, tuple(made.refused))


# --- what is known -----------------------------------------------------------------------------------------


class _Alike(NamedTuple):
    """Somebody stored, or of an earlier row, as far as being taken for another goes."""

    id: UUID
    name: str
    pinyin: str
    sex: str
    birth_date: date
    address: str
    institution: str


class _Held(NamedTuple):
    """Where a number is registered, and by whom if the actor may see them."""

    at: RegisteredAt
    person_id: UUID | None


@dataclass
class _Known:
    """What is stored that matters for a batch; rows that are taken are added as if they were stored."""

    regions: dict[str, Region]
    institutions: dict[UUID, Institution]
    ids: set[UUID]
    numbers: dict[bytes, _Held]
    alike: dict[date, list[_Alike]]


def _known(facts: Sequence[NewPerson]) -> _Known:
    alike: dict[date, list[_Alike]] = {}
    for one in _read_alike(facts):
        alike.setdefault(one.birth_date, []).append(one)
    ids = [new.id for new in facts if new.id is not None]
    return _Known(
        Region.objects.filter(valid_to=None).in_bulk({new.region for new in facts}),
        Institution.objects.filter(valid_to=None).in_bulk({new.institution_id for new in facts}),
        set(Person.objects.filter(pk__in=ids).values_list("pk", flat=True)),
        _read_numbers([new.document for new in facts if new.document is not None]),
        alike,
    )


def _read_numbers(documents: Sequence[DocumentGiven]) -> dict[bytes, _Held]:
    """The numbers that are registered anywhere in the county, by keyed index."""
    asked = list({vault().index(document.number) for document in documents})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked, institution_name, institution_phone, in_scope, person_status"
            " FROM unnest(%s::bytea[]) AS asked, LATERAL people_find_registered(asked)",
            [asked],
        )
        found = {bytes(row[0]): RegisteredAt(*row[1:]) for row in cursor.fetchall()}
    holders = IdentityDocument.objects.filter(
        number_index__in=[number for number, at in found.items() if at.in_scope], withdrawn_at=None
    )
    person_of = {bytes(number): person for number, person in holders.values_list("number_index", "person_id")}
    return {number: _Held(at, person_of.get(number)) for number, at in found.items()}


def _read_alike(facts: Sequence[NewPerson]) -> Iterator[_Alike]:
    """People in scope born on one of the days under one of the names; which fits whom is decided later."""
    born = [new for new in facts if new.birth_date is not None]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.name, p.name_pinyin, p.sex, p.birth_date, p.address, i.name"
            " FROM people_person p JOIN places_institution i ON i.id = p.institution_id"
            " WHERE p.merged_into_id IS NULL AND p.birth_date = ANY(%s)"
            " AND (p.name = ANY(%s) OR p.name_pinyin = ANY(%s))",
            [
                list({new.birth_date for new in born}),
                list({new.name for new in born}),
                list({sort_key(new.name) for new in born}),
            ],
        )
        yield from (_Alike(*row) for row in cursor.fetchall())


# --- deciding ----------------------------------------------------------------------------------------------


@dataclass
class _Made:
    """What becomes of a batch: people to be stored, with their facts, and what is said of the others."""

    people: list[tuple[Person, NewPerson]] = field(default_factory=list)
    repeats: int = 0
    refused: list[RefusedPerson] = field(default_factory=list)
    refusals: list[log.Entry] = field(default_factory=list)


def _decide(rows: Sequence[Place], by: Actor, now: datetime) -> _Made:
    today = now.astimezone(CHINA).date()
    checked = [(position, check_new_person(new, today)) for position, new in rows]
    known = _known([one.facts for _, one in checked if not one.problems])
    made = _Made()
    for position, one in checked:
        try:
            person = _decide_one(one, known, by, now)
        except Refusal as refusal:
            made.refused.append(RefusedPerson(position, refusal))
            if isinstance(refusal, AlreadyRegistered):
                made.refusals.append(_refusal_entry(refusal, by))
            continue
        if person is None:
            made.repeats += 1
        else:
            made.people.append((person, one.facts))
            _remember(person, one.facts, known)
    return made


def _decide_one(one: CheckedPerson, known: _Known, by: Actor, now: datetime) -> Person | None:
    """The person to be stored; None for one whose client id is known. Raises as `register_person` does."""
    facts = one.facts
    if one.problems:
        raise BadInput(one.problems)
    if facts.id is not None and facts.id in known.ids:
        return None
    region, institution = check_place(
        known.regions.get(facts.region), known.institutions.get(facts.institution_id), by
    )
    if facts.document is not None:
        held = known.numbers.get(vault().index(facts.document.number))
        if held is not None:
            raise AlreadyRegistered(held.at.institution, held.at.phone, held.person_id)
    if matches := _near(facts, known):
        raise NearMatches(matches)
    return person_row(facts, region, institution, now)


def _near(facts: NewPerson, known: _Known) -> list[NearMatch]:
    """`queries.near_matches`, of what is known."""
    if facts.birth_date is None:
        return []
    opposite = {"1": "2", "2": "1"}.get(facts.sex)
    pinyin = sort_key(facts.name)
    found = [
        other
        for other in known.alike.get(facts.birth_date, ())
        if (other.name == facts.name or other.pinyin == pinyin) and other.sex != opposite
    ]
    found.sort(key=lambda other: (other.name, other.id))
    return [
        NearMatch(other.id, other.name, other.sex, other.birth_date, other.address, other.institution)
        for other in found[:MANY_NEAR]
    ]


def _remember(person: Person, facts: NewPerson, known: _Known) -> None:
    """For the rows that follow this person is registered: in scope, as it is the actor who registers."""
    known.ids.add(person.pk)
    institution = person.institution
    if facts.document is not None:
        at = RegisteredAt(institution.name, institution.phone, True, person.status)
        known.numbers[vault().index(facts.document.number)] = _Held(at, person.pk)
    if person.birth_date is not None:
        known.alike.setdefault(person.birth_date, []).append(
            _Alike(
                person.pk,
                person.name,
                person.name_pinyin,
                person.sex,
                person.birth_date,
                person.address,
                institution.name,
            )
        )


def _refusal_entry(refusal: AlreadyRegistered, by: Actor) -> log.Entry:
    return log.entry(
        by,
        "person.registered",
        person_id=refusal.person_id,
        outcome=log.REFUSED,
        reason="already registered",
    )


# --- writing -----------------------------------------------------------------------------------------------


def _write(made: _Made, by: Actor, now: datetime) -> None:
    """Store the people with their numbers, residences, search terms and audit entries, then tell of them."""
    if not made.people:
        return
    _number([person for person, _ in made.people])
    documents = [document_row(person, facts.document, now) for person, facts in made.people if facts.document]
    _insert(Person, [person for person, _ in made.people])
    # In one order everywhere, so that two imports with the same numbers wait and never block each other.
    _insert(IdentityDocument, sorted(documents, key=lambda document: document.number_index))
    _insert(Residence, [residence_row(person, facts, now) for person, facts in made.people])
    insert_rows("people_searchterm", ("term", "scope_path", "person_id"), _terms(made))
    log.insert([entry for person, facts in made.people for entry in _entries(person, facts, by)])
    today = now.astimezone(CHINA).date()
    for person, _ in made.people:
        payload = {"institution_id": person.institution_id, "region": person.region_id}
        emit(Event(occurrences.REGISTERED, person.pk, today, now, payload), by)


def _number(people: Sequence[Person]) -> None:
    """Give each the next record number of their village, in the order of the rows."""
    numbers = allot_record_numbers(Counter(person.region_id for person in people))
    following = {code: iter(allotted) for code, allotted in numbers.items()}
    for person in people:
        person.record_number = next(following[person.region_id])


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    # The column that stamps a row with its transaction is left to the database.
    fields = [one for one in model._meta.concrete_fields if not one.has_db_default()]
    names = [one.attname for one in fields]
    insert_rows(
        model._meta.db_table,
        [one.column for one in fields],
        ([_plain(getattr(row, name)) for name in names] for row in rows),
    )


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _terms(made: _Made) -> Iterator[tuple[str, str, UUID]]:
    for person, facts in made.people:
        last4 = facts.document.number[-4:] if facts.document else ""
        for term in terms_of(person.name, person.phone, person.record_number, last4):
            yield term, person.scope_path, person.pk


def _entries(person: Person, facts: NewPerson, by: Actor) -> Iterator[log.Entry]:
    """What the action writes of a person: that their number was looked for, and that they are registered."""
    if facts.document is not None:
        yield log.entry(
            by,
            "person.looked_up",
            ("people.identitydocument", facts.document.kind),
            detail={"found": False, "in_scope": False},
        )
    yield log.entry(
        by,
        "person.registered",
        person,
        person_id=person.pk,
        scope_path=person.scope_path,
        detail={"record_number": person.record_number, "undocumented": person.undocumented},
    )
