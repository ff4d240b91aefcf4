"""What each logbook of the catalogue says, by examples a person of the trade would recognise."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kangshu.catalogue.immunisation.cold_chain.rules import assess_reading
from kangshu.declare import PersonFacts, Visit, registry
from kangshu.declare.logbook import Logbook
from kangshu.fieldwork.reckoning import LaidOut, OnRegister, laid_out, reckon
from kangshu.kernel.periods import year
from kangshu.work.validation import AnswerContext, check_answers

DAY = date(2026, 5, 12)


def value(
    figure_id: str, facts: list[dict[str, Any]], register: list[OnRegister] | None = None
) -> Decimal | None:
    """A figure of 2026 over entries of one day."""
    for logbook in registry.logbooks():
        for figure in logbook.figures:
            if figure.id == figure_id:
                entries: list[LaidOut] = [laid_out(logbook, DAY, one, None) for one in facts]
                return reckon(figure, year(2026), entries, register or []).value
    raise AssertionError(figure_id)


@pytest.mark.parametrize("logbook", registry.logbooks(), ids=lambda one: one.id)
def test_every_logbook_says_what_is_decided(logbook: Logbook) -> None:
    root = Path(__file__).parents[2]
    folder = Path(registry.registry._index.logbooks[logbook.id].folder)
    assert (folder / "README.md").is_file(), logbook.id
    assert logbook.tests, logbook.id
    assert [path for path in logbook.tests if not (root / path).is_file()] == []


def test_the_median_of_urinary_iodine_is_that_of_the_samples() -> None:
    samples = [{"iodine": str(each), "group": "1"} for each in (90, 180, 252, 310)]
    assert value("endemic.urinary_iodine_median", samples) == Decimal("216.0")
    assert value("endemic.urinary_iodine_median", samples[1:]) == Decimal("252.0")
    assert value("endemic.urinary_iodine_below_100", samples) == Decimal("25.00")
    assert value("endemic.urinary_iodine_from_300", samples) == Decimal("25.00")


def test_salt_is_judged_by_samples_and_by_level() -> None:
    batches = [
        {
            "site__level": "2",
            "taken": 288,
            "tested__tested": 288,
            "tested__iodised": 280,
            "tested__qualified": 268,
        },
        {
            "site__level": "3",
            "taken": 108,
            "tested__tested": 108,
            "tested__iodised": 108,
            "tested__qualified": 108,
        },
        {"site__level": "1", "taken": 9},
    ]
    assert value("endemic.salt_samples", batches) == 405
    assert value("endemic.qualified_salt_household", batches) == Decimal("93.06")
    assert value("endemic.qualified_salt_school", batches) == Decimal("100.00")
    assert value("endemic.qualified_salt_depot", batches) is None


def test_the_search_for_snails_is_held_against_the_task() -> None:
    plots = [OnRegister(date(2026, 1, 1), None, {"site__task_area": task}) for task in (200_000, 70_018)]
    searched = [{"searched": 286_404, "live": 0, "frames": 900}]
    assert value("endemic.snail_task_done", searched, plots) == Decimal("106.07")
    assert value("endemic.snails_found", searched) == 0


def test_the_pass_rate_is_of_all_who_sat() -> None:
    sittings = [{"candidates": 200, "passed": 190}, {"candidates": 63, "passed": 62}]
    assert value("maternal.exam_pass_rate", sittings) == Decimal("95.82")
    assert value("maternal.exam_candidates", sittings) == 263


def test_the_balance_is_donations_less_what_was_paid() -> None:
    movements = [
        {"kind": "1", "amount_yuan": "59105.70", "campaign": "1"},
        {"kind": "2", "amount_yuan": "8000.00", "aid": "1", "people": 3, "payment__paid": "5000.00"},
        {"kind": "2", "amount_yuan": "9000.00", "aid": "1", "people": 2},
    ]
    assert value("red_cross.donated", movements) == Decimal("59105.70")
    assert value("red_cross.aid_paid", movements) == Decimal("5000.00")
    assert value("red_cross.people_helped", movements) == 3
    assert value("red_cross.balance", movements) == Decimal("54105.70")


def checked(logbook_id: str, **answers: Any) -> set[str]:
    form = registry.logbook(logbook_id).form
    return {problem.code for problem in check_answers(form, answers, AnswerContext(DAY)).problems}


def test_an_amount_in_tens_of_thousands_must_be_compared_with_the_paper() -> None:
    donation = {
        "kind": "1", "amount": "5.91", "unit": "2", "campaign": "1", "donor_kind": "1", "donor": "县直机关",
        "in_form": "1", "use": "1", "receipt": "0001",
    }  # fmt: skip
    assert checked("red_cross.fund", **donation) == {"required"}
    assert checked("red_cross.fund", **donation, confirmed=False) == {"check.unit_compared"}
    assert checked("red_cross.fund", **donation, confirmed=True) == set()
    wrong = donation | {"amount": "59105.7", "confirmed": True}
    assert checked("red_cross.fund", **wrong) == {"check.not_both_large"}


def reading(temperature: str, compartment: str = "1", days: int = 0, found: str = "") -> Visit:
    answers = {"compartment": compartment, "temperature": Decimal(temperature)}
    return Visit(DAY + timedelta(days=days), answers, {"class": found} if found else {})


@pytest.mark.parametrize(
    ("temperature", "compartment", "outcome"),
    [("2", "1", "normal"), ("8", "1", "normal"), ("8.1", "1", "alarm"), ("1.9", "1", "alarm"),
     ("-15", "2", "normal"), ("-14.9", "2", "alarm"), ("-22", "2", "normal")],
)  # fmt: skip
def test_a_reading_out_of_range_is_an_alarm(temperature, compartment, outcome) -> None:
    found = assess_reading(reading(temperature, compartment), (), PersonFacts(), registry.NormParameters())
    assert (found.outcome, found.urgent) == (outcome, outcome != "normal")


def test_a_second_alarm_puts_the_vaccine_aside() -> None:
    before = [reading("9", found="alarm")]
    found = assess_reading(reading("9.5", days=1), before, PersonFacts(), registry.NormParameters())
    assert found.outcome == "still"
    assert "quarantine" in {advice.code for advice in found.advice}


def test_clues_are_reported_out_of_those_found() -> None:
    notes = [
        {"subject": "2", "found": False},
        {"subject": "2", "found": True, "reported": True, "feedback__on": "2026-05-30"},
        {"subject": "1", "found": True, "reported": False},
    ]
    assert value("supervision_assist.water_patrol_notes", notes) == 2
    assert value("supervision_assist.clues_reported_rate", notes) == Decimal("50.00")
    assert value("supervision_assist.clues_answered", notes) == Decimal("100.00")


def test_what_is_found_in_workers_is_not_less_than_they_are() -> None:
    report = registry.logbook("occupational.health_exams").stage("report").form
    answers = {"examined": 30, "normal": 20, "review": 5, "suspected": 1, "contraindicated": 1, "other": 2,
               "reported_on": "2026-05-01"}  # fmt: skip
    codes = {one.code for one in check_answers(report, answers, AnswerContext(DAY)).problems}
    assert codes == {"check.parts_are_all"}
    answers["other"] = 3
    assert check_answers(report, answers, AnswerContext(DAY)).problems == ()
