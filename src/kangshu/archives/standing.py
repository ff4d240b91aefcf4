"""How many residents have a valid record, and a complete one, by institution and by town and country.

A record is valid while its resident lives here and is alive: `active`, and `lost` (not reached, but not known
to have left). Dead, moved, merged and waiting records are counted apart and never in a rate (norm A1.5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection

from kangshu.kernel.money import percentage
from kangshu.places.errors import UnknownPopulation
from kangshu.places.models import Institution, Population, Region
from kangshu.places.queries import population, valid_on
from kangshu.places.scope import path_range

FORM = "records.personal_information"
VALID = ("active", "lost")
URBAN, RURAL, UNKNOWN = "urban", "rural", "unknown"

# One pass over the people and one over the forms, joined by hash.
_COUNTED = """
SELECT i.path, CASE left(r.urban_rural, 1) WHEN '1' THEN 'urban' WHEN '2' THEN 'rural' ELSE 'unknown' END,
       CASE WHEN p.merged_into_id IS NOT NULL THEN 'merged' ELSE p.status END,
       count(*), count(f.person_id)
FROM people_person p
JOIN places_institution i ON i.id = p.institution_id
JOIN places_region r ON r.code = p.region_id
LEFT JOIN (SELECT DISTINCT person_id FROM work_record WHERE form_id = %s AND status = 'current') f
     ON f.person_id = p.id
WHERE p.scope_path >= %s AND p.scope_path < %s
GROUP BY 1, 2, 3
"""


@dataclass
class Tally:
    """Records of one place or kind of place, by status; `complete` have the personal form. `residents` is
    the usual population, None where nobody counted it."""

    by_status: dict[str, int] = field(default_factory=dict)
    complete: int = 0
    residents: int | None = None

    def add(self, status: str, people: int, with_form: int) -> None:
        self.by_status[status] = self.by_status.get(status, 0) + people
        if status in VALID:
            self.complete += with_form

    @property
    def valid(self) -> int:
        return sum(self.by_status.get(status, 0) for status in VALID)

    @property
    def left_out(self) -> int:
        """Dead, moved, merged and waiting: kept, and in no rate."""
        return sum(self.by_status.values()) - self.valid

    @property
    def creation_rate(self) -> Decimal | None:
        """Valid records ÷ usual residents, in percent."""
        return None if self.residents is None else percentage(self.valid, self.residents)

    @property
    def standardised_rate(self) -> Decimal | None:
        """Complete valid records ÷ usual residents, in percent."""
        return None if self.residents is None else percentage(self.complete, self.residents)


@dataclass(frozen=True)
class Standing:
    """A place as a whole, by town and country, and the institutions directly under it."""

    whole: Tally
    by_settlement: dict[str, Tally]
    under: tuple[tuple[Institution, Tally], ...]


def standing(place: Institution, on: date) -> Standing:
    """The records that the reader may see at a place and under it, with the population of the year."""
    low, high = path_range(place.path)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, [FORM, low, high])
        rows = cursor.fetchall()
    children = list(Institution.objects.filter(valid_on(on), parent=place).order_by("path"))
    whole, settlements = Tally(), {name: Tally() for name in (URBAN, RURAL, UNKNOWN)}
    under = {child.path: Tally() for child in children}
    for path, settlement, status, people, with_form in rows:
        tallies = [whole, settlements[settlement]]
        tallies += [tally for child, tally in under.items() if path.startswith(child)]
        for tally in tallies:
            tally.add(status, people, with_form)
    whole.residents = _residents([place.region_id], on.year)
    _count_settlements(settlements, place, on)
    for child in children:
        # A hospital or office in a town looks after nobody: the town's people are not its denominator.
        tally = under[child.path]
        tally.residents = _residents([child.region_id], on.year) if tally.by_status else None
    shown = tuple((child, under[child.path]) for child in children if under[child.path].by_status)
    return Standing(whole, {name: one for name, one in settlements.items() if one.by_status}, shown)


def _count_settlements(settlements: dict[str, Tally], place: Institution, on: date) -> None:
    kinds: dict[str, list[str]] = {}
    for code, urban_rural in _villages(place.region_id, on):
        kinds.setdefault({"1": URBAN, "2": RURAL}.get(urban_rural[:1], UNKNOWN), []).append(code)
    counted = set(
        Population.objects.filter(
            year=on.year, region__in=[code for codes in kinds.values() for code in codes]
        ).values_list("region_id", flat=True)
    )
    for name, codes in kinds.items():
        known = [code for code in codes if code in counted]
        # Where only some villages were counted, a rate would be too high.
        settlements[name].residents = _residents(known, on.year) if len(known) == len(codes) else None


def _villages(code: str, on: date) -> list[tuple[str, str]]:
    """The villages and communities of a region: itself, when it is one."""
    region = Region.objects.get(code=code)
    if region.level == Region.Level.VILLAGE:
        return [(region.code, region.urban_rural)]
    # Levels have fixed lengths: two digits a level, three from the township on.
    length = {1: 2, 2: 4, 3: 6, 4: 9}[region.level]
    found = Region.objects.filter(valid_on(on), level=Region.Level.VILLAGE, code__startswith=code[:length])
    return list(found.values_list("code", "urban_rural"))


def _residents(codes: Iterable[str], year: int) -> int | None:
    """The usual residents of regions; None when a count is missing."""
    try:
        return sum(population(code, year) for code in codes)
    except UnknownPopulation:
        return None
