"""The values that go into a forecast and come out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from kangshu.kernel.text import Text


class Status(StrEnum):
    """What is to be done about one dose on the day asked about."""

    DONE = "done"
    DUE = "due"
    OVERDUE = "overdue"
    NOT_YET = "not_yet"
    CONTRAINDICATED = "contraindicated"
    AGED_OUT = "aged_out"
    NOT_NEEDED = "not_needed"


class Finding(StrEnum):
    """What a recorded dose was found to be. Everything but the first two is not counted."""

    COUNTED = "counted"
    SURPLUS = "surplus"
    UNKNOWN_VACCINE = "unknown_vaccine"
    BAD_DATE = "bad_date"
    BEFORE_BIRTH = "before_birth"
    AFTER_AS_OF = "after_as_of"
    DUPLICATE = "duplicate"
    BEFORE_MINIMUM_AGE = "before_minimum_age"
    BEFORE_MINIMUM_INTERVAL = "before_minimum_interval"
    LIVE_TOO_CLOSE = "live_too_close"
    AFTER_IMMUNOGLOBULIN = "after_immunoglobulin"
    MIXED_PRODUCTS = "mixed_products"
    WRONG_PRODUCT = "wrong_product"
    OUT_OF_ORDER = "out_of_order"


class Reason(NamedTuple):
    """A sentence in two languages whose places are filled only when somebody reads it.

    A named tuple, as are the other values made by the dozen for every child: they are built twice as fast.
    """

    words: Text
    values: Mapping[str, object] = MappingProxyType({})

    @property
    def zh(self) -> str:
        if not self.values:
            return self.words.zh
        return self.words.zh.format(
            **{name: value.zh if isinstance(value, _SAID) else value for name, value in self.values.items()}
        )

    @property
    def en(self) -> str:
        if not self.values:
            return self.words.en
        return self.words.en.format(
            **{name: value.en if isinstance(value, _SAID) else value for name, value in self.values.items()}
        )


_SAID = (Text, Reason)


def because(words: Text, **values: object) -> Reason:
    """The reason with its places filled in."""
    return Reason(words, values)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One recorded dose as it was handed in. `date` is None when what was written is no date.

    `number` is the dose number somebody wrote beside it, if any; `by_leaflet` says it was a self-paid product
    given by its leaflet, not by the programme's table.
    """

    vaccine: str
    date: date | None
    written: object = None
    number: int | None = None
    by_leaflet: bool = False


@dataclass(frozen=True, slots=True)
class Child:
    """Whom a forecast is about. `states` are codes of `states.py`; `immunoglobulin_on` the days on which an
    immunoglobulin-containing product was given; `edition` None picks by birth date and `as_of`.
    """

    id: str | int
    birth_date: date
    is_girl: bool
    as_of: date
    states: frozenset[str] = frozenset()
    je: str = "live"
    hepa: str = "live"
    history: tuple[HistoryEntry, ...] = ()
    edition: str | None = None
    dtap_variant: str | None = None
    immunoglobulin_on: tuple[date, ...] = ()
    unknown_states: tuple[str, ...] = ()


class JudgedEntry(NamedTuple):
    """One recorded dose, judged. `fills` names the doses it counts as: (vaccine, number)."""

    entry: HistoryEntry
    finding: Finding
    why: Reason
    fills: tuple[tuple[str, int], ...] = ()
    warnings: tuple[Reason, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether it stands: it counts, or would count if more doses were needed."""
        return self.finding in (Finding.COUNTED, Finding.SURPLUS)


class DoseForecast(NamedTuple):
    """One dose of the programme. Dates are None where there is none to give.

    `overdue` is the last day on which the dose is still in time; `given` the day of the dose that fills it.
    """

    vaccine: str
    dose: int
    status: Status
    earliest: date | None
    recommended: date | None
    overdue: date | None
    why: Reason
    given: date | None = None
    late: bool = False
    notes: tuple[Reason, ...] = ()
    source: str = ""
    #: Whether the child has reached the dose's minimum age; an interval may still stand before it.
    of_age: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """The answer for one child. `edition` is the one that was used."""

    child: Child
    edition: str
    history: tuple[JudgedEntry, ...]
    doses: tuple[DoseForecast, ...]
    notes: tuple[Reason, ...] = field(default=())
