"""How fast parsed records are imported: validated, assessed, planned and audited, as the application's role.

`run(options)` makes as many patients as `options.records` needs at ten follow-ups each, opens their cases,
and imports the follow-ups person by person through `work.bulk.load_records` in two processes, as two
institutions' files are imported side by side. Reported are the records a second over all and in each tenth of
the load: the last against the first says what a growing table costs.

With `--before N` the import is measured twice: into the empty tables, and again after the database itself has
made N records (with their people, cases, windows and audit entries) like those imported. So the tenth million
is measured without importing nine: `--records 200000 --before 9000000`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from typing import Any

from bench.save_visits import processor_seconds

EACH = 10
BATCH = 5_000
PROCESSES = 2
RECORDS = 200_000
FORM = "chronic.hypertension.follow_up"
KIND = "chronic.hypertension"
OPENED = date(2023, 1, 1)
ANSWERS: dict[str, Any] = {
    "mode": "2", "symptoms": ["1"], "emergency_signs": ["1"], "dbp": 84, "weight": "65.5", "height": "168",
    "heart_rate": 72, "smoking": 0, "drinking": "0", "exercise_times": 3, "exercise_minutes": 30, "salt": "1",
    "psychological": "1", "compliance": "1", "medication_adherence": "1", "adverse_reaction": "1",
    "complication": "1", "drug_1_name": "氨氯地平", "drug_1_times": 1, "drug_1_dose": "5mg",
}  # fmt: skip


def run(options: Any = None) -> dict[str, Any]:
    """Fill, import, and give the figures."""
    from django.utils import timezone

    records = int(getattr(options, "records", None) or RECORDS)
    before = int(getattr(options, "before", None) or 0)
    now = timezone.now()
    figures = _measured(records, now)
    if not before:
        return figures
    filled = _timed(lambda: fill(before))[1]
    later = _measured(records, now)
    slower = 1 - later["records_per_second"] / figures["records_per_second"]
    return {**figures, "filled_in_seconds": round(filled, 1), "after": later, "slower_by": round(slower, 3)}


def _measured(records: int, now: datetime) -> dict[str, Any]:
    from kangshu.access.scope import entered_as_system
    from kangshu.config.connections import embedded_cluster
    from kangshu.work.bulk import NewCase, load_cases
    from kangshu.work.models import Record

    people = _people(records // EACH, now)
    with entered_as_system("bench import") as system:
        before = Record.objects.count()
        cases = (NewCase(KIND, person, OPENED, institution_id=clinic) for person, clinic in people)
        opened, took = _timed(lambda: load_cases(cases, by=system, now=now))
    database = int((embedded_cluster().data / "postmaster.pid").read_text().split()[0])
    used = processor_seconds(database)
    marks, loaded, begun = _side_by_side(people, now)
    seconds = marks[-1][0] - begun
    return {
        "rows_there_before": before,
        "cases": opened.saved,
        "cases_per_second": round(opened.saved / took),
        "records": sum(saved for saved, _, _ in loaded),
        "refused": sum(refused for _, refused, _ in loaded),
        "processes": PROCESSES,
        "seconds": round(seconds, 1),
        "records_per_second": round(records / seconds),
        "records_per_second_by_tenth": _tenths(marks, begun),
        "python_microseconds_a_record": round(sum(used for _, _, used in loaded) / records * 1e6),
        "database_microseconds_a_record": round((processor_seconds(database) - used) / records * 1e6),
    }


# What the copies of a row must not share with it; the rest of each table is copied as it is.
_COPIES = {
    "work_case": {"id": "f.case_id", "person_id": "f.person_id"},
    "work_record": {"id": "uuidv7()", "person_id": "f.person_id", "case_id": "f.case_id"},
    "work_due": {
        "id": "uuidv7()", "person_id": "f.person_id", "case_id": "f.case_id", "fulfilled_by_id": "NULL",
    },
    "audit_auditentry": {"id": "DEFAULT", "person_id": "f.person_id", "object_id": "uuidv7()::text"},
}  # fmt: skip
_ROUND = 20_000


def fill(records: int) -> None:
    """Copy people who have been imported, with all that they have, until so many records more are there.

    As superuser without triggers: a foreign key asked of nine million copies would take an hour to answer
    what is known.
    """
    from kangshu.config.connections import embedded_cluster
    from kangshu.config.postgres.databases import DATABASE

    with embedded_cluster().connect_as_superuser(DATABASE) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.autocommit = False
        left = records // EACH
        while left > 0:
            connection.execute(
                "CREATE TEMP TABLE f ON COMMIT DROP AS SELECT uuidv7() AS person_id, uuidv7() AS case_id,"
                " c.person_id AS like_person FROM (SELECT person_id FROM work_case WHERE kind = %s"
                " ORDER BY id LIMIT %s) c",
                [KIND, min(left, _ROUND)],
            )
            row = connection.execute("SELECT count(*) FROM f").fetchone()
            assert row is not None
            left -= row[0]
            _copy(connection, "people_person", {"id": "f.person_id"}, "id")
            for table, own in _COPIES.items():
                _copy(connection, table, own, "person_id")
            connection.commit()
        connection.autocommit = True
        connection.execute(
            "VACUUM (ANALYZE) work_record, work_case, work_due, people_person, audit_auditentry"
        )


def _copy(connection: Any, table: str, own: dict[str, str], person: str) -> None:
    """Copy the rows of the people to be copied; `own` gives what differs."""
    rows = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND column_name NOT IN ('xid', 'changed_xid', 'prev_hash', 'hash', 'block_id', 'seal_id')"
        " AND is_generated = 'NEVER'",
        [table],
    ).fetchall()
    names = [name for (name,) in rows if own.get(name) != "DEFAULT"]
    listed = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(own.get(name, f't."{name}"') for name in names)
    connection.execute(
        f"INSERT INTO {table} ({listed}) SELECT {values} FROM f JOIN {table} t ON t.{person} = f.like_person"
    )


def _side_by_side(people: list[tuple[Any, Any]], now: datetime) -> tuple[list[Any], list[Any], float]:
    """Import in processes that share nothing but the database; gives (when, how many so far) and the ends."""
    from django.db import connections

    connections.close_all()  # a connection is not shared between processes
    context = get_context("fork")
    queue: Any = context.Queue()
    share = -(-len(people) // PROCESSES)
    begun = time.monotonic()
    for number in range(PROCESSES):
        part = people[number * share : (number + 1) * share]
        context.Process(target=_import, args=(part, now, queue)).start()
    marks, loaded, done = [], [], 0
    while len(loaded) < PROCESSES:
        kind, value = queue.get()
        if kind == "done":
            loaded.append(value)
        else:
            done += value
            marks.append((time.monotonic(), done))
    return marks, loaded, begun


def _import(people: list[tuple[Any, Any]], now: datetime, queue: Any) -> None:
    from kangshu.access.scope import entered_as_system
    from kangshu.work.bulk import Loaded, load_records

    total, used = Loaded(), time.process_time()
    for first in range(0, len(people), BATCH // EACH):
        rows = _rows(people[first : first + BATCH // EACH], seed=first)
        with entered_as_system("bench import") as system:  # a batch is a transaction
            loaded = load_records(rows, by=system, now=now, fire=True)
        total.saved += loaded.saved
        total.refused += loaded.refused
        queue.put(("saved", loaded.saved))
    queue.put(("done", (total.saved, len(total.refused), time.process_time() - used)))


def _timed(work: Any) -> tuple[Any, float]:
    begun = time.monotonic()
    return work(), time.monotonic() - begun


def _tenths(marks: list[tuple[float, int]], begun: float) -> list[int]:
    total, found, last_at, last_done = marks[-1][1], [], begun, 0
    for at, done in marks:
        if done - last_done >= total / 10:
            found.append(round((done - last_done) / (at - last_at)))
            last_at, last_done = at, done
    return found


def _people(count: int, now: datetime) -> list[tuple[Any, Any]]:
    """Patients in 400 clinics, written as the owner of the tables; (person, clinic) each."""
    from kangshu.kernel.identifiers import new_id
    from kangshu.people.models import Person
    from kangshu.places.models import Institution, Region

    if not Region.objects.exists():
        _places()
    clinics = list(Institution.objects.filter(kind="village_clinic").order_by("path"))
    people = []
    for first in range(0, count, 10_000):
        rows = []
        for number in range(first, min(first + 10_000, count)):
            clinic = clinics[number * len(clinics) // count]
            rows.append(
                Person(
                    id=new_id(),
                    name="甲",
                    sex="1",
                    birth_date=date(1950 + number % 30, 1, 1),
                    region_id=clinic.region_id,
                    institution_id=clinic.id,
                    scope_path=clinic.path,
                    created_at=now,
                )
            )
        Person.objects.using("owner").bulk_create(rows, batch_size=2_000)
        people += [(row.id, row.institution_id) for row in rows]
    return people


def _places() -> None:
    from kangshu.places.models import Institution, Region
    from kangshu.places.scope import path_segment

    since = date(2015, 1, 1)
    county = Region.objects.create(code="339901000000", name="青溪县", level=3, valid_from=since)
    bureau = Institution.objects.create(
        code="P0", name="卫生健康局", kind="bureau", region=county, path="0001.", valid_from=since
    )
    for number in range(400):
        village = Region.objects.create(
            code=f"3399011{number:05d}", name=f"村{number}", level=5, parent=county, valid_from=since
        )
        Institution.objects.create(
            code=f"D{number}",
            name=f"卫生室{number}",
            kind="village_clinic",
            region=village,
            parent=bureau,
            path=bureau.path + path_segment(number + 1),
            valid_from=since,
        )


def _rows(people: list[tuple[Any, Any]], seed: int = 0) -> Iterator[Any]:
    from kangshu.work.bulk import NewRecord

    draw = random.Random(seed)
    for person, clinic in people:
        for visit in range(EACH):
            day = OPENED + timedelta(days=85 * visit + draw.randrange(20))
            answers = {**ANSWERS, "sbp": draw.choice((126, 131, 138, 142, 155, 166))}
            yield NewRecord(FORM, person, answers, day, clinic)
