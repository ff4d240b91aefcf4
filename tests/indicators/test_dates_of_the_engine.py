"""The engine's date arithmetic is the kernel's, on every pair of days that could differ."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import duckdb
import pyarrow as pa

from kangshu.kernel.dates import add_days, months_between


def test_full_months_and_added_days_are_the_kernels():
    random = Random(4)
    first_day = date(2019, 12, 1)
    pairs = [
        (first_day + timedelta(random.randrange(1600)), first_day + timedelta(random.randrange(1600)))
        for _ in range(20_000)
    ]
    days = pa.table({"first": [one for one, _ in pairs], "last": [last for _, last in pairs]})
    with duckdb.connect() as connection:
        connection.register("days", days)
        rows = connection.execute(
            "SELECT first, last, datesub('month', first, last), add(first, 14) FROM days"
        ).fetchall()
    for first, last, months, later in rows:
        assert months == months_between(first, last), (first, last)
        assert later == add_days(first, 14)
