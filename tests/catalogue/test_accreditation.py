"""Accreditation: the one way through, for all that use it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kangshu.declare import registry
from kangshu.declare.logbook import Logbook
from kangshu.fieldwork.reckoning import laid_out, reckon
from kangshu.fieldwork.rules import DoneStage, standing_of
from kangshu.kernel.periods import parse_period

IDS = ("public_health.model_communities", "immunisation.clinic_grading", "maternal.obstetric_quality")
APPLIED = date(2026, 3, 2)
APPLICATION = {"level": "1", "renewal": False, "contact": "王主任"}


def step(stage: str, day: str, **answers: Any) -> DoneStage:
    return DoneStage(stage, date.fromisoformat(day), answers)


ASSESSED = step("self_assessment", "2026-03-20", score="88.0")
PASSED = step("on_site", "2026-04-10", score="85.0", result="1", pass_score=80)
TO_RECTIFY = step("on_site", "2026-04-10", score="72.0", result="2", rectify_by="2026-05-31", pass_score=80)
PUT_RIGHT = step("rectification", "2026-05-20", measures="已改")
RECHECKED = step("recheck", "2026-06-01", passed=True)
NAMED = step("named", "2026-06-10", decision="1", level="1", document="1号", valid_until="2029-06-09")


@pytest.fixture(params=IDS)
def logbook(request) -> Logbook:
    return registry.logbook(request.param)


@pytest.mark.parametrize(
    ("done", "comes_next", "due"),
    [
        ([], "self_assessment", date(2026, 4, 2)),
        ([ASSESSED], "on_site", date(2026, 5, 20)),
        ([ASSESSED, PASSED], "named", date(2026, 5, 10)),
        ([ASSESSED, TO_RECTIFY], "rectification", date(2026, 5, 31)),
        ([ASSESSED, TO_RECTIFY, PUT_RIGHT], "recheck", date(2026, 6, 20)),
        ([ASSESSED, TO_RECTIFY, PUT_RIGHT, RECHECKED], "named", date(2026, 7, 1)),
        ([ASSESSED, step("on_site", "2026-04-10", score="40.0", result="3")], "", None),
        ([ASSESSED, TO_RECTIFY, PUT_RIGHT, step("recheck", "2026-06-01", passed=False)], "", None),
        ([ASSESSED, PASSED, NAMED], "", None),
    ],
)
def test_what_comes_next(logbook, done, comes_next, due):
    standing = standing_of(logbook, APPLIED, APPLICATION, done)
    assert (standing.next_stage, standing.next_due_on) == (comes_next, due)


def test_a_naming_is_valid_until_its_end_and_reminded_of_before(logbook):
    standing = standing_of(logbook, APPLIED, APPLICATION, [ASSESSED, PASSED, NAMED])
    assert standing.ends_on == date(2029, 6, 9)
    entry = laid_out(logbook, APPLIED, standing.facts, None)
    valid = next(one for one in logbook.figures if one.id.endswith("_valid"))
    named = next(one for one in logbook.figures if one.id.endswith("_named"))
    counted = {
        period: (
            reckon(valid, parse_period(period), [entry]).value,
            reckon(named, parse_period(period), [entry]).value,
        )
        for period in ("2026-05", "2026-06", "2028", "2029")
    }
    assert counted == {"2026-05": (0, 0), "2026-06": (1, 1), "2028": (1, 0), "2029": (0, 0)}


def test_the_checklist_has_a_hundred_marks(logbook):
    form = logbook.stage("on_site").form
    assert (
        sum(field.hard.greatest for field in form.fields if field.name != "pass_score" and field.hard) == 100
    )
