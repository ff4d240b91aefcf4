"""Visits as they are stored, person by person, within the scope of whoever asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import connection

from kangshu.authenticity.visits import Known, Stay, Visit
from kangshu.declare import registry
from kangshu.kernel.periods import Period
from kangshu.kernel.text import Text
from kangshu.work.models import Provenance

# Records of a compartment are few, and whoever may see them is not who looks at a county's work.
_VISITS = """
SELECT coalesce(p.merged_into_id, p.id), r.id, r.form_id, r.institution_id, r.performed_by_id, r.performed_on,
       r.entered_at, r.answers::text, r.provenance::text
FROM work_record r JOIN people_person p ON p.id = r.person_id
WHERE r.status = 'current' AND r.compartment = '' AND r.performed_on BETWEEN %s AND %s
ORDER BY 1
"""
_ENDED = """
SELECT coalesce(p.merged_into_id, p.id), p.death_on,
       (SELECT max(h.to_on) FROM people_residence h WHERE h.person_id = p.id
        HAVING bool_and(h.to_on IS NOT NULL))
FROM people_person p WHERE p.status IN ('dead', 'moved')
"""
_STAYS = """
SELECT coalesce(p.merged_into_id, p.id), e.started_on, e.ended_on
FROM care_encounter e JOIN people_person p ON p.id = e.person_id
WHERE e.kind = 'inpatient' AND e.compartment = '' AND e.ended_on >= %s AND e.started_on <= %s
"""


def known_of(period: Period) -> dict[Any, Known]:
    """Deaths, departures and stays in hospital, by person."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDED)
        ended = {person: died or left for person, died, left in cursor if died or left}
        cursor.execute(_STAYS, [period.first, period.last])
        stays: dict[Any, list[Stay]] = {}
        for person, began_on, ended_on in cursor:
            stays.setdefault(person, []).append(Stay(began_on, ended_on))
    return {
        person: Known(ended.get(person), tuple(stays.get(person, ())))
        for person in ended.keys() | stays.keys()
    }


def visits_of(period: Period) -> Iterator[list[Visit]]:
    """The visits of each person in turn, read as they are needed."""
    measured = _measured()
    with connection.chunked_cursor() as cursor:
        cursor.execute(_VISITS, [period.first, period.last])
        for _, rows in groupby(cursor, key=lambda row: row[0]):
            yield [_visit(row, measured) for row in rows]


def _measured() -> dict[str, tuple[str, ...]]:
    """The numbers that somebody reads off a device or a person, by form."""
    return {
        form.id: tuple(field.name for field in form.fields if field.measured and field.is_number)
        for form in registry.forms()
    }


def titles() -> dict[tuple[str, str], Text]:
    """What the measured fields are called."""
    return {
        (form.id, field.name): field.title
        for form in registry.forms()
        for field in form.fields
        if field.measured
    }


def _visit(row: tuple[Any, ...], measured: dict[str, tuple[str, ...]]) -> Visit:
    person, record, form, institution, doctor, performed_on, entered_at, answers, provenance = row
    given, said = json.loads(answers), json.loads(provenance)
    numbers = tuple(
        (name, Decimal(str(given[name])))
        for name in measured.get(form, ())
        if given.get(name) is not None and said.get(name, Provenance.TYPED) == Provenance.TYPED
    )
    return Visit(record, form, person, institution, doctor, performed_on, entered_at, numbers)
