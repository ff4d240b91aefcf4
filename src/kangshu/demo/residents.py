"""Residents as the platform keeps them: villagers with numbers, addresses, a clinic, and what became of them.

Between the first day of recorded work and today some die, move away, move within the county, are born or are
lost to contact. Some have no identity number: newborns, foreigners, people nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import exp
from random import Random
from uuid import UUID

from kangshu.demo.families import Household, Villager, make_villagers
from kangshu.demo.institutions import Clinic
from kangshu.demo.names import foreign_name
from kangshu.demo.numbers import IdentityNumbers, make_id, phone
from kangshu.demo.options import Options
from kangshu.demo.tree import County, Village
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import record_number

FIRST_RECORDS = date(2012, 1, 1)
WITHOUT_CARD = 0.012  # registered without the card at hand, and never asked again
_MINORITIES = ("03", "11", "08", "06", "15", "02")


@dataclass(eq=False, slots=True)
class Resident:
    """One person as stored. `clinic` is responsible now; `moved_from` was before `moved_on`."""

    id: UUID
    villager: Villager
    name: str
    sex: str
    birth: date
    clinic: Clinic
    region: str
    address: str
    phone: str
    created_on: date
    record_number: str | None
    id_number: str = ""
    document_kind: str = "01"
    undocumented: str = ""
    ethnic_group: str = "01"
    residence_type: str = "1"
    status: str = "active"
    ended_on: date | None = None  # death or departure
    moved_on: date | None = None
    moved_from: Clinic | None = None
    relations: list[tuple[UUID, str]] = field(default_factory=list)

    @property
    def death_on(self) -> date | None:
        return self.ended_on if self.status == "dead" else None

    @property
    def created_at(self) -> datetime:
        return datetime.combine(self.created_on, time(9), CHINA)

    def age_on(self, on: date) -> int:
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))


@dataclass(frozen=True)
class Neighbourhood:
    """One village's people and houses."""

    village: Village
    clinic: Clinic
    residents: list[Resident]
    households: list[tuple[UUID, Household, str]]  # id, house, address
    last_serial: int


def make_residents(
    county: County,
    village: Village,
    clinic: Clinic,
    elsewhere: Sequence[Clinic],
    numbers: IdentityNumbers,
    options: Options,
) -> Neighbourhood:
    """The people of a village. `elsewhere` are clinics people may have moved from within the county."""
    random = Random(f"{options.seed}/{village.code}/people")
    villagers = make_villagers(village, options.begins, options.today, random)
    households = list(_houses(villagers, village, county, options, random))
    address = {id(house): text for _, house, text in households}
    residents: list[Resident] = []
    for villager in villagers:
        place = address[id(villager.household)]
        serial = len(residents) + 1
        residents.append(
            _resident(villager, serial, place, county, village, clinic, numbers, options, random)
        )
    _share_phones(residents, random)
    for resident in residents:
        _live_on(resident, elsewhere, options, random)
    _relate(residents)
    return Neighbourhood(village, clinic, residents, households, len(residents))


def _houses(
    villagers: list[Villager], village: Village, county: County, options: Options, random: Random
) -> Iterator[tuple[UUID, Household, str]]:
    township = next(t.name for t in county.townships if t.code[:9] == village.code[:9])
    seen: set[int] = set()
    at = datetime.combine(FIRST_RECORDS, time(9), CHINA)
    for villager in villagers:
        house = villager.household
        if house is None or id(house) in seen:
            continue
        seen.add(id(house))
        if village.is_urban:
            flat = f"{random.randint(1, 6)}0{random.randint(1, 4)}"
            where = f"{random.randint(1, 30)}幢{random.randint(1, 3)}单元{flat}室"
        else:
            where = f"{random.randint(1, 14)}组{len(seen)}号"
        yield make_id(random, at), house, f"{county.name}{township}{village.short_name}{where}"


def _resident(
    villager: Villager,
    serial: int,
    address: str,
    county: County,
    village: Village,
    clinic: Clinic,
    numbers: IdentityNumbers,
    options: Options,
    random: Random,
) -> Resident:
    created = max(
        villager.birth + timedelta(days=random.randint(3, 40)),
        FIRST_RECORDS + timedelta(days=int(random.random() ** 2 * 4600)),
    )
    created = min(created, options.today)
    resident = Resident(
        id=make_id(random, datetime.combine(created, time(9), CHINA)),
        villager=villager,
        name=villager.name,
        sex=villager.sex,
        birth=villager.birth,
        clinic=clinic,
        region=village.code,
        address=address,
        phone=phone(random) if villager.age >= 12 and random.random() < 0.93 else "",
        created_on=created,
        record_number=record_number(village.code, serial),
    )
    if random.random() < 0.09:
        resident.residence_type = "2"
    if random.random() < 0.012:
        resident.ethnic_group = random.choice(_MINORITIES)
    _identify(resident, county, numbers, options, random)
    return resident


def _identify(
    resident: Resident, county: County, numbers: IdentityNumbers, options: Options, random: Random
) -> None:
    days_old = (options.today - resident.birth).days
    chance = random.random()
    if days_old < 90 and chance < 0.7:
        resident.undocumented = "newborn"
        return
    if resident.villager.age >= 20 and resident.villager.spouse is None and chance < 0.004:
        resident.undocumented, resident.document_kind = "foreigner", "03"
        resident.name = foreign_name(random, resident.sex)
        resident.id_number = f"{random.choice('CNPKEV')}{random.randint(1_000_000, 9_999_999)}"
        resident.residence_type = "2"
        return
    if resident.villager.age >= 50 and chance < 0.0004:
        resident.undocumented = "unknown"
        return
    if 0.5 < chance < 0.5 + WITHOUT_CARD:
        resident.undocumented = "other"
        return
    away = 0.85 if resident.residence_type == "2" else 0.06
    division = random.choice(county.neighbours) if random.random() < away else county.code
    resident.id_number = numbers.next(division, resident.birth, resident.sex)


def yearly_death_rate(age: int) -> float:
    """Gompertz: about 0.9 % at 60, 6 % at 80, 16 % at 90."""
    return min(0.6, 3.2e-5 * exp(0.0945 * max(age, 0))) + (0.003 if age < 1 else 0)


def _live_on(resident: Resident, elsewhere: Sequence[Clinic], options: Options, random: Random) -> None:
    """What becomes of the resident between the first day of recorded work and today."""
    first = max(options.begins, resident.created_on)
    days = (options.today - first).days
    if days <= 1:
        return
    years = days / 365.25
    some_day = first + timedelta(days=1 + int(random.random() * (days - 1)))
    chance = random.random()
    dying = 1 - exp(-yearly_death_rate(resident.villager.age) * years)
    leaving = (0.018 if 18 <= resident.villager.age < 45 else 0.004) * years
    if chance < dying:
        resident.status, resident.ended_on = "dead", some_day
    elif chance < dying + leaving:
        resident.status, resident.ended_on = "moved", some_day
    elif chance < dying + leaving + 0.008 * years and elsewhere:
        resident.moved_on, resident.moved_from = some_day, random.choice(elsewhere)
    elif random.random() < 0.004:
        resident.status = "lost"


def _share_phones(residents: list[Resident], random: Random) -> None:
    """Children and the old are reached by the phone of the head of their house, every second of them."""
    by_villager = {id(resident.villager): resident for resident in residents}
    for resident in residents:
        house = resident.villager.household
        if house is None or 16 <= resident.villager.age < 70 or random.random() < 0.5:
            continue
        head = by_villager[id(house.head)]
        if head is not resident and head.phone:
            resident.phone = head.phone


def _relate(residents: list[Resident]) -> None:
    by_villager = {id(resident.villager): resident for resident in residents}
    for resident in residents:
        villager = resident.villager
        for other, kind in (
            (villager.mother, "mother"),
            (villager.father, "father"),
            (villager.spouse, "spouse"),
        ):
            if other is not None:
                resident.relations.append((by_villager[id(other)].id, kind))
        child_of = by_villager[id(villager.mother)] if villager.mother is not None else None
        if child_of is not None and villager.age < 18:
            child_of.relations.append((resident.id, "child"))
