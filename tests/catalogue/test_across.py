"""Figures over several programmes: who is in both, on which day, and who never was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.catalogue.people import checked, counted, filled, patient

from kangshu.declare.evaluate import EventView

HYPERTENSION, DIABETES = "chronic.hypertension", "chronic.diabetes"


def _case(
    kind: str, opened: str = "2024-01-01", closed: str | None = None, reason: str | None = None
) -> EventView:
    answers = {"closed_on": None if closed is None else date.fromisoformat(closed), "closing_reason": reason}
    return EventView(date.fromisoformat(opened), kind, answers)


def _person(*cases: EventView, born: str = "1950-03-01", records: tuple[EventView, ...] = ()):
    return replace(patient(*records, born=born), cases=cases)


@pytest.mark.parametrize(
    ("cases", "expected"),
    [
        ((_case(HYPERTENSION), _case(DIABETES)), (True, True)),
        ((_case(HYPERTENSION),), (True, False)),
        ((_case(DIABETES),), (False, False)),
        ((_case(HYPERTENSION), _case(DIABETES, closed="2026-06-30", reason="moved")), (True, False)),
        ((_case(HYPERTENSION), _case(DIABETES, closed="2027-01-01", reason="moved")), (True, True)),
        ((_case(HYPERTENSION, closed="2027-03-01", reason="wrong"), _case(DIABETES)), (False, False)),
        ((_case(HYPERTENSION, opened="2027-01-01"), _case(DIABETES)), (False, False)),
    ],
)
def test_who_is_managed_in_both(cases, expected):
    assert counted("across.hypertension_and_diabetes", _person(*cases)) == expected


def test_both_and_checked_in_the_year():
    both = (_case(HYPERTENSION, closed="2026-02-01", reason="moved"), _case(DIABETES))
    assert counted("across.both_checked", _person(*both, records=(checked("2026-03-01"),))) == (True, True)
    assert counted("across.both_checked", _person(*both, records=(checked("2025-12-31"),))) == (True, False)


def test_born_here_and_vaccinated():
    visit = filled("children.newborn_visit", "2025-03-03", {})
    dose = filled("immunisation.dose", "2025-11-20", {"counts_as": ("MMR-1",)})
    child = {"born": "2025-03-01"}
    assert counted("across.born_here_and_vaccinated", _person(**child, records=(visit, dose))) == (True, True)
    assert counted("across.born_here_and_vaccinated", _person(**child, records=(visit,))) == (True, False)
    assert counted("across.born_here_and_vaccinated", _person(**child, records=(dose,))) == (False, False)
