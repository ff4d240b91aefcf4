"""From a schedule and what was done: when each step is due next. Plain values in and out.

The plan is a function of the whole ordered history, so a back-dated, corrected or withdrawn visit is planned
by asking again: nothing is remembered between two plannings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kangshu.declare.evaluate import CaseView, Context, EventView, PersonView, holds
from kangshu.declare.rules import Parameters
from kangshu.declare.schedule import Branch, DueDates, Schedule, Step
from kangshu.kernel.dates import add_days


@dataclass(frozen=True)
class Planned:
    """A step and when it is due. `branch` names the branch that set it ("" for the regular window, "first"
    after enrolment); `anchor_on` the day it is measured from; `fulfilled_by` the position in the given
    records of the one that fulfilled it, None while it is open."""

    step: str
    form: str
    dates: DueDates
    branch: str
    anchor_on: date
    fulfilled_by: int | None = None


def plan_step(
    step: Step,
    *,
    opened_on: date,
    records: Sequence[EventView],
    person: PersonView,
    parameters: Parameters,
) -> tuple[Planned, ...]:
    """Every due date the step has had, oldest first; the last one is open unless the step is done once and
    done.

    `records` are the current records of the step's form since `opened_on`, in any order. A record fulfils
    the open due when it counts (`Step.counts`, or the branch's own `fulfilled_by`). One that does not count
    still decides what is next when it leads into a branch: a high pressure told by telephone calls for a
    visit in two weeks.
    """
    case = person.case or CaseView(opened_on)
    person = replace(person, case=case)
    done = sorted(enumerate(records), key=lambda pair: (pair[1].performed_on, pair[1].order))
    plan = [Planned(step.id, step.form, step.first.after(opened_on), "first", opened_on)]
    branch: Branch | None = None
    counted_on = opened_on
    for position, record in done:
        if record.performed_on < opened_on:
            continue
        context = Context(person=person, frame=record, parameters=parameters, on=record.performed_on)
        counts = step.counts is None or holds(step.counts, context)
        fulfils = (
            counts if branch is None else (branch.fulfilled_by is None or holds(branch.fulfilled_by, context))
        )
        following = next((b for b in step.branches if holds(b.when, context)), None)
        counted_on = record.performed_on if counts else counted_on
        if not fulfils and following is None:
            continue
        plan[-1] = replace(plan[-1], fulfilled_by=position)
        due = _after(step, following, record.performed_on, counted_on)
        if due is None:
            return tuple(plan)
        branch = following
        plan.append(due)
    return tuple(plan)


def _after(step: Step, branch: Branch | None, performed_on: date, counted_on: date) -> Planned | None:
    """What follows a record. The regular window is measured from the last visit that counted, but opens no
    earlier than the day after this one."""
    if branch is not None:
        return Planned(step.id, step.form, branch.window.after(performed_on), branch.name, performed_on)
    if step.repeat is None:
        return None
    dates = step.repeat.after(counted_on)
    if dates.opens_on <= performed_on < dates.due_on:
        dates = replace(dates, opens_on=add_days(performed_on, 1))
    return Planned(step.id, step.form, dates, "", counted_on)


def plan(
    schedule: Schedule,
    *,
    opened_on: date,
    records: Sequence[EventView],
    person: PersonView,
    parameters: Parameters,
) -> dict[str, tuple[Planned, ...]]:
    """`plan_step` for every step; `records` may be of any form, positions refer to this sequence."""
    planned = {}
    for step in schedule.steps:
        own = [position for position, record in enumerate(records) if record.form == step.form]
        steps = plan_step(
            step,
            opened_on=opened_on,
            records=[records[position] for position in own],
            person=person,
            parameters=parameters,
        )
        planned[step.id] = tuple(
            due if due.fulfilled_by is None else replace(due, fulfilled_by=own[due.fulfilled_by])
            for due in steps
        )
    return planned
