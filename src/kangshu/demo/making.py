"""Thinks the county up, township by township, without any database: places, people, work, planted faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from kangshu.demo.duplicates import Duplicate, make_duplicates
from kangshu.demo.encounters import Seen, make_encounters
from kangshu.demo.follow_up import Patient, care_for, find_patients
from kangshu.demo.institutions import Clinic, Establishment, establish
from kangshu.demo.inventions import BUSY_CLINICS, Plot, crowd_a_day, list_faults, make_twins, tempt
from kangshu.demo.numbers import IdentityNumbers
from kangshu.demo.options import Options
from kangshu.demo.residents import Neighbourhood, Resident, make_residents
from kangshu.demo.tree import County, county_tree


@dataclass
class MadeTownship:
    """Everybody and everything of one township; thrown away once it is stored."""

    hoods: list[Neighbourhood] = field(default_factory=list)
    patients: list[Patient] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    serials: dict[str, int] = field(default_factory=dict)

    @property
    def enrolled(self) -> list[Patient]:
        return [patient for patient in self.patients if patient.opened_on is not None]

    @property
    def everybody(self) -> list[Resident]:
        firsts = [resident for hood in self.hoods for resident in hood.residents]
        return firsts + [double.second for double in self.duplicates]


class Making:
    """One county on its way. The same options make the same county."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.county: County = county_tree(options.county, options.residents, options.seed, options.divisions)
        self.establishment: Establishment = establish(self.county, options)
        self.plot = Plot()
        self._numbers = IdentityNumbers((self.county.code, *self.county.neighbours))
        self._clinic_number = {id(clinic): n for n, clinic in enumerate(self.establishment.clinics)}

    def townships(self) -> list[list[Clinic]]:
        """The clinics of each township, in order."""
        clinics = self.establishment.clinics
        return [list(group) for _, group in groupby(clinics, key=lambda clinic: clinic.centre.path)]

    def make(self) -> Iterator[MadeTownship]:
        """Each township in turn."""
        for clinics in self.townships():
            yield self.make_township(clinics)

    def make_township(self, clinics: Sequence[Clinic]) -> MadeTownship:
        made = MadeTownship()
        others = self.establishment.clinics
        for clinic in clinics:
            hood = make_residents(self.county, clinic.village, clinic, others, self._numbers, self.options)
            patients = self._patients(hood)
            doubles = make_duplicates(
                hood.residents, others, hood.last_serial, self.options, self._random(hood, "duplicates")
            )
            seen = make_encounters(
                hood.residents, patients, self.establishment, self.options, self._random(hood, "care")
            )
            made.hoods.append(hood)
            made.patients += patients
            made.duplicates += doubles
            made.seen += seen
            numbered = sum(double.second.record_number is not None for double in doubles)
            made.serials[hood.village.code] = hood.last_serial + numbered
        self.plot.duplicates += [double.listed() for double in made.duplicates]
        return made

    def _patients(self, hood: Neighbourhood) -> list[Patient]:
        """The patients of a village with their visits made, and the faults among them listed."""
        random = self._random(hood, "work")
        patients = find_patients(hood.residents, self.options, random)
        enrolled = [patient for patient in patients if patient.opened_on is not None]
        tempt(enrolled, random)
        for part, patient in enumerate(enrolled):
            care_for(patient, part, self.options, random)
        twins = make_twins(enrolled, random)
        crowded = self._clinic_number[id(hood.clinic)] % BUSY_CLINICS == 1
        day = crowd_a_day(enrolled, self.options, random) if crowded else None
        list_faults(enrolled, twins, day, self.plot)
        return patients

    def _random(self, hood: Neighbourhood, what: str) -> Random:
        return Random(f"{self.options.seed}/{hood.village.code}/{what}")
