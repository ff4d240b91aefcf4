"""Every cascade: whoever is positive is called to the next step, and the figures count who came."""

from __future__ import annotations

import pytest
from tests.catalogue.people import counted, filled, patient
from tests.catalogue.screening.walking import Walk

from kangshu.declare import registry

COLORECTAL = "screening.colorectal"
CASCADES = [one for one in registry.capabilities() if "work:lost" in one.screens]


def colorectal() -> Walk:
    return Walk(COLORECTAL, "2026-01-10")


@pytest.mark.parametrize("capability", CASCADES, ids=lambda one: one.id)
def test_every_step_has_a_way_in_and_every_open_state_a_way_out(capability) -> None:
    states = capability.states
    for state in states.states:
        if state.is_open:
            assert any(move.from_state == state.id for move in states.transitions), state.id
    forms = {form.id for form in capability.forms}
    assert {step.form for step in capability.schedule.steps} <= forms
    for form in capability.forms:
        assert form.rule or form.id.endswith(".recall"), form.id


@pytest.mark.parametrize("capability", CASCADES, ids=lambda one: one.id)
def test_every_outcome_of_every_form_has_an_example(capability) -> None:
    for form in capability.forms:
        shown = {one.expected.get("outcome") for one in capability.examples if one.form == form.id}
        assert {choice.code for choice in form.outcomes} <= shown, form.id


def test_a_negative_comes_back_after_the_interval() -> None:
    walk = colorectal().did("screening", "2026-01-10", risks=["9"], fit_1="1", fit_2="1")
    assert walk.dues() == {"screening": ("2029-01-10", "2029-04-10")}
    assert walk.state() == "clear"


def test_a_positive_is_called_to_the_colonoscopy_until_it_is_done() -> None:
    walk = colorectal().did("screening", "2026-01-10", risks=["1"], fit_1="1", fit_2="1")
    assert walk.dues()["colonoscopy"] == ("2026-01-10", "2026-04-10")
    assert walk.state() == "for_colonoscopy"
    walk.did("colonoscopy", "2026-02-01", done="2")
    assert walk.dues()["colonoscopy"] == ("2026-02-01", "2026-03-03")
    walk.did("colonoscopy", "2026-03-01", done="1", finding="1")
    assert walk.dues() == {"screening": ("2036-03-01", "2036-06-01")}
    assert walk.state() == "clear"


def test_an_advanced_adenoma_is_treated_and_looked_at_again() -> None:
    walk = colorectal().did("screening", "2026-01-10", risks=["1"])
    walk.did("colonoscopy", "2026-02-01", done="1", finding="3", largest=12, features=["3"])
    assert walk.dues()["treatment"] == ("2026-02-01", "2026-03-03")
    walk.did("treatment", "2026-02-20", treatments=["1"])
    assert walk.state() == "treated"
    assert walk.dues()["surveillance"] == ("2027-02-01", "2027-04-01")
    assert "treatment" not in walk.dues()


def test_nobody_is_screened_again_after_a_cancer_or_past_the_age() -> None:
    walk = colorectal().did("screening", "2026-01-10", risks=["1"])
    walk.did("colonoscopy", "2026-02-01", done="1", finding="4", stage="3")
    assert set(walk.dues()) == {"treatment"}
    old = Walk(COLORECTAL, "2026-01-10", born="1953-01-01")
    old.did("screening", "2026-01-10", risks=["9"], fit_1="1", fit_2="1")
    assert old.dues() == {}


def test_the_second_positive_round_calls_anew() -> None:
    walk = colorectal().did("screening", "2026-01-10", risks=["1"])
    walk.did("colonoscopy", "2026-02-01", done="1", finding="2")
    walk.did("screening", "2029-02-01", risks=["9"], fit_1="2")
    assert walk.dues()["colonoscopy"] == ("2029-02-01", "2029-05-01")
    assert walk.state() == "for_colonoscopy"


POSITIVE = filled(
    "screening.colorectal.screening", "2026-03-01", {"risks": ["1"]}, outcome="positive", fit_positive=False
)
CLEAR = filled("screening.colorectal.colonoscopy", "2026-06-01", {"done": "1"}, outcome="normal")
NOT_DONE = filled("screening.colorectal.colonoscopy", "2026-04-01", {"done": "2"}, outcome="not_done")
CANCER = filled(
    "screening.colorectal.colonoscopy", "2026-06-02", {"done": "1", "stage": "2"}, outcome="cancer"
)


@pytest.mark.parametrize(
    ("indicator", "records", "expected"),
    [
        ("screened", (), (True, False)),
        ("screened", (POSITIVE,), (True, True)),
        ("positive_rate", (POSITIVE,), (True, True)),
        ("colonoscopy_reached", (POSITIVE,), (True, False)),
        ("colonoscopy_reached", (POSITIVE, CLEAR), (True, True)),
        ("colonoscopy_reached", (POSITIVE, NOT_DONE), (True, False)),
        ("colonoscopy_lost", (POSITIVE,), (True, True)),
        ("colonoscopy_lost", (POSITIVE, CLEAR), (True, False)),
        ("colonoscopy_lost", (POSITIVE, NOT_DONE), (True, True)),
        ("cancer_detection_rate", (POSITIVE, CANCER), (True, True)),
        ("cancer_detection_rate", (POSITIVE, CLEAR), (True, False)),
        ("early_rate", (POSITIVE, CANCER), (True, True)),
        ("early_rate", (POSITIVE, CLEAR), (False, False)),
    ],
)
def test_whom_the_figures_count(indicator, records, expected) -> None:
    assert counted(f"colorectal.{indicator}", patient(*records, born="1966-05-01")) == expected


def test_the_time_limit_lies_in_the_period_in_which_it_runs_out() -> None:
    """Positive on 1 March, three months: in time to 1 June, lost from 2 June on."""
    somebody = patient(POSITIVE, born="1966-05-01")
    assert not counted("colorectal.colonoscopy_lost", somebody, "2026-01-01", "2026-06-01")[1]
    assert counted("colorectal.colonoscopy_lost", somebody, "2026-01-01", "2026-06-02")[1]
    assert not counted("colorectal.colonoscopy_lost", somebody, "2026-06-03", "2026-12-31")[1]
