"""When something is due: windows after enrolment and after each visit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from kangshu.declare.errors import refuse_unless
from kangshu.declare.expression import Expression, Kind
from kangshu.declare.serial import Declared
from kangshu.kernel.dates import add_days, add_months
from kangshu.kernel.text import Text
from kangshu.kernel.workdays import UnknownWorkdays, add_working_days

HOURS_A_DAY = 24
_SOME_DAY = date(2001, 1, 1)


@dataclass(frozen=True)
class Interval:
    """So many years, months, weeks, days, hours or working days. Years and months are counted first and
    clamp to the month's end. Hours are for limits between two moments (`after_moment`); where only days are
    known they count as days, rounded up: 72 hours are 3 days. Working days stand alone."""

    months: int = 0
    days: int = 0
    years: int = 0
    weeks: int = 0
    hours: int = 0
    working_days: int = 0

    def __post_init__(self) -> None:
        parts = (self.years, self.months, self.weeks, self.days, self.hours)
        refuse_unless(min(*parts, self.working_days) >= 0, "interval", "cannot be negative")
        refuse_unless(
            not self.working_days or not any(parts), "interval", "working days are not added to others"
        )

    def after(self, start: date) -> date:
        if self.working_days:
            return _working_days_after(start, self.working_days)
        days = self.weeks * 7 + self.days + -(-self.hours // HOURS_A_DAY)
        return add_days(add_months(start, self.years * 12 + self.months), days)

    def after_moment(self, start: datetime) -> datetime:
        """The moment the interval ends: hours to the minute; days at the same time of the day."""
        days_only = replace(self, hours=0)
        return datetime.combine(days_only.after(start.date()), start.timetz()) + timedelta(hours=self.hours)


def _working_days_after(start: date, days: int) -> date:
    """A visit in December must be saved before the State Council announces the holidays of the next year:
    until then only weekends are left out, and planning again later puts it right."""
    try:
        return add_working_days(start, days)
    except UnknownWorkdays:
        every_weekday = {
            start + timedelta(days=n): (start + timedelta(days=n)).weekday() < 5
            for n in range(1, days * 2 + 8)
        }
        return add_working_days(start, days, every_weekday)


@dataclass(frozen=True)
class DueDates:
    """`opens_on` the first day it may be done, `due_on` the last day in time, `overdue_on` the first day it
    is late, `lapses_on` the first day on which it is no longer to be done (None: it stays)."""

    opens_on: date
    due_on: date
    overdue_on: date
    lapses_on: date | None = None

    def __post_init__(self) -> None:
        refuse_unless(
            self.opens_on <= self.due_on <= self.overdue_on,
            "due dates",
            f"opens {self.opens_on}, due {self.due_on}, overdue {self.overdue_on}: not in order",
        )


@dataclass(frozen=True)
class Window:
    """Measured from an anchor day (enrolment, the visit before, or the step's `origin`). It is overdue the
    day after `due`, plus `grace`, and from `closes` on it is no longer to be done (None: it stays to be
    done)."""

    opens: Interval
    due: Interval
    grace: Interval = Interval()
    closes: Interval | None = None

    def after(self, anchor: date) -> DueDates:
        due_on = self.due.after(anchor)
        opens_on = min(self.opens.after(anchor), due_on)
        lapses_on = None if self.closes is None else max(self.closes.after(anchor), add_days(due_on, 1))
        return DueDates(opens_on, due_on, add_days(self.grace.after(due_on), 1), lapses_on)


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
    """One piece of work that is due once, again and again, or at fixed ages.

    `first` is measured from the case's opening (or from the record with which the step `begins`, or from the
    day that `origin` gives), `repeat` from the last record that `counts` (such as face-to-face visits only;
    None: any). The first branch that holds for the latest record replaces `repeat`. A step without `repeat`
    is done once. `appointment` names the answer with the day agreed with the patient, which replaces the due
    day when it is earlier.

    `series` stands in the place of `first` and `repeat`: windows measured from the same day, earliest first,
    such as the ages at which a child is seen. A record belongs to the window it falls in; a window lapses
    when the next one opens (or when it `closes`), and one that lapsed before the case opened is never due.

    `origin` is a date over person, case, its facts and records (birth, last menstruation, discharge); while
    it is missing nothing is due. `when` says of which cases the step is asked; where it is not True nothing
    new is due. Windows that would open after the day of `until` are not planned. The three are asked of the
    whole history, without a frame. `per_year` is what the norm asks at least.
    """

    id: str
    title: Text
    form: str
    first: Window | None = None
    repeat: Window | None = None
    branches: tuple[Branch, ...] = ()
    counts: Expression | None = None
    begins: Begins | None = None
    appointment: str = ""
    per_year: int | None = None
    source: str = ""
    origin: Expression | None = None
    series: tuple[Window, ...] = ()
    when: Expression | None = None
    until: Expression | None = None

    def __post_init__(self) -> None:
        where = f"step {self.id}"
        refuse_unless((self.first is None) == bool(self.series), where, "has either `first` or `series`")
        if self.series:
            refuse_unless(
                self.repeat is None and not self.branches and not self.appointment,
                where,
                "`series` has all its windows: no repeat, branches or appointment",
            )
            self._check_order(where)
        refuse_unless(self.begins is None or self.origin is None, where, "begins twice: `begins`, `origin`")
        for name, kind in (("origin", Kind.DATE), ("when", Kind.BOOLEAN), ("until", Kind.DATE)):
            asked = getattr(self, name)
            refuse_unless(asked is None or asked.kind.may_be(kind), where, f"`{name}` is not a {kind}")

    def _check_order(self, where: str) -> None:
        """The windows open one after the other, whatever day they are measured from."""
        opens = [window.after(_SOME_DAY).opens_on for window in self.series]
        refuse_unless(
            all(earlier < later for earlier, later in pairwise(opens)), where, "`series` is not in order"
        )

    def windows_from(self, origin: date) -> tuple[DueDates, ...]:
        """The dates of the series; each lapses when the next opens, if not before."""
        dates = [window.after(origin) for window in self.series]
        for place, following in enumerate(dates[1:]):
            ends = min(filter(None, (dates[place].lapses_on, following.opens_on)))
            dates[place] = replace(dates[place], lapses_on=ends)
        return tuple(dates)

    @property
    def anchor_expressions(self) -> tuple[Expression, ...]:
        """What is asked of the case as a whole."""
        return tuple(asked for asked in (self.origin, self.when, self.until) if asked is not None)


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
