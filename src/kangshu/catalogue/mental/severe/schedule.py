"""When a patient with a severe mental disorder is seen again (norms A9.3)."""

from __future__ import annotations

from kangshu.declare import Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import answer, assessment, records

ROUTINE = Window(opens=Interval(months=2), due=Interval(months=3))
SOON = Window(opens=Interval(days=1), due=Interval(days=14))
IN_A_MONTH = Window(opens=Interval(days=14), due=Interval(months=1))

FOLLOW_UP_FORM = "mental.severe.follow_up"
HEALTH_CHECK_FORM = "records.health_check"
SEEN = answer("result").equals("1")

SCHEDULE = Schedule(
    (
        # "One full assessment" and the supplement at enrolment; the norm names no day.
        Step(
            id="supplement",
            title=Text("精神障碍患者个人信息补充", "Severe mental disorder: supplement"),
            form="mental.severe.supplement",
            first=Window(opens=Interval(), due=Interval(days=14)),
            source="norms A9.1",
        ),
        Step(
            id="follow_up",
            title=Text("精神障碍患者随访", "Severe mental disorder: follow-up"),
            form=FOLLOW_UP_FORM,
            first=Window(opens=Interval(), due=Interval(days=14)),
            repeat=ROUTINE,
            branches=tuple(
                Branch(name, Text(zh, en), assessment("action").equals(name), window)
                for name, zh, en, window in (
                    ("emergency", "不稳定：2周内随访", "unstable: within 2 weeks", SOON),
                    ("adjust", "基本稳定：2周内随访", "basically stable: within 2 weeks", SOON),
                    ("specialist", "仍未稳定：1个月内随访", "still not stable: within a month", IN_A_MONTH),
                    ("lost", "失访：2周内再次查找", "not found: look again within 2 weeks", SOON),
                )
            ),
            counts=SEEN,
            appointment="next_visit_on",
            per_year=4,
            source="norms A9.3",
        ),
        # A risk of 3 and more is handled at once: its record is due the day it was graded, late the next day.
        Step(
            id="emergency",
            title=Text("应急处置（危险性3级及以上）", "Emergency (risk 3 and more)"),
            form="mental.severe.emergency",
            origin=records(FOLLOW_UP_FORM).where(answer("risk").is_in("3", "4", "5")).last().performed_on,
            first=Window(opens=Interval(), due=Interval()),
            source="norms A9.3",
        ),
        Step(
            id="yearly_check",
            title=Text("年度健康体检", "Yearly health check"),
            form=HEALTH_CHECK_FORM,
            first=Window(opens=Interval(), due=Interval(months=12)),
            repeat=Window(opens=Interval(months=9), due=Interval(months=12)),
            per_year=1,
            source="norms A9.3, A16",
        ),
    )
)
