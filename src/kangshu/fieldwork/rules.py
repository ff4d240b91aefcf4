"""What follows from an entry, its stages and its site: pure decisions over plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kangshu.declare.answers import NotThisType, typed_value
from kangshu.declare.evaluate import Context, EventView, holds
from kangshu.declare.expression import Expression
from kangshu.declare.logbook import ENTERED, Logbook, LogbookDue, Stage
from kangshu.declare.report import Periodicity
from kangshu.kernel.dates import add_days, add_months, last_of_month
from kangshu.kernel.periods import Period

MONTHS = {Periodicity.MONTH: 1, Periodicity.QUARTER: 3, Periodicity.YEAR: 12}


@dataclass(frozen=True)
class DoneStage:
    """A stage that was done: its day and its answers in JSON form."""

    stage: str
    performed_on: date
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """How an entry stands: the last stage done, the next one and the day it is due, the day on which what it
    attests ends, and everything a figure may name, in JSON form."""

    stage: str
    next_stage: str
    next_due_on: date | None
    ends_on: date | None
    facts: Mapping[str, Any]


def standing_of(
    logbook: Logbook,
    performed_on: date,
    answers: Mapping[str, Any],
    done: Sequence[DoneStage] = (),
    particulars: Mapping[str, Any] | None = None,
) -> Standing:
    """`done` in any order, one for each stage at most; `particulars` are those of the site."""
    facts: dict[str, Any] = dict(answers)
    facts |= {f"site__{name}": value for name, value in (particulars or {}).items()}
    by_stage = {one.stage: one for one in done}
    last, last_on, following, over = ENTERED, performed_on, None, False
    for stage in logbook.stages:
        record = by_stage.get(stage.id)
        if record is None:
            if following is None and not over and _applies(logbook, stage.when, facts, performed_on):
                following = stage
            continue
        # A stage that was done although an earlier one was not: the earlier one is no longer waited for.
        following = None
        last, last_on = stage.id, record.performed_on
        facts |= {f"{stage.id}__{name}": value for name, value in record.answers.items()}
        facts[f"{stage.id}__on"] = record.performed_on.isoformat()
        over = over or (stage.ends is not None and _applies(logbook, stage.ends, facts, performed_on))
    facts["stage"] = last
    if over:
        following = None
    return Standing(
        stage=last,
        next_stage="" if following is None else following.id,
        next_due_on=None if following is None else _due_on(following, last_on, facts),
        ends_on=None if logbook.expiry is None else _day(facts.get(logbook.expiry.name)),
        facts=facts,
    )


def _applies(logbook: Logbook, condition: Expression | None, facts: Mapping[str, Any], on: date) -> bool:
    if condition is None:
        return True
    return holds(condition, context_of(logbook, facts, on))


def context_of(logbook: Logbook, facts: Mapping[str, Any], on: date, period: Period | None = None) -> Context:
    """The laid-out entry as expressions ask it."""
    frame = EventView(on, form=logbook.form.id, answers=typed_facts(logbook, facts))
    return Context(
        frame=frame, on=on, first=None if period is None else period.first,
        last=None if period is None else period.last,
    )  # fmt: skip


def typed_facts(logbook: Logbook, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the frame, typed; what an older form said otherwise is left out."""
    typed: dict[str, Any] = {}
    for name, asked in logbook.frame.items():
        if facts.get(name) is not None:
            try:
                typed[name] = typed_value(asked, facts[name])
            except NotThisType:
                continue
    return typed


def _due_on(stage: Stage, after: date, facts: Mapping[str, Any]) -> date | None:
    if stage.due_field:
        return _day(facts.get(stage.due_field))
    return None if stage.within is None else stage.within.after(after)


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


# ---------------------------------------------------------------- what is owed


def period_of(due: LogbookDue, day: date) -> Period:
    """The period of a logbook in which a day lies."""
    months = MONTHS[due.periodicity]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, last_of_month(add_months(first, months - 1)))


def is_owed(due: LogbookDue, period: Period) -> bool:
    """Whether an entry is owed for the period at all (a seasonal task is not owed in winter)."""
    return not due.months or any(month.first.month in due.months for month in period.months())


def owed_periods(due: LogbookDue, today: date, count: int) -> list[Period]:
    """The last `count` periods that have begun and are owed, latest first."""
    found: list[Period] = []
    period = period_of(due, today)
    for _ in range(count * 12):
        if is_owed(due, period):
            found.append(period)
        if len(found) == count:
            break
        period = period_of(due, add_days(period.first, -1))
    return found


def due_on(due: LogbookDue, period: Period) -> date:
    """The last day on which it is in time."""
    return add_days(period.last, due.within_days)


def counted_on(performed_on: date, period: Period | None) -> date:
    """The day by which an entry counts: a May report sent in June counts in May."""
    if period is None or performed_on in period:
        return performed_on
    return period.last
