"""TCM of children: the windows by age, and who is counted as served."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.catalogue.people import counted, filled, patient

from kangshu.declare import registry
from kangshu.declare.evaluate import EventView, PersonView

FORM = "tcm.children.guidance"


def served(on: str, contact: int, outcome: str = "complete") -> EventView:
    return filled(FORM, on, {"advice": ["1"], "techniques": ["1"]}, contact=str(contact), outcome=outcome)


def child(
    *records: EventView, born: str = "2025-03-10", opened: str = "2025-03-10", **more: Any
) -> PersonView:
    return patient(*records, born=born, opened=opened, **more)


@pytest.mark.parametrize(
    ("why", "person", "expected"),
    [
        # Born 10 March 2025: the months of 12 and 18 end on 10 April and 10 October 2026.
        ("both services", child(served("2026-03-15", 12), served("2026-09-20", 18)), (True, True)),
        ("late within the year", child(served("2026-08-01", 12), served("2026-12-31", 18)), (True, True)),
        ("one of two", child(served("2026-03-15", 12)), (True, False)),
        (
            "not what its age asks",
            child(served("2026-03-15", 12), served("2026-09-20", 18, "incomplete")),
            (True, False),
        ),
        ("after the period", child(served("2026-03-15", 12), served("2027-01-02", 18)), (True, False)),
        ("too young", child(born="2026-08-01", opened="2026-08-01"), (False, False)),
        ("over 36 months", child(born="2022-10-01", opened="2022-10-01"), (False, False)),
        ("moved away before", child(closed="2026-02-01"), (False, False)),
        (
            "moved here after the first month",
            child(served("2026-09-20", 18), opened="2026-05-01"),
            (True, True),
        ),
    ],
)
def test_service_rate(why: str, person: PersonView, expected: tuple[bool, bool]) -> None:
    assert counted("tcm_children.service_rate", person) == expected, why


def test_windows_follow_the_birth() -> None:
    step = registry.capability("tcm.children").schedule.step("guidance")
    windows = step.windows_from(date(2025, 8, 31))
    assert [window.opens_on.isoformat() for window in windows] == [
        "2026-02-28",
        "2026-08-31",
        "2027-02-28",
        "2027-08-31",
        "2028-02-29",
        "2028-08-31",
    ]
    assert windows[0].due_on == date(2026, 3, 31)
    assert windows[0].lapses_on == windows[1].opens_on
    assert windows[-1].lapses_on == date(2029, 2, 28)
