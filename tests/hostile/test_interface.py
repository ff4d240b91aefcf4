"""The HTTP interface with other people's ids, and the secret programme in snapshot, trail and search."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.hostile.test_every_address import SEES, addresses, crafted, forbidden_marks, foreign_values
from tests.hostile.world import COMPARTMENT, SECRET, World, text_of
from tests.support.accounts import acting

from kangshu.access.models import CompartmentAccess
from kangshu.access.scope import entered_as_system
from kangshu.audit.models import AuditEntry
from kangshu.exchange.keys import make_key

CALLERS = [role for role in SEES if role != "resident_zhang"]


def key_of(account) -> dict[str, str]:
    with acting(account) as by:
        made = make_key(name="试探", days=1, by=by, now=timezone.now())
    return {"Authorization": f"Bearer {made.secret}"}


def api_urls(world: World) -> list[str]:
    from django.urls import get_resolver

    values = foreign_values(world, "b1")
    found = []
    for name, pattern in addresses(get_resolver()):
        if not name.startswith("api"):
            continue
        parameters = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        choices: list[dict[str, Any]] = [{}]
        for parameter in parameters:
            choices = [
                {**choice, parameter: value} for choice in choices for value in values.get(parameter, ["x"])
            ]
        found += [reverse(name, kwargs=choice) for choice in choices]
    return found


@pytest.mark.parametrize("role", CALLERS)
def test_no_operation_shows_a_role_more_than_it_may_see(world, role):
    client = Client(raise_request_exception=False)
    headers = key_of(getattr(world.accounts, role))
    findings = {}
    for url in api_urls(world):
        for query in ({}, {**crafted(world, "b1"), "limit": 100}):
            response = client.get(url, query, headers=headers)
            marks = [mark for mark in forbidden_marks(world, role) if mark in text_of(response)]
            if marks or response.status_code >= 500:
                findings[url] = (response.status_code, marks)
    assert findings == {}


@pytest.mark.parametrize("role", ["village_doctor_a", "bureau_officer", "auditor"])
def test_no_operation_writes_for_who_may_not(world, client, role, as_owner):
    from tests.hostile.test_every_address import _fingerprint

    headers = key_of(getattr(world.accounts, role))
    before = _fingerprint(as_owner)
    person = world.residents["b1"]
    body = {
        "id": "01900000-0000-7000-8000-000000000001",
        "person_id": str(person.pk),
        "form_id": "chronic.hypertension.follow_up",
        "kind": "chronic.hypertension",
        "on": "2026-09-01",
        "performed_on": "2026-09-01",
        "answers": {},
        "reason": "试探试探试探",
    }
    for url in api_urls(world):
        response = client.post(url, json.dumps(body), "application/json", headers=headers)
        assert response.status_code >= 400, url
        assert response.status_code < 500, url
    assert _fingerprint(as_owner) == before


def test_the_interface_shows_the_secret_only_to_who_was_given_it(world, client):
    account = world.accounts.village_doctor_a
    address = f"/api/v1/records/{world.secret_records['a1'].pk}"
    headers = key_of(account)
    assert client.get(address, headers=headers).status_code == 404
    CompartmentAccess.objects.create(
        account=account, compartment=COMPARTMENT, from_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert SECRET in text_of(client.get(address, headers=headers))


def test_what_is_done_in_the_secret_programme_is_secret_in_the_trail(world):
    about_secret = {str(record.pk) for record in world.secret_records.values()} | {
        str(case.pk) for case in world.secret_cases.values()
    }
    with entered_as_system("test"):
        entries = AuditEntry.objects.filter(object_id__in=about_secret)
        assert {entry.compartment for entry in entries} == {COMPARTMENT}
    for account in (world.accounts.auditor, world.accounts.bureau_officer, world.accounts.resident_zhang):
        with acting(account):
            assert not AuditEntry.objects.filter(object_id__in=about_secret).exists()
