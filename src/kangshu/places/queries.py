"""Questions about places: who is what on a day, what lies under what, how many people live where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum

from kangshu.kernel.text import Text
from kangshu.kernel.workdays import add_working_days, is_working_day
from kangshu.places.errors import UnknownPopulation, unknown_place
from kangshu.places.models import (
    Institution,
    InstitutionChange,
    Population,
    Region,
    RegionChange,
    Staff,
    StaffPosting,
    WorkdayOverride,
)
from kangshu.places.scope import path_range

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class RegionOn:
    """A region as it was on a day."""

    code: str
    name: str
    level: int
    parent: str | None
    urban_rural: str


@dataclass(frozen=True)
class InstitutionOn:
    """An institution as it was on a day."""

    id: UUID
    code: str
    name: str
    kind: str
    region: str
    path: str


def valid_on(on: date) -> Q:
    """The condition that a row with valid_from and valid_to was in force on a day."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def region_on(code: str, on: date) -> RegionOn:
    """The region that had this code on that day, with the name of that day. Raises UnknownPlace."""
    region = Region.objects.filter(valid_on(on), code=code).first()
    if region is None:
        raise unknown_place(code)
    return _regions_on([region], on)[0]


def regions_under(code: str, on: date, level: int | None = None) -> list[RegionOn]:
    """All regions below a region on a day, by code; only those of one level if asked. Raises UnknownPlace."""
    if not Region.objects.filter(code=code).exists():
        raise unknown_place(code)
    found: list[Region] = []
    parents = [code]
    while parents:
        children = list(Region.objects.filter(valid_on(on), parent_id__in=parents).order_by("code"))
        found.extend(children)
        parents = [child.code for child in children]
    wanted = [region for region in found if level is None or region.level == level]
    return _regions_on(sorted(wanted, key=lambda region: region.code), on)


def successors(code: str, on: date) -> list[str]:
    """The codes that stand on a day for what was once `code`: itself, or what it merged or split into."""
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise unknown_place(code)
    if region.valid_to is None or region.valid_to >= on:
        return [code]
    onward = RegionChange.objects.filter(from_region=code, on__lte=on).exclude(to_region=code)
    return sorted({after for change in onward for after in successors(change.to_region_id, on)})


def institution_on(code_or_id: str | UUID, on: date) -> InstitutionOn:
    """The institution of that code or id with its name and path of that day. Raises UnknownPlace."""
    key = Q(id=code_or_id) if isinstance(code_or_id, UUID) else Q(code=code_or_id)
    institution = Institution.objects.filter(key & valid_on(on)).first()
    if institution is None:
        raise unknown_place(code_or_id)
    return _institutions_on([institution], on)[0]


def institutions_under(path: str, on: date, kinds: Sequence[str] = ()) -> list[InstitutionOn]:
    """The institution of a (present) path and all below it that existed on a day, by path."""
    low, high = path_range(path)
    rows = Institution.objects.filter(valid_on(on), path__gte=low, path__lt=high).order_by("path")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return _institutions_on(list(rows), on)


def institution_tree(on: date) -> QuerySet[Institution]:
    """Institutions in force on a day, in the order of the tree."""
    return Institution.objects.filter(valid_on(on)).select_related("region", "parent").order_by("path")


def staff_at(institution: UUID, on: date) -> list[Staff]:
    """Who was posted at an institution on a day, by name."""
    postings = StaffPosting.objects.filter(institution=institution, from_on__lte=on).filter(
        Q(to_on__isnull=True) | Q(to_on__gte=on)
    )
    return list(Staff.objects.filter(id__in=postings.values("staff_id")).order_by("name_pinyin", "id"))


def population(
    region: str, year: int, age_from: int = 0, age_to: int | None = None, sex: str | None = None
) -> int:
    """Usual residents of a region in a year, aged `age_from` to `age_to` (included; None: no upper end).

    The latest version of the region's own counts is used; a region without any takes the sum of its children.
    `sex`: "1", "2", or None for both. Raises UnknownPopulation when nothing is stored, or when the stored
    bands do not fit the ages asked: a guess would be a false denominator.
    """
    own = Population.objects.filter(region=region, year=year)
    version = own.aggregate(latest=Max("version"))["latest"]
    if version is None:
        return _population_of_children(region, year, age_from, age_to, sex)
    bands = own.filter(version=version)
    if sex is not None:
        bands = bands.filter(sex=sex)
    elif bands.filter(sex="0").exists():
        bands = bands.filter(sex="0")
    inside = bands.filter(age_from__gte=age_from)
    straddling = bands.filter(age_from__lt=age_from).filter(Q(age_to__isnull=True) | Q(age_to__gte=age_from))
    if age_to is not None:
        straddling |= bands.filter(age_from__lte=age_to).filter(Q(age_to__isnull=True) | Q(age_to__gt=age_to))
        inside = inside.filter(age_to__lte=age_to)
    if not bands.exists() or straddling.exists():
        raise _unknown_population(region, year)
    return inside.aggregate(total=Sum("count"))["total"] or 0


def _population_of_children(
    region: str, year: int, age_from: int, age_to: int | None, sex: str | None
) -> int:
    last_day = date(year, 12, 31)
    children = Region.objects.filter(valid_on(last_day), parent_id=region)
    if not children:
        raise _unknown_population(region, year)
    return sum(population(child.code, year, age_from, age_to, sex) for child in children)


def _unknown_population(region: str, year: int) -> UnknownPopulation:
    return UnknownPopulation(
        "population.unknown",
        Text(
            f"{region} {year}年没有适用的人口数，请先在“人口数”中录入。",
            f"There is no fitting population count of {region} for {year}. Enter it under “Population”.",
        ),
        where=region,
    )


def workday_overrides() -> dict[date, bool]:
    """The county's own working and free days."""
    return dict(WorkdayOverride.objects.values_list("date", "is_working"))


def is_county_working_day(day: date) -> bool:
    """Whether the county works that day. Raises `UnknownWorkdays`."""
    return is_working_day(day, workday_overrides())


def county_working_day_after(start: date, days: int) -> date:
    """`days` working days after `start`, with the county's own days. Raises `UnknownWorkdays`."""
    return add_working_days(start, days, workday_overrides())


def _regions_on(regions: Sequence[Region], on: date) -> list[RegionOn]:
    renamed = RegionChange.objects.filter(
        kind=RegionChange.Kind.RENAMED, on__gt=on, from_region__in=[region.code for region in regions]
    ).order_by("on", "id")
    first_name = _first((change.from_region_id, change.old_name) for change in renamed)
    return [
        RegionOn(
            region.code,
            first_name.get(region.code, region.name),
            region.level,
            region.parent_id,
            region.urban_rural,
        )
        for region in regions
    ]


def _institutions_on(institutions: Sequence[Institution], on: date) -> list[InstitutionOn]:
    """What came before the first later change is what was true on the day."""
    ids = [institution.id for institution in institutions]
    later = InstitutionChange.objects.filter(institution__in=ids, on__gt=on).order_by("on", "id")
    names = _first((change.institution_id, change.old_name) for change in later if change.old_name)
    paths = _first((change.institution_id, change.old_path) for change in later if change.old_path)
    return [
        InstitutionOn(
            institution.id,
            institution.code,
            names.get(institution.id, institution.name),
            institution.kind,
            institution.region_id,
            paths.get(institution.id, institution.path),
        )
        for institution in institutions
    ]


def _first(pairs: Iterable[tuple[K, V]]) -> dict[K, V]:
    found: dict[K, V] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found
