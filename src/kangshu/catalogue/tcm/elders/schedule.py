"""Once a year, with the check of the elders (norms A11.1)."""

from __future__ import annotations

from kangshu.declare import Interval, Schedule, Step, Text, Window

SCHEDULE = Schedule(
    (
        Step(
            id="constitution",
            title=Text("老年人中医体质辨识", "Elder: TCM constitution"),
            form="tcm.elders.constitution",
            first=Window(opens=Interval(), due=Interval(months=12)),
            repeat=Window(opens=Interval(months=9), due=Interval(months=12)),
            per_year=1,
            source="norms A11.1",
        ),
    )
)
