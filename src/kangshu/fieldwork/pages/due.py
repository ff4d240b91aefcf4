"""What is due in logbooks, as lines of a list: owed entries, next stages, and what ends soon."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kangshu.access.scope import AccountActor
from kangshu.declare.logbook import Logbook
from kangshu.fieldwork import queries
from kangshu.fieldwork.actions.stages import may_do
from kangshu.fieldwork.rules import owed_periods
from kangshu.kernel.text import Text

PERIODS = 2
"""The running period and the one before: what is older is seen in the logbook itself."""
MOST = 200


@dataclass(frozen=True)
class DueLine:
    """One thing to do: in which logbook, about what, until when, where it is done."""

    logbook: Text
    about: str
    what: str
    due_on: date | None
    tone: str
    url: str
    action: str


def due_lines(by: AccountActor, today: date, own_only: bool = False) -> list[DueLine]:
    """Everything the reader can do something about, the most urgent first."""
    found: list[DueLine] = []
    known = {logbook.id: logbook for logbook in queries.logbooks_for(by, today)}
    for logbook in known.values():
        found += owed_lines(logbook, by, today)
        found += [_ending(logbook, entry, today) for entry in queries.ending(logbook, today)]
    for entry in queries.waiting()[:MOST]:
        logbook_of = known.get(entry.logbook)
        if logbook_of is not None and may_do(logbook_of.stage(entry.next_stage), entry, logbook_of, by):
            found.append(stage_line(logbook_of, entry, today))
    return sorted(found, key=lambda line: line.due_on or date.max)


def owed_lines(logbook: Logbook, by: AccountActor, today: date) -> list[DueLine]:
    """What the reader's own institution, or its sites, still owe."""
    if logbook.due is None or not queries.may_keep(by):
        return []
    own = [one for one in queries.keepers(logbook, by, today) if one.pk == by.institution_id]
    lines = []
    for period in owed_periods(logbook.due, today, PERIODS) if own else ():
        for owed in queries.owed(logbook, own, period, today):
            if owed.entry is None:
                lines.append(_owed(owed))
    return lines


def _owed(owed: queries.Owed) -> DueLine:
    query = {"period": str(owed.period), "institution": str(owed.institution.pk)}
    if owed.site is not None:
        query["site"] = str(owed.site.pk)
    return DueLine(
        owed.logbook.title,
        owed.name,
        _("for %(period)s") % {"period": owed.period},
        owed.due_on,
        "bad" if owed.is_late else "attention",
        f"{reverse('fieldwork:enter', args=[owed.logbook.id])}?{urlencode(query)}",
        _("Enter"),
    )


def stage_line(logbook: Logbook, entry: queries.Entry, today: date) -> DueLine:
    """The stage that an entry waits for."""
    stage = logbook.stage(entry.next_stage)

    return DueLine(
        logbook.title,
        entry.site.name if entry.site else entry.institution.name,
        stage.title.in_language(get_language() or ""),
        entry.next_due_on,
        "bad" if entry.next_due_on and entry.next_due_on < today else "attention",
        reverse("fieldwork:stage", args=[entry.pk, stage.id]),
        _("Do it"),
    )


def _ending(logbook: Logbook, entry: queries.Entry, today: date) -> DueLine:
    ended = entry.ends_on is not None and entry.ends_on < today
    return DueLine(
        logbook.title,
        entry.site.name if entry.site else entry.institution.name,
        _("has expired") if ended else _("expires soon"),
        entry.ends_on,
        "bad" if ended else "attention",
        reverse("fieldwork:entry", args=[entry.pk]),
        _("Open"),
    )
