"""Every table about persons is kept by the database itself."""

from __future__ import annotations

import pytest
from django.db import connection

# Tables with a person or a scope that are read in other ways, each with why.
EXCEPTIONS = {
    "access_account": "a resident's own account names their person; read by sign-in before any scope exists",
    "access_signincode": "a code sent to a resident's phone; read by sign-in before any scope exists",
    "summaries_summary": "an institution's document: figures and text, about no person",
    "summaries_reportedfigure": "what an old document says of an institution: about no person",
    "work_reportsubmission": "an institution's monthly counts: about no person",
}
PERSON_COLUMNS = ("person_id", "scope_path", "person_a_id", "kept_id")


@pytest.fixture
def tables(db) -> dict[str, tuple[bool, set[str]]]:
    """Our tables: whether row security is on, and their columns."""
    query = """
        SELECT c.relname, c.relrowsecurity, array_agg(a.attname::text)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
        GROUP BY 1, 2
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: (secured, set(columns)) for name, secured, columns in cursor.fetchall()}


def test_every_table_about_persons_has_row_security(tables):
    open_tables = [
        name
        for name, (secured, columns) in tables.items()
        if not secured and columns & set(PERSON_COLUMNS) and name not in EXCEPTIONS
    ]
    assert open_tables == []
    assert tables["people_person"][0]


def test_every_secured_table_has_a_policy_for_the_app(tables):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename::text FROM pg_policies WHERE schemaname = 'public'")
        with_policy = {name for (name,) in cursor.fetchall()}
    secured = {name for name, (is_secured, _) in tables.items() if is_secured}
    assert secured - with_policy == set()


def test_exceptions_are_still_needed(tables):
    assert [name for name in EXCEPTIONS if name not in tables] == []


def test_views_and_functions_do_not_open_a_back_door(db):
    """A view reads as its owner unless it says otherwise, and so would show every row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname::text, reloptions::text FROM pg_class"
            " WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
        )
        views = dict(cursor.fetchall())
        assert [
            name for name, options in views.items() if "security_invoker=true" not in (options or "")
        ] == []
        cursor.execute(
            "SELECT proname::text FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
            " AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path=%'"
        )
        assert [name for (name,) in cursor.fetchall()] == [], (
            "a function that lends rights fixes its search_path"
        )


def test_the_audit_trail_only_grows(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(current_user, 'audit_auditentry', 'UPDATE'),"
            " has_table_privilege(current_user, 'audit_auditentry', 'DELETE'),"
            " has_table_privilege(current_user, 'audit_auditentry', 'TRUNCATE')"
        )
        assert cursor.fetchone() == (False, False, False)
