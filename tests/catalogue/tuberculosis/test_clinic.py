"""The TB clinic: whom the cohort's cure rate counts, contacts, tracing, the laboratory's month."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.catalogue.people import counted, filled, patient, records_counted

from kangshu.declare import registry
from kangshu.work.validation import AnswerContext, check_answers

REGISTRATION, OUTCOME = "tuberculosis.registration", "tuberculosis.outcome"
CONTACTS, TRACING = "tuberculosis.contacts", "tuberculosis.tracing"


def registered(on: str, smear: str = "1", category: str = "1") -> Any:
    answers = {"category": category, "found_by": "1", "specimens": 3, "smear": smear, "free": True}
    return filled(REGISTRATION, on, answers)


def ended(on: str, outcome: str) -> Any:
    return filled(OUTCOME, on, {"outcome": outcome})


@pytest.mark.parametrize(
    ("why", "records", "expected"),
    [
        ("cured", (registered("2025-03-01"), ended("2025-09-10", "1")), (True, True)),
        ("cured in the next year", (registered("2025-12-31"), ended("2026-07-10", "1")), (True, True)),
        ("completed is not cured", (registered("2025-03-01"), ended("2025-09-10", "2")), (True, False)),
        ("no outcome yet", (registered("2025-03-01"),), (True, False)),
        ("retreated", (registered("2025-03-01", category="2"), ended("2025-09-10", "1")), (False, False)),
        ("smear-negative", (registered("2025-03-01", smear="2"), ended("2025-09-10", "1")), (False, False)),
        ("registered this year", (registered("2026-01-01"), ended("2026-07-10", "1")), (False, False)),
        ("the first day", (registered("2025-01-01"), ended("2025-07-10", "1")), (True, True)),
        ("the year before", (registered("2024-12-31"), ended("2025-07-10", "1")), (False, False)),
    ],
)
def test_the_cure_rate_is_that_of_the_year_before(why, records, expected):
    assert counted("tb_clinic.cure_rate", patient(*records, opened="2024-01-01")) == expected, why


def test_all_contacts_of_a_positive_patient_are_checked():
    some = {"contacts": 4, "checked": 3, "suspicious": 0, "found": 0, "preventive": 0}
    all_of_them = {**some, "checked": 4, "suspicious": 1, "found": 1}
    one = patient(registered("2026-02-01"), filled(CONTACTS, "2026-02-10", some))
    assert counted("tb_clinic.contact_rate", one) == (True, False)
    two = patient(registered("2026-02-01"), filled(CONTACTS, "2026-02-10", all_of_them))
    assert counted("tb_clinic.contact_rate", two) == (True, True)
    assert counted("tb_clinic.treated_free", two)[1]
    refused = {**some, "checked": 5}
    form = registry.form(CONTACTS)
    assert check_answers(form, refused, AnswerContext(date(2026, 2, 10))).problems


def test_who_was_traced_and_came():
    came = filled(TRACING, "2026-03-01", {"why": "1", "result": "1"})
    not_reached = filled(TRACING, "2026-02-01", {"why": "2", "result": "3"})
    before = filled(TRACING, "2025-02-01", {"why": "2", "result": "1"})
    one = patient(registered("2025-01-05"), before, not_reached, came)
    assert records_counted("tb_clinic.tracing_rate", one) == (2, 1)


def test_the_laboratory_keeps_the_specimens_and_refuses_more_positive_than_examined():
    form = registry.logbook("tuberculosis.laboratory").form
    good = {"suspects": 1924, "examined": 1514, "specimens": 4371, "positive": 183}
    assert not check_answers(form, good, AnswerContext(date(2026, 2, 10))).problems
    bad = {**good, "positive": 1600}
    assert [one.field for one in check_answers(form, bad, AnswerContext(date(2026, 2, 10))).problems] == [
        "positive"
    ]
