"""Whoever received bottles is asked every month, until six months after the last issue."""

from __future__ import annotations

from kangshu.declare import Begins, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import add_months, records

MONTH = Window(opens=Interval(days=25), due=Interval(days=40))

SCHEDULE = Schedule(
    (
        Step(
            id="intake",
            title=Text("叶酸服用随访", "Folic acid: follow-up"),
            form="maternal.folic_acid_intake",
            first=MONTH,
            repeat=MONTH,
            begins=Begins("maternal.folic_acid_issue"),
            until=add_months(records("maternal.folic_acid_issue").last().performed_on, 6),
            source="增补叶酸预防神经管缺陷项目管理方案",
        ),
    )
)
