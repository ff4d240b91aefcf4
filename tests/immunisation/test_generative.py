"""What must hold of any child: a forecast that is followed comes true, and no dose is skipped."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.immunisation.histories import random_child

from kangshu.immunisation.forecast import Child, DoseForecast, HistoryEntry, Status, forecast
from kangshu.immunisation.forecast.values import Finding
from kangshu.kernel.dates import add_months

OPEN = (Status.DUE, Status.OVERDUE, Status.NOT_YET)


def past_child(rng: random.Random) -> Child:
    """A random child whose records all lie in the past: a record to come would come true on the way."""
    child = random_child(rng)
    return replace(child, history=tuple(entry for entry in child.history if entry.date <= child.as_of))


def given(child: Child, doses: list[DoseForecast]) -> Child:
    """The child on the day those doses are recommended for, with them on record."""
    on = max(max(dose.recommended, child.as_of) for dose in doses)
    entries = tuple(HistoryEntry(dose.vaccine, on) for dose in doses)
    return replace(child, history=child.history + entries, as_of=on)


def first_open(child: Child) -> list[DoseForecast]:
    """The first open dose of each vaccine line: those that wait for no other."""
    found: list[DoseForecast] = []
    before: DoseForecast | None = None
    for dose in forecast(child).doses:
        alone = before is None or dose.dose == 1 or before.status not in OPEN
        if dose.status in OPEN and alone:
            found.append(dose)
        before = dose
    return found


@pytest.mark.parametrize("seed", range(6))
def test_a_dose_on_its_recommended_day_is_valid_and_done(seed):
    rng = random.Random(seed)
    for _ in range(40):
        child = past_child(rng)
        for dose in first_open(child):
            after = given(child, [dose])
            answer = forecast(after)
            assert answer.history[-1].finding is Finding.COUNTED, (child, dose)
            same = [each for each in answer.doses if (each.vaccine, each.dose) == (dose.vaccine, dose.dose)]
            assert [each.status for each in same] == [Status.DONE], (child, dose)


@pytest.mark.parametrize("seed", range(6))
def test_a_day_before_the_earliest_does_not_count(seed):
    rng = random.Random(100 + seed)
    for _ in range(40):
        child = past_child(rng)
        for dose in first_open(child):
            if dose.status is not Status.NOT_YET or dose.vaccine in ("IPV", "DT", "dT", "bOPV"):
                continue  # polio fills any open place, DT has two vaccines for one dose
            on = dose.earliest - timedelta(days=1)
            if on <= child.as_of:
                continue
            entry = HistoryEntry(dose.vaccine, on)
            answer = forecast(replace(child, history=(*child.history, entry), as_of=on))
            assert not answer.history[-1].valid, (child, dose)


@pytest.mark.parametrize("seed", range(4))
def test_a_clinic_that_follows_the_forecast_ends_with_nothing_open(seed):
    rng = random.Random(200 + seed)
    for _ in range(6):
        child = past_child(rng)
        recorded = len(child.history)
        for _ in range(60):
            doses = first_open(child)
            if not doses:
                break
            soonest = min(max(dose.recommended, child.as_of) for dose in doses)
            today = [dose for dose in doses if max(dose.recommended, child.as_of) == soonest]
            child = given(child, today)
        assert first_open(child) == []
        judged = forecast(child).history
        assert {each.finding for each in judged[recorded:]} <= {Finding.COUNTED}


def test_a_newborn_who_comes_in_time_gets_every_dose_in_its_order():
    rng = random.Random(9)
    for _ in range(20):
        born = past_child(rng).as_of
        child = Child("x", born, True, born)
        planned = [(dose.vaccine, dose.dose) for dose in forecast(child).doses]
        for _ in range(60):
            doses = first_open(child)
            if not doses:
                break
            soonest = min(max(dose.recommended, child.as_of) for dose in doses)
            child = given(child, [dose for dose in doses if max(dose.recommended, child.as_of) == soonest])
        answer = forecast(child)
        assert [(dose.vaccine, dose.dose) for dose in answer.doses] == planned
        assert {dose.status for dose in answer.doses} == {Status.DONE}
        assert not any(dose.late for dose in answer.doses)
        assert child.as_of == add_months(born, 162)


def test_recorded_doses_may_come_in_any_order():
    rng = random.Random(11)
    for _ in range(60):
        child = past_child(rng)
        # Records of one day keep their order: which of two is the duplicate is for the clinic to say.
        days = {entry.date for entry in child.history}
        one_a_day = tuple(next(e for e in child.history if e.date == day) for day in sorted(days))
        mixed = list(one_a_day)
        rng.shuffle(mixed)
        straight = forecast(replace(child, history=one_a_day))
        crossed = forecast(replace(child, history=tuple(mixed)))
        assert straight.doses == crossed.doses


def test_a_later_day_never_undoes_a_dose():
    rng = random.Random(12)
    for _ in range(60):
        child = past_child(rng)
        later = replace(child, as_of=child.as_of + timedelta(days=rng.randrange(1, 400)))
        done = {(d.vaccine, d.dose): d.given for d in forecast(child).doses if d.status is Status.DONE}
        still = {(d.vaccine, d.dose): d.given for d in forecast(later).doses if d.status is Status.DONE}
        assert done.items() <= still.items()
