"""The people of one village at the first day of recorded work: ages, families, households, names.

Ages follow the shape of a county in the east of China at the census of 2020: a broad middle, few young
adults, many over 55. People are drawn first and joined to families afterwards: couples by age, children to
couples, couples to the parents they live with, so the pyramid is exactly the one asked for.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import numpy as np

from kangshu.demo.names import given_name, surname
from kangshu.demo.tree import Village

# Per mille of residents in five-year bands from 0; the last band is 95 and over.
PYRAMID = (46, 68, 69, 53, 43, 49, 72, 64, 56, 63, 89, 94, 62, 60, 50, 32, 19, 8.5, 2, 0.5)
# Where to look for a mother around the one of the wanted age.
_NEARBY = (0, 1, -1, 2, -2, 3, -3, 5, -5, 8, -8, 13, -13, 20, -20, 30, -30)
_MALE_SHARE = ((20, 0.53), (50, 0.50), (70, 0.49), (85, 0.46), (200, 0.38))
_MARRIED = ((20, 0.0), (25, 0.22), (30, 0.66), (40, 0.91), (65, 0.95), (75, 0.84), (85, 0.62), (200, 0.35))

# Relation to the head of the household, GB/T 4761.
HEAD, SPOUSE, SON, DAUGHTER, GRANDCHILD, OTHER = "0", "1", "2", "3", "4", "8"


@dataclass(eq=False, slots=True)
class Villager:
    """One invented person while the village is being put together."""

    number: int
    sex: str
    birth: date
    age: int  # on the first day of recorded work; newborns of the time after have -1
    family_name: str = ""
    given: str = ""
    spouse: Villager | None = None
    mother: Villager | None = None
    father: Villager | None = None
    household: Household | None = None
    role: str = "0"

    @property
    def name(self) -> str:
        return self.family_name + self.given


@dataclass(eq=False, slots=True)
class Household:
    members: list[Villager] = field(default_factory=list)

    @property
    def head(self) -> Villager:
        return self.members[0]

    def add(self, villager: Villager, role: str) -> None:
        """Role by GB/T 4761; someone already at home elsewhere stays there."""
        if villager.household is None:
            villager.household, villager.role = self, role
            self.members.append(villager)


def make_villagers(village: Village, begins: date, today: date, random: Random) -> list[Villager]:
    """The villagers with their families and households, in order of number."""
    seeds = np.random.default_rng(random.getrandbits(64))
    villagers = _draw(village.residents, begins, today, seeds)
    couples = _marry(villagers, random)
    _give_children(villagers, couples, random)
    _join_generations(couples, random)
    _join_the_old(villagers, couples, random)
    _name(villagers, random)
    _house(villagers)
    return villagers


def share_by_age(pairs: tuple[tuple[int, float], ...], age: int) -> float:
    """The value of the first step whose upper bound lies above the age."""
    return next(value for bound, value in pairs if age < bound)


def _draw(count: int, begins: date, today: date, seeds: np.random.Generator) -> list[Villager]:
    weights = np.array(PYRAMID, dtype=float)
    bands = seeds.choice(len(PYRAMID), size=count, p=weights / weights.sum())
    days_old = ((bands * 5 + seeds.random(count) * 5) * 365.2425).astype(int)
    chance = seeds.random(count)
    villagers = []
    for number in range(count):
        birth = today - timedelta(days=int(days_old[number]))
        age = -1 if birth > begins else (begins - birth).days * 4 // 1461
        sex = "1" if chance[number] < share_by_age(_MALE_SHARE, age) else "2"
        villagers.append(Villager(number, sex, birth, age))
    return villagers


def _marry(villagers: list[Villager], random: Random) -> list[tuple[Villager, Villager]]:
    """Couples of similar age, the man two years older on average, the oldest first."""
    sides: dict[str, list[tuple[float, int, Villager]]] = {"1": [], "2": []}
    for one in villagers:
        if random.random() < share_by_age(_MARRIED, one.age):
            offset = 0.0 if one.sex == "1" else 2.0
            sides[one.sex].append((one.age + offset + random.gauss(0, 1.5), one.number, one))
    couples = []
    for man, woman in zip(sorted(sides["1"], reverse=True), sorted(sides["2"], reverse=True), strict=False):
        husband, wife = man[2], woman[2]
        husband.spouse, wife.spouse = wife, husband
        couples.append((husband, wife))
    return couples


def _give_children(
    villagers: list[Villager], couples: list[tuple[Villager, Villager]], random: Random
) -> None:
    """Unmarried people under 45 become children of couples whose wife was of an age to have them."""
    mothers = sorted((wife.birth.toordinal(), index) for index, (_, wife) in enumerate(couples))
    births = [birth for birth, _ in mothers]
    if not mothers:
        return
    children = [0] * len(couples)
    for one in villagers:
        if one.spouse is not None or one.age >= 45:
            continue
        wanted = one.birth.toordinal() - int(min(max(random.gauss(27, 4), 19), 42) * 365.25)
        place = bisect_left(births, wanted)
        for step in _NEARBY:
            if not 0 <= place + step < len(mothers):
                continue
            index = mothers[place + step][1]
            husband, wife = couples[index]
            years = (one.birth - wife.birth).days / 365.25
            if children[index] < 3 and 18 <= years <= 46 and (one.birth - husband.birth).days > 18 * 365:
                children[index] += 1
                one.mother, one.father = wife, husband
                break


def _join_generations(couples: list[tuple[Villager, Villager]], random: Random) -> None:
    """Every second young couple lives with the husband's parents."""
    older: list[tuple[int, int]] = []
    for index, (_, wife) in enumerate(couples):
        if 42 <= wife.age <= 78:
            insort(older, (wife.birth.toordinal(), index))
    taken: set[int] = set()
    for index, (husband, _) in enumerate(couples):
        if not 20 <= husband.age <= 50 or random.random() > 0.62:
            continue
        wanted = husband.birth.toordinal() - int(random.gauss(26, 3) * 365.25)
        place = bisect_left(older, (wanted, 0))
        for step in range(-4, 5):
            if not 0 <= place + step < len(older):
                continue
            above = older[place + step][1]
            father, mother = couples[above]
            years = (husband.birth - mother.birth).days / 365.25
            if above in taken or above == index or not 18 <= years <= 42 or father.birth >= husband.birth:
                continue
            taken.add(above)
            husband.mother, husband.father = mother, father
            break


def _join_the_old(
    villagers: list[Villager], couples: list[tuple[Villager, Villager]], random: Random
) -> None:
    """Half of the widowed live with a son: a couple without parents of their own in the village."""
    free = [husband for husband, _ in couples if husband.mother is None and 35 <= husband.age <= 66]
    for one in villagers:
        if one.spouse is not None or one.age < 60 or random.random() > 0.5 or not free:
            continue
        son = free.pop(int(random.random() * len(free)))
        if not 19 <= (son.birth - one.birth).days / 365.25 <= 45:
            free.append(son)
            continue
        if one.sex == "1":
            son.father = one
        else:
            son.mother = one


def _name(villagers: list[Villager], random: Random) -> None:
    """Oldest first, so that a father has his name before his children take it."""
    for one in sorted(villagers, key=lambda villager: (villager.birth, villager.number)):
        own = surname(random)
        one.family_name = one.father.family_name if one.father is not None else own
        one.given = given_name(random, one.sex, one.birth.year)


def _house(villagers: list[Villager]) -> None:
    """A house for every couple or single person who lives without parents; the others live with theirs.

    A daughter who has married lives with her husband, wherever that is.
    """
    waiting = sorted(villagers, key=lambda villager: (villager.birth, villager.number))
    for one in waiting:
        if one.household is None and not _lives_with_parents(one) and (one.sex == "1" or one.spouse is None):
            house = Household()
            house.add(one, HEAD)
            if one.spouse is not None:
                house.add(one.spouse, SPOUSE)
    # By age, so that a son is at home before his own children come.
    for one in waiting:
        parent = one.father or one.mother
        if one.household is None and parent is not None and parent.household is not None:
            house = parent.household
            house.add(one, _role_of_child(one, parent))
            if one.sex == "1" and one.spouse is not None:
                house.add(one.spouse, OTHER)
    for one in waiting:
        if one.household is None:
            Household().add(one, HEAD)


def _lives_with_parents(one: Villager) -> bool:
    if one.sex == "2" and one.spouse is not None:
        return False
    return one.father is not None or one.mother is not None


def _role_of_child(one: Villager, parent: Villager) -> str:
    if parent.role in (HEAD, SPOUSE):
        return SON if one.sex == "1" else DAUGHTER
    return GRANDCHILD if parent.role in (SON, DAUGHTER) else OTHER
