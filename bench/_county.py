"""A county of records for the benches: hypertension patients with follow-ups and health checks, half and
half.

Rows are made inside the database by its superuser, two connections at a time, in tables without a log,
because what is measured is reading them, not making them. Answers come from a few thousand different sets, so
that JSON is not put together ten million times. Records stand in the order in which they would have come in,
quarter by quarter, not person by person. The same number of records makes the same county.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

#: Records of each kind a person has, spread over the thirty months to the end of 2026.
EACH = 10
CENTRES, CLINICS = 30, 399
TAKEN_AT = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
LARGE = ("people_person", "people_residence", "work_case", "work_record")
_CONNECTIONS = 2
_PIECES = 8

Connect = Callable[[], Any]
"""Gives a superuser's connection to the bench's database, in autocommit."""


def fill(connect: Connect, records: int) -> dict[str, Any]:
    """Fill the database, unless that many records are there."""
    persons = records // (2 * EACH)
    with connect() as connection:
        (there,) = connection.execute("SELECT count(*) FROM work_record").fetchone()
        if there >= records:
            return {"filled_in_seconds": 0.0, "persons": persons}
        if there:
            raise SystemExit(f"the database holds {there} records already: give another --home")
        began = time.monotonic()
        indexes = _strip(connection)
        connection.execute("SET session_replication_role = replica")
        for statement in (*_ANSWERS, _REGIONS, _INSTITUTIONS):
            connection.execute(statement)
    bounds = [persons * part // _PIECES for part in range(_PIECES + 1)]
    pieces = list(itertools.pairwise(bounds))
    _at_once(connect, [statement.format(first=0, end=persons) for statement in _OF_PEOPLE])
    _at_once(
        connect,
        [
            statement.format(first=first, end=end, quarter=quarter)
            for quarter in reversed(range(EACH))
            for statement in _OF_RECORDS
            for first, end in (pieces if persons > 10_000 else [(0, persons)])
        ],
    )
    _at_once(connect, [f"SET maintenance_work_mem = '1GB'; {index}" for index in indexes])
    _at_once(connect, [f"VACUUM (ANALYZE) {table}" for table in LARGE])
    with connect() as connection:
        connection.execute("CHECKPOINT")
    return {"filled_in_seconds": round(time.monotonic() - began, 1), "persons": persons}


def _strip(connection: Any) -> list[str]:
    """Take away what slows a load down: references, indexes, the log. Gives the statements that make the
    indexes again which a snapshot asks; the others of so large a table are left out."""
    references = connection.execute(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
        " AND (conrelid = ANY (%(large)s::regclass[]) OR confrelid = ANY (%(large)s::regclass[]))",
        {"large": list(LARGE)},
    ).fetchall()
    indexes = connection.execute(
        "SELECT indexrelid::regclass::text, indrelid::regclass::text, pg_get_indexdef(indexrelid),"
        " (SELECT conname FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))"
        " FROM pg_index WHERE indrelid = ANY (%s::regclass[])",
        [list(LARGE)],
    ).fetchall()
    for table, name in references:
        connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name, table, _, constraint in indexes:
        if constraint:
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')
        else:
            connection.execute(f"DROP INDEX {name}")
    for table in LARGE:
        connection.execute(f"ALTER TABLE {table} SET UNLOGGED")
    return [definition for _, _, definition, _ in indexes if definition.endswith(("(id)", "(changed_xid)"))]


def _at_once(connect: Connect, statements: Sequence[str]) -> None:
    """Run the statements in their order, as many at a time as there are connections, without triggers."""
    waiting = list(statements)
    failures: list[BaseException] = []

    def work() -> None:
        try:
            with connect() as connection:
                connection.execute("SET session_replication_role = replica")
                while waiting and not failures:
                    for part in waiting.pop(0).split("; "):
                        connection.execute(part)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(_CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def _id(kind: int, number: str) -> str:
    """A readable UUIDv7-shaped id: the number and the kind of row; the rest is scattered."""
    return (
        f"(lpad(to_hex({number}), 8, '0') || '-0000-7000-a{kind:03d}-'"
        f" || substr(md5('{kind}' || ({number})::text), 1, 12))::uuid"
    )


def _path(centre: str, clinic: str | None = None) -> str:
    path = f"'0001.' || lpad((1 + {centre})::text, 4, '0') || '.'"
    return path if clinic is None else f"{path} || lpad((1 + {clinic})::text, 4, '0') || '.'"


def _region(centre: str, village: str | None = None) -> str:
    return f"'339901' || (100 + {centre})::text || " + (
        "'000'" if village is None else f"lpad((1 + {village})::text, 3, '0')"
    )


_REGIONS = f"""
    INSERT INTO places_region (code, name, level, parent_id, urban_rural, valid_from)
    SELECT '339901000000', '青溪县', 3, NULL, '', DATE '2010-01-01'
    UNION ALL SELECT {_region("i")}, '乡镇' || i, 4, '339901000000', '', DATE '2010-01-01'
    FROM generate_series(0, {CENTRES - 1}) i
    UNION ALL SELECT {_region(f"i % {CENTRES}", f"i / {CENTRES}")}, '村' || i, 5, {_region(f"i % {CENTRES}")},
        '220', DATE '2010-01-01' FROM generate_series(0, {CLINICS - 1}) i
"""
_INSTITUTIONS = f"""
    INSERT INTO places_institution (id, code, name, kind, path, parent_id, region_id, address, phone,
        valid_from)
    SELECT {_id(1, "0")}, 'B0', '青溪县卫生健康局', 'bureau', '0001.', NULL::uuid, '339901000000', '', '',
        DATE '2010-01-01'
    UNION ALL SELECT {_id(1, "1 + i")}, 'C' || i, '卫生院' || i, 'township_centre', {_path("i")},
        {_id(1, "0")}, {_region("i")}, '', '', DATE '2010-01-01' FROM generate_series(0, {CENTRES - 1}) i
    UNION ALL SELECT {_id(1, f"{CENTRES} + 1 + i")}, 'V' || i, '村卫生室' || i, 'village_clinic',
        {_path(f"i % {CENTRES}", f"i / {CENTRES}")}, {_id(1, f"1 + i % {CENTRES}")},
        {_region(f"i % {CENTRES}", f"i / {CENTRES}")}, '', '', DATE '2010-01-01'
    FROM generate_series(0, {CLINICS - 1}) i
"""

# What the rows of a person share: p is the person's number.
_CLINIC = f"(p % {CLINICS})"
_INSTITUTION = _id(1, f"{CENTRES} + 1 + {_CLINIC}")
_VILLAGE = _region(f"{_CLINIC} % {CENTRES}", f"{_CLINIC} / {CENTRES}")
_SCOPE = _path(f"{_CLINIC} % {CENTRES}", f"{_CLINIC} / {CENTRES}")
_PEOPLE = "generate_series({first}, {end} - 1) p"
_SCATTER = "(hashint4(p)::bigint & 1048575)"

_OF_PEOPLE = (
    f"""
    INSERT INTO people_person (id, name, name_pinyin, sex, birth_date, birth_precision, ethnic_group, phone,
        address, contact_name, contact_phone, residence_type, undocumented, status, death_cause, created_at,
        region_id, institution_id, scope_path)
    SELECT {_id(2, "p")}, '某' || p, 'mou', (1 + p % 2)::text, DATE '1936-01-01' + ({_SCATTER} % 18000)::int,
        'day', '01', '', '', '', '', '1', '', 'active', '', TIMESTAMPTZ '2024-01-01 00:00:00+08', {_VILLAGE},
        {_INSTITUTION}, {_SCOPE}
    FROM {_PEOPLE}
    """,
    # One in twenty moved once, in 2026.
    f"""
    INSERT INTO people_residence (id, person_id, region_id, institution_id, from_on, to_on, reason,
        scope_path)
    SELECT {_id(3, "p")}, {_id(2, "p")}, {_VILLAGE}, {_INSTITUTION},
        CASE WHEN p % 20 = 0 THEN DATE '2026-01-01' + p % 300 ELSE DATE '2015-01-01' END, NULL::date, '',
        {_SCOPE}
    FROM {_PEOPLE}
    UNION ALL
    SELECT {_id(4, "p")}, {_id(2, "p")}, {_VILLAGE}, {_id(1, f"{CENTRES + 1}")}, DATE '2015-01-01',
        DATE '2025-12-31' + p % 300, '', {_SCOPE}
    FROM {_PEOPLE} WHERE p % 20 = 0
    """,
    f"""
    INSERT INTO work_case (id, kind, capability_version, state, opened_on, closing_reason, facts, created_at,
        institution_id, person_id, scope_path, compartment)
    SELECT {_id(5, "p")}, 'chronic.hypertension', '1', 'managed',
        CASE WHEN p % 10 = 0 THEN DATE '2026-01-01' + p % 200 ELSE DATE '2024-01-01' END, '', '{{{{}}}}',
        TIMESTAMPTZ '2024-01-01 00:00:00+08', {_INSTITUTION}, {_id(2, "p")}, {_SCOPE}, ''
    FROM {_PEOPLE}
    """,
)

_CLASS = "CASE WHEN sbp < 140 AND dbp < 90 THEN '1' ELSE '2' END"
_ANSWERS = (
    "DROP TABLE IF EXISTS bench_answers",
    f"""
    CREATE UNLOGGED TABLE bench_answers AS
    SELECT row_number() OVER () - 1 AS number,
        jsonb_build_object('mode', (1 + (sbp + dbp) % 3)::text, 'symptoms', '["1"]'::jsonb, 'sbp', sbp,
            'dbp', dbp, 'weight', (50 + sbp % 30)::text || '.5', 'height', '168', 'heart_rate',
            60 + (sbp * dbp) % 30, 'smoking', 0, 'drinking', '0', 'exercise_times', 3, 'exercise_minutes',
            30, 'salt', '1', 'psychological', '1', 'compliance', '1', 'medication_adherence', '1',
            'adverse_reaction', '1', 'class', {_CLASS}, 'next_visit_on', '2027-01-15', 'doctor', '某')
            AS follow_up,
        jsonb_build_object('symptoms', '["1"]'::jsonb, 'temperature', '36.' || sbp % 10, 'heart_rate',
            60 + (sbp * dbp) % 30, 'breathing', 18, 'sbp_right', sbp, 'dbp_right', dbp, 'sbp_left', sbp,
            'dbp_left', dbp, 'height', '168', 'weight', '65.5', 'waist', '84', 'evaluation', '1',
            'haemoglobin', (120 + sbp % 40)::text, 'glucose', '5.' || dbp % 10, 'alt', (18 + dbp % 20)::text,
            'ast', '25', 'creatinine', (60 + sbp % 30)::text, 'cholesterol', '4.8', 'triglycerides', '1.4')
            AS health_check,
        jsonb_build_object('outcome', {_CLASS}, 'class', {_CLASS}, 'action', 'routine') AS assessment
    FROM generate_series(118, 162) sbp, generate_series(70, 97) dbp
    """,
    "CREATE UNIQUE INDEX ON bench_answers (number)",
    "ANALYZE bench_answers",
)
_SETS = 45 * 28


def _records(kind: int, form: str, answers: str, assessment: str) -> str:
    """The statement for one quarter's records of one form, of a range of people; the latest quarter ends in
    the last weeks of 2026."""
    number = f"p * {EACH} + {{quarter}}"
    day = f"(DATE '2026-12-31' - {{quarter}} * 90 - ({_SCATTER} % 60)::int)"
    return f"""
    INSERT INTO work_record (id, form_id, form_version, performed_on, entered_at, answers, provenance,
        assessment, status, reason, case_id, institution_id, person_id, scope_path, compartment)
    SELECT {_id(kind, number)}, '{form}', '1', {day}, ({day} + TIME '10:00')::timestamptz, a.{answers},
        '{{{{}}}}', {assessment}, 'current', '', {_id(5, "p")}, {_INSTITUTION}, {_id(2, "p")}, {_SCOPE}, ''
    FROM {_PEOPLE} JOIN bench_answers a ON a.number = (hashint4({number})::bigint & 1048575) % {_SETS}
    """


_OF_RECORDS = (
    _records(6, "chronic.hypertension.follow_up", "follow_up", "a.assessment"),
    _records(7, "records.health_check", "health_check", "'{{}}'"),
)
