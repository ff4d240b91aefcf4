"""Windows at fixed ages, over random histories: no age twice, none contradicted, whatever the order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from kangshu.declare import Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import person
from kangshu.work.planning import CaseFacts, PastRecord, plan

BORN = date(2024, 1, 31)
FORM = "tests.child"
ENTERED = datetime(2024, 1, 1, tzinfo=UTC)
MONTHS = (1, 3, 6, 8, 12, 18, 24, 30, 36)
STEP = Step(
    "ages",
    Text("儿童", "Child"),
    FORM,
    origin=person.birth_date,
    series=tuple(Window(Interval(months=age), Interval(months=age + 1)) for age in MONTHS),
)
DAYS = st.lists(st.integers(0, 1300), max_size=12)


def visits(days: list[int]) -> list[PastRecord]:
    return [
        PastRecord(
            UUID(int=number), FORM, 1, BORN + timedelta(days=day), datetime(2024, 1, 1, tzinfo=UTC), {}
        )
        for number, day in enumerate(days, start=1)
    ]


def planned(history: list[PastRecord], opened: int):
    case = CaseFacts(BORN + timedelta(days=opened))
    return plan(Schedule((STEP,)), history, case, lambda *_: True, lambda _: BORN)


@given(days=DAYS, opened=st.integers(0, 1300), seed=st.integers())
def test_every_age_stands_at_most_once_and_every_visit_fulfils_at_most_one(days, opened, seed):
    history = visits(days)
    dues = planned(history, opened)
    assert len({due.opens_on for due in dues}) == len(dues)
    done = [due for due in dues if due.fulfilled_by is not None]
    assert len({due.fulfilled_by for due in done}) == len(done)
    Random(seed).shuffle(history)
    assert planned(history, opened) == dues


@given(days=DAYS, opened=st.integers(0, 1300))
def test_a_visit_in_a_window_fulfils_it_and_what_is_open_comes_after_what_was_done(days, opened):
    history = visits(days)
    dues = planned(history, opened)
    by_id = {record.id: record.performed_on for record in history}
    done = [due for due in dues if due.fulfilled_by is not None]
    still = [due for due in dues if due.fulfilled_by is None]
    for due in done:
        on = by_id[due.fulfilled_by]
        assert due.opens_on <= on
        assert due.lapses_on is None or on < due.lapses_on
    for due in still:
        assert due.lapses_on is None or due.lapses_on > BORN + timedelta(days=opened)
        assert all(earlier.opens_on < due.opens_on for earlier in done)
        inside = [
            on
            for on in by_id.values()
            if on >= BORN + timedelta(days=opened)
            and due.opens_on <= on
            and (due.lapses_on is None or on < due.lapses_on)
        ]
        assert inside == []


def test_the_windows_of_a_series_leave_no_gap_and_do_not_overlap():
    for earlier, later in pairwise(STEP.windows_from(BORN)):
        assert earlier.lapses_on == later.opens_on
