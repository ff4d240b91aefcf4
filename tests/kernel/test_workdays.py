"""Working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.kernel.workdays import (
    UnknownWorkdays,
    add_working_days,
    is_working_day,
    last_known_year,
    working_days_between,
)


def test_national_day_week_and_the_saturday_worked_for_it():
    assert not is_working_day(date(2025, 10, 1))
    assert not is_working_day(date(2025, 10, 8))
    assert is_working_day(date(2025, 10, 11))  # a Saturday swapped in


def test_five_working_days_over_a_holiday():
    assert add_working_days(date(2025, 9, 30), 1) == date(2025, 10, 9)
    assert add_working_days(date(2025, 10, 9), -1) == date(2025, 9, 30)
    assert add_working_days(date(2025, 10, 1), 0) == date(2025, 10, 9)


def test_a_county_can_swap_a_day_of_its_own():
    festival = date(2026, 11, 23)
    assert is_working_day(festival)
    assert not is_working_day(festival, {festival: False})
    assert add_working_days(date(2026, 11, 20), 1, {festival: False}) == date(2026, 11, 24)


def test_a_year_nobody_has_announced_is_an_error_with_a_name():
    unknown = date(last_known_year() + 1, 3, 2)
    with pytest.raises(UnknownWorkdays) as refused:
        is_working_day(unknown)
    assert str(unknown.year) in refused.value.message.zh


def test_a_year_whose_days_were_entered_by_hand_is_known():
    year = last_known_year() + 1
    new_year = date(year, 1, 1)
    assert not is_working_day(new_year, {new_year: False})
    monday = next(d for d in (date(year, 3, n) for n in range(1, 8)) if d.weekday() == 0)
    assert is_working_day(monday, {new_year: False})
    assert not is_working_day(monday - timedelta(days=1), {new_year: False})


@given(st.dates(date(2010, 1, 1), date(2025, 6, 1)), st.integers(1, 40))
def test_counting_undoes_adding(start, days):
    end = add_working_days(start, days)
    assert is_working_day(end)
    assert working_days_between(start, end) == days
