"""From invented people and places to rows, and rows into the database by COPY as the tables' owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import chain
from typing import Any

from django.db import connections

from kangshu.demo.encounters import Seen
from kangshu.demo.institutions import OPENED_ON, Establishment
from kangshu.demo.making import MadeTownship
from kangshu.demo.options import Options
from kangshu.demo.referrals import Opened
from kangshu.demo.residents import Neighbourhood, Resident
from kangshu.demo.tree import County
from kangshu.kernel.dates import CHINA
from kangshu.kernel.pinyin import sort_key
from kangshu.people.terms import terms_of
from kangshu.people.vault import Vault

SINCE = date(2000, 1, 1)
Rows = Iterable[Sequence[Any]]


class Loader:
    """Copies rows into tables through the owner's connection and counts them."""

    def __init__(self, using: str = "owner") -> None:
        self.using = using
        self.counts: dict[str, int] = {}

    def copy(self, table: str, columns: str, rows: Rows) -> None:
        count = 0
        with (
            connections[self.using].cursor() as cursor,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
                count += 1
        self.counts[table] = self.counts.get(table, 0) + count

    def run(self, statement: str) -> None:
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement)


def load_places(loader: Loader, county: County, establishment: Establishment) -> None:
    """Regions from the province down, institutions, staff and their postings."""
    loader.copy(
        "places_region",
        "code, name, level, parent_id, urban_rural, valid_from",
        _region_rows(county),
    )
    loader.copy(
        "places_institution",
        "id, code, name, kind, region_id, parent_id, path, address, phone, valid_from",
        (
            (p.id, p.code, p.name, p.kind, p.region, p.parent and p.parent.id, p.path, "", "", OPENED_ON)
            for p in establishment
        ),
    )
    loader.copy(
        "places_staff",
        "id, name, name_pinyin, kind, institution_id, licence, phone, from_on, to_on",
        (
            (m.id, m.name, sort_key(m.name), m.kind, p.id, m.licence, m.phone, m.from_on, m.to_on)
            for p in establishment
            for m in p.staff
        ),
    )
    loader.copy(
        "places_staffposting",
        "staff_id, institution_id, from_on, to_on",
        ((m.id, p.id, m.from_on, m.to_on) for p in establishment for m in p.staff),
    )


def _region_rows(county: County) -> Iterator[Sequence[Any]]:
    province, prefecture = f"{county.code[:2]}0000000000", f"{county.code[:4]}00000000"
    whole = f"{county.code}000000"
    yield province, county.province, 1, None, "", SINCE
    yield prefecture, county.prefecture, 2, province, "", SINCE
    yield whole, county.name, 3, prefecture, "", SINCE
    for township in county.townships:
        yield township.code, township.name, 4, whole, "", SINCE
        for village in township.villages:
            yield village.code, village.name, 5, township.code, "121" if village.is_urban else "220", SINCE


# Bands that the indicators' ages fit into: 0–6, 18, 35, 65 and fives above 35.
AGE_BANDS = ((0, 0), (1, 3), (4, 6), (7, 17), (18, 34), *((a, a + 4) for a in range(35, 85, 5)), (85, None))
_NOT_REGISTERED = 1.06  # the statistics office counts more people than have a record


def load_population(loader: Loader, hood: Neighbourhood, options: Options) -> None:
    """Population counts of a village for this year and the two before."""

    def rows() -> Iterator[Sequence[Any]]:
        for year in range(options.today.year - 2, options.today.year + 1):
            middle = date(year, 7, 1)
            tally: dict[tuple[str, int], int] = {}
            for resident in hood.residents:
                if resident.birth <= middle and (resident.ended_on is None or resident.ended_on >= middle):
                    age = resident.age_on(middle)
                    band = next(i for i, (_, high) in enumerate(AGE_BANDS) if high is None or age <= high)
                    tally[resident.sex, band] = tally.get((resident.sex, band), 0) + 1
            for sex in ("1", "2"):
                for band, (low, high) in enumerate(AGE_BANDS):
                    count = round(tally.get((sex, band), 0) * _NOT_REGISTERED)
                    yield hood.village.code, year, 1, sex, low, high, count, "统计局常住人口（示例）"

    loader.copy("places_population", "region_id, year, version, sex, age_from, age_to, count, source", rows())


def load_people(loader: Loader, made: MadeTownship, vault: Vault) -> None:
    """Persons with everything that belongs to them."""
    everybody = made.everybody
    loader.copy(
        "people_person",
        "id, name, name_pinyin, sex, birth_date, birth_precision, ethnic_group, phone, address, "
        "contact_name, contact_phone, region_id, institution_id, scope_path, record_number, residence_type, "
        "undocumented, status, death_on, death_cause, created_at",
        (_person_row(resident) for resident in everybody),
    )
    numbered = [resident for resident in everybody if resident.id_number]
    loader.copy(
        "people_identitydocument",
        "id, person_id, kind, number_encrypted, number_index, last4, recorded_at, scope_path",
        _document_rows(numbered, vault),
    )
    loader.copy(
        "people_residence",
        "id, person_id, region_id, institution_id, from_on, to_on, reason, scope_path",
        chain.from_iterable(_residence_rows(resident) for resident in everybody),
    )
    loader.copy(
        "people_relation",
        "id, person_id, other_id, kind, scope_path",
        (
            (_derived(resident, 100 + n), resident.id, other, kind, resident.clinic.place.path)
            for resident in everybody
            for n, (other, kind) in enumerate(resident.relations)
        ),
    )
    _load_households(loader, made.hoods)
    loader.copy(
        "people_searchterm",
        "term, scope_path, person_id",
        # In the order of the index they go into: it grows at the right places and stays dense.
        sorted(
            (term, resident.clinic.place.path, str(resident.id))
            for resident in everybody
            for term in terms_of(
                resident.name, resident.phone, resident.record_number, resident.id_number[-4:]
            )
        ),
    )


def _person_row(resident: Resident) -> Sequence[Any]:
    place = resident.clinic.place
    return (
        resident.id,
        resident.name,
        sort_key(resident.name),
        resident.sex,
        resident.birth,
        "day",
        resident.ethnic_group,
        resident.phone,
        resident.address,
        "",
        "",
        resident.region,
        place.id,
        place.path,
        resident.record_number,
        resident.residence_type,
        resident.undocumented,
        resident.status,
        resident.death_on,
        "",
        resident.created_at,
    )


def _document_rows(residents: Iterable[Resident], vault: Vault) -> Iterator[Sequence[Any]]:
    for resident in residents:
        sealed = vault.seal(resident.id_number)
        yield (
            _derived(resident, 1),
            resident.id,
            resident.document_kind,
            sealed.number_encrypted,
            sealed.number_index,
            sealed.last4,
            resident.created_at,
            resident.clinic.place.path,
        )


def _residence_rows(resident: Resident) -> Iterator[Sequence[Any]]:
    place = resident.clinic.place
    since = resident.created_on
    if resident.moved_on is not None and resident.moved_from is not None and resident.moved_on > since:
        old = resident.moved_from
        last = date.fromordinal(resident.moved_on.toordinal() - 1)
        yield (
            *(_derived(resident, 2), resident.id, old.village.code, old.place.id),
            *(since, last, "moved", place.path),
        )
        since = resident.moved_on
    reason = {"dead": "died", "moved": "left"}.get(resident.status, "registered")
    ended = max(resident.ended_on, since) if resident.ended_on is not None else None
    yield _derived(resident, 3), resident.id, resident.region, place.id, since, ended, reason, place.path


def _load_households(loader: Loader, hoods: Sequence[Neighbourhood]) -> None:
    houses: list[Sequence[Any]] = []
    members: list[Sequence[Any]] = []
    for hood in hoods:
        path = hood.clinic.place.path
        by_villager = {id(resident.villager): resident for resident in hood.residents}
        for number, (house_id, house, address) in enumerate(hood.households, start=1):
            head = by_villager[id(house.head)]
            houses.append((house_id, f"{number:04d}", head.id, hood.village.code, address, path))
            for villager in house.members:
                resident = by_villager[id(villager)]
                members.append(
                    (
                        *(_derived(resident, 4), house_id, resident.id, villager.role),
                        *(resident.created_on, resident.ended_on, path),
                    )
                )
    loader.copy("people_household", "id, number, head_id, region_id, address, scope_path", houses)
    loader.copy(
        "people_householdmember", "id, household_id, person_id, role, from_on, to_on, scope_path", members
    )


def _derived(resident: Resident, number: int) -> Any:
    """An id for a row that belongs to the resident: the resident's own, with its last bits changed."""
    value = resident.id.int
    return type(resident.id)(int=value ^ ((number + 1) << 40))


def load_serials(loader: Loader, serials: dict[str, int]) -> None:
    """Where the next record number of each village goes on."""
    loader.copy("people_recordnumberserial", "region_code, last", sorted(serials.items()))


def load_encounters(loader: Loader, seen: Sequence[Seen]) -> None:
    """Encounters with their diagnoses, results and prescriptions."""

    def path(one: Seen) -> str:
        return one.resident.clinic.place.path

    loader.copy(
        "care_encounter",
        "id, person_id, institution_id, staff_id, kind, started_on, ended_on, complaint, note, source, "
        "external_id, entered_at, scope_path, compartment",
        (
            (
                *(one.id, one.resident.id, one.place.id, one.staff.id, one.kind, one.on, one.until),
                *(one.complaint, "", "his", one.id.hex, one.entered_at, path(one), ""),
            )
            for one in seen
        ),
    )
    loader.copy(
        "care_diagnosis",
        "id, encounter_id, person_id, code, name, kind, diagnosed_on, scope_path, compartment",
        (
            (
                *(_of(one, n), one.id, one.resident.id, code, name, "main" if n == 0 else "other"),
                *(one.on, path(one), ""),
            )
            for one in seen
            for n, (code, name) in enumerate(one.diagnoses)
        ),
    )
    loader.copy(
        "care_result",
        "id, person_id, encounter_id, code, name, value, text, unit, measured_on, scope_path, compartment",
        (
            (
                *(_of(one, 40 + n), one.resident.id, one.id, code, name, value, "", unit),
                *(one.on, path(one), ""),
            )
            for one in seen
            for n, (code, name, value, unit) in enumerate(one.results)
        ),
    )
    loader.copy(
        "care_prescription",
        "id, encounter_id, person_id, medicine, code, dose, frequency, days, quantity, unit, prescribed_on, "
        "scope_path, compartment",
        (
            (
                *(_of(one, 80 + n), one.id, one.resident.id, medicine, "", dose, often, days, None, ""),
                *(one.on, path(one), ""),
            )
            for one in seen
            for n, (medicine, dose, often, days) in enumerate(one.prescriptions)
        ),
    )


def load_grants(loader: Loader, opened: Sequence[Opened]) -> None:
    """Who outside their own place may see somebody: referrals and treatments that are still open."""
    loader.copy(
        "access_grant",
        "id, person_id, institution_id, kind, reason, from_at, until_at, scope_path, review",
        (
            (
                *(one.id, one.person_id, one.place.id, one.kind, one.reason),
                *(datetime.combine(one.on, time(9), CHINA), datetime.combine(one.until, time(), CHINA)),
                *(one.place.path, ""),
            )
            for one in opened
        ),
    )


def _of(one: Seen, number: int) -> Any:
    return type(one.id)(int=one.id.int ^ ((number + 1) << 40))
