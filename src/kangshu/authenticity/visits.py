"""What is looked at: visits as plain values, and the signs that are found in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from kangshu.kernel.text import Text


class Sign(StrEnum):
    """A way in which records may differ from what work leaves behind."""

    AFTER_END = "after_end"
    ADMITTED = "admitted"
    COPIED = "copied"
    SEQUENCE = "sequence"
    CROWD = "crowd"
    NIGHT = "night"
    LATE = "late"
    DIGITS = "digits"
    LIMIT = "limit"

    @property
    def title(self) -> Text:
        return TITLES[self]


TITLES = {
    Sign.AFTER_END: Text("死亡或迁出后仍有服务", "Visits after death or departure"),
    Sign.ADMITTED: Text("住院期间仍有随访", "Visits during a stay in hospital"),
    Sign.COPIED: Text("多次测量值完全相同", "The same readings visit after visit"),
    Sign.SEQUENCE: Text("不同居民的一串测量值雷同", "Two residents with one sequence of readings"),
    Sign.CROWD: Text("一人一天服务人数过多", "More visits a day than one can make"),
    Sign.NIGHT: Text("深夜成批录入", "Typed in at night, in a block"),
    Sign.LATE: Text("服务很久之后成批补录", "Typed in long afterwards, in a block"),
    Sign.DIGITS: Text("测量值尾数异常集中", "Readings end in few digits"),
    Sign.LIMIT: Text("测量值集中在界值以下", "Readings pile up just below a limit"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One record. `measured` holds the numbers somebody typed, by field, in the form's order; what was
    carried over, reckoned, imported or read from a device is not there."""

    record: UUID
    form: str
    person: UUID
    institution: UUID
    doctor: UUID | None
    performed_on: date
    entered_at: datetime
    measured: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay in hospital."""

    began_on: date
    ended_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of a person: since when dead or gone, and stays in hospital."""

    ended_on: date | None = None
    stays: Sequence[Stay] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What an office may set. Days and counts; hours of the county's time."""

    visits_a_day: int = 40
    night_from: int = 22
    night_to: int = 6
    night_block: int = 10
    late_after_days: int = 30
    late_block: int = 5
    fewest_for_pattern: int = 60
    chance: float = 0.01


@dataclass(frozen=True, slots=True)
class Found:
    """A sign: where, in which records, and the reason in words. `person` is empty when it concerns a doctor's
    work as a whole."""

    sign: Sign
    institution: UUID
    doctor: UUID | None
    person: UUID | None
    records: tuple[UUID, ...]
    reason: Text
