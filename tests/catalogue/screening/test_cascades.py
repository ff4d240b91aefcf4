"""Every cascade: whoever is positive is called to the next step, and the figures count who came."""

from __future__ import annotations

import pytest
from tests.catalogue.people import counted, filled, patient
from tests.catalogue.screening.walking import Walk

from kangshu.declare import registry

COLORECTAL = "screening.colorectal"
CASCADES = [one for one in registry.capabilities() if f"{one.id}.recall" in {form.id for form in one.forms}]


def colorectal() -> Walk:
    return Walk(COLORECTAL, "2026-01-10")


@pytest.mark.parametrize("capability", CASCADES, ids=lambda one: one.id)
def test_every_step_has_a_way_in_and_every_open_state_a_way_out(capability) -> None:
    states = capability.states
    for state in states.states:
        if state.is_open:
            assert any(move.from_state == state.id for move in states.transitions), state.id
    forms = {form.id for form in capability.forms} | set(capability.shares)
    assert {step.form for step in capability.schedule.steps} <= forms
    for form in capability.forms:
        assert form.rule or form.id.endswith((".recall", ".settlement")), form.id


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


def test_a_rare_type_goes_to_cytology_and_a_normal_one_comes_again_after_a_year() -> None:
    walk = Walk("screening.cervical", "2026-01-10").did("screening", "2026-01-10", hpv=["52"])
    assert walk.state() == "for_triage"
    assert walk.dues()["triage"] == ("2026-01-10", "2026-02-10")
    walk.did("triage", "2026-02-01", tbs="1")
    assert walk.state() == "clear"
    assert walk.dues() == {
        "recheck": ("2027-01-01", "2027-02-01"),
        "screening": ("2031-01-10", "2031-04-10"),
    }
    walk.did("screening", "2027-01-20", hpv=["0"])
    assert set(walk.dues()) == {"screening"}


def test_cytology_alone_comes_back_after_three_years() -> None:
    walk = Walk("screening.cervical", "2026-01-10").did("screening", "2026-01-10", tbs="1")
    assert walk.dues() == {"screening": ("2029-01-10", "2029-04-10")}


def test_whoever_goes_straight_to_a_later_step_is_not_kept_waiting() -> None:
    walk = Walk("screening.cervical", "2026-01-10").did("screening", "2026-01-10", hpv=["52"])
    walk.did("colposcopy", "2026-01-20", done="1", impression="3")
    assert walk.state() == "for_pathology"


def test_a_suspicious_newborn_is_called_within_five_days_and_treated() -> None:
    walk = Walk("screening.newborn_disease", "2026-03-01", born="2026-03-01")
    assert walk.dues() == {"blood": ("2026-03-04", "2026-03-08")}
    walk.did("blood", "2026-03-03", consent="2", card="A", age_hours=50)
    assert "blood" in walk.dues(), "taken too early: again"
    walk.did("blood", "2026-03-05", consent="2", card="B", age_hours=96)
    assert walk.dues() == {"laboratory": ("2026-03-05", "2026-03-19")}
    walk.did("laboratory", "2026-03-15", card_fit="2", tsh="35.0", phe=60)
    assert walk.dues() == {"retest": ("2026-03-15", "2026-03-20")}
    walk.did("retest", "2026-03-18", result="2", diseases=["1"])
    assert walk.dues() == {"treatment": ("2026-03-18", "2026-03-25")}
    assert walk.state() == "for_treatment"


def test_hearing_has_its_limits_by_age() -> None:
    walk = Walk("screening.newborn_hearing", "2026-03-01", born="2026-03-01")
    walk.did("first", "2026-03-04", left="2", right="1", risks=["9"])
    assert walk.dues()["second"][1] == "2026-04-12"
    walk.did("second", "2026-04-30", left="2", right="1")
    assert walk.dues()["diagnosis"][1] == "2026-06-01"
    walk.did("diagnosis", "2026-07-01", result="3")
    assert walk.dues() == {"intervention": ("2026-03-01", "2026-09-01")}


def test_a_child_at_risk_is_tested_every_year_to_three() -> None:
    walk = Walk("screening.newborn_hearing", "2026-03-01", born="2026-03-01")
    walk.did("first", "2026-03-04", left="1", right="1", risks=["2"])
    assert walk.dues()["yearly"] == ("2027-02-04", "2027-03-04")
    walk.did("yearly", "2027-03-01", left="1", right="1")
    assert walk.dues()["yearly"][1] == "2028-03-01"


def test_the_catch_up_asks_for_the_missing_doses_with_their_intervals() -> None:
    walk = Walk("screening.hepatitis_b_catch_up", "2026-01-10", born="2015-05-01")
    walk.did("enumeration", "2026-01-10", checked_by="1", doses=0, fit="1")
    assert walk.dues() == {"dose_1": ("2026-01-10", "2026-02-10")}
    walk.dosed("2026-01-20", "MMR")
    assert set(walk.dues()) == {"dose_1"}, "another vaccine is no dose of this one"
    walk.dosed("2026-01-20", "HepB")
    assert walk.dues() == {"dose_2": ("2026-02-17", "2026-03-17")}
    walk.dosed("2026-02-20", "HepB")
    assert walk.dues() == {"dose_3": ("2026-05-20", "2026-06-20")}
    walk.dosed("2026-06-01", "HepB")
    assert walk.dues() == {}


def test_whoever_has_two_doses_is_asked_for_one() -> None:
    walk = Walk("screening.hepatitis_b_catch_up", "2026-01-10", born="2015-05-01")
    walk.did("enumeration", "2026-01-10", checked_by="1", doses=2, fit="1").dosed("2026-01-20", "HepB")
    assert walk.dues() == {}
