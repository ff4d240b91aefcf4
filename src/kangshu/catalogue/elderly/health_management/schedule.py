"""What an elder is due, once a year (norms A6.1)."""

from __future__ import annotations

from kangshu.declare import Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import records

HEALTH_CHECK_FORM = "records.health_check"

FIRST = Window(opens=Interval(), due=Interval(months=12))
YEARLY = Window(opens=Interval(months=9), due=Interval(months=12))

SCHEDULE = Schedule(
    (
        Step(
            id="yearly_check",
            title=Text("老年人年度健康体检", "Elder: yearly health check"),
            form=HEALTH_CHECK_FORM,
            first=FIRST,
            repeat=YEARLY,
            per_year=1,
            source="norms A6.1, A16",
        ),
        Step(
            id="assessment",
            title=Text("老年人自理能力评估", "Elder: self-care assessment"),
            form="elderly.assessment",
            first=FIRST,
            repeat=YEARLY,
            per_year=1,
            source="norms A6.2",
        ),
        # The norm wants the results told and names no day: two weeks, as it says of referrals elsewhere.
        Step(
            id="results_told",
            title=Text("告知体检结果", "Tell the results"),
            form="elderly.results_told",
            origin=records(HEALTH_CHECK_FORM).last().performed_on,
            first=Window(opens=Interval(), due=Interval(days=14)),
            per_year=1,
            source="norms A6.1",
        ),
    )
)
