"""Calendar arithmetic as the norms count it: full years, months clamped to the month's end."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction

# One time zone for the whole country, without summer time since 1991.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def china_today() -> date:
    """The calendar day in China now. Only for edges (commands, pages, defaults); rules take the day."""
    return datetime.now(CHINA).date()


def add_months(start: date, months: int) -> date:
    """The same day `months` later (or earlier), clamped to the month's end: 31 Jan + 1 month = 28 Feb."""
    index = start.year * 12 + (start.month - 1) + months
    year, month = divmod(index, 12)
    if start.day <= 28:  # every month has that day; asking how long it is costs more than the rest
        return date(year, month + 1, start.day)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_years(start: date, years: int) -> date:
    """The same day `years` later; 29 February becomes 28 February in common years."""
    return add_months(start, years * 12)


def add_days(start: date, days: int) -> date:
    return start + timedelta(days=days)


def days_between(first: date, last: date) -> int:
    """Days from `first` to `last`; negative when `last` is earlier."""
    return (last - first).days


def months_between(first: date, last: date) -> int:
    """Full months from `first` to `last`, toward zero; negative when `last` is earlier.

    A month is full when `add_months(first, n)` is not after `last`, so 31 Jan → 28 Feb is one month.
    """
    if last < first:
        return -months_between(last, first)
    months = (last.year - first.year) * 12 + (last.month - first.month)
    return months if add_months(first, months) <= last else months - 1


def age_on(birth: date, on: date) -> int:
    """Age in full years (周岁). Somebody born on 29 February turns a year older on 1 March of common years,
    because Chinese law counts the birthday as reached the day after it is completed.

    Raises ValueError when `on` is before the birth.
    """
    if on < birth:
        raise ValueError(f"age asked on {on}, before the birth on {birth}")
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_in_months(birth: date, on: date) -> int:
    """Age in full months (月龄). Raises ValueError when `on` is before the birth."""
    if on < birth:
        raise ValueError(f"age asked on {on}, before the birth on {birth}")
    months = (on.year - birth.year) * 12 + (on.month - birth.month)
    return months - (on.day < birth.day)


def age_in_months_and_days(birth: date, on: date) -> Fraction:
    """Age in months with the days as thirtieths, as data element DE02.01.032.00 writes it."""
    months = age_in_months(birth, on)
    days = days_between(add_months(birth, months), on)
    return months + Fraction(min(days, 29), 30)


def birth_date_bounds(on: date, age: int) -> tuple[date, date]:
    """First and last birth date of people who are `age` full years old on a date."""
    if age < 0:
        raise ValueError(f"an age cannot be negative: {age}")
    try:
        last = on.replace(year=on.year - age)
    except ValueError:  # `on` is 29 February and that year has none
        last = date(on.year - age, 2, 28)
    try:
        day_before_first = on.replace(year=on.year - age - 1)
    except ValueError:
        day_before_first = date(on.year - age - 1, 2, 28)
    return day_before_first + timedelta(days=1), last


def first_of_month(on: date) -> date:
    return on.replace(day=1)


def last_of_month(on: date) -> date:
    return on.replace(day=monthrange(on.year, on.month)[1])
