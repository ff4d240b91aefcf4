"""Stores the synthetic county: places, people, a year of work, planted faults, accounts.

One township at a time goes through memory. The same options give the same county on the same day, except for
the ciphertext of identity numbers, whose nonces must never repeat.
"""

from __future__ import annotations

import time as clock
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from uuid import UUID

from django.conf import settings

from kangshu.declare import registry
from kangshu.declare.answers import plain
from kangshu.demo import tables
from kangshu.demo.accounts import make_accounts
from kangshu.demo.follow_up import Made, Patient
from kangshu.demo.making import MadeTownship, Making
from kangshu.demo.options import Generated, Options
from kangshu.demo.programmes import Enrolled, Filled
from kangshu.demo.reports import Tally, load_reports, load_targets
from kangshu.demo.residents import Resident
from kangshu.demo.tables import Loader
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.dates import CHINA
from kangshu.people.matching.duplicates import find_duplicates
from kangshu.people.vault import vault
from kangshu.places.models import Region
from kangshu.work import bulk

Progress = Callable[[str, int, int], None]

CAPABILITY = "chronic.hypertension"
FORMS = {"follow_up": "chronic.hypertension.follow_up", "yearly_check": "records.health_check"}


# The nightly search would find them by tomorrow; a small demo shows its review page at once.
SEARCHED_FOR_DUPLICATES = 50_000


class DemoFailed(RuntimeError):
    """The platform refused what the generator made: one of the two is wrong."""


def is_generated() -> bool:
    """Whether this database already holds a county."""
    return Region.objects.exists()


def planted_file() -> Path:
    """Where the list of planted faults is written."""
    return Path(settings.KANGSHU_HOME) / "demo" / "planted.json"


def generate(
    options: Options,
    *,
    progress: Progress = lambda part, done, total: None,
    using: str = "owner",
) -> Generated:
    """Make the county in an empty, migrated database, through the connection of the tables' owner."""
    started = clock.monotonic()
    making = Making(options)
    storing = _Storing(options, Loader(using))
    tables.load_places(storing.loader, making.county, making.establishment)
    total = len(making.townships())
    for done, made in enumerate(making.make()):
        progress("townships", done, total)
        storing.store(made)
    progress("townships", total, total)
    make_accounts(making.establishment, storing.a_resident, options, using)
    load_reports(storing.loader, making.establishment, storing.tally, making.plot, options)
    load_targets(storing.loader, making.establishment, options)
    making.plot.write(planted_file(), options)
    storing.loader.run("ANALYZE")
    if options.residents <= SEARCHED_FOR_DUPLICATES and using == "owner":
        progress("duplicates", 0, 1)
        find_duplicates(now=storing.now)
        progress("duplicates", 1, 1)
    return Generated(storing.loader.counts, planted_file(), clock.monotonic() - started)


class _Storing:
    """Puts townships into the database."""

    def __init__(self, options: Options, loader: Loader) -> None:
        self.options = options
        self.loader = loader
        self.by = SystemActor("demo county")
        self.now = datetime.combine(options.today, time(23, 30), CHINA)
        self.tally = Tally()
        self.a_resident: Resident | None = None

    def store(self, made: MadeTownship) -> None:
        tables.load_people(self.loader, made, vault())
        for hood in made.hoods:
            tables.load_population(self.loader, hood, self.options)
        tables.load_encounters(self.loader, made.seen)
        tables.load_serials(self.loader, made.serials)
        tables.load_grants(self.loader, made.grants)
        self._store_work(made)
        self._count(made)
        if self.a_resident is None:
            patients = (patient for patient in made.enrolled if len(patient.visits) >= 4)
            living = (p.resident for p in patients if p.resident.status == "active")
            self.a_resident = next(living, None)

    def _count(self, made: MadeTownship) -> None:
        """What the monthly reports will say about this township's work."""
        self.tally.count(made.enrolled)
        for hood in made.hoods:
            for place in (hood.clinic.place, hood.clinic.centre):
                self.tally.people[place.id] = self.tally.people.get(place.id, 0) + len(hood.residents)

    def _store_work(self, made: MadeTownship) -> None:
        """Cases, then visits, as an import of the platform would save them: checked, assessed, planned."""
        using = self.loader.using
        cases = [_new_case(patient) for patient in made.enrolled]
        cases += [_other_case(one) for one in made.served if one.has_case]
        self._told("work_case", bulk.load_cases(cases, by=self.by, now=self.now, fire=False, using=using))
        in_time, after_the_end = _records(made)
        for records, fire in ((in_time, True), (after_the_end, False)):
            # What nobody may record after a death, somebody did: it went in before the death was known.
            loaded = bulk.load_records(records, by=self.by, now=self.now, fire=fire, using=using)
            self._told("work_record", loaded)

    def _told(self, table: str, loaded: bulk.Loaded) -> None:
        if loaded.refused:
            first = loaded.refused[0].refusal
            raise DemoFailed(f"{len(loaded.refused)} rows of {table} were refused, first: {first}")
        self.loader.counts[table] = self.loader.counts.get(table, 0) + loaded.saved


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
