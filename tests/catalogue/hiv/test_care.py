"""HIV care: whom the figures count, and what is due when."""

from __future__ import annotations

from typing import Any

import pytest
from tests.catalogue.people import counted, filled, patient

from kangshu.declare import registry
from kangshu.declare.evaluate import EventView

WELL: dict[str, Any] = {"result": "1", "symptoms": ["0"], "tb_symptoms": ["0"], "treated": "1"}


def seen(on: str, **changes: Any) -> EventView:
    return filled("hiv.follow_up", on, {**WELL, **changes}, outcome="routine")


def treatment(on: str, change: str) -> EventView:
    return filled("hiv.treatment", on, {"change": change})


STARTED = treatment("2025-02-01", "1")


def load(on: str, value: int, outcome: str) -> EventView:
    return filled("hiv.laboratory", on, {"test": "2", "viral_load": value}, outcome=outcome)


def first(partner: bool) -> EventView:
    return filled("hiv.first_visit", "2024-01-05", {"result": "1", "partner": partner})


def partner(on: str, result: str, relation: str = "1") -> EventView:
    return filled("hiv.partner", on, {"code": "P1", "relation": relation, "way": "1", "result": result})


@pytest.mark.parametrize(
    ("figure", "person", "expected"),
    [
        ("follow_up_rate", patient(seen("2026-03-01")), (True, True)),
        ("follow_up_rate", patient(seen("2025-12-31")), (True, False)),
        ("follow_up_rate", patient(seen("2026-03-01", result="2")), (True, False)),
        ("follow_up_rate", patient(seen("2026-03-01"), closed="2026-12-31"), (False, False)),
        ("follow_up_rate", patient(seen("2026-03-01"), closed="2026-05-01", reason="wrong"), (False, False)),
        ("treatment_coverage", patient(treatment("2025-02-01", "1")), (True, True)),
        (
            "treatment_coverage",
            patient(treatment("2025-02-01", "1"), treatment("2026-06-01", "3")),
            (True, False),
        ),
        (
            "treatment_coverage",
            patient(treatment("2025-02-01", "1"), treatment("2026-01-01", "3"), treatment("2026-12-31", "4")),
            (True, True),
        ),
        ("treatment_coverage", patient(treatment("2027-01-01", "1")), (True, False)),
        ("suppression_rate", patient(treatment("2025-02-01", "1")), (False, False)),
        (
            "suppression_rate",
            patient(STARTED, load("2026-02-01", 1200, "failure"), load("2026-05-01", 0, "suppressed")),
            (True, True),
        ),
        (
            "suppression_rate",
            patient(STARTED, load("2026-02-01", 0, "suppressed"), load("2026-05-01", 60, "low_level")),
            (True, False),
        ),
        ("partner_rate", patient(first(False)), (False, False)),
        ("partner_rate", patient(first(True), partner("2026-04-01", "1")), (True, True)),
        ("partner_rate", patient(first(True), partner("2026-04-01", "3")), (True, False)),
        ("partner_rate", patient(first(True), partner("2026-04-01", "1", relation="3")), (True, False)),
        ("partner_rate", patient(first(True), seen("2026-04-01", partner_test="1")), (True, True)),
        ("cd4_rate", patient(load("2026-02-01", 0, "suppressed")), (True, False)),
    ],
)  # fmt: skip
def test_who_is_counted(figure: str, person: Any, expected: tuple[bool, bool]) -> None:
    assert counted(f"hiv.{figure}", person) == expected


def test_hiv_and_mental_disorder_have_compartments_of_their_own() -> None:
    care = registry.capability("hiv.care")
    assert care.confidentiality == "hiv" != registry.capability("mental.severe").confidentiality
    assert not care.opens_on  # a list of the diagnosed would tell who is infected


def test_no_form_of_the_logbooks_asks_who_somebody_is() -> None:
    for id in ("hiv.testing", "hiv.closed_testing", "hiv.outreach"):
        names = {field.name for field in registry.form(id).fields}
        assert not names & {"name", "phone", "id_number", "address", "birth_date"}
