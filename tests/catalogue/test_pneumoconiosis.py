"""Pneumoconiosis: whom the year's figures count, and what a month of rehabilitation refuses."""

from __future__ import annotations

from datetime import date

from tests.catalogue.people import counted, filled, patient

from kangshu.declare import registry
from kangshu.work.validation import AnswerContext, check_answers

FORM = "occupational.pneumoconiosis_follow_up"


def followed(on: str, trained: bool):
    answers = {"stage": "1", "complication": "1", "treated": True, "rehabilitated": trained}
    return filled(FORM, on, answers)


def test_a_patient_counts_as_trained_by_the_last_follow_up_of_the_year():
    rate = "pneumoconiosis.rehabilitation_rate"
    assert counted(rate, patient(followed("2026-03-01", True))) == (True, True)
    assert counted(rate, patient(followed("2026-03-01", True), followed("2026-09-01", False))) == (
        True,
        False,
    )
    assert counted(rate, patient(followed("2025-03-01", True))) == (True, False)
    assert counted("pneumoconiosis.follow_up_rate", patient()) == (True, False)
    gone = patient(followed("2025-03-01", True), closed="2025-12-31")
    assert counted("pneumoconiosis.follow_up_rate", gone) == (False, False)


def test_a_month_has_no_fewer_sessions_than_patients():
    form = registry.logbook("occupational.rehabilitation").form
    good, bad = {"patients": 12, "sessions": 40}, {"patients": 12, "sessions": 11}
    day = AnswerContext(date(2026, 5, 1))
    assert not check_answers(form, good, day).problems
    assert [one.field for one in check_answers(form, bad, day).problems] == ["sessions"]
