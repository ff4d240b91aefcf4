"""Date arithmetic in the words of the engine's database.

DuckDB's own functions do in one step what a portable expression does in thirty; over half a million cases and
twelve months that is the difference between one second and ten. Another engine needs these three functions.
"""

from __future__ import annotations

import ibis


@ibis.udf.scalar.builtin(name="datesub")
def date_parts_between(part: str, first: ibis.dtype("date"), last: ibis.dtype("date")) -> int:  # type: ignore[valid-type,empty-body]
    """Full months (or other parts) from one date to another. For months it is
    `kernel.dates.months_between`, ends of months and negative spans included: a test compares them."""


@ibis.udf.scalar.builtin(name="add")
def plus_days(start: ibis.dtype("date"), days: int) -> ibis.dtype("date"):  # type: ignore[valid-type,empty-body]
    """The date some days later. An interval would make it a moment."""
