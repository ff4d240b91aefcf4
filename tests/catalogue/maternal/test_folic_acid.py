"""Who is for folic acid, when they are asked again, and the three rates."""

from __future__ import annotations

from datetime import date

from tests.catalogue.people import filled, in_period, patient, records_counted

from kangshu.declare import registry
from kangshu.declare.evaluate import EventView, holds
from kangshu.work.planning import CaseFacts, PastRecord, plan

KIND = "maternal.folic_acid"
SURVEY = "maternal.folic_acid_survey"
RIGHT = {"purpose": "2", "time": "1", "dose": "1", "ever_took": True, "regular": True}


def test_women_of_childbearing_age():
    eligible = registry.capability(KIND).eligible
    for born, sex, expected in (
        ("1990-01-01", "2", True),
        ("1990-01-01", "1", False),
        ("2015-01-01", "2", False),
        ("1970-01-01", "2", False),
    ):
        context = in_period(patient(born=born, sex=sex))
        context = type(context)(context.person, frame=EventView(date(2026, 5, 1)))
        assert holds(eligible, context) is expected


def test_knowing_taking_and_adhering():
    person = patient(
        filled(SURVEY, "2026-02-01", RIGHT),
        filled(SURVEY, "2026-03-01", RIGHT | {"dose": "2", "regular": False}),
        filled(SURVEY, "2026-04-01", RIGHT | {"ever_took": False, "regular": None}),
        filled(SURVEY, "2025-04-01", RIGHT),
    )
    assert records_counted("folic_acid.knowledge_rate", person) == (3, 2)
    assert records_counted("folic_acid.taking_rate", person) == (3, 2)
    assert records_counted("folic_acid.adherence_rate", person) == (2, 1)


def test_whoever_received_bottles_is_asked_within_forty_days():
    issued = PastRecord(
        id=None,
        form_id="maternal.folic_acid_issue",
        form_version=1,
        performed_on=date(2026, 5, 12),
        entered_at=None,
        answers={"bottles": 3},
    )
    schedule = registry.capability(KIND).schedule
    (due,) = plan(
        schedule, [issued], CaseFacts(date(2026, 5, 12)), lambda *_: True, lambda *_: date(2026, 11, 12)
    )
    assert (due.step, due.opens_on, due.due_on) == ("intake", date(2026, 6, 6), date(2026, 6, 21))
    assert plan(schedule, [], CaseFacts(date(2026, 5, 12)), lambda *_: True, lambda *_: None) == []
