"""By which day an answer is owed. How many working days it has is a parameter with dates, which a package
above reads; it registers itself here, because people lie below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kangshu.places.queries import county_working_day_after

TRANSFER_DAYS = "records.transfer_answer_days"
CORRECTION_DAYS = "records.correction_answer_days"

#: (parameter, day) → working days.
WorkingDays = Callable[[str, date], int]
_readers: list[WorkingDays] = []


def set_working_days(reader: WorkingDays) -> None:
    """Register where the number of working days is read. The last one registered counts."""
    _readers[:] = [reader]


def answer_due_on(parameter: str, asked_on: date) -> date:
    """The last day for an answer to what was asked on `asked_on`. Raises `UnknownWorkdays`."""
    return county_working_day_after(asked_on, _readers[0](parameter, asked_on))
