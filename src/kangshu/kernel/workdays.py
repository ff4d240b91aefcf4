"""Working days in China: weekends, public holidays and the swapped working days around them.

The State Council announces the holidays of a year in the autumn before. `chinesecalendar` carries those of
the years it knows; a county can add its own days (`overrides`, kept on a screen of `places`). To ask about
a year that nobody has announced is an error with a name: a guess would silently shift time limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar

from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text

NO_OVERRIDES: Mapping[date, bool] = {}


class UnknownWorkdays(Refusal, LookupError):
    """The holidays of that year have not been announced, or the platform has not been updated since."""


def first_known_year() -> int:
    return int(min(chinese_calendar.holidays).year)


def last_known_year() -> int:
    return int(max(chinese_calendar.holidays).year)


def is_working_day(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> bool:
    """Whether offices work that day; an override decides first. Raises `UnknownWorkdays`."""
    if day in overrides:
        return overrides[day]
    _check_known(day, overrides)
    if day.year > last_known_year():
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def add_working_days(start: date, days: int, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The working day `days` working days after (before, if negative) `start`, which is not counted.

    With 0: `start` if it is a working day, else the next one.
    """
    step = timedelta(days=-1 if days < 0 else 1)
    day = start
    if days == 0:
        while not is_working_day(day, overrides):
            day += step
        return day
    left = abs(days)
    while left:
        day += step
        left -= is_working_day(day, overrides)
    return day


def working_days_between(first: date, last: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> int:
    """How many working days lie after `first` up to and including `last`; 0 when `last` is not later."""
    return sum(
        is_working_day(first + timedelta(days=offset), overrides)
        for offset in range(1, (last - first).days + 1)
    )


def _check_known(day: date, overrides: Mapping[date, bool]) -> None:
    if first_known_year() <= day.year <= last_known_year():
        return
    # A county that has entered the holidays of a new year by hand may go on with weekends for the rest.
    if day.year > last_known_year() and any(known.year == day.year for known in overrides):
        return
    raise UnknownWorkdays(
        "workdays.unknown_year",
        Text(
            f"{day.year}年的放假安排尚未录入，无法计算工作日。请在“工作日历”中录入国务院办公厅公布的安排，或升级系统。",
            f"The public holidays of {day.year} are not known yet, so working days cannot be counted. "
            "Enter the announced days in the working-day calendar, or update the platform.",
        ),
    )
