"""How long a search takes in a large county, under row-level security, for a village doctor and for the
bureau.

`run(options)` fills the database it is given with `options.residents` synthetic residents (only what a search
reads), unless they are there, and asks a fixed mixture of questions as each of the two accounts. Times are of
the whole question: entering the scope, finding, loading what the list shows.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

DEFAULT_RESIDENTS = 1_000_000
QUESTIONS = 400
PER_CLINIC = 2_500
CLINICS_PER_CENTRE = 13
COUNTY = "339901"
SURNAMES = (
    "王" * 72 + "李" * 72 + "张" * 68 + "刘" * 54 + "陈" * 45 + "杨" * 31 + "赵" * 23 + "黄" * 22 + "周" * 21
    + "吴" * 20 + "徐" * 17 + "孙" * 15 + "胡" * 14 + "朱" * 14 + "高" * 12 + "林" * 12 + "何" * 11 + "郭"
    * 11 + "马" * 11 + "罗" * 10 + "梁" * 9 + "宋" * 9 + "郑" * 9 + "谢" * 8 + "韩" * 8 + "唐" * 8 + "冯" *
    7 + "于" * 7 +
    "董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
)  # fmt: skip
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建国华文辉玲红梅兰淑珍凤荣生春海波志鹏飞宇浩然子轩梓涵欣怡佳琪"
    "雨晨思远博雅婷雪慧琳小玉东林成龙德福长贵金水木火土山川河湖江云月星光亮永康宁安顺利和谐友善仁义礼智信忠孝廉"
)


def run(options: Any = None) -> dict[str, Any]:
    """Fill if need be, ask, and give the figures in milliseconds."""
    residents = int(getattr(options, "residents", None) or DEFAULT_RESIDENTS)
    loaded = fill(residents)
    doctor, officer = readers()
    samples = _samples()
    return {
        "bench": "search",
        "residents": residents,
        "load_seconds": loaded,
        "village_doctor": _ask(doctor, samples["village"]),
        "bureau_officer": _ask(officer, samples["county"]),
    }


def _ask(account_id: UUID, samples: list[tuple]) -> dict[str, Any]:
    from kangshu.access.scope import entered
    from kangshu.people.queries import search_people

    rng = random.Random(7)
    times: dict[str, list[float]] = {}
    for number in range(QUESTIONS):
        kind, text = _question(number, rng, samples)
        start = time.perf_counter()
        with entered(SimpleNamespace(account_id=account_id)):  # type: ignore[arg-type]
            search_people(text)
        times.setdefault(kind, []).append((time.perf_counter() - start) * 1000)
    every = sorted(each for part in times.values() for each in part)
    slowest = {kind: round(max(part), 1) for kind, part in sorted(times.items())}
    return {
        "questions": len(every),
        "p50_ms": round(every[len(every) // 2], 1),
        "p95_ms": round(every[int(len(every) * 0.95)], 1),
        "max_ms": round(every[-1], 1),
        "slowest_ms_by_kind": slowest,
    }


def _question(number: int, rng: random.Random, samples: list[tuple]) -> tuple[str, str]:
    """What people type: parts of what somebody in their area has, and things nobody there has."""
    name, pinyin, phone, record, identity = rng.choice(samples)
    syllables = pinyin.split()
    kinds = (
        ("surname", name[0]),
        ("name", name),
        ("given name", name[1:]),
        ("pinyin", "".join(syllables)),
        ("pinyin beginning", "".join(syllables)[:3]),
        ("two letters", "".join(syllables)[:2]),
        ("initials", "".join(s[0] for s in syllables)),
        ("phone end", phone[-4:]),
        ("phone beginning", phone[:4]),
        ("phone middle", phone[3:9]),
        ("phone", phone),
        ("record number", record),
        ("record end", record[-8:]),
        ("identity", identity),
        ("name and last four", f"{name} {identity[-4:]}"),
        ("name and phone part", f"{name[0]} {phone[-4:]}"),
        ("nobody", rng.choice(["欧阳锋", "司马", "zzz", "99999999", "qwerty"])),
    )
    return kinds[number % len(kinds)]


# --- the county -------------------------------------------------------------------------------------------


def fill(residents: int) -> float:
    """Store so many residents with what a search reads, unless they are there; the seconds it took."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        if cursor.fetchone()[0] >= residents:
            return 0.0
        start = time.perf_counter()
        _places(cursor, residents)
        rng = random.Random(42)
        # Sorted once at the end, the index of twenty million terms costs a minute instead of ten.
        cursor.execute("ALTER TABLE people_searchterm DROP CONSTRAINT people_searchterm_pkey")
        _copy(cursor, rng, residents)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("ALTER TABLE people_searchterm ADD PRIMARY KEY (term, scope_path, person_id)")
        for table in ("people_person", "people_searchterm", "people_identitydocument", "places_institution"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        return round(time.perf_counter() - start, 1)


def _clinic_count(residents: int) -> int:
    return max(1, -(-residents // PER_CLINIC))


def _path(clinic: int) -> str:
    from kangshu.places.scope import path_segment

    centre, place = divmod(clinic, CLINICS_PER_CENTRE)
    return path_segment(1) + path_segment(centre + 1) + path_segment(place + 1)


def _village(clinic: int) -> str:
    centre, place = divmod(clinic, CLINICS_PER_CENTRE)
    return f"{COUNTY}{100 + centre:03d}{101 + place:03d}"


def _clinic_id(number: int) -> UUID:
    return UUID(f"00000000-0000-7000-8000-{number:012d}")


def _places(cursor: Any, residents: int) -> None:
    opened = date(2015, 1, 1)
    insert_region = (
        "INSERT INTO places_region (code, name, level, urban_rural, valid_from) VALUES (%s, %s, %s, '', %s)"
        " ON CONFLICT DO NOTHING"
    )
    insert_institution = (
        "INSERT INTO places_institution (id, code, name, kind, region_id, path, address, phone, valid_from)"
        " VALUES (%s, %s, %s, %s, %s, %s, '', '', %s) ON CONFLICT DO NOTHING"
    )
    cursor.execute(insert_region, [COUNTY + "000000", "示例县", 3, opened])
    cursor.execute(
        insert_institution,
        [_clinic_id(0), "BENCH-0", "示例县卫生健康局", "bureau", COUNTY + "000000", "0001.", opened],
    )
    for clinic in range(_clinic_count(residents)):
        code = _village(clinic)
        cursor.execute(insert_region, [code, f"第{clinic}村", 5, opened])
        cursor.execute(
            insert_institution,
            [_clinic_id(clinic + 1), f"BENCH-{clinic + 1}", f"第{clinic}村卫生室", "village_clinic", code,
             _path(clinic), opened],
        )  # fmt: skip


def _people(rng: random.Random, residents: int) -> Iterator[tuple]:
    from kangshu.kernel.identifiers import new_id

    for number in range(residents):
        clinic, serial = divmod(number, PER_CLINIC)
        name = rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))
        phone = rng.choice(("138", "139", "150", "187", "176")) + f"{rng.randrange(10**8):08d}"
        birth = date(1935, 1, 1) + timedelta(days=rng.randrange(33_000))
        sex = rng.choice("12")
        identity = f"{COUNTY}{birth:%Y%m%d}{rng.randrange(1000):03d}{rng.choice('0123456789X')}"
        yield new_id(), clinic, f"{_village(clinic)}{serial + 1:05d}", name, phone, birth, sex, identity


_PERSON_COLUMNS = (
    "id, name, name_pinyin, sex, birth_date, birth_precision, ethnic_group, phone, address, contact_name,"
    " contact_phone, region_id, institution_id, scope_path, record_number, residence_type, undocumented,"
    " status, death_cause, created_at"
)


def _copy(cursor: Any, rng: random.Random, residents: int) -> None:
    """Fill the three tables part by part: one COPY at a time runs on a connection."""
    part: list[tuple] = []
    for person in _people(rng, residents):
        part.append(person)
        if len(part) == 50_000:
            _copy_part(cursor, part)
            part.clear()
    _copy_part(cursor, part)


def _copy_part(cursor: Any, people: list[tuple]) -> None:
    from kangshu.kernel.pinyin import sort_key
    from kangshu.people.terms import terms_of
    from kangshu.people.vault import vault

    now = datetime.now(UTC).isoformat()
    keyed = vault()
    persons, terms, documents = [], [], []
    for person_id, clinic, record, name, phone, birth, sex, identity in people:
        path, village = _path(clinic), _village(clinic)
        persons.append(
            f"{person_id}\t{name}\t{sort_key(name)}\t{sex}\t{birth}\tday\t01\t{phone}\t\t\t\t{village}"
            f"\t{_clinic_id(clinic + 1)}\t{path}\t{record}\t1\t\tactive\t\t{now}\n"
        )
        tail = f"\t{person_id}\t{path}\n"
        terms.extend(term + tail for term in terms_of(name, phone, record, identity[-4:]))
        # The record number keeps the bench's identities apart; only their index is asked.
        index = keyed.index(identity + record).hex()
        documents.append(
            f"{person_id}\t{person_id}\t01\t\\\\x\t\\\\x{index}\t{identity[-4:]}\t{now}\t{path}\n"
        )
    for table, columns, lines in (
        ("people_person", _PERSON_COLUMNS, persons),
        ("people_searchterm", "term, person_id, scope_path", terms),
        (
            "people_identitydocument",
            "id, person_id, kind, number_encrypted, number_index, last4, recorded_at, scope_path",
            documents,
        ),
    ):
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            copy.write("".join(lines))


def readers() -> tuple[UUID, UUID]:
    """The accounts of a village doctor and of a bureau officer, made on first use."""
    from django.db import connections

    from kangshu.access.models import Account, Assignment

    made = []
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT id FROM places_institution WHERE kind = 'village_clinic' ORDER BY path OFFSET 7 LIMIT 1"
        )
        (clinic,) = cursor.fetchone()
    places = (("bench_doctor", "village_doctor", clinic), ("bench_officer", "bureau_officer", _clinic_id(0)))
    for username, role, place in places:
        account, new = Account.objects.using("owner").get_or_create(
            username=username, defaults={"name": username, "password": "!"}
        )
        if new:
            Assignment.objects.using("owner").create(
                account=account, role=role, institution_id=place, from_on=date(2020, 1, 1)
            )
        made.append(account.pk)
    return made[0], made[1]


def _samples() -> dict[str, list[tuple]]:
    from django.db import connections

    asked = (
        "SELECT p.name, p.name_pinyin, p.phone, p.record_number, d.last4 FROM people_person p"
        " JOIN people_identitydocument d ON d.person_id = p.id"
    )
    village = (
        " WHERE p.scope_path = (SELECT path FROM places_institution WHERE kind = 'village_clinic'"
        " ORDER BY path OFFSET 7 LIMIT 1)"
    )
    found = {}
    for where, condition in (("village", village), ("county", " WHERE random() < 0.01")):
        with connections["owner"].cursor() as cursor:
            cursor.execute(asked + condition + " LIMIT 2000")
            found[where] = [
                (name, pinyin, phone, record, f"{COUNTY}19600101" + last4)
                for name, pinyin, phone, record, last4 in cursor.fetchall()
            ]
    return found
