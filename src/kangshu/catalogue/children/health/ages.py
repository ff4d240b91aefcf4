"""The twelve ages at which a child is checked (norms A4.1), and to which of them a day belongs."""

from __future__ import annotations

from datetime import date

from kangshu.kernel.dates import add_days, add_months

NEWBORN_UNTIL_DAY = 28
"""A newborn is visited until this day after discharge or birth; the full-month check begins on it."""

INFANT, TODDLER, PRESCHOOL = (1, 3, 6, 8), (12, 18, 24, 30), (36, 48, 60, 72)
FROM_MONTH = {
    1: 0, 3: 3, 6: 6, 8: 8,
    12: 11, 18: 17, 24: 23, 30: 29, 36: 35,
    48: 48, 60: 60, 72: 72,
}  # fmt: skip
"""The first full month in which a check counts for the age: from 12 to 36 months one month before it."""
UNDER_MONTHS = {INFANT: 12, TODDLER: 36, PRESCHOOL: 84}
"""From this age on the form is not for the child any more; a check of 30 months may be late until then."""


def begins(born: date, age: int) -> date:
    """The first day on which a check counts for this age in months."""
    return add_days(born, NEWBORN_UNTIL_DAY) if age == 1 else add_months(born, FROM_MONTH[age])


def age_of_check(born: date, on: date, ages: tuple[int, ...]) -> int | None:
    """The last of these ages that a day has reached; None before the first."""
    return max((age for age in ages if begins(born, age) <= on), default=None)
