"""What a rule in rules.py takes and gives: plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from kangshu.declare.schedule import DueDates
from kangshu.kernel.dates import age_on
from kangshu.kernel.errors import Refusal
from kangshu.kernel.text import Text


class CannotAssess(Refusal):
    """The answers do not suffice for the rule, or cannot be true. `where` is the field."""


@dataclass(frozen=True)
class Visit:
    """One record as a rule sees it. `answers` are typed (`declare.answers.typed`), `assessment` what the
    rules found when it was saved (empty for the one being assessed)."""

    performed_on: date
    answers: Mapping[str, Any]
    assessment: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonFacts:
    sex: str = "9"
    birth_date: date | None = None
    death_on: date | None = None

    def age_on(self, on: date) -> int | None:
        """Full years; None when the birth date is unknown. Raises ValueError before birth."""
        return None if self.birth_date is None else age_on(self.birth_date, on)


class Parameters(Protocol):
    """The parameters in force where the work is done."""

    def value(self, id: str, on: date) -> Decimal:
        """Raises KeyError for an unknown parameter."""
        ...


@dataclass(frozen=True)
class Advice:
    """A sentence for the person who does the work. `code` is stable, for counting and translation."""

    code: str
    text: Text


@dataclass(frozen=True)
class Assessment:
    """What the answers mean. `values` are stored with the record (strings, integers, booleans, decimals);
    `outcome` is the one that decides what happens; `next` when this form is due again for a person under
    care."""

    outcome: str
    values: Mapping[str, Any]
    title: Text
    advice: tuple[Advice, ...] = ()
    urgent: bool = False
    refer: bool = False
    next: DueDates | None = None


class Rule(Protocol):
    """A function in a capability's rules.py. `earlier` are the person's other visits with the same form,
    oldest first. It raises CannotAssess."""

    def __call__(
        self, visit: Visit, earlier: Sequence[Visit], person: PersonFacts, parameters: Parameters
    ) -> Assessment: ...
