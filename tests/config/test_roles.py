"""What the two roles of the database may and may not do."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction


@pytest.mark.django_db
def test_the_app_is_neither_superuser_nor_past_row_security():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("kangshu_app", False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["CREATE TABLE mine (a int)", "DROP TABLE django_session"])
def test_the_app_cannot_change_tables(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_app_writes_rows_and_the_owner_can_be_acted_as(as_owner):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('a', 'b', now())")
        with as_owner():
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("kangshu_owner",)
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("kangshu_app",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_a_committing_test_wrote_is_gone_afterwards(turn):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
        cursor.execute("INSERT INTO django_session VALUES ('a', 'b', now())")
