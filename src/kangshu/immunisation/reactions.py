"""Reports of adverse events with their time limits (norms B6): reported within 48 hours of the finding,
within 2 when serious; investigated within 48 hours unless a clear general reaction; a preliminary report 7
days after the investigation began."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from kangshu.kernel.dates import CHINA
from kangshu.people.models import Person
from kangshu.work.models import Record, RecordStatus

EVENT, INVESTIGATION = "immunisation.adverse_event", "immunisation.investigation"
SERIOUS = "2"
GENERAL_SIGNS = frozenset({"3", "4"})
HOURS, SERIOUS_HOURS, INVESTIGATE_HOURS = 48, 2, 48
PRELIMINARY_DAYS = 7
# Windows in which an event is to be reported, in days after the dose (norms B6), by sign.
WINDOWS = {
    "1": 1, "2": 1, "3": 5, "4": 5, "5": 5, "6": 5, "7": 15, "8": 15, "9": 42, "10": 42, "11": 92, "12": 366
}  # fmt: skip


class Stage(StrEnum):
    """What the handling of an event waits for."""

    TO_INVESTIGATE = "to_investigate"
    TO_REPORT_ON = "to_report_on"
    TO_CLASSIFY = "to_classify"
    DONE = "done"


@dataclass(frozen=True)
class Reaction:
    """One event and how its handling keeps the limits. None where a day or moment is not known."""

    record: Record
    person: Person
    is_serious: bool
    hours_to_report: int | None
    report_limit: int
    needs_investigation: bool
    investigation: Record | None
    stage: Stage
    due_at: datetime | None
    is_late: bool
    outside_window: bool

    @property
    def reported_in_time(self) -> bool | None:
        return None if self.hours_to_report is None else self.hours_to_report <= self.report_limit


def needs_investigation(answers: dict[str, Any]) -> bool:
    """All but clear general reactions: fever, local redness or induration."""
    if answers.get("severity") == SERIOUS:
        return True
    return not set(answers.get("signs") or ()) <= GENERAL_SIGNS


def judge(event: Record, investigation: Record | None, now: datetime) -> Reaction:
    """How an event's handling stands at a moment."""
    answers = event.answers
    serious = answers.get("severity") == SERIOUS
    found, reported = moment(answers.get("found_at")), moment(answers.get("reported_at"))
    hours = None if found is None or reported is None else _hours(found, reported)
    needed = needs_investigation(answers)
    stage, due = _stage(answers, needed, found, investigation)
    days = answers.get("days_after")
    limits = [WINDOWS.get(sign, 10_000) for sign in answers.get("signs") or ()]
    outside = days is not None and bool(limits) and int(days) > max(limits)
    return Reaction(
        event,
        event.person,
        serious,
        hours,
        SERIOUS_HOURS if serious else HOURS,
        needed,
        investigation,
        stage,
        due,
        due is not None and now > due,
        outside,
    )


def _stage(
    answers: dict[str, Any], needed: bool, found: datetime | None, investigation: Record | None
) -> tuple[Stage, datetime | None]:
    if not needed:
        return Stage.DONE, None
    if investigation is None:
        if answers.get("investigated_on"):  # the first edition of the report said it itself
            return (Stage.DONE, None) if answers.get("class") else (Stage.TO_CLASSIFY, None)
        return Stage.TO_INVESTIGATE, None if found is None else found + timedelta(hours=INVESTIGATE_HOURS)
    done = investigation.answers
    if not done.get("preliminary_on"):
        began = moment(done.get("started_at"))
        return Stage.TO_REPORT_ON, None if began is None else began + timedelta(days=PRELIMINARY_DAYS)
    return (Stage.DONE, None) if done.get("class") else (Stage.TO_CLASSIFY, None)


def moment(text: Any) -> datetime | None:
    """A stored moment, by the clock of China."""
    return datetime.fromisoformat(str(text)).replace(tzinfo=CHINA) if text else None


def _hours(first: datetime, last: datetime) -> int:
    """Begun hours: 2 hours and a minute are over the limit of 2."""
    return -int((first - last) // timedelta(hours=1))


def reactions(first: date, last: date, now: datetime) -> list[Reaction]:
    """The events reported in these days in the reader's scope, what waits first, then the latest."""
    current = Record.objects.filter(status=RecordStatus.CURRENT).select_related(
        "person", "person__region", "institution"
    )
    events = list(current.filter(form_id=EVENT, performed_on__range=(first, last)).order_by("-performed_on"))
    people = [event.person_id for event in events]
    made: dict[UUID, list[Record]] = defaultdict(list)
    for record in current.filter(form_id=INVESTIGATION, person__in=people).order_by("performed_on"):
        made[record.person_id].append(record)
    judged = [judge(event, _of_event(event, made[event.person_id]), now) for event in events]
    return sorted(judged, key=lambda each: (each.stage is Stage.DONE, not each.is_late))


def _of_event(event: Record, investigations: list[Record]) -> Record | None:
    """The latest investigation of the same vaccine since the event was reported."""
    fitting = [
        record
        for record in investigations
        if record.performed_on >= event.performed_on
        and record.answers.get("vaccine") == event.answers.get("vaccine")
    ]
    return fitting[-1] if fitting else None
