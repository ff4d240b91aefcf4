"""A statistical report: a form that an institution fills about itself for a period, instead of about a
person.

The figures in it are *reported*, not computed: each of its fields that a bureau counts names the
indicator it reports. Where the same indicator is computed from records too, the two are set side by
side.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kangshu.declare.errors import refuse_unless
from kangshu.declare.form import IDENTIFIER, Form
from kangshu.declare.serial import Declared
from kangshu.kernel.text import Text


class Periodicity(StrEnum):
    """How often an institution reports."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class ReportedFigure(Declared):
    """A field of the report as an indicator.

    `indicator` is the indicator reported, one that is also computed or one of the report's own. `form`
    names the form whose records, counted by the performing institution, say the same: shown beside what
    is typed. Figures of several institutions and months are summed.
    """

    field: str
    indicator: str
    title: Text
    unit: str
    aliases: tuple[str, ...] = ()
    form: str = ""

    def __post_init__(self) -> None:
        refuse_unless(
            bool(IDENTIFIER.match(self.indicator)),
            f"reported figure {self.field}",
            "an indicator's id is dotted lower-case words",
        )


@dataclass(frozen=True)
class Report(Declared):
    """A version of a report.

    `institution_kinds` says who owes it, `due_working_days` how many working days after the period's end it
    is due. Each reported figure must name a number that the form asks.
    """

    id: str
    version: int
    title: Text
    form: Form
    periodicity: Periodicity
    institution_kinds: frozenset[str]
    due_working_days: int
    figures: tuple[ReportedFigure, ...]
    valid_from: date = date(2009, 1, 1)
    valid_to: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        where = f"report {self.id}@{self.version}"
        refuse_unless(bool(IDENTIFIER.match(self.id)), where, "an id is dotted lower-case words")
        refuse_unless(bool(self.institution_kinds), where, "nobody owes it")
        refuse_unless(self.due_working_days > 0, where, "is due before its period has ended")
        for figure in self.figures:
            asked = next((field for field in self.form.fields if field.name == figure.field), None)
            refuse_unless(
                asked is not None and asked.is_number, where, f"reports {figure.field}, which is no number"
            )
        indicators = [figure.indicator for figure in self.figures]
        refuse_unless(len(indicators) == len(set(indicators)), where, "reports an indicator twice")
