"""Allotting record numbers: 17 digits, the village's twelve and a serial of five (norms A1.1)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from kangshu.kernel.identifiers import record_number
from kangshu.people.refusals import NumbersExhausted

LAST_SERIAL = 99_999


def allot_record_number(region_code: str) -> str:
    """The next record number of a village, in the caller's transaction.

    The counter's row stays locked until the transaction ends: a second clerk waits, and a number that was
    rolled back is given to the next, so the series has no gaps. Raises NumbersExhausted after 99,999.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_recordnumberserial AS kept (region_code, last) VALUES (%s, 1)
            ON CONFLICT (region_code) DO UPDATE SET last = kept.last + 1
            RETURNING last
            """,
            [region_code],
        )
        (serial,) = cursor.fetchone()
    if serial > LAST_SERIAL:
        raise NumbersExhausted(region_code)
    return record_number(region_code, serial)


def allot_record_numbers(wanted: Mapping[str, int]) -> dict[str, list[str]]:
    """So many next numbers for each village (region code → count), as if allotted one after another.

    Raises NumbersExhausted when one of the villages has not so many left; the caller's transaction is then to
    be rolled back, or numbers are lost.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO people_recordnumberserial AS kept (region_code, last)
            SELECT code, wanted FROM unnest(%s::text[], %s::int[]) AS asked (code, wanted) ORDER BY code
            ON CONFLICT (region_code) DO UPDATE SET last = kept.last + excluded.last
            RETURNING region_code, last
            """,
            [list(wanted), list(wanted.values())],
        )
        lasts: dict[str, int] = dict(cursor.fetchall())
    for code, last in lasts.items():
        if last > LAST_SERIAL:
            raise NumbersExhausted(code)
    return {
        code: [record_number(code, serial) for serial in range(last - wanted[code] + 1, last + 1)]
        for code, last in lasts.items()
    }
