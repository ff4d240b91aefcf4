"""Whether a suspect arrived is asked within a week, and again until there is a result (norms A10)."""

from __future__ import annotations

from kangshu.declare import Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import assessment

IN_A_WEEK = Window(opens=Interval(days=1), due=Interval(days=7))

SCHEDULE = Schedule(
    (
        Step(
            id="arrival",
            title=Text("结核可疑者转诊追踪", "TB suspect: ask whether they went"),
            form="tuberculosis.arrival",
            first=IN_A_WEEK,
            branches=(
                Branch(
                    "again",
                    Text(
                        "未就诊或尚无结果：1周内再次追踪", "did not go, or no result yet: again within a week"
                    ),
                    assessment("outcome").is_in("not_arrived", "waiting"),
                    IN_A_WEEK,
                ),
            ),
            source="norms A10",
        ),
    )
)
