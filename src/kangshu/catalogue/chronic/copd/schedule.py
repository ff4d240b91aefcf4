"""When a COPD patient is seen: twice a year, two weeks after a referral or an exacerbation, with one lung
function test a year (norms A14, M2)."""

from __future__ import annotations

from kangshu.catalogue.chronic.questions import FACE_TO_FACE
from kangshu.declare import Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import assessment

ROUTINE = Window(opens=Interval(months=4), due=Interval(months=6))
SOON = Window(opens=Interval(days=1), due=Interval(days=14))

SCHEDULE = Schedule(
    (
        Step(
            id="follow_up",
            title=Text("慢阻肺随访", "COPD follow-up"),
            form="chronic.copd.follow_up",
            first=Window(opens=Interval(), due=Interval(months=6)),
            repeat=ROUTINE,
            branches=(
                Branch(
                    "emergency",
                    Text("紧急转诊后2周内随访转诊情况", "after an urgent referral, within 2 weeks"),
                    assessment("action").equals("emergency"),
                    SOON,
                ),
                Branch(
                    "adjusted",
                    Text("调整治疗后2周内随访", "after a change of treatment, within 2 weeks"),
                    assessment("action").equals("adjust"),
                    SOON,
                ),
            ),
            counts=FACE_TO_FACE,
            appointment="next_visit_on",
            per_year=2,
            source="norms A14",
        ),
        Step(
            id="lung_function",
            title=Text("年度肺功能检查", "Yearly lung function"),
            form="chronic.copd.lung_function",
            first=Window(opens=Interval(), due=Interval(months=12)),
            repeat=Window(opens=Interval(months=9), due=Interval(months=12)),
            per_year=1,
            source="norms A14",
        ),
    )
)
