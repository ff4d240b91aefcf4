"""What is asked of the work: due lists, registers, timelines. All of it is read in the caller's scope."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kangshu.care.models import Diagnosis
from kangshu.declare import registry
from kangshu.declare.capability import Capability
from kangshu.people.models import Person, PersonStatus
from kangshu.places.models import Region, Staff
from kangshu.work.models import Case, Due, Record, RecordStatus, still_due
from kangshu.work.openings import records_pointing_to

SOON_DAYS = 14
COUNTED_UP_TO = 1000


class Lateness(StrEnum):
    """Where a window stands on a day."""

    OVERDUE = "overdue"
    NOW = "now"
    SOON = "soon"
    LATER = "later"


def lateness(due: Due, today: date) -> Lateness:
    if due.overdue_on <= today:
        return Lateness.OVERDUE
    if due.opens_on <= today:
        return Lateness.NOW
    return Lateness.SOON if due.opens_on <= today + timedelta(days=SOON_DAYS) else Lateness.LATER


@dataclass(frozen=True)
class DueFilter:
    """What a reader wants of the due list. `state` empty: overdue and now, which is today's work."""

    today: date
    state: str = ""
    kind: str = ""
    step: str = ""
    village: str = ""
    doctor: UUID | None = None
    by_village: bool = True


def dues(wanted: DueFilter) -> QuerySet[Due]:
    """Open windows that fit, the route by village first (or the latest first), with what a list shows."""
    rows = Due.objects.filter(still_due(wanted.today)).filter(_state(wanted.state, wanted.today))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.step:
        rows = rows.filter(step=wanted.step)
    if wanted.village:
        rows = rows.filter(region=wanted.village)
    if wanted.doctor:
        rows = rows.filter(doctor=wanted.doctor)
    # By the column, as the index has it: ordering by the relation would sort by the joined region's code.
    order = ("region_id", "overdue_on", "id") if wanted.by_village else ("overdue_on", "id")
    return rows.select_related("person", "region", "doctor").order_by(*order)


def _state(state: str, today: date) -> Q:
    overdue, opened = Q(overdue_on__lte=today), Q(opens_on__lte=today)
    match state:
        case Lateness.OVERDUE:
            return overdue
        case Lateness.NOW:
            return opened & ~overdue
        case Lateness.SOON:
            # What is not open yet cannot be overdue: said, because the index is by that day.
            return ~opened & ~overdue & Q(opens_on__lte=today + timedelta(days=SOON_DAYS))
        case "all":
            return Q()
    return overdue | opened


def after_due(rows: QuerySet[Due], last: Due, by_village: bool) -> QuerySet[Due]:
    """The rest of a due list behind a row of it: a page deep in the list costs what the first one costs."""
    place = Q(overdue_on__gt=last.overdue_on) | Q(overdue_on=last.overdue_on, id__gt=last.id)
    if not by_village:
        return rows.filter(place)
    return rows.filter(Q(region__gt=last.region_id) | (Q(region=last.region_id) & place))


def count_dues(wanted: DueFilter) -> dict[str, int]:
    """How many of each state, counted up to `COUNTED_UP_TO`: nobody works through more, and counting
    costs."""
    counts = {}
    for state in (Lateness.OVERDUE, Lateness.NOW, Lateness.SOON):
        rows = dues(DueFilter(wanted.today, state, wanted.kind, wanted.step, wanted.village, wanted.doctor))
        counts[state.value] = rows.order_by().values("id")[: COUNTED_UP_TO + 1].count()
    return counts


def next_due(today: date, after: Due | None, doctor: UUID | None = None) -> Due | None:
    """The next person on the route after a visit, the same person not counted."""
    own = dues(DueFilter(today, doctor=doctor))
    # Nobody has named a doctor yet, or one's own are done: the others of the place are next.
    for rows in (own, dues(DueFilter(today))) if doctor else (own,):
        others = rows if after is None else rows.exclude(person=after.person_id)
        found = (after_due(others, after, True).first() if after is not None else None) or others.first()
        if found is not None:
            return found
    return None


@dataclass(frozen=True)
class RegisterFilter:
    kind: str
    village: str = ""
    doctor: UUID | None = None
    state: str = "open"  # open, closed, all, or a state of the capability
    name: str = ""


def register(wanted: RegisterFilter) -> QuerySet[Case]:
    """The people of a programme, by village and name, with their next window's day (`next_due_on`)."""
    rows = Case.objects.filter(kind=wanted.kind)
    if wanted.state == "open":
        rows = rows.filter(closed_on=None)
    elif wanted.state == "closed":
        rows = rows.exclude(closed_on=None)
    elif wanted.state != "all":
        rows = rows.filter(state=wanted.state)
    if wanted.village:
        rows = rows.filter(person__region=wanted.village)
    if wanted.doctor:
        rows = rows.filter(doctor=wanted.doctor)
    if wanted.name:
        rows = rows.filter(
            Q(person__name__startswith=wanted.name) | _begins("person__name_pinyin", wanted.name.lower())
        )
    # The order of the index `people_person_village`: a page of a large register walks it and sorts nothing.
    return rows.select_related("person", "person__region", "doctor", "institution").order_by(
        "person__region_id", "person__name_pinyin", "person_id"
    )


def count_open_cases() -> dict[str, int]:
    """How many people are in each programme; programmes without anybody are left out."""
    rows = Case.objects.filter(closed_on=None).order_by().values_list("kind")
    return dict(rows.annotate(Count("id")))


def open_dues_of(cases: Iterable[Case], today: date) -> dict[UUID, list[Due]]:
    """The open windows of some cases, the earliest first, without those that have lapsed. Each knows its case
    and person without asking again."""
    found: dict[UUID, list[Due]] = {}
    by_id = {case.id: case for case in cases}
    rows = Due.objects.filter(still_due(today), case__in=by_id).select_related("doctor", "region")
    for due in rows.order_by("due_on", "step"):
        due.case = by_id[due.case_id]
        if due.person_id == due.case.person_id:
            due.person = due.case.person
        found.setdefault(due.case_id, []).append(due)
    return found


def last_records_of(cases: Sequence[Case], forms: Iterable[str]) -> dict[UUID, Record]:
    """The latest current record of some forms, by person."""
    rows = (
        Record.objects.filter(
            person__in=[case.person_id for case in cases],
            form_id__in=list(forms),
            status=RecordStatus.CURRENT,
        )
        .order_by("person", "-performed_on", "-entered_at", "-id")
        .distinct("person")
    )
    return {record.person_id: record for record in rows}


def same_person(person_id: UUID) -> list[UUID]:
    """The ids of everybody merged with this person, them included."""
    kept = Person.objects.filter(id=person_id).values_list("merged_into", flat=True).first() or person_id
    return [kept, *Person.objects.filter(merged_into=kept).values_list("id", flat=True)]


def cases_of(person_id: UUID) -> list[Case]:
    """The person's cases, the open ones first."""
    rows = Case.objects.filter(person__in=same_person(person_id))
    rows = rows.select_related("person", "institution", "doctor")
    return list(rows.order_by(F("closed_on").desc(nulls_first=True), "-opened_on"))


def timeline(person_id: UUID, forms: Iterable[str] = (), limit: int | None = None) -> list[Record]:
    """What was recorded of the person, the latest first; withdrawn and corrected records are left out."""
    rows = Record.objects.filter(person__in=same_person(person_id), status=RecordStatus.CURRENT)
    if forms:
        rows = rows.filter(form_id__in=list(forms))
    rows = rows.select_related("institution", "performed_by").order_by("-performed_on", "-entered_at", "-id")
    return list(rows[:limit])


def records_between(form_id: str, first: date, last: date) -> QuerySet[Record]:
    """The current records of a form performed in these days, both included, the earliest first."""
    rows = Record.objects.filter(
        form_id=form_id, status=RecordStatus.CURRENT, performed_on__range=(first, last)
    )
    return rows.select_related("person", "institution", "performed_by").order_by("performed_on", "id")


def versions_of(record: Record) -> list[Record]:
    """The record and all it succeeded, the latest first."""
    chain = [record]
    while chain[-1].succeeds_id is not None:
        earlier = Record.objects.filter(id=chain[-1].succeeds_id).select_related("performed_by").first()
        if earlier is None:
            break
        chain.append(earlier)
    return chain


def successor_of(record: Record) -> Record | None:
    return Record.objects.filter(succeeds=record.id).first()


def found_not_enrolled(kind: str) -> QuerySet[Person]:
    """People whom the programme should know and who have no case of it, open or closed.

    They are known by a diagnosis (`found_code`, `found_on` of the latest) or by a record that the capability
    watches for (`found_form`, `found_record_on`). People merged into another are left out: the one they were
    merged into is listed.
    """
    diagnoses, told = _pointing(registry.capability(kind))
    known = Case.objects.filter(kind=kind, person=OuterRef("id"))
    merged_known = Case.objects.filter(kind=kind, person__merged_into=OuterRef("id"))
    diagnosed = diagnoses.filter(person=OuterRef("id")).order_by("-diagnosed_on", "-id")
    recorded = told.filter(person=OuterRef("id")).order_by("-performed_on", "-id")
    # One set of ids: two, joined by OR, would be looked up for each of a million people.
    pointed_at = Q(id__in=diagnoses.values("person").union(told.values("person")))
    return (
        Person.objects.filter(merged_into=None, status__in=(PersonStatus.ACTIVE, PersonStatus.PENDING))
        .filter(pointed_at)
        .exclude(Exists(known))
        .exclude(Exists(merged_known))
        .annotate(
            found_code=diagnosed.values("code")[:1],
            found_on=diagnosed.values("diagnosed_on")[:1],
            found_form=recorded.values("form_id")[:1],
            found_record_on=recorded.values("performed_on")[:1],
        )
        .select_related("region")
        .order_by("region_id", "name_pinyin", "id")
    )


def _begins(name: str, prefix: str) -> Q:
    """A column beginning with a prefix, as a range: unlike LIKE it leaks nothing of rows that row security
    hides, so an index may be asked before the policy is."""
    return Q(**{f"{name}__gte": prefix, f"{name}__lt": prefix[:-1] + chr(ord(prefix[-1]) + 1)})


def _pointing(capability: Capability) -> tuple[QuerySet[Diagnosis], QuerySet[Record]]:
    """The diagnoses and the records by which the programme should know somebody."""
    prefixes = [p for opening in capability.opens_on if not opening.enrols for p in opening.diagnoses]
    codes = reduce(or_, (_begins("code", prefix) for prefix in prefixes), Q(pk__in=[]))
    return Diagnosis.objects.filter(codes), records_pointing_to(capability)


def is_found(person_id: UUID, kind: str) -> bool:
    return found_not_enrolled(kind).filter(id__in=same_person(person_id)).exists()


def villages_in(scope_path: str) -> list[Region]:
    """The villages and townships of the institutions in a scope, for a filter."""
    from kangshu.places.models import Institution
    from kangshu.places.scope import path_range

    low, high = path_range(scope_path)
    served = Institution.objects.filter(path__gte=low, path__lt=high, region__level__gte=4).values("region")
    return list(
        Region.objects.filter(Q(code__in=served) | Q(parent__in=served), level=5, valid_to=None).order_by(
            "code"
        )
    )


def doctors_in(scope_path: str) -> list[Staff]:
    from kangshu.places.scope import path_range

    low, high = path_range(scope_path)
    rows = Staff.objects.filter(institution__path__gte=low, institution__path__lt=high, to_on=None)
    return list(rows.exclude(kind="clerk").order_by("name_pinyin", "id")[:500])


def measurements(person_id: UUID, names: Sequence[str]) -> list[tuple[date, dict[str, Any]]]:
    """The person's measured values of these names, oldest first; days without any of them left out."""
    rows = (
        Record.objects.filter(person__in=same_person(person_id), status=RecordStatus.CURRENT)
        .order_by("performed_on", "entered_at", "id")
        .values_list("performed_on", "answers")
    )
    found = []
    for day, answers in rows:
        values = {name: answers[name] for name in names if answers.get(name) is not None}
        if values:
            found.append((day, values))
    return found
