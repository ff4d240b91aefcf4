"""What the policies cost at 100,000 residents: the planner must see through them."""

from __future__ import annotations

import re
import time

import pytest
from django.db import connection
from tests.support.accounts import accounts, acting
from tests.support.county import small_county

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

RESIDENTS = 100_000
#: 400 clinics under 20 centres, besides the fixture county's own; the doctor's clinic is one of the latter.
LOAD = """
INSERT INTO people_person (id, name, name_pinyin, sex, birth_precision, ethnic_group, phone, address,
    contact_name, contact_phone, region_id, institution_id, scope_path, residence_type, undocumented, status,
    death_cause, created_at)
SELECT gen_random_uuid(), '人' || n, 'ren ' || md5(n::text), '1', 'day', '01', '', '', '', '', %s, %s,
    '0001.' || lpad((n %% 20 + 3)::text, 4, '0') || '.' || lpad((n / 20 %% 20 + 1)::text, 4, '0') || '.',
    '1', '', 'active', '', now()
FROM generate_series(1, %s) n
"""
LIST = (
    "SELECT id, name FROM people_person WHERE merged_into_id IS NULL AND status = 'active'"
    " ORDER BY name_pinyin, id LIMIT 50"
)
COUNT = "SELECT count(*) FROM people_person"


@pytest.fixture
def big(as_owner):
    county = small_county()
    made = accounts(county)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(LOAD, [county.village_a1.pk, county.clinic_a1.pk, RESIDENTS])
        cursor.execute("ANALYZE people_person")
    return made


def plan(sql: str) -> tuple[str, float]:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, COSTS, TIMING OFF) " + sql)
        text = "\n".join(row[0] for row in cursor.fetchall())
        began = time.perf_counter()
        cursor.execute(sql)
        cursor.fetchall()
    return text, (time.perf_counter() - began) * 1000


def estimated_and_real(text: str) -> tuple[int, int]:
    """Rows as the planner expected them and as they were, where the table is read."""
    scan = next(line for line in text.splitlines() if "Scan on people_person" in line)
    expected, real = re.findall(r"rows=([\d.]+)", scan)
    return int(float(expected)), int(float(real))


def test_a_village_doctor_reads_by_index_with_a_true_estimate(big):
    with acting(big.village_doctor_a):
        text, took = plan(LIST)
        assert "Seq Scan" not in text
        expected, real = estimated_and_real(text)
        assert real / 3 <= expected <= real * 3
        assert took < 50


def test_the_whole_county_is_listed_in_time(big):
    with acting(big.bureau_officer):
        for sql in (LIST, COUNT):
            assert plan(sql)[1] < 500


def test_a_hospital_with_many_grants_reads_by_index_and_filters_quickly(big, as_owner):
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO access_grant"
            " (id, person_id, institution_id, kind, reason, from_at, scope_path, review)"
            " SELECT gen_random_uuid(), id, %s, 'treatment', '', now(), '0001.0001.', ''"
            " FROM (SELECT id FROM people_person LIMIT 5000) p",
            [big.clinician.assignments.get().institution_id],
        )
    with acting(big.clinician), connection.cursor() as cursor:
        text, took = plan(COUNT)
        assert "Seq Scan" not in text
        assert took < 300
        # The same condition as a filter, where another index leads (a search by name).
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        text, took = plan("SELECT count(*) FROM people_person WHERE name_pinyin < 'ren 1'")
        assert took < 1_000
