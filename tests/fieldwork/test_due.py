"""What is owed: by whom, since when, who is silent, and what waits for the one above."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from tests.fieldwork.conftest import World
from tests.support.accounts import acting

from kangshu.declare import registry
from kangshu.declare.logbook import LogbookDue
from kangshu.declare.report import Periodicity
from kangshu.fieldwork import queries, refusals
from kangshu.fieldwork.actions import advance, correct_stage
from kangshu.fieldwork.models import Entry
from kangshu.fieldwork.pages.due import due_lines
from kangshu.fieldwork.rules import due_on, owed_periods, period_of
from kangshu.kernel.dates import CHINA
from kangshu.kernel.identifiers import new_id
from kangshu.kernel.periods import month

ZERO = "endemic.zero_reports"
REPORT = {
    "keshan_acute": 0, "keshan_subacute": 0, "keshan_suspected": 0, "keshan_deaths": 0, "fluorosis": 0,
    "sender": "周柳", "training": False,
}  # fmt: skip
JUNE = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)


def report(world: World, period: str, on: date, now: datetime = JUNE, **given):
    return world.enter(ZERO, on, answers=REPORT | given, period=period, now=now)


def test_a_seasonal_report_is_owed_in_its_months():
    due = LogbookDue(Periodicity.MONTH, 5, months=frozenset({1, 2, 3, 4, 5}))
    owed = owed_periods(due, date(2026, 7, 9), 6)
    assert [str(one) for one in owed] == [
        "2026-05", "2026-04", "2026-03", "2026-02", "2026-01", "2025-05"
    ]  # fmt: skip
    assert due_on(due, month(2026, 5)) == date(2026, 6, 5)
    quarterly = LogbookDue(Periodicity.QUARTER, 10)
    assert str(period_of(quarterly, date(2026, 8, 15))) == "2026-Q3"
    assert str(period_of(LogbookDue(Periodicity.YEAR, 10), date(2026, 8, 15))) == "2026"


def test_the_silent_are_listed_and_the_late_stay_late(world):
    logbook = registry.logbook(ZERO)
    report(world, "2026-05", date(2026, 6, 3))
    report(world, "2026-04", date(2026, 6, 3))
    with acting(world.accounts.epidemiologist) as cdc:
        centres = queries.seen_institutions(logbook, cdc, date(2026, 6, 9))
        may = queries.owed(logbook, centres, month(2026, 5), date(2026, 6, 9))
        assert {line.name: (line.entry is not None, line.is_late) for line in may} == {
            "柳林镇卫生院": (True, False), "石桥镇卫生院": (False, True),
        }  # fmt: skip
        april = queries.owed(logbook, centres, month(2026, 4), date(2026, 6, 9))
        assert [line.is_late for line in april] == [True, True]


def test_a_report_of_may_sent_in_june_counts_in_may_and_once(world):
    entry = report(world, "2026-05", date(2026, 6, 3)).entry
    assert (entry.period, entry.counted_on) == ("2026-05", date(2026, 5, 31))
    with pytest.raises(refusals.PeriodTaken):
        report(world, "2026-05", date(2026, 6, 3))
    with pytest.raises(refusals.PeriodMissing):
        report(world, "2026-Q2", date(2026, 6, 3))
    with pytest.raises(refusals.PeriodMissing):
        report(world, "2026-07", date(2026, 6, 3))


def test_the_cdc_receives_it_and_the_sender_cannot(world):
    entry = report(world, "2026-05", date(2026, 6, 3)).entry
    given = {"stage_id": "received", "answers": {}, "performed_on": date(2026, 6, 3), "now": JUNE}
    with pytest.raises((refusals.NotYourStage, refusals.NotAllowed)):
        advance(entry_id=entry.pk, record_id=new_id(), by=world.worker, **given)
    with acting(world.accounts.epidemiologist) as cdc:
        assert [line.what for line in due_lines(cdc, date(2026, 6, 4))] != []
        one = new_id()
        first = advance(entry_id=entry.pk, record_id=one, by=cdc, **given)
        assert advance(entry_id=entry.pk, record_id=one, by=cdc, **given).pk == first.pk
        with pytest.raises(refusals.StageNotDue):
            advance(entry_id=entry.pk, record_id=new_id(), by=cdc, **given)
        stands = Entry.objects.get(pk=entry.pk)
        assert (stands.stage, stands.next_stage, stands.facts["received__on"]) == (
            "received",
            "",
            "2026-06-03",
        )
        again = correct_stage(
            record_id=first.pk, new_id=new_id(), answers={}, performed_on=date(2026, 6, 2), reason="日期抄错",
            by=cdc, now=JUNE,
        )  # fmt: skip
        assert Entry.objects.get(pk=entry.pk).facts["received__on"] == "2026-06-02"
        assert again.reason == "日期抄错"


def test_the_centre_sees_what_it_owes(world):
    lines = due_lines(world.worker, date(2026, 6, 3))
    owed = [line for line in lines if line.logbook == registry.logbook(ZERO).title]
    assert [line.due_on for line in owed] == [date(2026, 5, 5), date(2026, 6, 5)]
    assert "period=2026-05" in owed[1].url
