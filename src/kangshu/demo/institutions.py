"""The county's institutions and their staff, hung on the tree of townships and villages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import ceil
from random import Random
from uuid import UUID

from kangshu.demo.names import given_name, surname
from kangshu.demo.numbers import make_id, phone
from kangshu.demo.options import Options
from kangshu.demo.tree import County, Township, Village
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import institution_code, unregistered_organisation_code
from kangshu.places.scope import path_segment

OPENED_ON = date(2010, 1, 1)


@dataclass(eq=False, slots=True)
class Member:
    """One member of staff. The last ones say how they work, and only this package knows them."""

    id: UUID
    name: str
    kind: str
    phone: str
    licence: str
    from_on: date
    to_on: date | None = None
    punctual: float = 0.8  # share of visits made in time
    telephone: float = 0.1  # share of visits by telephone
    rounding: float = 0.3  # share of readings written with a terminal zero
    entry_delay: float = 1.0  # days, on average
    shaves: bool = False  # planted: writes readings just below the target


@dataclass(eq=False, slots=True)
class Place:
    """One institution."""

    id: UUID
    code: str
    name: str
    kind: str
    region: str
    path: str
    parent: Place | None
    staff: list[Member] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Clinic:
    """A village clinic with the village it cares for and the centre above it."""

    place: Place
    centre: Place
    village: Village

    def doctor_on(self, on: date, which: int = 0) -> Member:
        """Who cares for the `which`-th part of the village on a day."""
        doctors = [m for m in self.place.staff if m.from_on <= on and (m.to_on is None or on <= m.to_on)]
        return doctors[which % len(doctors)]


@dataclass(frozen=True)
class Establishment:
    """Everything that has staff: the bureau first, then the county's institutions, centres, clinics."""

    bureau: Place
    county_places: tuple[Place, ...]
    centres: tuple[Place, ...]
    clinics: tuple[Clinic, ...]

    def __iter__(self) -> Iterator[Place]:
        yield self.bureau
        yield from self.county_places
        yield from self.centres
        yield from (clinic.place for clinic in self.clinics)

    def first(self, kind: str) -> Place:
        return next(place for place in self if place.kind == kind)


_COUNTY_PLACES = (
    ("{county}人民医院", "hospital", "A100"),
    ("{county}中医院", "hospital", "A210"),
    ("{county}妇幼保健院", "mch", "G100"),
    ("{county}疾病预防控制中心", "cdc", "J100"),
    ("{county}卫生监督所", "supervision", "K100"),
    ("{county}医疗保障经办中心", "insurance", "P100"),
)


class _Builder:
    """Hands out codes, paths and staff in one order, so that the seed decides everything."""

    def __init__(self, county: County, options: Options) -> None:
        self.county = county
        self.options = options
        self.random = Random(f"{options.seed}/{county.code}/institutions")
        self.serial = 0
        self.children: dict[str, int] = {}

    def place(self, name: str, kind: str, region: str, parent: Place | None, category: str) -> Place:
        self.serial += 1
        above = parent.path if parent else ""
        self.children[above] = self.children.get(above, 0) + 1
        code = institution_code(
            unregistered_organisation_code(self.serial), self.county.code, "11", category, "1"
        )
        path = above + path_segment(self.children[above])
        return Place(self._id(OPENED_ON), code, name, kind, region, path, parent)

    def employ(self, place: Place, kind: str, count: int) -> None:
        for _ in range(count):
            place.staff.append(self.member(kind, OPENED_ON + timedelta(days=self.random.randint(0, 4000))))

    def member(self, kind: str, from_on: date) -> Member:
        sex = "1" if self.random.random() < (0.7 if kind == "village_doctor" else 0.45) else "2"
        name = surname(self.random) + given_name(self.random, sex, self.random.randint(1958, 1996))
        return Member(
            id=self._id(from_on),
            name=name,
            kind=kind,
            phone=phone(self.random),
            licence=f"{self.county.code[:2]}{self.random.randint(10**10, 10**11 - 1)}",
            from_on=from_on,
            punctual=min(0.99, max(0.4, self.random.gauss(0.87, 0.1))),
            telephone=min(0.5, max(0.0, self.random.gauss(0.1, 0.07))),
            rounding=min(0.95, max(0.05, self.random.gauss(0.32, 0.18))),
            entry_delay=max(0.1, self.random.gauss(1.5, 1.2)),
        )

    def _id(self, on: date) -> UUID:
        return make_id(self.random, datetime.combine(on, time(8), CHINA))


def establish(county: County, options: Options) -> Establishment:
    """The bureau, the county's institutions, a centre in each township and a clinic in each village."""
    builder = _Builder(county, options)
    region = f"{county.code}000000"
    bureau = builder.place(f"{county.name}卫生健康局", "bureau", region, None, "P100")
    builder.employ(bureau, "other", 6)
    county_places = tuple(
        builder.place(name.format(county=county.name), kind, region, bureau, category)
        for name, kind, category in _COUNTY_PLACES
    )
    for place in county_places:
        _staff_county_place(builder, place)
    centres, clinics = [], []
    for township in county.townships:
        centre = _centre(builder, township, bureau)
        centres.append(centre)
        clinics += [_clinic(builder, village, centre) for village in township.villages]
    _let_some_leave(builder, clinics)
    return Establishment(bureau, county_places, tuple(centres), tuple(clinics))


def _staff_county_place(builder: _Builder, place: Place) -> None:
    if place.kind in ("hospital", "mch"):
        builder.employ(place, "doctor", 8)
        builder.employ(place, "nurse", 4)
        builder.employ(place, "clerk", 2)
    elif place.kind == "cdc":
        builder.employ(place, "public_health", 6)
    else:
        builder.employ(place, "other", 4)


def _centre(builder: _Builder, township: Township, bureau: Place) -> Place:
    if township.is_street:
        name, kind, category = f"{township.name}社区卫生服务中心", "community_centre", "B100"
    else:
        name, kind, category = f"{township.name}卫生院", "township_centre", "C100"
    centre = builder.place(name, kind, township.code, bureau, category)
    builder.employ(centre, "doctor", 4)
    builder.employ(centre, "nurse", 2)
    builder.employ(centre, "public_health", max(2, ceil(township.residents / 10_000)))
    return centre


def _clinic(builder: _Builder, village: Village, centre: Place) -> Clinic:
    ending = "社区卫生服务站" if village.is_urban else "村卫生室"
    place = builder.place(f"{village.short_name}{ending}", "village_clinic", village.code, centre, "D600")
    builder.employ(place, "village_doctor", max(1, round(village.residents / 1500)))
    return Clinic(place, centre, village)


def _let_some_leave(builder: _Builder, clinics: list[Clinic]) -> None:
    """About one doctor in thirty stops during the year; another takes over the next day."""
    days = (builder.options.today - builder.options.begins).days
    for clinic in clinics[1:]:
        if builder.random.random() < 1 / 30:
            last = builder.options.begins + timedelta(days=builder.random.randint(30, max(31, days - 30)))
            clinic.place.staff[0].to_on = last
            clinic.place.staff.append(builder.member("village_doctor", last + timedelta(days=1)))
