"""What is due, from the schedule and the records: one pure function, whatever order the records came
in.

`plan` walks each step of a schedule through the ordered current records of the case and gives the chain
of windows: each fulfilled by a record, replaced by a more pressing one, or open. It never looks at what
was planned before, so a visit that was saved late, corrected or withdrawn gives the same plan as if it
had always been so (tests/generative holds every action to that). It does not look at today either:
whether a window is overdue is for the reader to compare, and a stored plan never goes stale overnight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kangshu.declare.expression import Expression
from kangshu.declare.schedule import DueDates, Schedule, Step, Window


@dataclass(frozen=True)
class PastRecord:
    """A current record as planning sees it, with typed answers. `by_rule` names the answers that the doctor
    left to the rule: they are kept as recorded, and not shown to the rule when it judges again.
    """

    id: UUID
    form_id: str
    form_version: int
    performed_on: date
    entered_at: datetime
    answers: Mapping[str, Any]
    assessment: Mapping[str, Any] = field(default_factory=dict)
    by_rule: frozenset[str] = frozenset()

    @property
    def order(self) -> tuple[date, datetime, UUID]:
        """By the day of service, then by the order of entry."""
        return (self.performed_on, self.entered_at, self.id)


@dataclass(frozen=True)
class CaseFacts:
    """What planning knows of a case. `resumed_on` is the day it was last reopened."""

    opened_on: date
    closed_on: date | None = None
    resumed_on: date | None = None


@dataclass(frozen=True)
class PlannedDue:
    """One window of a step, and the record that fulfilled it (None: open)."""

    step: str
    opens_on: date
    due_on: date
    overdue_on: date
    fulfilled_by: UUID | None = None
    lapses_on: date | None = None

    @property
    def key(self) -> tuple[str, date, date]:
        return (self.step, self.opens_on, self.due_on)


Holds = Callable[[Expression, PastRecord], bool]
"""Whether a condition of the schedule is True of a record (missing is not True)."""

Value = Callable[[Expression], Any]
"""What an expression over person, case and all records comes to; None when it is missing."""


@dataclass(frozen=True)
class _Pending:
    dates: DueDates
    fulfilled_by: Expression | None

    def planned(self, step: Step, record: UUID | None = None) -> PlannedDue:
        return _planned(step, self.dates, record)


def _planned(step: Step, dates: DueDates, record: UUID | None = None) -> PlannedDue:
    return PlannedDue(step.id, dates.opens_on, dates.due_on, dates.overdue_on, record, dates.lapses_on)


def nothing_known(expression: Expression) -> Any:
    """For schedules that ask nothing of the case as a whole."""
    return None


def in_order(history: Iterable[PastRecord]) -> list[PastRecord]:
    """The records by the day of service, then by the order of entry."""
    return sorted(history, key=lambda record: record.order)


def plan(
    schedule: Schedule,
    history: Sequence[PastRecord],
    case: CaseFacts,
    holds: Holds,
    value: Value = nothing_known,
) -> list[PlannedDue]:
    """Every window of every step: the fulfilled ones in order, then those that are open, if the case is.

    `history` may come in any order; records before the case opened or after it closed plan nothing. `value`
    answers `origin`, `when` and `until` of the steps that have them.
    """
    last = case.closed_on or date.max
    ordered = [record for record in in_order(history) if case.opened_on <= record.performed_on <= last]
    planned: list[PlannedDue] = []
    for step in schedule.steps:
        start = _start(step, ordered, case, holds, value)
        if start is None:
            continue
        own = [record for record in ordered if record.form_id == step.form]
        if step.series:
            windows = _plan_series(step, own, case, holds, start)
        else:
            # What was done before the day the step is measured from (a birth, a delivery) was not this.
            windows = _plan_step(step, [r for r in own if r.performed_on >= start], case, holds, start)
        planned += windows if not step.anchor_expressions else _wanted(step, windows, value)
    return planned


def _wanted(step: Step, windows: list[PlannedDue], value: Value) -> list[PlannedDue]:
    """Without the open windows of a step that is not asked of this case, or that open after its end."""
    if step.when is not None and value(step.when) is not True:
        return [due for due in windows if due.fulfilled_by is not None]
    until = None if step.until is None else value(step.until)
    if until is None:
        return windows
    return [due for due in windows if due.fulfilled_by is not None or due.opens_on <= until]


def _plan_series(
    step: Step, records: Sequence[PastRecord], case: CaseFacts, holds: Holds, start: date
) -> list[PlannedDue]:
    """The windows at fixed ages: each record belongs to the one it falls in (the first such record fulfils
    it), the rest stay open. A window over which a later one was done is no longer due, and neither is one
    that was over before the case opened."""
    windows = step.windows_from(start)
    done: dict[int, UUID] = {}
    for record in records:
        if step.counts is not None and not holds(step.counts, record):
            continue
        place = _place(windows, record.performed_on)
        if place is not None:
            done.setdefault(place, record.id)
    resumed = case.resumed_on or case.opened_on
    reached = max(done, default=-1)
    planned = [_planned(step, windows[place], done[place]) for place in sorted(done)]
    if case.closed_on is None:
        planned += [
            _planned(step, dates)
            for place, dates in enumerate(windows)
            if place > reached and (dates.lapses_on is None or dates.lapses_on > resumed)
        ]
    return planned


def _place(windows: Sequence[DueDates], day: date) -> int | None:
    """The window that a day falls in: the last that has opened, if it has not lapsed."""
    opened = [place for place, dates in enumerate(windows) if dates.opens_on <= day]
    if not opened or ((lapses := windows[opened[-1]].lapses_on) is not None and lapses <= day):
        return None
    return opened[-1]


def _start(
    step: Step, ordered: Sequence[PastRecord], case: CaseFacts, holds: Holds, value: Value
) -> date | None:
    """The day a step is measured from: the case's opening, the day of its `origin`, or the record that it
    begins with (None: not yet)."""
    if step.origin is not None:
        origin = value(step.origin)
        return origin if isinstance(origin, date) else None
    begins = step.begins
    if begins is None:
        return case.opened_on
    for record in ordered:
        if record.form_id == begins.form and (begins.when is None or holds(begins.when, record)):
            return record.performed_on
    return None


def _plan_step(
    step: Step, records: Sequence[PastRecord], case: CaseFacts, holds: Holds, start: date
) -> list[PlannedDue]:
    planned: list[PlannedDue] = []
    assert step.first is not None
    pending: _Pending | None = _Pending(after(step.first, start), step.counts)
    regular: _Pending | None = pending  # what is due when no branch is more pressing
    for record in records:
        counts = step.counts is None or holds(step.counts, record)
        if counts:
            regular = _regular_after(step, record)
        fulfilled = pending is not None and (
            pending.fulfilled_by is None or holds(pending.fulfilled_by, record)
        )
        if fulfilled and pending is not None:
            planned.append(pending.planned(step, record.id))
        branch = next((branch for branch in step.branches if holds(branch.when, record)), None)
        if branch is not None:
            pending = _Pending(_appointed(step, branch.window, record), branch.fulfilled_by)
        elif fulfilled or counts:
            pending = regular
    if pending is not None and case.closed_on is None:
        pending = _resumed(step, pending, records, case)
        lapses_on = pending.dates.lapses_on
        if lapses_on is None or lapses_on > (case.resumed_on or case.opened_on):
            planned.append(pending.planned(step))
    return planned


def _regular_after(step: Step, record: PastRecord) -> _Pending | None:
    if step.repeat is None:
        return None
    return _Pending(_appointed(step, step.repeat, record), step.counts)


_after: dict[int, tuple[Window, dict[date, DueDates]]] = {}
REMEMBERED_DAYS = 20_000


def after(window: Window, anchor: date) -> DueDates:
    """`window.after(anchor)`, remembered: thousands of visits of a batch fall on the same few days."""
    found = _after.get(id(window))
    if found is None:
        found = _after[id(window)] = (window, {})  # the window is kept, so that its id stays its own
    dates = found[1].get(anchor)
    if dates is None:
        if len(found[1]) >= REMEMBERED_DAYS:
            found[1].clear()
        dates = found[1][anchor] = window.after(anchor)
    return dates


def _appointed(step: Step, window: Window, record: PastRecord) -> DueDates:
    """The window after a record, due on the day agreed with the patient when that is within it. It is
    overdue only when the norm's own limit has passed."""
    dates = after(window, record.performed_on)
    agreed = record.answers.get(step.appointment) if step.appointment else None
    if not isinstance(agreed, date) or not record.performed_on < agreed <= dates.due_on:
        return dates
    return replace(dates, opens_on=min(dates.opens_on, agreed), due_on=agreed)


def _resumed(step: Step, pending: _Pending, records: Sequence[PastRecord], case: CaseFacts) -> _Pending:
    """After a reopening nobody is years overdue: the first window starts again on that day."""
    if case.resumed_on is None or (records and records[-1].performed_on >= case.resumed_on):
        return pending
    if step.first is None or step.origin is not None:
        return pending  # it is measured from a day that the reopening does not move
    return _Pending(after(step.first, case.resumed_on), pending.fulfilled_by)
