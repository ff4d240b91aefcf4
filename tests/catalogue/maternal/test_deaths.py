"""Maternal and child deaths: who is counted, and by what the rates are divided."""

from __future__ import annotations

import pytest
from tests.catalogue.people import filled, patient, records_counted

from kangshu.declare import registry


def card(kind: str, on: str = "2026-05-12"):
    answers = {
        "died_at": f"{on}T10:00", "reported_at": f"{on}T12:00", "when": "3", "place": "2", "residence": "1",
        "kind": kind, "cause": "产后出血",
    }  # fmt: skip
    return filled("maternal.death_card", on, answers)


@pytest.mark.parametrize(("kind", "counted"), [("1", 1), ("2", 1), ("4", 1), ("3", 0)])
def test_an_accident_is_no_maternal_death(kind, counted):
    woman = patient(card(kind), sex="2", born="1996-01-01")
    assert records_counted("maternal.deaths", woman)[1] == counted
    assert records_counted("maternal.mortality", woman)[1] == counted


def test_a_death_of_another_year_is_not_counted():
    assert records_counted("maternal.deaths", patient(card("1", "2025-12-31"), sex="2"))[1] == 0


@pytest.mark.parametrize(
    ("died", "newborn", "infant", "under_5"),
    [
        ("2026-01-29", 1, 1, 1),
        ("2026-01-30", 0, 1, 1),
        ("2026-12-31", 0, 1, 1),
    ],
)
def test_a_childs_death_is_counted_by_its_age(died, newborn, infant, under_5):
    answers = {
        "died_on": died,
        "place": "1",
        "treated": "1",
        "group": "4",
        "cause": "肺炎",
        "reported_on": died,
    }
    child = patient(filled("children.death_card", died, answers), born="2026-01-01")
    found = [records_counted(f"children.deaths_{age}", child)[1] for age in ("newborn", "infant", "under_5")]
    assert found == [newborn, infant, under_5]


def test_the_rates_are_on_live_births_by_their_usual_scales():
    mortality = registry.indicator("maternal.mortality")
    assert (mortality.scale, mortality.divided_by) == (100_000, "maternal.live_births")
    for age in ("newborn", "infant", "under_5"):
        rate = registry.indicator(f"children.mortality_{age}")
        assert (rate.scale, rate.unit, rate.divided_by) == (1_000, "‰", "maternal.live_births")


def test_twins_are_two_live_births():
    answers = {"delivered_on": "2026-05-12", "place": "1", "mode": "1", "live_births": 2, "fetal_deaths": 0}
    mother = patient(filled("maternal.delivery", "2026-05-12", answers), sex="2", born="1996-01-01")
    births = registry.indicator("maternal.live_births")
    assert births.total is not None
    assert records_counted("maternal.live_births", mother)[1] == 1
