"""What the log keeps to itself."""

from __future__ import annotations

import logging

import pytest
from django.db import IntegrityError, connection, transaction

from kangshu.config.logs import WithoutRows

NAME = "张某某"
INSERT = "INSERT INTO person VALUES (%s)"


@pytest.mark.django_db
def test_a_database_error_in_the_log_quotes_nobody(as_owner):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE person (name text UNIQUE)")
        cursor.execute(INSERT, [NAME])
        with pytest.raises(IntegrityError) as raised, transaction.atomic():
            cursor.execute(INSERT, [NAME])
    assert NAME in str(raised.value), "PostgreSQL quotes the row, which is why the log must not"
    kept = (raised.type, raised.value, raised.tb)
    record = logging.LogRecord("kangshu", logging.ERROR, __file__, 1, "could not save", None, kept)
    line = WithoutRows("%(levelname)s %(message)s").format(record)
    assert line.startswith("ERROR could not save")
    assert "duplicate key" in line
    assert NAME not in line
