"""What one save may cost: a bound on its statements, so that nobody adds a question to every visit unseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.support.accounts import sign_in
from tests.work.conftest import ANSWERS, FOLLOW_UP, World

from kangshu.kernel.identifiers import new_id
from kangshu.work.models import Record

DAYS = (date(2026, 3, 2), date(2026, 6, 1), date(2026, 8, 20))


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as captured:
        yield captured


def test_a_save_asks_once_and_writes_once(world: World):
    world.enrol()
    world.visit(DAYS[0])
    with counted() as captured:
        world.visit(DAYS[1])
    # Savepoint, lock, read, write, release.
    assert len(captured) == 5


def test_a_long_history_costs_no_more_statements(world: World):
    world.enrol()
    for day in DAYS:
        world.visit(day)
    with counted() as captured:
        world.visit(date(2026, 4, 1), answers={"sbp": 166})  # between two others: they are judged again
    assert len(captured) <= 6
    assert Record.objects.count() == 4


def test_a_window_of_the_same_days_is_freed_before_it_is_taken(world: World):
    """A visit on the day of enrolment fulfils a window and plans one of the same days."""
    world.enrol(on=DAYS[0])
    saved = world.visit(DAYS[0])
    again = world.visit(DAYS[0], confirmed=True)
    assert saved.next_due is not None
    assert again.next_due is not None
    assert saved.next_due.due_on == again.next_due.due_on == date(2026, 6, 2)


@pytest.mark.django_db
def test_a_save_over_http_stays_within_its_statements(world: World, client: Client):
    world.enrol()
    sign_in(client, world.accounts.village_doctor_a)
    form = {
        "record_id": str(new_id()),
        "performed_on": DAYS[0].isoformat(),
        "performed_by": str(world.county.doctor_a.id),
        **{f"a-{name}": value for name, value in ANSWERS.items()},
    }
    address = f"/work/record/{FOLLOW_UP}/{world.person.id}/"
    client.get(address)  # the first page after a minute renews the session
    with counted() as captured:
        answer = client.post(
            address,
            urlencode(form, doseq=True),
            content_type="application/x-www-form-urlencoded",
        )
    assert answer.status_code == 302, answer.content.decode()[:1000]
    # As above, and: who asks, their scope, and the transaction around it.
    assert len(captured) <= 10
