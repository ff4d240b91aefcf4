"""Six times by age, together with the child's check and vaccination (norms A11.2)."""

from __future__ import annotations

from kangshu.declare import Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import person

AGES = (6, 12, 18, 24, 30, 36)

SCHEDULE = Schedule(
    (
        Step(
            id="guidance",
            title=Text("儿童中医药健康指导", "Child: TCM advice"),
            form="tcm.children.guidance",
            origin=person.birth_date,
            # In time within the month after the age; until the next age it may still be done, but late.
            series=tuple(
                Window(Interval(months=age), Interval(months=age + 1), closes=Interval(months=age + 6))
                for age in AGES
            ),
            per_year=2,
            source="norms A11.2",
        ),
    )
)
