"""What the desk and a resident's own page show. Each question runs in the reader's scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Count, Q

from kangshu.access.models import Account
from kangshu.access.roles import is_allowed
from kangshu.declare import registry
from kangshu.declare.registry import UnknownDeclaration
from kangshu.figures.models import Snapshot
from kangshu.indicators import board
from kangshu.indicators.board import Card
from kangshu.kernel.actor import Actor
from kangshu.kernel.periods import year
from kangshu.kernel.text import Text
from kangshu.places.models import Institution
from kangshu.places.scope import path_range
from kangshu.work.models import (
    Case,
    Due,
    Record,
    RecordStatus,
    ReportState,
    ReportSubmission,
    still_due,
)
from kangshu.work.patterns.statistical_report import queries as statistical_report
from kangshu.work.patterns.statistical_report.queries import Owed
from kangshu.work.queries import SOON_DAYS

UNSENT = ("missing", "draft", "returned")


@dataclass(frozen=True)
class WaitingVisit:
    """One thing to do for one person. `days_late` counts from the last day in time; negative: still time."""

    person_id: UUID
    name: str
    sex: str
    birth_date: date | None
    phone: str
    village: str
    title: Text
    form_id: str
    due_on: date
    days_late: int


@dataclass(frozen=True)
class Waiting:
    """How much waits, and the most urgent of it."""

    late: int
    now: int
    soon: int
    first: tuple[WaitingVisit, ...]

    @property
    def total(self) -> int:
        return self.late + self.now


def waiting_visits(today: date, *, limit: int) -> Waiting:
    """Open dues of the scope whose window has opened, the latest first; `soon` opens within the days
    of the due list's own tab, to which the number leads."""
    dues = Due.objects.filter(still_due(today))
    counts = dues.aggregate(
        late=Count("id", filter=Q(overdue_on__lte=today)),
        now=Count("id", filter=Q(opens_on__lte=today, overdue_on__gt=today)),
        soon=Count("id", filter=Q(opens_on__gt=today, opens_on__lte=today + timedelta(days=SOON_DAYS))),
    )
    first = dues.filter(opens_on__lte=today).select_related("person", "person__region")
    rows = first.order_by("overdue_on", "person_id", "id")[:limit]
    return Waiting(first=tuple(_waiting(due, today) for due in rows), **counts)


def _waiting(due: Due, today: date) -> WaitingVisit:
    title, form_id = step_of(due.kind, due.step)
    person = due.person
    return WaitingVisit(
        person.merged_into_id or person.pk,
        person.name,
        person.sex,
        person.birth_date,
        person.phone,
        person.region.name,
        title,
        form_id,
        due.due_on,
        (today - due.due_on).days,
    )


def step_of(kind: str, step_id: str) -> tuple[Text, str]:
    """A step's title and form; a step of a declaration that is gone shows its id."""
    try:
        steps = registry.capability(kind).schedule.steps
    except UnknownDeclaration:
        steps = ()
    for step in steps:
        if step.id == step_id:
            return step.title, step.form
    return Text(step_id, step_id), ""


def title_of(kind: str) -> Text:
    try:
        return registry.capability(kind).title
    except UnknownDeclaration:
        return Text(kind, kind)


@dataclass(frozen=True)
class PlaceProgress:
    """One institution under the reader's: people in programmes, late visits, visits of this month."""

    institution: Institution
    cases: int
    late: int
    done: int


def progress_below(by: Actor, today: date) -> list[PlaceProgress]:
    """The reader's direct children (or itself, where there are none), each with everything under it."""
    if by.institution_id is None:
        return []
    children = list(Institution.objects.filter(parent=by.institution_id, valid_to=None).order_by("path"))
    month = today.replace(day=1)
    result = []
    for place in children:
        low, high = path_range(place.path)
        inside = {"scope_path__gte": low, "scope_path__lt": high}
        cases = Case.objects.filter(closed_on=None, **inside).count()
        late = Due.objects.filter(still_due(today), overdue_on__lte=today, **inside).count()
        done = Record.objects.filter(
            status=RecordStatus.CURRENT, performed_on__gte=month, performed_on__lte=today, **inside
        ).count()
        if (
            cases
            or late
            or done
            or place.kind
            in (
                Institution.Kind.TOWNSHIP_CENTRE,
                Institution.Kind.VILLAGE_CLINIC,
            )
        ):
            result.append(PlaceProgress(place, cases, late, done))
    return sorted(result, key=lambda one: -one.late)


@dataclass(frozen=True)
class KeyFigures:
    """The rates of the year for the reader's place, on the newest snapshot."""

    year: str
    snapshot_on: date
    cards: tuple[Card, ...]


def key_figures(by: Actor, *, limit: int = 6) -> KeyFigures | None:
    """None before the first snapshot, or where the place has no figure."""
    if not board.has_snapshot():
        return None
    place = board.place_for(by, None)
    if place is None:
        return None
    store = board.store_for(by)
    period = year(store.taken_on.year)
    rates = [one for one in registry.indicators() if one.denominator is not None or one.estimate is not None]
    cards, _ = board.ready_cards(rates, period, place, store)
    cards = [card for group in board.grouped(cards)[0] for card in group.cards]
    return KeyFigures(str(period), store.taken_on, tuple(cards[:limit]))


@dataclass(frozen=True)
class WaitingReports:
    """Statistical reports: the own ones that are not sent yet, and how many wait to be audited."""

    unsent: tuple[Owed, ...]
    to_audit: int


PERIODS_LOOKED_AT = 3


def waiting_reports(by: Actor, today: date) -> WaitingReports | None:
    """None for who neither submits nor audits, or when nothing waits."""
    unsent: list[Owed] = []
    own = Institution.objects.filter(pk=by.institution_id).first()
    if own is not None and is_allowed(by, "submit.report"):
        for report in statistical_report.reports().values():
            if own.kind not in report.institution_kinds:
                continue
            for period in statistical_report.periods_until(report, today, PERIODS_LOOKED_AT):
                owed = statistical_report.owed_by(report, [own], period, today)
                unsent += [one for one in owed if period.last < today and one.state in UNSENT]
    to_audit = 0
    if is_allowed(by, "audit.report"):
        low, high = path_range(by.scope_path)
        to_audit = ReportSubmission.objects.filter(
            state=ReportState.SUBMITTED, scope_path__gte=low, scope_path__lt=high
        ).count()
    return WaitingReports(tuple(unsent), to_audit) if unsent or to_audit else None


@dataclass(frozen=True)
class SystemState:
    """What an administrator looks at in the morning."""

    accounts: int
    must_change: int
    locked: int
    snapshot_at: datetime | None


def system_state() -> SystemState:
    attempts = AccessAttempt.objects.filter(failures_since_start__gte=settings.AXES_FAILURE_LIMIT)
    active = Account.objects.filter(is_active=True, person_id=None)
    newest = Snapshot.objects.filter(state=Snapshot.State.READY).order_by("-taken_at").first()
    return SystemState(
        accounts=active.count(),
        must_change=active.filter(must_change_password=True).count(),
        locked=attempts.values("username").distinct().count(),
        snapshot_at=newest.taken_at if newest else None,
    )


@dataclass(frozen=True)
class OwnVisit:
    """A record as its own person reads it: what it was, when, where, and what came out."""

    title: Text
    performed_on: date
    institution: str
    outcome: str
    record: Record


def own_visit(record: Record) -> OwnVisit:
    """A record of `web.own.own_records` as its person reads it."""
    return OwnVisit(
        form_title(record), record.performed_on, record.institution.name, _pressure(record), record
    )


def form_title(record: Record) -> Text:
    try:
        return registry.form(record.form_id, record.form_version).title
    except UnknownDeclaration:
        return Text(record.form_id, record.form_id)


def _pressure(record: Record) -> str:
    """The two values everybody asks for, where the form has them."""
    answers = record.answers
    return f"{answers['sbp']}/{answers['dbp']} mmHg" if {"sbp", "dbp"} <= answers.keys() else ""


def own_dues(people: Sequence[UUID], today: date) -> list[WaitingVisit]:
    dues = (
        Due.objects.filter(still_due(today), person_id__in=people)
        .select_related("person", "person__region")
        .order_by("due_on", "id")
    )
    return [_waiting(due, today) for due in dues]
