"""Finding a person by whatever is at hand: part of a name, pinyin, part of a phone, a number.

Every question is a range over the primary key of `people_searchterm` (term, scope_path, person_id), so that
the answer under row security comes from the index alone, and in its order: shortest match first. That
order needs no sort, which keeps `王` at a county desk as quick as a whole name at a village clinic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from kangshu.people.models import Person
from kangshu.people.terms import Asked, last4_term, prefix_range, read_search
from kangshu.people.vault import vault

DEFAULT_LIMIT = 20
# One person can match a prefix with several suffixes (丽丽): look a little further before giving up.
_ROWS_PER_PERSON = 3
# Of several parts, the leading one is followed this far; `王 伟` in a whole county stops there.
MOST_CANDIDATES = 5_000


@dataclass(frozen=True)
class Found:
    """One line of a search result. `id` is the canonical person; `merged` says they were found by an older
    record."""

    id: UUID
    name: str
    sex: str
    birth_date: date | None
    phone: str
    address: str
    region: str
    institution: str
    record_number: str
    status: str
    merged: bool = False


@dataclass(frozen=True)
class SearchResult:
    """What was found. `more` when there is more than was asked for, `too_short` when a part was ignored."""

    people: tuple[Found, ...]
    more: bool = False
    too_short: bool = False


def search_people(text: str, *, limit: int = DEFAULT_LIMIT) -> SearchResult:
    """Find people in scope by `text` (see `terms.read_search`); merged records lead to the one that was
    kept."""
    asked = read_search(text)
    if asked.is_empty:
        return SearchResult((), too_short=asked.too_short)
    ids = _ids_by_identity(asked.identity) if asked.identity else _ids_by_terms(asked, limit + 1)
    people = _load(ids)
    return SearchResult(tuple(people[:limit]), more=len(people) > limit, too_short=asked.too_short)


def _ids_by_identity(number: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM people_identitydocument WHERE number_index = %s AND withdrawn_at IS NULL",
            [vault().index(number)],
        )
        return [row[0] for row in cursor.fetchall()]


def _ids_by_terms(asked: Asked, limit: int) -> list[UUID]:
    """Ids in the order of the leading part's terms; every further part must hold too.

    Digits lead when there are any, else the longest word: a number's end names a few hundred people where a
    surname names thousands. The further parts are then asked of those people only.
    """
    ranges = [_number_ranges(number, bool(asked.words)) for number in asked.numbers]
    ranges += [[prefix_range(word)] for word in sorted(asked.words, key=len, reverse=True)]
    leading, *others = ranges
    at_most = limit * _ROWS_PER_PERSON if not others else MOST_CANDIDATES
    found: dict[UUID, None] = {}
    with connection.cursor() as cursor:
        for low, high in leading:
            cursor.execute(
                "SELECT person_id FROM people_searchterm WHERE term >= %s AND term < %s"
                " ORDER BY term, scope_path, person_id LIMIT %s",
                [low, high, at_most],
            )
            found.update(dict.fromkeys(row[0] for row in cursor.fetchall()))
        ids = list(found)
        for other in others:
            either = " OR ".join("(term >= %s AND term < %s)" for _ in other)
            cursor.execute(
                f"SELECT person_id FROM people_searchterm WHERE person_id = ANY(%s) AND ({either})",
                [ids, *(bound for pair in other for bound in pair)],
            )
            having = {row[0] for row in cursor.fetchall()}
            ids = [person_id for person_id in ids if person_id in having]
    return ids[:limit]


def _number_ranges(number: str, with_name: bool) -> list[tuple[str, str]]:
    """Where digits may stand: in a phone or record number; four of them beside a name also end an
    identity."""
    ranges = [] if not number.isdigit() else [prefix_range(number)]
    if with_name and len(number) == 4:
        ranges.append((last4_term(number), last4_term(number) + "\x01"))
    return ranges


def _load(ids: list[UUID]) -> list[Found]:
    """The people in the order of their ids, each kept record once."""
    rows = Person.objects.select_related("institution", "region", "merged_into").in_bulk(ids)
    kept_ids = {p.merged_into_id for p in rows.values() if p.merged_into_id}
    kept = Person.objects.select_related("institution", "region").in_bulk(kept_ids - rows.keys())
    found: dict[UUID, Found] = {}
    for person_id in ids:
        row = rows.get(person_id)
        if row is None:
            continue
        stands = kept.get(row.merged_into_id) or rows.get(row.merged_into_id) if row.merged_into_id else row
        if stands is not None and stands.pk not in found:
            found[stands.pk] = _found(stands, merged=stands is not row)
    return list(found.values())


def _found(person: Person, merged: bool) -> Found:
    return Found(
        id=person.pk,
        name=person.name,
        sex=person.sex,
        birth_date=person.birth_date,
        phone=person.phone,
        address=person.address,
        region=person.region.name,
        institution=person.institution.name,
        record_number=person.record_number or "",
        status=person.status,
        merged=merged,
    )
