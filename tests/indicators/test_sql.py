"""The writer of SQL: what it writes is read back from DuckDB."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from kangshu.indicators.sql import value as v
from kangshu.indicators.sql.table import Named

VISITS = Named(
    {"person": v.INTEGER, "performed_on": v.DATE, "sbp": v.decimal(18, 6), "note": v.TEXT}, "visits"
)
PEOPLE = Named({"person": v.INTEGER, "sex": v.TEXT}, "people")


@pytest.fixture
def county():
    with duckdb.connect() as connection:
        connection.execute(
            """
            CREATE TABLE people AS SELECT * FROM (VALUES (1, '1'), (2, '2'), (3, '2')) p(person, sex);
            CREATE TABLE visits AS SELECT person, performed_on::DATE AS performed_on,
                sbp::DECIMAL(18,6) AS sbp, note
            FROM (VALUES (1, '2026-01-05', 150, 'it''s'), (1, '2026-03-05', NULL, ''),
                (2, '2026-02-01', 128.5, NULL)) v(person, performed_on, sbp, note);
            """
        )
        yield connection


def _rows(county, table):
    return county.execute(table.sql()).fetchall()


def test_visits_of_each_person_those_without_included(county):
    high = VISITS.mutate(high=v.cases((VISITS["sbp"] >= 140, True), otherwise=False))
    counted = high.aggregate(
        ["person"],
        visits=v.count_of_rows(),
        high=high["high"].any(),
        known=high["sbp"].sum(where=high["high"]),
    )
    joined = PEOPLE.left_join(counted, "person")
    shown = joined.select("person", visits=joined["visits"].or_else(0), high=joined["high"], known="known")
    assert sorted(_rows(county, shown)) == [
        (1, 2, True, Decimal(150)),
        (2, 1, False, None),
        (3, 0, None, None),
    ]


def test_a_step_names_only_what_a_later_one_reads(county):
    asked = VISITS.mutate(heavy=VISITS["note"] == "x").filter(VISITS["sbp"] > 100).select("person")
    assert "note" not in asked.sql()
    assert "heavy" not in asked.sql()
    assert sorted(_rows(county, asked)) == [(1,), (2,)]


def test_a_table_that_two_steps_read_is_written_once(county):
    first = VISITS.filter(VISITS["sbp"].is_known())
    later = first.aggregate(["person"], first_on=first["performed_on"].min())
    both = first.select("person", "sbp").left_join(later, "person")
    assert both.sql().count('FROM "visits"') == 1
    assert sorted(_rows(county, both)) == [
        (1, Decimal(150), date(2026, 1, 5)),
        (2, Decimal("128.5"), date(2026, 2, 1)),
    ]


def test_the_next_visit_and_the_least_of_those_after(county):
    order = {"of": VISITS["person"], "order": VISITS["performed_on"]}
    table = VISITS.select(
        "person",
        "performed_on",
        next_on=VISITS["performed_on"].lead(**order),
        later=VISITS["performed_on"].least_of_later(**order),
    )
    assert sorted(_rows(county, table))[0] == (1, date(2026, 1, 5), date(2026, 3, 5), date(2026, 3, 5))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (v.literal("it's"), "it's"),
        (v.literal(True), True),
        (v.literal(-3) - -4, 1),
        (v.literal(Decimal("-0.50"), v.decimal(18, 2)), Decimal("-0.50")),
        (v.literal(date(2026, 2, 28)), date(2026, 2, 28)),
        (v.literal(1, v.INTEGER) << 40, 2**40),
        (v.missing(v.INTEGER).or_else(7), 7),
        (v.literal(7).divided_by(0), None),
        (v.literal(7).divided_by(2).ceiling(), 4),
        (v.least(v.missing(v.INTEGER), 3, 2), 2),
        (v.cases((v.literal(False), 1), (v.missing(v.BOOLEAN), 2)), None),
        (~(v.literal(True) & v.missing(v.BOOLEAN)), None),
        (v.joined([v.literal(1), v.literal(2), v.literal(4)], "|"), 7),
    ],
)
def test_values_are_what_they_say(value, expected):
    with duckdb.connect() as connection:
        (found,) = connection.execute(f"SELECT {value.text}").fetchone()
    assert found == expected


def test_tables_with_columns_of_one_name_are_not_joined():
    with pytest.raises(ValueError, match="sex"):
        PEOPLE.join(PEOPLE, "person")


def test_nobody_asks_a_value_for_its_truth():
    with pytest.raises(TypeError):
        bool(VISITS["sbp"] > 1)
