"""Periods of reports."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kangshu.kernel import periods
from kangshu.kernel.periods import BadPeriod, Period, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-h2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-10..2026-09", date(2025, 10, 1), date(2026, 9, 30)),
        ("2026-01-05..2026-02-03", date(2026, 1, 5), date(2026, 2, 3)),
    ],
)
def test_what_a_written_period_means(text, first, last):
    period = parse_period(text)
    assert period == Period(first, last)
    assert parse_period(str(period)) == period


@pytest.mark.parametrize("text", ["", "last year", "2026-13", "2026-Q5", "2026-09..2026-01", "26"])
def test_what_is_no_period_is_refused_with_an_example(text):
    with pytest.raises(BadPeriod) as refused:
        parse_period(text)
    assert "2026-Q3" in refused.value.message.en


def test_periods_before():
    assert str(parse_period("2026-Q1").previous()) == "2025-Q4"
    assert str(parse_period("2026").previous()) == "2025"
    assert str(parse_period("2024-02").year_before()) == "2023-02"
    assert str(parse_period("2025-02").year_before()) == "2024-02"
    assert parse_period("2024-02").year_before().last == date(2023, 2, 28)
    assert parse_period("2025-02").year_before().last == date(2024, 2, 29)


def test_titles_in_both_languages():
    assert parse_period("2026-Q3").title().zh == "2026年第三季度"
    assert parse_period("2026-H1").title().en == "half 1 of 2026"
    assert parse_period("2026-09").title().en == "September 2026"


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="ends before"):
        Period(date(2026, 2, 1), date(2026, 1, 1))


@given(st.integers(1950, 2100))
def test_quarters_halves_and_months_partition_a_year(number):
    for parts in (
        [periods.month(number, m) for m in range(1, 13)],
        [periods.quarter(number, q) for q in range(1, 5)],
        [periods.half(number, h) for h in (1, 2)],
    ):
        assert parts[0].first == date(number, 1, 1)
        assert parts[-1].last == date(number, 12, 31)
        for before, after in pairwise(parts):
            assert after.first == before.last + timedelta(days=1)
            assert after.previous() == before


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 800))
def test_months_of_a_period_partition_it(first, length):
    period = Period(first, first + timedelta(days=length - 1))
    parts = period.months()
    assert sum(part.days for part in parts) == period.days
    assert all(part.first in period and part.last in period for part in parts)
    assert parse_period(str(period)) == period


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_a_day_lies_in_its_month_and_quarter(day):
    assert day in periods.month_of(day)
    assert day in periods.quarter_of(day)
    assert periods.month_of(day).overlaps(periods.quarter_of(day))
