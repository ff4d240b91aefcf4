"""A county of records for the benches: hypertension patients with follow-ups and health checks, half and
half.

Rows are drawn by DuckDB and copied into the database by its superuser with triggers and indexes off,
because what is measured is reading them, not making them. The same number of records makes the same county.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

#: Records of each kind a person has, spread over the thirty months to the end of 2026.
EACH = 10
CENTRES, CLINICS = 30, 399
LAST_DAY = "DATE '2026-12-31'"
TAKEN_AT = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
TABLES = ("people_person", "people_residence", "work_case", "work_record")

_ID = (
    "lpad(lower(hex({0})), 8, '0') || '-0000-7000-{1}-'"
    " || lpad(lower(hex(hash({0}) % 281474976710656)), 12, '0')"
)


def fill(connection: Any, records: int, folder: Path) -> dict[str, Any]:
    """Fill the database, unless that many records are there. `connection` is the superuser's, in
    autocommit."""
    (there,) = connection.execute("SELECT count(*) FROM work_record").fetchone()
    if there >= records:
        return {"filled_in_seconds": 0.0, "persons": records // (2 * EACH)}
    began = time.monotonic()
    persons = records // (2 * EACH)
    connection.execute("SET session_replication_role = replica")
    dropped = _drop_indexes(connection)
    with duckdb.connect() as draw:
        draw.execute("SET threads = 2")
        for table, select in _selects(persons):
            columns, path = select[0], folder / f"{table}.csv"
            draw.execute(f"COPY ({select[1]}) TO '{path}' (HEADER false, NULLSTR '\\N', QUOTE '\"')")
            _copy(connection, table, columns, path)
            path.unlink()
    for statement in dropped:
        connection.execute(statement)
    for table in TABLES:
        connection.execute(f"VACUUM (ANALYZE) {table}")
    return {"filled_in_seconds": round(time.monotonic() - began, 1), "persons": persons}


def _drop_indexes(connection: Any) -> list[str]:
    """Drop what slows a load down and give the statements that make it anew; keys stay for the small
    tables."""
    rows = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid = 'work_record'::regclass AND NOT i.indisprimary"
        " AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)"
    ).fetchall()
    for name, _ in rows:
        connection.execute(f"DROP INDEX {name}")
    return [definition for _, definition in rows]


def _copy(connection: Any, table: str, columns: str, path: Path) -> None:
    statement = f"COPY {table} ({columns}) FROM STDIN (FORMAT csv, NULL '\\N')"
    with path.open("rb") as file, connection.cursor().copy(statement) as copy:
        while block := file.read(1 << 20):
            copy.write(block)


def _selects(persons: int) -> Iterable[tuple[str, tuple[str, str]]]:
    yield "places_region", _regions()
    yield "places_institution", _institutions()
    yield "people_person", _persons(persons)
    yield "people_residence", _residences(persons)
    yield "work_case", _cases(persons)
    yield "work_record", _records(persons)


def _id(kind: int, number: str) -> str:
    """A readable UUIDv7-shaped id: the kind of row, and which of them."""
    return _ID.format(number, f"a{kind:03d}")


def _regions() -> tuple[str, str]:
    return (
        "code, name, level, parent_id, urban_rural, valid_from",
        f"""
        SELECT '339901000000', '青溪县', 3, NULL, '', DATE '2010-01-01'
        UNION ALL SELECT '339901' || (100 + i)::VARCHAR || '000', '乡镇' || i, 4, '339901000000', '',
            DATE '2010-01-01' FROM range({CENTRES}) t(i)
        UNION ALL SELECT '339901' || (100 + i % {CENTRES})::VARCHAR || lpad((1 + i // {CENTRES})::VARCHAR,
        3, '0'), '村' || i, 5, '339901' || (100 + i % {CENTRES})::VARCHAR || '000', '220', DATE '2010-01-01'
        FROM range({CLINICS}) t(i)
        """,
    )


def _institutions() -> tuple[str, str]:
    return (
        "id, code, name, kind, path, parent_id, region_id, address, phone, valid_from",
        f"""
        SELECT {_id(1, "0")}, 'B0', '青溪县卫生健康局', 'bureau', '0001.', NULL, '339901000000', '', '',
            DATE '2010-01-01'
        UNION ALL SELECT {_id(1, "(1 + i)")}, 'C' || i, '卫生院' || i, 'township_centre', {_path("i", None)},
            {_id(1, "0")}, '339901' || (100 + i)::VARCHAR || '000', '', '', DATE '2010-01-01'
        FROM range({CENTRES}) t(i)
        UNION ALL SELECT {_id(1, f"({CENTRES} + 1 + i)")}, 'V' || i, '村卫生室' || i, 'village_clinic',
            {_path(f"i % {CENTRES}", f"i // {CENTRES}")}, {_id(1, f"(1 + i % {CENTRES})")},
            '339901' || (100 + i % {CENTRES})::VARCHAR || lpad((1 + i // {CENTRES})::VARCHAR, 3, '0'), '', '',
            DATE '2010-01-01'
        FROM range({CLINICS}) t(i)
        """,
    )


def _path(centre: str, clinic: str | None) -> str:
    path = f"'0001.' || lpad((1 + {centre})::VARCHAR, 4, '0') || '.'"
    return path if clinic is None else f"{path} || lpad((1 + {clinic})::VARCHAR, 4, '0') || '.'"


_CLINIC = f"(p % {CLINICS})"
_OF_PERSON = {
    "institution": _id(1, f"({CENTRES} + 1 + {_CLINIC})"),
    "region": f"'339901' || (100 + {_CLINIC} % {CENTRES})::VARCHAR"
    f" || lpad((1 + {_CLINIC} // {CENTRES})::VARCHAR, 3, '0')",
    "path": _path(f"{_CLINIC} % {CENTRES}", f"{_CLINIC} // {CENTRES}"),
}


def _persons(persons: int) -> tuple[str, str]:
    return (
        "id, name, name_pinyin, sex, birth_date, birth_precision, ethnic_group, phone, address, contact_name,"
        " contact_phone, residence_type, undocumented, status, death_cause, created_at, region_id,"
        " institution_id, scope_path",
        f"""
        SELECT {_id(2, "p")}, '某' || p, 'mou', (1 + p % 2)::VARCHAR,
            DATE '1936-01-01' + (hash(p) % 18000)::INTEGER, 'day', '01', '', '', '', '', '1', '', 'active',
            '', TIMESTAMPTZ '2024-01-01 00:00:00+08', {_OF_PERSON["region"]}, {_OF_PERSON["institution"]},
            {_OF_PERSON["path"]}
        FROM range({persons}) t(p)
        """,
    )


def _residences(persons: int) -> tuple[str, str]:
    """One in twenty moved once, in 2026."""
    moved = "(p % 20 = 0)"
    return (
        "id, person_id, region_id, institution_id, from_on, to_on, reason, scope_path",
        f"""
        SELECT {_id(3, "p")}, {_id(2, "p")}, {_OF_PERSON["region"]}, {_OF_PERSON["institution"]},
            CASE WHEN {moved} THEN DATE '2026-01-01' + (p % 300)::INTEGER ELSE DATE '2015-01-01' END, NULL,
            '', {_OF_PERSON["path"]}
        FROM range({persons}) t(p)
        UNION ALL
        SELECT {_id(4, "p")}, {_id(2, "p")}, {_OF_PERSON["region"]}, {_id(1, f"({CENTRES} + 1)")},
            DATE '2015-01-01', DATE '2025-12-31' + (p % 300)::INTEGER, '', {_OF_PERSON["path"]}
        FROM range({persons}) t(p) WHERE {moved}
        """,
    )


def _cases(persons: int) -> tuple[str, str]:
    return (
        "id, kind, capability_version, state, opened_on, closing_reason, facts, created_at, institution_id,"
        " person_id, scope_path, compartment",
        f"""
        SELECT {_id(5, "p")}, 'chronic.hypertension', '1', 'managed',
            CASE WHEN p % 10 = 0 THEN DATE '2026-01-01' + (p % 200)::INTEGER ELSE DATE '2024-01-01' END, '',
            '{{}}', TIMESTAMPTZ '2024-01-01 00:00:00+08', {_OF_PERSON["institution"]}, {_id(2, "p")},
            {_OF_PERSON["path"]}, ''
        FROM range({persons}) t(p)
        """,
    )


_DAY = f"({LAST_DAY} - (i * 90 + (hash(p) % 60)::BIGINT)::INTEGER)"
_SBP = "(118 + hash(p * 31 + i) % 45)"
_DBP = "(70 + hash(p * 17 + i) % 28)"
_CLASS = f"CASE WHEN {_SBP} < 140 AND {_DBP} < 90 THEN '1' ELSE '2' END"

_FOLLOW_UP = f"""
    {{'mode': (1 + hash(p + i) % 3)::VARCHAR, 'symptoms': ['1'], 'sbp': {_SBP}, 'dbp': {_DBP},
    'weight': '65.5',
    'height': '168', 'heart_rate': 60 + hash(p) % 30, 'smoking': 0, 'drinking': '0', 'exercise_times': 3,
    'exercise_minutes': 30, 'salt': '1', 'psychological': '1', 'compliance': '1', 'medication_adherence': '1',
    'adverse_reaction': '1', 'class': {_CLASS}, 'next_visit_on': '2027-01-15', 'doctor': '某'}}::JSON::VARCHAR
"""
_CHECK = f"""
    {{'symptoms': ['1'], 'temperature': '36.5', 'heart_rate': 60 + hash(p) % 30, 'breathing': 18,
    'sbp_right': {_SBP}, 'dbp_right': {_DBP}, 'sbp_left': {_SBP}, 'dbp_left': {_DBP}, 'height': '168',
    'weight': '65.5', 'waist': '84', 'evaluation': '1', 'haemoglobin': '138', 'glucose': '5.6', 'alt': '22',
    'ast': '25', 'creatinine': '70', 'cholesterol': '4.8', 'triglycerides': '1.4'}}::JSON::VARCHAR
"""


def _records(persons: int) -> tuple[str, str]:
    """For each person ten follow-ups and ten checks, a quarter apart, the latest in the last weeks of
    2026."""
    common = f"""
        {_DAY}, ({_DAY} + INTERVAL 10 HOUR)::TIMESTAMPTZ, {{answers}}, '{{{{}}}}', {{assessment}}, 'current',
        '',
        {_id(5, "p")}, {_OF_PERSON["institution"]}, {_id(2, "p")}, {_OF_PERSON["path"]}, ''
    """
    assessment = f"{{'outcome': {_CLASS}, 'class': {_CLASS}, 'action': 'routine'}}::JSON::VARCHAR"
    parts = []
    for kind, form, answers, assessed in (
        (6, "chronic.hypertension.follow_up", _FOLLOW_UP, assessment),
        (7, "records.health_check", _CHECK, "'{}'"),
    ):
        number = f"(p * {EACH} + i)"
        row = common.format(answers=answers, assessment=assessed)
        parts.append(
            f"SELECT {_id(kind, number)}, '{form}', '1', {row} FROM range({persons}) t(p), range({EACH}) u(i)"
        )
    return (
        "id, form_id, form_version, performed_on, entered_at, answers, provenance, assessment, status,"
        " reason, case_id, institution_id, person_id, scope_path, compartment",
        " UNION ALL ".join(parts),
    )
