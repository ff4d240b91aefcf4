"""Registering by the thousand is the twin of registering one by one: the same people, numbers, search terms,
entries and refusals, however the rows are cut into batches."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.accounts import acting
from tests.support.people import NOW, id_number, new_person, resident

from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.kernel.actor import Actor
from kangshu.kernel.errors import BadInput, NotAllowed, Refusal
from kangshu.kernel.events import Event, on
from kangshu.kernel.identifiers import new_id
from kangshu.people import bulk
from kangshu.people.bulk import register_one_by_one, register_people
from kangshu.people.facts import DocumentGiven, NewPerson
from kangshu.people.models import (
    IdentityDocument,
    Person,
    RecordNumberSerial,
    Relation,
    Residence,
    SearchTerm,
)

pytestmark = pytest.mark.django_db
DAY = date(1960, 5, 1)
# The id of a relation or case that a newborn gets is new each time.
ENTRY = (
    "action", "account_id", "object_type", "person_id", "scope_path", "outcome", "reason", "detail",
    "actor_name", "roles", "actor_path",
)  # fmt: skip
HEARD: list[tuple[Any, ...]] = []


def hear(event: Event, by: Actor) -> None:
    HEARD.append((event.name, event.person_id, event.on, event.at, dict(event.payload)))


on("person.registered")(hear)
on("person.born")(hear)


@pytest.fixture
def there(county):
    """Who is registered already: here, in another township, without a number, and a mother."""
    return {
        "here": resident(county.clinic_a1, "王小伟", serial=1),
        "elsewhere": resident(county.clinic_b1, "李秘密", serial=2),
        "alike": resident(county.clinic_a2, "王芳", sex="2", document=None, undocumented="other"),
        "mother": resident(county.clinic_a1, "李梅", sex="2", birth_date=date(1998, 4, 4)),
    }


def stored(as_owner) -> dict[str, Any]:
    """Everything that a registration leaves but the ids, moments and ciphers that are new each time."""
    with as_owner():
        people = Person.objects.defer("changed_xid").values()
        return {
            "people": {one["id"]: {k: v for k, v in one.items() if k != "changed_xid"} for one in people},
            "documents": Counter(
                (*plain, bytes(index))
                for *plain, index in IdentityDocument.objects.values_list(
                    "person_id", "kind", "last4", "recorded_at", "withdrawn_at", "scope_path", "number_index"
                )
            ),
            "residences": Counter(
                Residence.objects.values_list(
                    "person_id", "region_id", "institution_id", "from_on", "to_on", "reason", "scope_path"
                )
            ),
            "relations": Counter(Relation.objects.values_list("person_id", "other_id", "kind", "from_on")),
            "terms": Counter(SearchTerm.objects.values_list("term", "person_id", "scope_path")),
            "serials": dict(RecordNumberSerial.objects.values_list("region_code", "last")),
            "audit": list(AuditEntry.objects.order_by("id").values_list(*ENTRY)),
        }  # fmt: skip


OTHER_DAY = date(1971, 2, 3)
names = st.sampled_from(["王小伟", "王晓伟", "王芳", "李秘密", " 赵 一 ", "Anna O’Neil"])
# Serials 1 and 2 are registered already; one number twice, also in another spelling, comes by itself.
numbers = st.one_of(
    st.integers(1, 6).map(lambda serial: id_number(DAY, serial=serial)),
    st.integers(1, 4).map(lambda serial: id_number(OTHER_DAY, "2", serial)),
    st.just("３３９９０１-" + id_number(DAY, serial=4)[6:]),
)
with_number = st.fixed_dictionaries(
    {
        "name": names,
        "document": st.one_of(numbers.map(DocumentGiven), st.just(DocumentGiven("e1234 567", "03"))),
    }
)
without = st.fixed_dictionaries(
    {
        "name": names,
        "sex": st.sampled_from("0129"),
        "birth_date": st.sampled_from([DAY, OTHER_DAY]),
        "undocumented": st.sampled_from(["unknown", "other"]),
    }
)
newborn = st.just(
    {
        "name": "李梅之子",
        "sex": "1",
        "birth_date": date(2026, 9, 20),
        "undocumented": "newborn",
        "mother": True,
    }
)
more = st.sampled_from(
    [{}, {}, {"phone": "1390000 1111", "address": "\t3 组\\N 12 号 "}, {"lives_here_since": date(2020, 1, 1)}]
)
broken = st.sampled_from(
    [{}] * 16
    + [
        {"name": ""}, {"name": "A1<x>"}, {"phone": "12"}, {"address": "长" * 201}, {"sex": "x"},
        {"birth_date": date(2030, 1, 1)}, {"document": DocumentGiven("339901196005010012")},
        {"document": DocumentGiven("?", "03")}, {"birth_date": None, "birth_precision": "unknown"},
        {"document": DocumentGiven("-"), "undocumented": ""}, {"region": "339901100999"},
    ]
)  # fmt: skip
clinics = st.sampled_from(["clinic_a1"] * 5 + ["clinic_a2"] * 3 + ["clinic_b1"])
# Which earlier row's id a row repeats; mostly none.
repeats = st.sampled_from([None] * 9 + [0, 1])
one_row = st.tuples(
    st.one_of(with_number, with_number, without, without, newborn), more, broken, clinics, repeats
)
drawn_rows = st.lists(one_row, min_size=1, max_size=14)


def twin(examples: int):
    return settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@twin(5)
@given(drawn_rows, st.integers(1, 15))
def test_registering_in_batches_equals_registering_one_by_one(county, who, there, as_owner, drawn, batch):
    hold_to_each_other(county, who, there, as_owner, drawn, batch)


@pytest.mark.slow
@twin(150)
@given(drawn_rows, st.integers(1, 15))
def test_batches_equal_one_by_one_in_many_cases(county, who, there, as_owner, drawn, batch):
    hold_to_each_other(county, who, there, as_owner, drawn, batch)


def hold_to_each_other(county, who, there, as_owner, drawn, batch: int) -> None:
    rows: list[NewPerson] = []
    for facts, also, wrong, clinic, repeated in drawn:
        said = {**facts, **also, **wrong}
        place = getattr(county, clinic)
        said.setdefault("region", place.region_id)
        if said.pop("mother", False):
            said["mother_id"] = there["mother"].pk
        known = rows[repeated].id if repeated is not None and repeated < len(rows) else None
        rows.append(NewPerson(institution_id=place.pk, id=known or new_id(), **said))
    singly = attempted(who, as_owner, lambda by: register_one_by_one(enumerate(rows), by=by, now=NOW))
    at_once = attempted(who, as_owner, lambda by: register_people(rows, by=by, now=NOW, batch=batch))
    assert at_once == singly


def attempted(who, as_owner, act) -> dict[str, Any]:
    """What an attempt says, tells and leaves; then it is taken back."""
    HEARD.clear()
    mark, audit = transaction.savepoint(), transaction.savepoint(using="audit")
    try:
        with acting(who.township_worker_a) as by:
            loaded = act(by)
        with entered_as_system("twin", using="audit"):
            remembered = AuditEntry.objects.using("audit").order_by("id").values_list(*ENTRY)
            refusals = list(remembered)
        return {
            "registered": loaded.registered,
            "repeats": loaded.repeats,
            "refused": [(one.position, *said(one.refusal)) for one in loaded.refused],
            "remembered": refusals,
            "heard": list(HEARD),
            **stored(as_owner),
        }
    finally:
        transaction.savepoint_rollback(mark)
        transaction.savepoint_rollback(audit, using="audit")


def said(refusal: Refusal) -> tuple[Any, ...]:
    problems = refusal.problems if isinstance(refusal, BadInput) else ()
    matches = getattr(refusal, "matches", ())
    return (
        refusal.code,
        refusal.message,
        refusal.where,
        problems,
        matches,
        getattr(refusal, "person_id", None),
    )


def test_a_village_whose_numbers_end_within_a_batch_takes_as_many_as_it_can(county, who, there, as_owner):
    code = county.village_a1.code
    RecordNumberSerial.objects.filter(pk=code).update(last=99_997)
    rows = [
        new_person(clinic, name, serial=serial, id=new_id())
        for name, serial, clinic in (
            ("甲甲", 11, county.clinic_a1),
            ("乙乙", 12, county.clinic_a1),
            ("丙丙", 13, county.clinic_a1),
            ("丁丁", 14, county.clinic_a2),
        )
    ]
    singly = attempted(who, as_owner, lambda by: register_one_by_one(enumerate(rows), by=by, now=NOW))
    at_once = attempted(who, as_owner, lambda by: register_people(rows, by=by, now=NOW))
    assert [one[:2] for one in at_once["refused"]] == [(2, "person.numbers_exhausted")]
    assert at_once == singly


def test_a_number_that_somebody_registers_meanwhile_is_refused_in_its_row_alone(
    county, who, there, as_owner, monkeypatch
):
    monkeypatch.setattr(bulk, "_read_numbers", lambda documents: {})  # read before the other clerk saved
    rows = [new_person(county.clinic_a2, name, serial=serial, id=new_id()) for name, serial in
            (("甲甲", 11), ("乙乙", 2), ("丙丙", 13))]  # fmt: skip
    with acting(who.township_worker_a) as by:
        loaded = register_people(rows, by=by, now=NOW)
    assert loaded.registered == 2
    assert [(one.position, one.refusal.code) for one in loaded.refused] == [(1, "person.already_registered")]


def test_who_may_not_register_is_told_so_of_every_row(county, who):
    with acting(who.bureau_officer) as by:
        loaded = register_people([new_person(county.clinic_a1), new_person(county.clinic_a2)], by=by, now=NOW)
    assert [(one.position, type(one.refusal)) for one in loaded.refused] == [(0, NotAllowed), (1, NotAllowed)]
