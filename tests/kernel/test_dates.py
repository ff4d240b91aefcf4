"""Dates as the norms count them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kangshu.kernel import dates

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "result"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -13, date(2024, 12, 15)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_month_end(start, months, result):
    assert dates.add_months(start, months) == result


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(1961, 11, 23), date(2026, 11, 22), 64),
        (date(1961, 11, 23), date(2026, 11, 23), 65),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2000, 2, 29), date(2024, 2, 29), 24),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
)
def test_age_turns_on_the_birthday(birth, on, age):
    assert dates.age_on(birth, on) == age


def test_age_before_birth_is_an_error():
    with pytest.raises(ValueError, match="before the birth"):
        dates.age_on(date(2026, 1, 1), date(2025, 1, 1))


@given(days, st.integers(-600, 600))
def test_adding_months_lands_in_the_right_month(start, months):
    assume(1800 < start.year + months / 12 < 2200)
    result = dates.add_months(start, months)
    assert (result.year * 12 + result.month) - (start.year * 12 + start.month) == months
    assert result.day <= start.day


@given(days, days)
def test_months_between_is_the_largest_number_that_fits(first, last):
    assume(first <= last)
    months = dates.months_between(first, last)
    assert dates.add_months(first, months) <= last < dates.add_months(first, months + 1)
    assert dates.months_between(last, first) == -months


@given(days, st.integers(0, 45000))
def test_people_of_an_age_are_born_within_its_bounds(birth, lived):
    on = birth + timedelta(days=lived)
    age = dates.age_on(birth, on)
    first, last = dates.birth_date_bounds(on, age)
    assert first <= birth <= last
    assert dates.age_on(first, on) == age == dates.age_on(last, on)
    assert dates.age_on(first - timedelta(days=1), on) == age + 1


def test_age_in_months_with_thirtieths():
    assert dates.age_in_months(date(2026, 1, 31), date(2026, 2, 28)) == 0
    assert dates.age_in_months(date(2026, 1, 15), date(2026, 2, 15)) == 1
    assert dates.age_in_months_and_days(date(2026, 1, 15), date(2026, 2, 25)) == 1 + Fraction(10, 30)


def test_ends_of_a_month():
    assert dates.first_of_month(date(2024, 2, 10)) == date(2024, 2, 1)
    assert dates.last_of_month(date(2024, 2, 10)) == date(2024, 2, 29)
    assert dates.add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert dates.days_between(date(2024, 2, 28), date(2024, 3, 1)) == 2
    assert dates.add_days(date(2024, 2, 28), 2) == date(2024, 3, 1)
