"""Puts made townships into the database, one after the other or several side by side."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import datetime, time
from uuid import UUID

from django.db import connections

from kangshu.declare import registry
from kangshu.declare.answers import plain
from kangshu.demo import tables
from kangshu.demo.follow_up import Made, Patient
from kangshu.demo.inventions import Plot
from kangshu.demo.making import MadeTownship, Making
from kangshu.demo.options import Options
from kangshu.demo.programmes import Enrolled, Filled
from kangshu.demo.reports import Tally
from kangshu.demo.tables import Loader
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.dates import CHINA
from kangshu.people.vault import vault
from kangshu.work import bulk

CAPABILITY = "chronic.hypertension"
FORMS = {"follow_up": "chronic.hypertension.follow_up", "yearly_check": "records.health_check"}


class DemoFailed(RuntimeError):
    """The platform refused what the generator made: one of the two is wrong."""


@dataclass(frozen=True)
class SomePatient:
    """Whose own page the demo's resident sees."""

    id: UUID
    name: str


@dataclass
class Stored:
    """What is kept of a township when it has been stored."""

    place: int
    counts: dict[str, int]
    tally: Tally = field(default_factory=Tally)
    plot: Plot = field(default_factory=Plot)
    patient: SomePatient | None = None


def store_all(making: Making, using: str, processes: int) -> Iterator[Stored]:
    """Make and store every township; `processes` of them at a time, each with a connection of its own.

    They come as they get done, in any order. What is stored does not depend on how many work at it.
    """
    places = range(len(making.townships()))
    if processes == 1:
        for place in places:
            yield _Storing(making, using).store(place)
        return
    connections.close_all()  # a connection must not be shared with a forked process
    forking = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, forking) as pool:
        waiting = [pool.submit(_store_apart, making.options, using, place) for place in places]
        for future in as_completed(waiting):
            yield future.result()


_making: list[Making] = []


def _store_apart(options: Options, using: str, place: int) -> Stored:
    """In a process of the pool, which thinks the county's places up once."""
    if not _making:
        _making.append(Making(options))
    return _Storing(_making[0], using).store(place)


class _Storing:
    """Stores one township."""

    def __init__(self, making: Making, using: str) -> None:
        self.making, self.options = making, making.options
        self.loader = Loader(using)
        self.by = SystemActor("demo county")
        self.now = datetime.combine(self.options.today, time(23, 30), CHINA)

    def store(self, place: int) -> Stored:
        made = self.making.make_township(place)
        tables.load_people(self.loader, made, vault())
        for hood in made.hoods:
            tables.load_population(self.loader, hood, self.options)
        tables.load_encounters(self.loader, made.seen)
        tables.load_serials(self.loader, made.serials)
        tables.load_grants(self.loader, made.grants)
        self._store_work(made)
        stored = Stored(place, self.loader.counts, plot=made.plot)
        _count(made, stored.tally)
        seen = (patient for patient in made.enrolled if len(patient.visits) >= 4)
        living = (patient.resident for patient in seen if patient.resident.status == "active")
        one = next(living, None)
        stored.patient = None if one is None else SomePatient(one.id, one.name)
        return stored

    def _store_work(self, made: MadeTownship) -> None:
        """Cases, then visits, as an import of the platform would save them: checked, assessed, planned."""
        using = self.loader.using
        # Whoever was enrolled the other day and not visited yet is due: no record will plan their windows.
        fresh = [each for each in made.enrolled if not each.visits and each.resident.ended_on is None]
        waiting = {patient.case_id for patient in fresh}
        cases = [_new_case(patient) for patient in made.enrolled if patient.case_id not in waiting]
        cases += [_other_case(one) for one in made.served if one.has_case]
        for rows, fire in ((cases, False), ([_new_case(patient) for patient in fresh], True)):
            loaded = bulk.load_cases(rows, by=self.by, now=self.now, fire=fire, using=using)
            self._told("work_case", loaded)
        in_time, after_the_end = _records(made)
        for records, fire in ((in_time, True), (after_the_end, False)):
            # What nobody may record after a death, somebody did: it went in before the death was known.
            loaded = bulk.load_records(records, by=self.by, now=self.now, fire=fire, using=using, tell=False)
            self._told("work_record", loaded)

    def _told(self, table: str, loaded: bulk.Loaded) -> None:
        if loaded.refused:
            first = loaded.refused[0].refusal
            raise DemoFailed(f"{len(loaded.refused)} rows of {table} were refused, first: {first}")
        self.loader.counts[table] = self.loader.counts.get(table, 0) + loaded.saved


def _count(made: MadeTownship, tally: Tally) -> None:
    """What the monthly reports will say about this township's work."""
    tally.count(made.enrolled)
    for hood in made.hoods:
        for place in (hood.clinic.place, hood.clinic.centre):
            tally.people[place.id] = tally.people.get(place.id, 0) + len(hood.residents)


def _records(made: MadeTownship) -> tuple[list[bulk.NewRecord], list[bulk.NewRecord]]:
    """All records of a township person by person, in order of service; apart, those after somebody's end."""
    in_time: dict[UUID, list[bulk.NewRecord]] = {}
    after_the_end: list[bulk.NewRecord] = []
    for patient in made.enrolled:
        ended = patient.resident.ended_on
        for visit in patient.visits:
            record = _new_record(patient, visit)
            if ended is not None and visit.on > ended:
                after_the_end.append(record)
            else:
                in_time.setdefault(record.person_id, []).append(record)
    for one in made.served:
        in_time.setdefault(one.resident.id, []).extend(_other_record(one, filled) for filled in one.records)
    ordered = [
        record
        for records in in_time.values()
        for record in sorted(records, key=lambda r: (r.performed_on, r.entered_at, r.id))
    ]
    return ordered, after_the_end


def _other_case(one: Enrolled) -> bulk.NewCase:
    reason = one.closing_reason
    last = one.records[-1] if one.records else None
    return bulk.NewCase(
        kind=one.kind,
        person_id=one.resident.id,
        opened_on=one.opened_on,
        id=one.case_id,
        institution_id=one.resident.clinic.place.id,
        doctor_id=last.by.id if last is not None and last.by.to_on is None else None,
        facts=one.facts,
        closed_on=one.resident.ended_on if reason else None,
        closing_reason=reason,
    )


def _other_record(one: Enrolled, filled: Filled) -> bulk.NewRecord:
    return bulk.NewRecord(
        form_id=filled.form_id,
        person_id=one.resident.id,
        answers=filled.answers,
        performed_on=filled.on,
        institution_id=filled.place.id,
        id=filled.id,
        case_id=one.case_id if one.has_case and one.kind == registry.owner(filled.form_id).id else None,
        performed_by=filled.by.id,
        entered_by=filled.by.id,
        entered_at=filled.entered_at,
        provenance="typed",
        confirmed=True,
    )


def _new_case(patient: Patient) -> bulk.NewCase:
    resident = patient.resident
    assert patient.case_id is not None
    assert patient.opened_on is not None
    reason = {"dead": "death", "moved": "moved"}.get(resident.status, "")
    present = [member for member in resident.clinic.place.staff if member.to_on is None]
    last = patient.visits[-1].by if patient.visits else None
    doctor = last if last is not None and last in present else present[0]
    return bulk.NewCase(
        kind=CAPABILITY,
        person_id=resident.id,
        opened_on=patient.opened_on,
        id=patient.case_id,
        institution_id=resident.clinic.place.id,
        doctor_id=doctor.id,
        closed_on=resident.ended_on,
        closing_reason=reason if resident.ended_on else "",
    )


def _new_record(patient: Patient, made: Made) -> bulk.NewRecord:
    follow_up = made.form == "follow_up"
    return bulk.NewRecord(
        form_id=FORMS[made.form],
        person_id=patient.resident.id,
        answers=plain(made.answers),
        performed_on=made.on,
        institution_id=made.clinic.place.id if follow_up else made.clinic.centre.id,
        id=made.id,
        case_id=patient.case_id if follow_up else None,
        performed_by=made.by.id,
        entered_by=made.by.id,
        entered_at=made.entered_at,
        provenance="typed",
    )
