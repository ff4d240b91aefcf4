"""The application's role with raw SQL: without a scope nothing, within one only what is in it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from tests.hostile.world import COMPARTMENT, World
from tests.support.accounts import acting

from kangshu.access.models import CompartmentAccess
from kangshu.access.scope import entered_as_system

HAS_ROWS = {
    "people_person",
    "people_identitydocument",
    "people_residence",
    "people_searchterm",
    "care_encounter",
    "care_diagnosis",
    "care_result",
    "care_prescription",
    "work_case",
    "work_record",
    "work_due",
    "work_transition",
    "audit_auditentry",
}


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def secured_tables() -> set[str]:
    query = """
        SELECT relname::text FROM pg_class
        WHERE relrowsecurity AND relnamespace = 'public'::regnamespace
    """
    return {name for (name,) in rows(query)}


def test_without_a_scope_every_protected_table_is_empty(world: World, as_owner):
    tables = secured_tables()
    with as_owner():
        full = {table for table in tables if rows(f"SELECT 1 FROM {table} LIMIT 1")}
    assert full >= HAS_ROWS, "the world has something to hide in each of them"
    assert [table for table in sorted(tables) if rows(f"SELECT 1 FROM {table} LIMIT 1")] == []


def test_the_app_s_role_cannot_put_row_security_aside(world: World):
    for sql in (
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY mine ON people_person USING (true)",
        "DROP POLICY in_scope ON people_person",
        "ALTER ROLE CURRENT_USER BYPASSRLS",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows(sql)
    # Asking for it off is answered with an error instead of with everything.
    rows("SELECT set_config('row_security', 'off', true)")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        rows("SELECT * FROM people_person")
    rows("SELECT set_config('row_security', 'on', true)")


@pytest.mark.parametrize("table", sorted(HAS_ROWS - {"people_searchterm", "audit_auditentry"}))
def test_within_a_scope_only_its_rows(world: World, table):
    own = world.county.clinic_a1.path
    with acting(world.accounts.village_doctor_a):
        paths = {path for (path,) in rows(f"SELECT DISTINCT scope_path FROM {table}")}
        assert paths == {own}
        assert rows(f"SELECT 1 FROM {table} WHERE scope_path = '{world.county.clinic_b1.path}'") == []


def test_a_closed_compartment_is_closed_in_every_table_that_has_one(world: World, as_owner):
    tables = {
        name
        for (name,) in rows("SELECT attrelid::regclass::text FROM pg_attribute WHERE attname = 'compartment'")
    } & secured_tables()
    assert tables >= {"work_case", "work_record", "work_due", "work_transition", "care_encounter"}

    def secret(table: str) -> int:
        return rows(f"SELECT count(*) FROM {table} WHERE compartment = '{COMPARTMENT}'")[0][0]

    with as_owner():
        hidden = {table: secret(table) for table in tables}
    assert hidden["work_case"] == hidden["work_record"] == 2
    who = world.accounts
    for account in (who.village_doctor_a, who.bureau_officer, who.resident_zhang, who.auditor):
        with acting(account):
            assert {table for table in tables if secret(table)} == set()
    CompartmentAccess.objects.create(
        account=who.bureau_officer, compartment=COMPARTMENT, from_at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    with acting(who.bureau_officer):
        assert {table: secret(table) for table in tables} == hidden
    with entered_as_system("test"):
        assert {table: secret(table) for table in tables} == hidden


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people_person SET name = 'x' WHERE scope_path = '{b1}'",
        "DELETE FROM people_person WHERE scope_path = '{b1}'",
        "UPDATE work_case SET facts = '{{}}' WHERE scope_path = '{b1}'",
    ],
)
def test_foreign_rows_cannot_be_written(world: World, sql):
    with acting(world.accounts.village_doctor_a), connection.cursor() as cursor:
        cursor.execute(sql.format(b1=world.county.clinic_b1.path))
        assert cursor.rowcount == 0


def test_a_row_cannot_be_pushed_out_of_or_planted_into_another_scope(world: World):
    b1 = world.county.clinic_b1.path
    with acting(world.accounts.village_doctor_a):
        for sql in (
            f"UPDATE people_person SET scope_path = '{b1}' WHERE id = '{world.residents['a1'].pk}'",
            "INSERT INTO work_transition SELECT (jsonb_populate_record(t, jsonb_build_object("
            f"'id', gen_random_uuid(), 'scope_path', '{b1}',"
            f" 'person_id', '{world.residents['b1'].pk}'))).* FROM work_transition t LIMIT 1",
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                rows(sql)


def test_another_s_scope_does_not_survive_the_transaction(world: World):
    with acting(world.accounts.bureau_officer):
        assert rows("SELECT 1 FROM people_person")
    assert rows("SELECT 1 FROM people_person") == []


def test_a_nested_scope_gives_the_outer_one_back(world: World):
    with acting(world.accounts.village_doctor_a):
        mine = rows("SELECT id FROM people_person")
        with entered_as_system("test"):
            assert len(rows("SELECT id FROM people_person")) > len(mine)
        assert rows("SELECT id FROM people_person") == mine
