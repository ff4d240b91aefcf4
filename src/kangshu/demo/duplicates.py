"""People registered twice: at two counters, with the small differences that make a duplicate hard to find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from kangshu.demo.institutions import Clinic
from kangshu.demo.names import misheard
from kangshu.demo.numbers import make_id, phone
from kangshu.demo.options import Options
from kangshu.demo.residents import Resident
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import record_number

SHARE = 1 / 160


@dataclass(frozen=True)
class Duplicate:
    """The second record of somebody, and how it differs from the first."""

    first: Resident
    second: Resident
    differences: tuple[str, ...]

    def listed(self) -> dict[str, Any]:
        return {
            "first": str(self.first.id),
            "second": str(self.second.id),
            "differences": list(self.differences),
        }


def make_duplicates(
    residents: Sequence[Resident],
    elsewhere: Sequence[Clinic],
    last_serial: int,
    options: Options,
    random: Random,
) -> list[Duplicate]:
    """Second records for some residents of a village, most at the same clinic, some at another."""
    made = []
    for resident in residents:
        if random.random() >= SHARE or resident.status != "active" or not resident.id_number:
            continue
        other = random.choice(elsewhere) if elsewhere and random.random() < 0.3 else resident.clinic
        same_village = other is resident.clinic
        last_serial += 1
        number = record_number(resident.region, last_serial) if same_village else None
        made.append(_second(resident, other, number, options, random))
    return made


def _second(
    resident: Resident, clinic: Clinic, number: str | None, options: Options, random: Random
) -> Duplicate:
    created = min(resident.created_on + timedelta(days=random.randint(200, 2000)), options.today)
    second = Resident(
        id=make_id(random, datetime.combine(created, time(14), CHINA)),
        villager=resident.villager,
        name=resident.name,
        sex=resident.sex,
        birth=resident.birth,
        clinic=clinic,
        region=clinic.village.code,
        address=resident.address,
        phone=resident.phone,
        created_on=created,
        record_number=number,
        residence_type=resident.residence_type,
        undocumented="other",  # the number was not at hand: otherwise the platform would have refused
    )
    differences = ["no identity number"]
    chance = random.random()
    if chance < 0.35:
        other_name = misheard(random, resident.name)
        if other_name is not None:
            second.name = other_name
            differences.append("name misheard")
    if 0.25 < chance < 0.6 and resident.birth.day <= 12 and resident.birth.day != resident.birth.month:
        second.birth = resident.birth.replace(month=resident.birth.day, day=resident.birth.month)
        differences.append("day and month of birth changed round")
    if chance > 0.55:
        second.phone = phone(random) if random.random() < 0.6 else ""
        differences.append("other phone")
    if clinic is not resident.clinic:
        differences.append("registered at another clinic")
    return Duplicate(resident, second, tuple(differences))
