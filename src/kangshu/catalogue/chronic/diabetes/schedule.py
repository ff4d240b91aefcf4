"""When the next visit of a diabetes patient is due (norms A8)."""

from __future__ import annotations

from kangshu.declare import Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import answer, assessment

# "Routine ≤3 months": the last month of the three is when it should be done.
ROUTINE = Window(opens=Interval(months=2), due=Interval(months=3))
# "Follow within 2 weeks", whether the drug was adjusted or the patient referred.
SOON = Window(opens=Interval(days=1), due=Interval(days=14))

FOLLOW_UP_FORM = "chronic.diabetes.follow_up"
HEALTH_CHECK_FORM = "records.health_check"

FACE_TO_FACE = answer("mode").is_in("1", "2")

SCHEDULE = Schedule(
    (
        Step(
            id="follow_up",
            title=Text("糖尿病随访", "Diabetes follow-up"),
            form=FOLLOW_UP_FORM,
            first=Window(opens=Interval(), due=Interval(months=3)),
            repeat=ROUTINE,
            branches=tuple(
                Branch(name, Text(zh, en), assessment("action").equals(action), SOON)
                for name, zh, en, action in (
                    (
                        "emergency",
                        "紧急转诊后2周内随访转诊情况",
                        "after an urgent referral, within 2 weeks",
                        "emergency",
                    ),
                    ("referred", "转诊后2周内随访转诊情况", "after a referral, within 2 weeks", "refer"),
                    (
                        "adjusted",
                        "调整用药后2周内随访",
                        "after a change of treatment, within 2 weeks",
                        "adjust",
                    ),
                )
            ),
            counts=FACE_TO_FACE,
            appointment="next_visit_on",
            per_year=4,
            source="norms A8",
        ),
        Step(
            id="yearly_check",
            title=Text("年度健康体检", "Yearly health check"),
            form=HEALTH_CHECK_FORM,
            first=Window(opens=Interval(), due=Interval(months=12)),
            repeat=Window(opens=Interval(months=9), due=Interval(months=12)),
            per_year=1,
            source="norms A8, A16",
        ),
    )
)
