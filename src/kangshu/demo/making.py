"""Thinks the county up, township by township, without any database: places, people, work, planted faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random

from kangshu.declare import registry
from kangshu.demo.duplicates import Duplicate, make_duplicates
from kangshu.demo.encounters import Seen, make_encounters
from kangshu.demo.follow_up import Patient, care_for, find_patients, past_checks
from kangshu.demo.institutions import Clinic, Establishment, establish
from kangshu.demo.inventions import Plot, crowd_a_day, list_faults, make_twins, tempt
from kangshu.demo.numbers import IdentityNumbers
from kangshu.demo.options import Options
from kangshu.demo.programmes import Enrolled, serve
from kangshu.demo.recipes import Recipe, recipes
from kangshu.demo.referrals import Opened, grants_of, referred
from kangshu.demo.residents import Neighbourhood, Resident, make_residents
from kangshu.demo.schemes import CROWD, PERIOD, carry_out, set_up, visit_the_admitted
from kangshu.demo.screening import KIND as SCREENING
from kangshu.demo.screening import screen
from kangshu.demo.tree import County, county_tree


@dataclass
class MadeTownship:
    """Everybody and everything of one township; thrown away once it is stored."""

    hoods: list[Neighbourhood] = field(default_factory=list)
    patients: list[Patient] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    served: list[Enrolled] = field(default_factory=list)
    grants: list[Opened] = field(default_factory=list)
    serials: dict[str, int] = field(default_factory=dict)
    plot: Plot = field(default_factory=Plot)

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
        self._clinic_number = {id(clinic): n for n, clinic in enumerate(self.establishment.clinics)}
        for clinic, number in zip(self.establishment.clinics, range(len(self._clinic_number)), strict=True):
            set_up(clinic, number)
        self.recipes: list[Recipe] = _wanted(options)
        self._screens = options.programmes is None or SCREENING in options.programmes

    def townships(self) -> list[list[Clinic]]:
        """The clinics of each township, in order."""
        clinics = self.establishment.clinics
        return [list(group) for _, group in groupby(clinics, key=lambda clinic: clinic.centre.path)]

    def make(self) -> Iterator[MadeTownship]:
        """Each township in turn."""
        for place in range(len(self.townships())):
            yield self.make_township(place)

    def make_township(self, place: int) -> MadeTownship:
        """The township at this place of `townships`; it does not depend on whether others were made."""
        townships = self.townships()
        made = MadeTownship()
        clinics = townships[place]
        numbers = IdentityNumbers((self.county.code, *self.county.neighbours), place, len(townships))
        others = self.establishment.clinics
        for clinic in clinics:
            hood = make_residents(self.county, clinic.village, clinic, others, numbers, self.options)
            patients, screened = self._patients(hood, made.plot)
            doubles = make_duplicates(
                hood.residents, others, hood.last_serial, self.options, self._random(hood, "duplicates")
            )
            care = self._random(hood, "care")
            seen = make_encounters(hood.residents, patients, self.establishment, self.options, care)
            seen += referred(patients, self.establishment, self.options, care)
            visit_the_admitted(patients, seen, made.plot, self.options, care)
            made.grants += grants_of(patients, seen, self.establishment, self.options, care)
            made.served += screened + self._serve(hood, patients)
            made.hoods.append(hood)
            made.patients += patients
            made.duplicates += doubles
            made.seen += seen
            numbered = sum(double.second.record_number is not None for double in doubles)
            made.serials[hood.village.code] = hood.last_serial + numbered
        made.plot.duplicates += [double.listed() for double in made.duplicates]
        return made

    def _patients(self, hood: Neighbourhood, plot: Plot) -> tuple[list[Patient], list[Enrolled]]:
        """The patients of a village with their visits made, and the faults among them listed; and whoever was
        only measured."""
        random = self._random(hood, "work")
        number = self._clinic_number[id(hood.clinic)]
        patients = find_patients(hood.residents, self.options, random)
        screened = screen(hood.residents, patients, self.options, random) if self._screens else []
        enrolled = [patient for patient in patients if patient.opened_on is not None]
        tempt(enrolled, random)
        for part, patient in enumerate(enrolled):
            care_for(patient, part, self.options, random)
        twins = make_twins(enrolled, random)
        day = crowd_a_day(enrolled, self.options, random) if number % PERIOD == CROWD else None
        list_faults(enrolled, twins, day, plot)
        carry_out(hood.clinic, number, enrolled, plot, self.options, random)
        return patients, screened

    def _serve(self, hood: Neighbourhood, patients: Sequence[Patient]) -> list[Enrolled]:
        """What the other services did in a village: each by its recipe, one after the other."""
        known = {patient.resident.id: past_checks(patient) for patient in patients if patient.visits}
        found: list[Enrolled] = []
        for recipe in self.recipes:
            random = self._random(hood, recipe.capability)
            served = serve(recipe, hood.residents, self.options, random, known)
            for one in served:
                known[one.resident.id] = [*known.get(one.resident.id, ()), *one.history]
            found += served
        return found

    def _random(self, hood: Neighbourhood, what: str) -> Random:
        return Random(f"{self.options.seed}/{hood.village.code}/{what}")


def _wanted(options: Options) -> list[Recipe]:
    """The recipes of services that are declared and asked for."""
    declared = {capability.id for capability in registry.capabilities()}
    return [
        recipe
        for recipe in recipes()
        if recipe.capability in declared
        and (options.programmes is None or recipe.capability in options.programmes)
    ]
