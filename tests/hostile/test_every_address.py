"""A user of each role walks every address with other people's ids and crafted filters.

The walk asks the resolver, so a new page is walked from the day it lands. A page passes when none of the
marks of a resident out of the role's reach, and no word of the secret programme, stands in its answer.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import StringConverter, UUIDConverter
from tests.hostile.world import COMPARTMENT, PROGRAMME, SECRET, World, text_of
from tests.support.accounts import acting, sign_in

from kangshu.access.models import CompartmentAccess
from kangshu.people.models import Person

#: Whom each role may see in the hostile county (docs/access.md): the residents by their clinics.
SEES = {
    "village_doctor_a": {"a1"},
    "village_doctor_b": {"b1"},
    "township_worker_a": {"a1", "a2"},
    "township_worker_b": {"b1", "b2"},
    "clinician": set(),
    "hospital_clerk": set(),
    "epidemiologist": {"a1", "a2", "b1", "b2"},
    "inspector": set(),
    "insurance_officer": {"a1", "a2", "b1", "b2"},
    "bureau_officer": {"a1", "a2", "b1", "b2"},
    "director": {"a1", "a2", "b1", "b2"},
    "administrator": set(),
    "security_administrator": set(),
    "auditor": set(),
    "resident_zhang": {"a1"},
}
#: Pages that end the session, or only pass a visitor on.
LEFT_OUT = {"access:sign_out", "web:visitor_language"}


def addresses(resolver: URLResolver, namespaces: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """The full name of every named address with its pattern."""
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            inner = (*namespaces, part.namespace) if part.namespace else namespaces
            yield from addresses(part, inner)
        elif part.name:
            yield ":".join((*namespaces, part.name)), part


def foreign_values(world: World, clinic: str) -> dict[str, list[Any]]:
    """For every parameter an address may take: ids that belong to the resident of this clinic."""
    person = world.residents[clinic]
    other = world.residents["a2" if clinic != "a2" else "b2"]
    records, cases = [world.records[clinic]], [world.cases[clinic]]
    if clinic in world.secret_records:
        records.append(world.secret_records[clinic])
        cases.append(world.secret_cases[clinic])
    return {
        "person_id": [person.pk],
        "one": [person.pk],
        "other": [other.pk],
        "record_id": [record.pk for record in records],
        "case_id": [case.pk for case in cases],
        "encounter_id": [world.encounters[clinic].pk],
        "document_id": [identity.pk for identity in _documents(person)],
        "form_id": [world.records[clinic].form_id, "dummy.secret.note"],
        "kind": ["chronic.hypertension", PROGRAMME],
        "kind_id": ["residents"],
        "indicator_id": ["hypertension.management_rate"],
        "institution_id": [world.county.clinic_b1.pk],
        "staff_id": [world.county.doctor_b.pk],
        "account_id": [world.accounts.village_doctor_b.pk],
        "code": [world.county.village_b1.pk],
        "year": [2026],
        "position": [1],
    }


def _documents(person: Person) -> list[Any]:
    from kangshu.access.scope import entered_as_system
    from kangshu.people.models import IdentityDocument

    with entered_as_system("test"):
        return list(IdentityDocument.objects.filter(person=person))


def urls(world: World, clinic: str, *, only_about: bool = False) -> Iterator[str]:
    """Every address, filled with ids of this clinic's resident; `only_about`: only those that take ids."""
    values = foreign_values(world, clinic)
    for name, pattern in addresses(get_resolver()):
        names = list(pattern.pattern.converters)
        if name in LEFT_OUT or name.startswith("api") or (only_about and not names):
            continue
        choices: list[dict[str, Any]] = [{}]
        for parameter in names:
            given = values.get(parameter, [stranger(pattern.pattern.converters[parameter])])
            choices = [{**choice, parameter: value} for choice in choices for value in given]
        for choice in choices:
            try:
                yield reverse(name, kwargs=choice)
            except NoReverseMatch:
                yield reverse(name, kwargs=dict.fromkeys(names, 1))


def stranger(converter: Any) -> Any:
    """A value that the converter of a part of an address takes and that nothing here has."""
    return uuid.uuid4() if isinstance(converter, UUIDConverter | StringConverter) else 1


def crafted(world: World, clinic: str) -> dict[str, Any]:
    """Filters that ask for more than one's own: whatever a list may understand."""
    person = world.residents[clinic]
    place = getattr(world.county, f"clinic_{clinic}")
    return {
        "q": person.name[:2],
        "text": person.name[:2],
        "name": person.name[:2],
        "institution": place.pk,
        "institution_id": place.pk,
        "place": place.pk,
        "region": place.region_id,
        "person": person.pk,
        "person_id": person.pk,
        "doctor": world.county.doctor_b.pk,
        "scope": "0001.",
        "scope_path": "0001.",
        "low": "",
        "high": "~",
        "all": "1",
        "status": "",
        "state": "",
        "show": "all",
        "compartment": COMPARTMENT,
        "kind": PROGRAMME,
        "page": 1,
        "sort": "name",
    }


def forbidden_marks(world: World, role: str) -> set[str]:
    hidden = set(world.residents) - SEES[role]
    return {mark for clinic in hidden for mark in world.marks(clinic)} | {SECRET}


def leaks(world: World, role: str, client: Client, url: str, query: dict[str, Any]) -> list[str]:
    """What the answer shows that the role may not see; a server error is a finding too."""
    response = client.get(url, query)
    text = text_of(response)
    found = [mark for mark in forbidden_marks(world, role) if mark in text]
    if response.status_code >= 500:
        found.append(f"status {response.status_code}")
    return found


@pytest.mark.parametrize("role", SEES)
def test_no_address_shows_a_role_more_than_it_may_see(world, role):
    client = sign_in(Client(raise_request_exception=False), getattr(world.accounts, role))
    about = [(url, {}) for url in urls(world, "b1", only_about=True)]
    lists = [(url, crafted(world, "b1")) for url in urls(world, "b1") if url not in dict(about)]
    # Who may see the resident of clinic_a1 must still not see that resident's secret case.
    secret = [(url, {}) for url in urls(world, "a1", only_about=True)] if "a1" in SEES[role] else []
    walked = [*about, *lists, *secret]
    findings = {url: found for url, query in walked if (found := leaks(world, role, client, url, query))}
    assert findings == {}


#: One of each reach; that pages ask for their permission is proved in tests/access and tests/architecture.
POSTING = ("village_doctor_a", "township_worker_b", "clinician", "administrator", "auditor", "resident_zhang")


@pytest.mark.parametrize("role", POSTING)
def test_no_post_with_a_foreign_id_changes_anything(world, role, as_owner):
    client = sign_in(Client(raise_request_exception=False), getattr(world.accounts, role))
    before = _fingerprint(as_owner)
    clinic = "b1" if "b1" not in SEES[role] else "a1"
    failures = {}
    for url in urls(world, clinic):
        if url.startswith(("/access/", "/exchange/keys", "/language")):
            continue  # one's own account: tested in tests/access
        person = world.residents[clinic]
        response = client.post(
            url, {"reason": "试探" * 5, "on": "2026-09-01", "death_on": "2026-09-01", "confirmed": "1",
                  "name": "改名", "person": person.pk, "institution": world.county.clinic_a1.pk}
        )  # fmt: skip
        if response.status_code >= 500 or [m for m in forbidden_marks(world, role) if m in text_of(response)]:
            failures[url] = response.status_code
    assert failures == {}
    assert _fingerprint(as_owner) == before


def _fingerprint(as_owner) -> dict[str, str]:
    """A hash of the rows of everybody in the hostile county, whoever may see them."""
    from django.db import connection

    tables = ("people_person", "people_identitydocument", "people_relation", "work_case", "work_record",
              "care_encounter", "people_mergelog")  # fmt: skip
    with as_owner(), connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {table} t"
            )
            found[table] = cursor.fetchone()[0]
        return found


def test_the_walk_finds_what_may_be_seen(world):
    """The same walk with the right person does show the marks: a walk that sees nothing proves nothing."""
    doctor = sign_in(Client(raise_request_exception=False), world.accounts.village_doctor_a)
    seen = {
        mark
        for url in urls(world, "a1")
        for mark in world.marks("a1")
        if mark in text_of(doctor.get(url, crafted(world, "a1")))
    }
    assert seen == world.marks("a1")


def test_a_hole_in_one_policy_would_be_found(world, as_owner):
    from django.db import connection

    with as_owner(), connection.cursor() as cursor:
        for table in ("people_person", "work_record"):
            cursor.execute(f"CREATE POLICY hole ON {table} FOR SELECT USING (true)")
    client = sign_in(Client(raise_request_exception=False), world.accounts.village_doctor_a)
    found = {
        url: marks
        for url in urls(world, "b1", only_about=True)
        if (marks := leaks(world, "village_doctor_a", client, url, {}))
    }
    assert any(url.startswith("/people/") for url in found)
    assert any(SECRET in marks for marks in found.values())


def test_who_was_given_the_secret_programme_sees_it_in_the_own_place_only(world):
    account = world.accounts.village_doctor_a
    CompartmentAccess.objects.create(
        account=account, compartment=COMPARTMENT, from_at="2026-01-01T00:00+08:00"
    )
    with acting(account):
        from kangshu.work.models import Record

        assert set(Record.objects.filter(form_id="dummy.secret.note").values_list("pk", flat=True)) == {
            world.secret_records["a1"].pk
        }
    doctor = sign_in(Client(raise_request_exception=False), account)
    pages = [text_of(doctor.get(url)) for url in urls(world, "a1")]
    assert any(SECRET in page for page in pages)
    elsewhere = [text_of(doctor.get(url, crafted(world, "b1"))) for url in urls(world, "b1")]
    assert not [page for page in elsewhere if world.residents["b1"].name in page]
