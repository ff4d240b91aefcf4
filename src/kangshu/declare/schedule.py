"""When something is due: windows after enrolment and after each visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import Expression, Kind
from kangshu.declare.serial import Declared
from kangshu.kernel.dates import add_days, add_months
from kangshu.kernel.text import Text


@dataclass(frozen=True)
class Interval:
    """So many months and days; months are counted first and clamp to the month's end."""

    months: int = 0
    days: int = 0

    def __post_init__(self) -> None:
        refuse_unless(self.months >= 0 and self.days >= 0, "interval", "cannot be negative")

    def after(self, start: date) -> date:
        return add_days(add_months(start, self.months), self.days)


@dataclass(frozen=True)
class DueDates:
    """`opens_on` the first day it may be done, `due_on` the last day in time, `overdue_on` the first day it
    is late."""

    opens_on: date
    due_on: date
    overdue_on: date

    def __post_init__(self) -> None:
        refuse_unless(
            self.opens_on <= self.due_on <= self.overdue_on,
            "due dates",
            f"opens {self.opens_on}, due {self.due_on}, overdue {self.overdue_on}: not in order",
        )


@dataclass(frozen=True)
class Window:
    """Measured from an anchor day (enrolment, or the visit before). It is overdue the day after `due`, plus
    `grace`."""

    opens: Interval
    due: Interval
    grace: Interval = Interval()

    def after(self, anchor: date) -> DueDates:
        due_on = self.due.after(anchor)
        opens_on = min(self.opens.after(anchor), due_on)
        return DueDates(opens_on, due_on, add_days(self.grace.after(due_on), 1))


@dataclass(frozen=True)
class Branch:
    """After a visit whose answers and assessment meet `when`, this window is next instead of the regular one.
    `fulfilled_by` says which next records count (None: any record of the form)."""

    name: str
    title: Text
    when: Expression
    window: Window
    fulfilled_by: Expression | None = None

    def __post_init__(self) -> None:
        refuse_unless(self.when.kind.may_be(Kind.BOOLEAN), f"branch {self.name}", "`when` is not a condition")


@dataclass(frozen=True)
class Begins:
    """A step that begins later than its case: with the first record of `form` that meets `when`."""

    form: str
    when: Expression | None = None


@dataclass(frozen=True)
class Step:
    """One piece of work that is due once or again and again.

    `first` is measured from the case's opening (or from the record with which the step `begins`), `repeat`
    from the last record that `counts` (such as face-to-face visits only; None: any). The first branch that
    holds for the latest record replaces `repeat`. A step without `repeat` is done once. `appointment` names
    the answer with the day agreed with the patient, which replaces the due day when it is earlier.
    `per_year` is what the norm asks at least.
    """

    id: str
    title: Text
    form: str
    first: Window
    repeat: Window | None = None
    branches: tuple[Branch, ...] = ()
    counts: Expression | None = None
    begins: Begins | None = None
    appointment: str = ""
    per_year: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Schedule(Declared):
    steps: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        ids = [step.id for step in self.steps]
        refuse_unless(len(ids) == len(set(ids)), "schedule", f"a step is named twice in {ids}")

    def step(self, id: str) -> Step:
        for step in self.steps:
            if step.id == id:
                return step
        raise KeyError(f"no step {id!r}")
