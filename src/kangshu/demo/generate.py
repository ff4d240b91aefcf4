"""Makes the synthetic county: places, people, a year of work, planted faults, accounts.

One township at a time goes through memory. The same options give the same county on the same day, except for
the ciphertext of identity numbers, whose nonces must never repeat.
"""

from __future__ import annotations

import time as clock
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import groupby
from pathlib import Path
from random import Random

from django.conf import settings

from kangshu.declare.answers import plain
from kangshu.demo import tables
from kangshu.demo.accounts import make_accounts
from kangshu.demo.duplicates import make_duplicates
from kangshu.demo.encounters import make_encounters
from kangshu.demo.follow_up import Made, Patient, care_for, find_patients
from kangshu.demo.institutions import Clinic, Establishment, establish
from kangshu.demo.inventions import BUSY_CLINICS, Plot, crowd_a_day, list_faults, make_twins, tempt
from kangshu.demo.numbers import IdentityNumbers
from kangshu.demo.options import Generated, Options
from kangshu.demo.residents import Neighbourhood, Resident, make_residents
from kangshu.demo.tables import Loader
from kangshu.demo.tree import County, county_tree
from kangshu.kernel.actor import SystemActor
from kangshu.kernel.dates import CHINA
from kangshu.people.vault import vault
from kangshu.places.models import Region
from kangshu.work import bulk

Progress = Callable[[str, int, int], None]

CAPABILITY = "chronic.hypertension"
FORMS = {"follow_up": "chronic.hypertension.follow_up", "yearly_check": "records.health_check"}


def is_generated() -> bool:
    """Whether this database already holds a county."""
    return Region.objects.exists()


def planted_file() -> Path:
    """Where the list of planted faults is written."""
    return Path(settings.KANGSHU_HOME) / "demo" / "planted.json"


def generate(options: Options, *, progress: Progress = lambda part, done, total: None) -> Generated:
    """Make the county in an empty, migrated database, through the connection `owner`."""
    started = clock.monotonic()
    county = county_tree(options.county, options.residents, options.seed, options.divisions)
    making = _Making(options, county, establish(county, options))
    tables.load_places(making.loader, county, making.establishment, options)
    groups = [list(group) for _, group in groupby(making.establishment.clinics, key=lambda c: c.centre.path)]
    for done, clinics in enumerate(groups):
        progress("townships", done, len(groups))
        making.township(clinics)
    progress("townships", len(groups), len(groups))
    tables.load_serials(making.loader, making.serials)
    make_accounts(making.establishment, making.a_resident, options)
    making.plot.write(planted_file(), options)
    making.loader.run("ANALYZE")
    return Generated(making.loader.counts, planted_file(), clock.monotonic() - started)


@dataclass
class _Making:
    """The county on its way."""

    options: Options
    county: County
    establishment: Establishment
    loader: Loader = field(default_factory=Loader)
    plot: Plot = field(default_factory=Plot)
    serials: dict[str, int] = field(default_factory=dict)
    a_resident: Resident | None = None

    def __post_init__(self) -> None:
        self.numbers = IdentityNumbers((self.county.code, *self.county.neighbours))
        self.by = SystemActor("demo county")
        self.now = datetime.combine(self.options.today, time(23, 30), CHINA)

    def township(self, clinics: Sequence[Clinic]) -> None:
        """Make and load everybody of one township."""
        hoods = [self._hood(clinic) for clinic in clinics]
        patients = [self._patients(hood) for hood in hoods]
        doubles = [
            double
            for hood in hoods
            for double in make_duplicates(
                hood.residents,
                self.establishment.clinics,
                hood.last_serial,
                self.options,
                self._random(hood, "2"),
            )
        ]
        self.plot.duplicates += [double.listed() for double in doubles]
        seconds = [double.second for double in doubles]
        tables.load_people(self.loader, hoods, seconds, vault(), self.options)
        for hood, sick in zip(hoods, patients, strict=True):
            tables.load_population(self.loader, hood, self.options)
            seen = make_encounters(
                hood.residents, sick, self.establishment, self.options, self._random(hood, "care")
            )
            tables.load_encounters(self.loader, seen)
            taken = sum(
                double.first in hood.residents and double.second.record_number is not None
                for double in doubles
            )
            self.serials[hood.village.code] = hood.last_serial + taken
        self._load_work([patient for group in patients for patient in group if patient.opened_on is not None])

    def _hood(self, clinic: Clinic) -> Neighbourhood:
        others = self.establishment.clinics
        return make_residents(self.county, clinic.village, clinic, others, self.numbers, self.options)

    def _random(self, hood: Neighbourhood, what: str) -> Random:
        return Random(f"{self.options.seed}/{hood.village.code}/{what}")

    def _patients(self, hood: Neighbourhood) -> list[Patient]:
        """The patients of a village with their visits made, and the faults among them listed."""
        random = self._random(hood, "work")
        patients = find_patients(hood.residents, self.options, random)
        enrolled = [patient for patient in patients if patient.opened_on is not None]
        tempt(enrolled, random)
        for part, patient in enumerate(enrolled):
            care_for(patient, part, self.options, random)
        twins = make_twins(enrolled, random)
        crowded = self.establishment.clinics.index(hood.clinic) % BUSY_CLINICS == 1
        day = crowd_a_day(enrolled, self.options, random) if crowded else None
        list_faults(enrolled, twins, day, self.plot)
        if self.a_resident is None and enrolled:
            living = (p.resident for p in enrolled if p.resident.status == "active" and len(p.visits) >= 4)
            self.a_resident = next(living, None)
        return patients

    def _load_work(self, patients: Sequence[Patient]) -> None:
        """Cases, then visits, as an import of the platform's own would save them: checked, assessed, planned."""
        cases = [_new_case(patient) for patient in patients]
        self._told(
            bulk.load_cases(cases, by=self.by, now=self.now, fire=False, using=self.loader.using), "work_case"
        )
        records = [
            _new_record(patient, made)
            for patient in patients
            for made in _in_order(patient)
            if not _is_late(patient, made)
        ]
        self._told(
            bulk.load_records(records, by=self.by, now=self.now, fire=True, using=self.loader.using),
            "work_record",
        )
        # What nobody may record any more, somebody did: it went in before the death was known.
        late = [
            _new_record(patient, made)
            for patient in patients
            for made in _in_order(patient)
            if _is_late(patient, made)
        ]
        if late:
            self._told(
                bulk.load_records(late, by=self.by, now=self.now, fire=False, using=self.loader.using),
                "work_record",
            )

    def _told(self, loaded: bulk.Loaded, table: str) -> None:
        if loaded.refused:
            first = loaded.refused[0].refusal
            raise RuntimeError(f"{len(loaded.refused)} rows of {table} were refused, first: {first}")
        self.loader.counts[table] = self.loader.counts.get(table, 0) + loaded.saved


def _in_order(patient: Patient) -> Iterator[Made]:
    yield from sorted(patient.visits, key=lambda made: (made.on, made.entered_at, made.id))


def _is_late(patient: Patient, made: Made) -> bool:
    ended = patient.resident.ended_on
    return ended is not None and made.on > ended


def _new_case(patient: Patient) -> bulk.NewCase:
    resident = patient.resident
    assert patient.case_id is not None
    assert patient.opened_on is not None
    reason = {"dead": "death", "moved": "moved"}.get(resident.status, "")
    doctor = patient.visits[-1].by if patient.visits and patient.visits[-1].form == "follow_up" else None
    if doctor is None or doctor.to_on is not None or doctor not in resident.clinic.place.staff:
        doctor = next(member for member in resident.clinic.place.staff if member.to_on is None)
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
