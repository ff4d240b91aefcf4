"""COPD: whom the figures count."""

from __future__ import annotations

from typing import Any

import pytest
from tests.catalogue.people import counted, filled, patient, records_counted

from kangshu.declare.evaluate import EventView, PersonView

FORM = "chronic.copd.follow_up"


def seen(on: str, action: str = "routine", mode: str = "1", **changes: Any) -> EventView:
    answers: dict[str, Any] = {
        "mode": mode,
        "symptoms": ["1"],
        "mmrc": "1",
        "exacerbations": 0,
        "exacerbation": False,
        "spo2": 96,
        "inhaler": "1",
        "medication_adherence": "1",
        "adverse_reaction": "1",
        **changes,
    }
    return filled(FORM, on, answers, action=action)


def lung_function(on: str) -> EventView:
    return filled("chronic.copd.lung_function", on, {"able": "2"})


TWO = (seen("2026-02-01"), seen("2026-08-01"))


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        ("two visits and a test", patient(*TWO, lung_function("2026-02-01")), (True, True)),
        ("no test", patient(*TWO), (True, False)),
        ("one visit", patient(TWO[0], lung_function("2026-02-01")), (True, False)),
        (
            "one of two by telephone",
            patient(TWO[0], seen("2026-08-01", mode="3"), lung_function("2026-02-01")),
            (True, False),
        ),
        (
            "enrolled in August: one",
            patient(seen("2026-09-01"), lung_function("2026-09-01"), opened="2026-08-01"),
            (True, True),
        ),
        (
            "referred, not seen again",
            patient(*TWO, seen("2026-09-01", "emergency"), lung_function("2026-02-01")),
            (True, False),
        ),
        (
            "referred, seen in time",
            patient(*TWO, seen("2026-09-01", "emergency"), seen("2026-09-15"), lung_function("2026-02-01")),
            (True, True),
        ),
        ("closed last year", patient(*TWO, lung_function("2026-02-01"), closed="2025-12-31"), (False, False)),
    ],
)
def test_standardised_management(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted("copd.standardised_management_rate", person) == expected, why


def test_screenings_are_counted() -> None:
    positive = filled("chronic.copd.screening", "2026-03-01", {"questionnaire": "1"}, outcome="positive")
    negative = filled("chronic.copd.screening", "2026-04-01", {"questionnaire": "2"}, outcome="negative")
    assert records_counted("copd.screened_positive_share", patient(positive, negative)) == (2, 1)
