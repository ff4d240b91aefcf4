"""Indicators: who or what is counted, out of whom, in the norm's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import Expression, Kind, Population
from kangshu.declare.form import IDENTIFIER
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text


class Counts(StrEnum):
    """What is counted: people (each once), or records of one form (each record)."""

    PEOPLE = "people"
    RECORDS = "records"


class Months(StrEnum):
    """What a month of a yearly series means: the year so far, or that month alone."""

    CUMULATIVE = "cumulative"
    EACH = "each"


class Direction(StrEnum):
    """Which way is better; NONE for what is only known."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True)
class Indicator(Declared):
    """`counts` people or records of `form`. `denominator` is the condition for belonging; `numerator` the
    condition that is counted among those who belong (so the numerator is always a part of the denominator).
    An indicator with `estimate` has a denominator that is not counted but reckoned per place from
    `population(…)` and parameters. Without either it is a plain count. `case_kind` is the capability whose
    case `case.…` speaks of. `scale` 100 prints percent, 1000 per mille."""

    id: str
    version: int
    title: Text
    unit: str
    numerator: Expression
    denominator: Expression | None = None
    estimate: Expression | None = None
    counts: Counts = Counts.PEOPLE
    form: str = ""
    case_kind: str = ""
    scale: int = 100
    decimals: int = 2
    months: Months = Months.CUMULATIVE
    direction: Direction = Direction.NONE
    numerator_words: Text | None = None
    denominator_words: Text | None = None
    aliases: tuple[str, ...] = ()
    valid_from: date = date(2009, 1, 1)
    valid_to: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        where = f"indicator {self.id}@{self.version}"
        refuse_unless(bool(IDENTIFIER.match(self.id)), where, "an id is dotted lower-case words")
        refuse_unless(self.version >= 1, where, "versions start at 1")
        refuse_unless(self.denominator is None or self.estimate is None, where, "has two denominators")
        refuse_unless(self.numerator.kind.may_be(Kind.BOOLEAN), where, "the numerator is not a condition")
        if self.denominator is not None:
            refuse_unless(
                self.denominator.kind.may_be(Kind.BOOLEAN), where, "the denominator is not a condition"
            )
        if self.estimate is not None:
            refuse_unless(self.estimate.kind.is_number, where, "the estimate is not a number")
        refuse_unless(
            (self.counts is Counts.RECORDS) == bool(self.form), where, "`form` goes with counting records"
        )
        from kangshu.declare.binding import walk

        for condition in (self.numerator, self.denominator):
            if condition is not None:
                refuse_unless(
                    not any(isinstance(node, Population) for node in walk(condition)),
                    where,
                    "population() belongs into the estimate",
                )

    @property
    def is_ratio(self) -> bool:
        return self.denominator is not None or self.estimate is not None
