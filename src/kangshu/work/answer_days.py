"""How many working days an answer may take: `people`, which lies below the parameters, asks here."""

from __future__ import annotations

from datetime import date

from kangshu.people.answering import set_working_days
from kangshu.work.parameters import LocalParameters


def register() -> None:
    set_working_days(working_days)


def working_days(id: str, on: date) -> int:
    """The parameter's value in force on a day, in whole days."""
    return int(LocalParameters().value(id, on))
