"""A confidential programme looks like none to whoever has not been let into its compartment."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.accounts import sign_in
from tests.work.conftest import NOW, World

from kangshu.access.scope import entered_as_system
from kangshu.kernel.identifiers import new_id
from kangshu.work.actions import enrol, record_visit
from kangshu.work.models import Case
from kangshu.work.refusals import ProgrammeNotFound

SEVERE = "mental.severe"


def test_nobody_outside_enrols_or_records(world: World):
    with pytest.raises(ProgrammeNotFound):
        enrol(kind=SEVERE, person=world.person.id, on=date(2026, 5, 1), by=world.doctor, now=NOW)
    with pytest.raises(ProgrammeNotFound):
        record_visit(
            form_id="mental.severe.follow_up",
            person=world.person.id,
            answers={},
            performed_on=date(2026, 5, 1),
            institution=world.county.clinic_a1.id,
            record_id=new_id(),
            by=world.doctor,
            now=NOW,
        )
    with entered_as_system("test enrols") as system:
        case = enrol(kind=SEVERE, person=world.person.id, on=date(2026, 5, 1), by=system, now=NOW)
        assert case.compartment == "mental_health"
    assert not Case.objects.filter(kind=SEVERE).exists()


def test_the_page_says_that_there_is_no_such_programme(world: World):
    client = sign_in(Client(), world.accounts.village_doctor_a)
    answer = client.post(
        reverse("work:enrol", args=[SEVERE, world.person.id]),
        {"opened_on": "2026-05-01", "case_id": new_id()},
    )
    assert answer.status_code == 404
