"""People registered twice: at two counters, with the small differences that make a duplicate hard to find.

Some differ in so much that nobody could tell from these fields alone; `docs/demo.md` says how many are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from kangshu.demo.institutions import Clinic
from kangshu.demo.names import given_name, misheard
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
    differences = ["no identity number", *_told_at_a_counter(resident, second, random)]
    if clinic is not resident.clinic:
        differences.append("registered at another clinic")
        if resident.sex == "2" and 20 <= resident.villager.age < 50 and random.random() < 0.6:
            # She married into another village: another house, often another phone.
            second.address = f"{clinic.village.short_name}{random.randint(1, 14)}组{random.randint(1, 90)}号"
            differences.append("moved on marriage")
            if "other phone" not in differences and random.random() < 0.5:
                second.phone = phone(random)
                differences.append("other phone")
    return Duplicate(resident, second, tuple(differences))


def _told_at_a_counter(first: Resident, second: Resident, random: Random) -> Iterator[str]:
    """What is heard, remembered and typed otherwise the second time; two in three differ in something."""
    chance = random.random()
    if chance < 0.3:
        name = misheard(random, first.name)
        if name is not None:
            second.name = name
            yield "name misheard"
    elif chance < 0.36 and len(first.name) == 3:
        second.name = first.name[0] + given_name(random, first.sex, first.birth.year)[:1] + first.name[2]
        if second.name != first.name:
            yield "one character of the name wrong"
    elif chance < 0.39 and len(first.name) == 3:
        second.name = first.name[0] + first.name[2] + first.name[1]
        if second.name != first.name:
            yield "characters of the name changed round"
    chance = random.random()
    birth = _remembered(first.birth, chance, random)
    if birth is not None and birth[0] <= second.created_on:
        second.birth = birth[0]
        yield birth[1]
    chance = random.random()
    if chance < 0.3:
        second.phone = phone(random) if chance < 0.2 else ""
        yield "other phone"
    elif chance < 0.38 and first.phone:
        place = random.randrange(4, 11)
        digit = str((int(first.phone[place]) + random.randint(1, 9)) % 10)
        second.phone = first.phone[:place] + digit + first.phone[place + 1 :]
        yield "one digit of the phone wrong"
    if random.random() < 0.25:
        second.address = ""
        yield "no address"


def _remembered(birth: date, chance: float, random: Random) -> tuple[date, str] | None:
    """A birthday as it is told without the card: turned round, by the farmers' calendar, a year off."""
    if chance < 0.12 and birth.day <= 12 and birth.day != birth.month:
        return birth.replace(month=birth.day, day=birth.month), "day and month of birth changed round"
    if 0.12 <= chance < 0.2:
        return birth - timedelta(days=random.randint(20, 48)), "birthday by the lunar calendar"
    if 0.2 <= chance < 0.25 and not (birth.month == 2 and birth.day == 29):
        return birth.replace(year=birth.year + random.choice((-1, 1))), "year of birth off by one"
    if 0.25 <= chance < 0.3:
        return birth.replace(day=1), "first of the month instead of the day of birth"
    return None
