"""Who has high blood pressure, who knows it, who is under care, and how it moves from visit to visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from math import cos, exp, pi
from random import Random

from kangshu.demo.families import PYRAMID
from kangshu.demo.institutions import Member

ADULT_PREVALENCE = 0.275  # of people of 18 and over
KNOWN = 0.56  # of those of 35 and over who have it
UNDER_CARE = 0.83  # of those who know it
STUBBORN = 0.28  # of those who have it: hard to bring down
NEGLECTED = 18  # mmHg, in those who miss their visits


def _shape(age: float, sex: str) -> float:
    """Rises with age as in the national surveys: few before 35, every second person from 65 on."""
    top = 0.60 if sex == "1" else 0.63
    middle = 53.0 if sex == "1" else 57.0
    return top / (1 + exp(-(age - middle) / 10.5))


@cache
def _scale() -> float:
    """What makes the whole adult county of the pyramid come out at the wanted prevalence."""
    adults = affected = 0.0
    for band, weight in enumerate(PYRAMID):
        for age in range(band * 5, band * 5 + 5):
            if age >= 18:
                adults += weight
                affected += weight * (_shape(age, "1") + _shape(age, "2")) / 2
    return ADULT_PREVALENCE * adults / affected


def chance_of_hypertension(age: int, sex: str) -> float:
    return 0.0 if age < 18 else min(0.85, _shape(age, sex) * _scale())


@dataclass(eq=False, slots=True)
class Pressure:
    """One person's pressure: a level of their own, what treatment takes off it, seasons and chance around it.

    Treatment helps for a while and wears off, as doses are forgotten; some it hardly helps at all. Both
    together leave three in five of those under care at their target, as in counties' own reports.
    """

    systolic: float
    diastolic: float
    helped: float = 1.0  # how much a change of treatment does for this person
    lowered: float = 0.0
    wobble: float = 0.0

    @classmethod
    def of(cls, age: int, random: Random) -> Pressure:
        stubborn = random.random() < STUBBORN
        systolic = random.gauss(131 if age < 65 else 138, 10) + (17 if stubborn else 0)
        diastolic = 82 + 0.42 * (systolic - 134) - 0.28 * (age - 58) + random.gauss(0, 4)
        return cls(systolic, diastolic, 0.35 if stubborn else 1.0)

    def neglect(self) -> None:
        """Appointments are missed and tablets forgotten."""
        self.systolic += NEGLECTED
        self.diastolic += NEGLECTED / 2

    def respond(self, action: str, random: Random) -> None:
        """Treatment was changed after this visit, or not; it does not always help and never for good."""
        self.lowered *= 0.6
        if action != "routine" and random.random() < 0.5:
            self.lowered += self.helped * random.uniform(2, 9)

    def read(self, on: date, by: Member, random: Random) -> tuple[int, int]:
        """Systolic and diastolic as the member of staff writes them: some round to the nearest ten."""
        season = 3.5 * cos(2 * pi * (on.timetuple().tm_yday - 15) / 365.25)
        self.wobble = 0.5 * self.wobble + random.gauss(0, 5)
        systolic = self.systolic - self.lowered + season + self.wobble
        diastolic = self.diastolic - 0.5 * self.lowered + 0.5 * season + 0.45 * self.wobble
        diastolic += random.gauss(0, 4)
        if random.random() < by.rounding:
            pair = round(systolic / 10) * 10, round(diastolic / 10) * 10
        elif random.random() < 0.7:  # a mercury scale has a line every two millimetres
            pair = round(systolic / 2) * 2, round(diastolic / 2) * 2
        else:
            pair = round(systolic), round(diastolic)
        systolic_read = min(max(pair[0], 84), 228)
        return systolic_read, min(max(pair[1], 48), systolic_read - 14, 128)
