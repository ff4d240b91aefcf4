"""Indicators: who or what is counted, out of whom, in the norm's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import AgeOn, CaseAttribute, Expression, Kind, PersonAttribute, Population
from kangshu.declare.form import IDENTIFIER
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text


class Counts(StrEnum):
    """What is counted: people (each once), records of one form (each record), or entries of a logbook, which
    are about no person."""

    PEOPLE = "people"
    RECORDS = "records"
    ENTRIES = "entries"


class Months(StrEnum):
    """What a month of a yearly series means: the year so far, that month alone, or its last day (a stock).
    The figure of a whole period of a stock is the one of its last day."""

    CUMULATIVE = "cumulative"
    EACH = "each"
    LAST_DAY = "last_day"


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
    case `case.…` speaks of. `scale` 100 prints percent, 1000 per mille.

    What is added up instead of counted: `total` over those who count, `denominator_total` over those who
    belong; what is missing adds nothing. `median` makes the figure the median of a value among those who
    count (of the two middle ones their mean). `divided_by` names the indicator whose numerator is this one's
    denominator. `year_begins` is the month in which the indicator's reporting year begins: 10 for October to
    September, which is named by the year it ends in."""

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
    total: Expression | None = None
    denominator_total: Expression | None = None
    median: Expression | None = None
    divided_by: str = ""
    year_begins: int = 1

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
            (self.counts is not Counts.PEOPLE) == bool(self.form),
            where,
            "`form` goes with counting records or entries",
        )
        self._check_sums(where)
        from kangshu.declare.binding import walk

        for part in self.parts:
            if part is not self.estimate:
                refuse_unless(
                    not any(isinstance(node, Population) for node in walk(part)),
                    where,
                    "population() belongs into the estimate",
                )
            refuse_unless(
                self.counts is not Counts.ENTRIES
                or not any(isinstance(node, PersonAttribute | AgeOn | CaseAttribute) for node in walk(part)),
                where,
                "an entry of a logbook is about no person",
            )

    def _check_sums(self, where: str) -> None:
        for name in ("total", "denominator_total", "median"):
            value: Expression | None = getattr(self, name)
            refuse_unless(
                value is None or value.kind.is_number or value.kind is Kind.ANY, where, f"{name} is no number"
            )
        refuse_unless(
            self.denominator_total is None or self.denominator is not None,
            where,
            "`denominator_total` is added up among those of a denominator",
        )
        refuse_unless(
            self.median is None or not (self.total is not None or self.has_denominator),
            where,
            "a median is neither added up nor divided",
        )
        refuse_unless(
            not self.divided_by or (self.denominator is None and self.estimate is None),
            where,
            "has two denominators",
        )
        refuse_unless(self.divided_by != self.id, where, "is divided by itself")
        refuse_unless(1 <= self.year_begins <= 12, where, "a year begins in a month from 1 to 12")

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Every expression it is made of."""
        found = (
            self.numerator, self.denominator, self.estimate, self.total, self.denominator_total, self.median,
        )  # fmt: skip
        return tuple(part for part in found if part is not None)

    @property
    def has_denominator(self) -> bool:
        return self.denominator is not None or self.estimate is not None or bool(self.divided_by)

    @property
    def is_ratio(self) -> bool:
        return self.has_denominator

    @property
    def is_share(self) -> bool:
        """Whether the numerator is a number of those whom the denominator counts, so that there is a gap."""
        return self.denominator is not None and self.total is None and self.denominator_total is None


class IndicatorOwner(Protocol):
    """What declares indicators: a capability, a logbook (`logbook = …`), or a set over several programmes
    (`indicator_set = …`)."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> Text: ...
    @property
    def rows(self) -> tuple[str, ...]: ...
    @property
    def indicators(self) -> tuple[Indicator, ...]: ...


@dataclass(frozen=True)
class IndicatorSet(Declared):
    """Indicators over several programmes, which belong to no capability: `indicator_set = IndicatorSet(…)` in
    a folder of the catalogue. `rows` are the ids of capabilities.md it answers."""

    id: str
    title: Text
    indicators: tuple[Indicator, ...]
    rows: tuple[str, ...] = ()
    screens: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        where = f"indicator set {self.id}"
        refuse_unless(bool(IDENTIFIER.match(self.id)), where, "an id is dotted lower-case words")
        ids = [indicator.id for indicator in self.indicators]
        refuse_unless(len(ids) == len(set(ids)), where, "declares an indicator twice")
        from kangshu.declare.binding import check_expression

        for indicator in self.indicators:
            for part in indicator.parts:
                gives = Kind.BOOLEAN if part.kind is Kind.BOOLEAN else Kind.DECIMAL
                check_expression(part, None, f"indicator {indicator.id}", gives=gives)
