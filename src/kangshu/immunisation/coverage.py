"""Coverage by dose, birth cohort and township, with the minimum that each township is to reach (norms B7).

Read from the records as they are now, in the reader's scope; the yearly figures of the indicator catalogue
are computed from the snapshot and may differ by what was entered since.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection

from kangshu.kernel.text import Text
from kangshu.places.models import Region
from kangshu.work.parameters import LocalParameters

MINIMUM, MINIMUM_MEASLES = "immunisation.minimum_coverage", "immunisation.minimum_measles"


@dataclass(frozen=True)
class Wanted:
    """A dose whose coverage is asked: the codes that fill it, and the age in months by which it is due."""

    key: str
    title: Text
    codes: tuple[str, ...]
    months: int
    minimum: str = MINIMUM


WANTED = (
    Wanted("HepB-1", Text("乙肝1", "HepB 1"), ("HepB-1",), 1),
    Wanted("BCG-1", Text("卡介苗", "BCG"), ("BCG-1",), 3),
    Wanted("HepB-3", Text("乙肝3", "HepB 3"), ("HepB-3",), 12),
    Wanted("polio-3", Text("脊灰3", "Polio 3"), ("bOPV-3",), 12),
    Wanted("DTaP-3", Text("百白破3", "DTaP 3"), ("DTaP-3",), 12),
    Wanted("MMR-1", Text("麻腮风1", "MMR 1"), ("MMR-1", "MR-1"), 12, MINIMUM_MEASLES),
    Wanted("JE-1", Text("乙脑1", "JE 1"), ("JE-L-1", "JE-I-1"), 12),
    Wanted("MPSV-A-2", Text("A群流脑2", "MenA 2"), ("MPSV-A-2",), 24),
    Wanted("DTaP-4", Text("百白破4", "DTaP 4"), ("DTaP-4",), 24),
    Wanted("MMR-2", Text("麻腮风2", "MMR 2"), ("MMR-2",), 24, MINIMUM_MEASLES),
    Wanted("HepA-1", Text("甲肝1", "HepA 1"), ("HepA-L-1", "HepA-I-1"), 24),
    Wanted("MPSV-AC-3", Text("A群C群3", "MenAC 1"), ("MPSV-AC-3",), 48),
    Wanted("polio-4", Text("脊灰4", "Polio 4"), ("bOPV-4",), 60),
)
_SQL = """
WITH child AS (
    SELECT id, left(region_id, 9) AS township, birth_date FROM people_person
    WHERE merged_into_id IS NULL AND status = 'active' AND birth_date BETWEEN %(first)s AND %(last)s
), dose AS (
    SELECT DISTINCT coalesce(p.merged_into_id, p.id) AS person, counted
    FROM work_record r JOIN people_person p ON p.id = r.person_id,
        jsonb_array_elements_text(r.answers -> 'counts_as') AS counted
    WHERE r.form_id = 'immunisation.dose' AND r.status = 'current'
        AND p.birth_date BETWEEN %(first)s AND %(last)s AND r.performed_on <= %(today)s
)
SELECT child.township, wanted.key, count(DISTINCT child.id), count(DISTINCT dose.person)
FROM child
JOIN unnest(%(keys)s::text[], %(codes)s::text[], %(months)s::int[]) AS wanted (key, codes, months)
    ON child.birth_date + make_interval(months => wanted.months) <= %(today)s
LEFT JOIN dose ON dose.person = child.id AND dose.counted = ANY (string_to_array(wanted.codes, ','))
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Cell:
    """Of the children who are to have it, how many had it. `is_low`: under the minimum."""

    due: int
    done: int
    minimum: Decimal

    @property
    def rate(self) -> Decimal | None:
        return None if not self.due else (Decimal(self.done) * 100 / self.due).quantize(Decimal("0.01"))

    @property
    def is_low(self) -> bool:
        return self.rate is not None and self.rate < self.minimum


@dataclass(frozen=True)
class TownshipCoverage:
    township: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Coverage:
    """Lines by township, the whole first; `low` counts the cells of townships under their minimum."""

    lines: tuple[TownshipCoverage, ...]
    low: int


def coverage(year: int, today: date) -> Coverage:
    """Coverage of the children born in a year, by the doses whose age they have all reached by `today`."""
    parameters = {
        "first": date(year, 1, 1),
        "last": date(year, 12, 31),
        "today": today,
        "keys": [each.key for each in WANTED],
        "codes": [",".join(each.codes) for each in WANTED],
        "months": [each.months for each in WANTED],
    }
    counted: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, parameters)
        for township, key, due, done in cursor.fetchall():
            counted[township][key] = (due, done)
    names = dict(
        Region.objects.filter(code__in=[f"{code}000" for code in counted]).values_list("code", "name")
    )
    local = LocalParameters()
    least = {id: local.value(id, today) for id in (MINIMUM, MINIMUM_MEASLES)}
    whole = {
        each.key: tuple(sum(of.get(each.key, (0, 0))[part] for of in counted.values()) for part in (0, 1))
        for each in WANTED
    }
    lines = [_line("", "", whole, least)]
    lines += [_line(code, names.get(f"{code}000", code), counted[code], least) for code in sorted(counted)]
    return Coverage(tuple(lines), sum(cell.is_low for line in lines[1:] for cell in line.cells))


def _line(code: str, name: str, of: dict, least: dict[str, Decimal]) -> TownshipCoverage:
    cells = tuple(Cell(*of.get(each.key, (0, 0)), least[each.minimum]) for each in WANTED)
    return TownshipCoverage(code, name, cells)
