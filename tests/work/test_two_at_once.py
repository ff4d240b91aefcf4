"""Two people save at once, each on a connection of their own: nothing lost, nothing doubled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connections
from tests.support.accounts import Accounts, accounts, acting
from tests.support.county import County, small_county
from tests.support.people import resident
from tests.work.conftest import ANSWERS, FOLLOW_UP, HYPERTENSION, NOW

from kangshu.access.scope import entered_as_system
from kangshu.kernel.identifiers import new_id
from kangshu.work import refusals
from kangshu.work.actions import correct_record, enrol, record_visit
from kangshu.work.models import Case, Due, DueState, Record

DAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db(transaction=True)


class Committed:
    """A county whose rows other connections see."""

    county: County
    accounts: Accounts

    def __init__(self) -> None:
        self.county = small_county()
        self.accounts = accounts(self.county)
        self.person = resident(self.county.clinic_a1, "李秀英", birth_date=date(1956, 4, 2))

    def enrol(self, **given: Any) -> Case:
        with acting(self.accounts.village_doctor_a) as doctor:
            given = {"by": doctor, "now": NOW, "on": date(2026, 1, 5)} | given
            return enrol(kind=HYPERTENSION, person=self.person.id, **given)

    def visit(self, record_id=None, day: date = DAY, **answers: Any) -> Any:
        with acting(self.accounts.village_doctor_a) as doctor:
            return record_visit(
                form_id=FOLLOW_UP,
                person=self.person.id,
                answers={**ANSWERS, **answers},
                performed_on=day,
                institution=self.county.clinic_a1.id,
                record_id=record_id or new_id(),
                by=doctor,
                now=NOW,
            )


@pytest.fixture
def committed() -> Committed:
    return Committed()


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Run each in a thread of its own, all starting together; gives what each returned or raised."""
    start, results = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[place] = work()
        except Exception as error:  # the test looks at it
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_two_visits_of_one_day_one_is_saved_and_one_is_asked(committed: Committed):
    committed.enrol()
    results = at_once(lambda: committed.visit(sbp=130), lambda: committed.visit(sbp=144))
    assert sorted(type(result).__name__ for result in results) == ["AlreadyRecorded", "Saved"]
    with entered_as_system("test"):
        assert Record.objects.count() == 1
        assert Due.objects.filter(step="follow_up", state=DueState.OPEN).count() == 1


def test_the_same_form_sent_twice_at_once_is_saved_once(committed: Committed):
    committed.enrol()
    id = new_id()
    results = at_once(*[lambda: committed.visit(id)] * 4)
    assert [type(result).__name__ for result in results] == ["Saved"] * 4
    assert sorted(result.was_repeat for result in results) == [False, True, True, True]
    with entered_as_system("test"):
        assert Record.objects.count() == 1


def test_visits_of_different_days_are_all_planned(committed: Committed):
    committed.enrol()
    days = [date(2026, 2, 1), date(2026, 4, 20), date(2026, 7, 1), date(2026, 9, 1)]
    results = at_once(*[lambda day=day: committed.visit(day=day) for day in days])
    assert [type(result).__name__ for result in results] == ["Saved"] * 4
    with entered_as_system("test"):
        windows = Due.objects.filter(step="follow_up").exclude(state=DueState.CANCELLED)
        assert windows.filter(state=DueState.FULFILLED).count() == 4
        assert windows.get(state=DueState.OPEN).due_on == date(2026, 12, 1)


def test_two_corrections_at_once_one_succeeds_and_one_is_told(committed: Committed):
    committed.enrol()
    record = committed.visit().record

    def correct(sbp: int) -> Any:
        with acting(committed.accounts.village_doctor_a) as doctor:
            return correct_record(
                record_id=record.id,
                new_id=new_id(),
                answers={**ANSWERS, "sbp": sbp},
                reason="看错",
                by=doctor,
                now=NOW,
            )

    results = at_once(lambda: correct(150), lambda: correct(160))
    assert sorted(type(result).__name__ for result in results) == ["NotCurrent", "Saved"]
    with entered_as_system("test"):
        assert Record.objects.filter(status="current").count() == 1


def test_two_enrolments_at_once_open_one_case(committed: Committed):
    results = at_once(committed.enrol, committed.enrol)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyEnrolled", "Case"]
    assert any(isinstance(result, refusals.AlreadyEnrolled) for result in results)
