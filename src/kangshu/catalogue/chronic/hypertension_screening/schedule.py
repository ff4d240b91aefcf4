"""When a person in screening is seen again (norms A7.1)."""

from __future__ import annotations

from kangshu.declare import Begins, Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import assessment

YEAR = Window(opens=Interval(months=10), due=Interval(months=12))
HALF_YEAR = Window(opens=Interval(months=5), due=Interval(months=6))
# The norm asks for other days and sets no limit; two weeks each keeps the three readings within a month.
RECHECK = Window(opens=Interval(days=1), due=Interval(days=14))
REFERRAL = Window(opens=Interval(days=1), due=Interval(days=14))

SCREENING_FORM = "chronic.hypertension.screening"
DIAGNOSIS_FORM = "chronic.hypertension.diagnosis"

SCHEDULE = Schedule(
    (
        Step(
            id="recheck",
            title=Text("非同日复测血压", "Measure again on another day"),
            form=SCREENING_FORM,
            first=RECHECK,
            branches=(
                Branch(
                    "recheck",
                    Text("血压升高，非同日复测", "raised: again on another day"),
                    assessment("outcome").equals("recheck"),
                    RECHECK,
                ),
            ),
            source="norms A7.1",
        ),
        Step(
            id="referral_result",
            title=Text("随访转诊结果", "Ask what came of the referral"),
            form=DIAGNOSIS_FORM,
            first=REFERRAL,
            begins=Begins(SCREENING_FORM, assessment("outcome").is_in("refer", "emergency")),
            branches=(
                Branch(
                    "not_seen",
                    Text("未就诊，2周内再次随访", "has not gone: again within 2 weeks"),
                    assessment("outcome").equals("not_seen"),
                    REFERRAL,
                ),
            ),
            source="norms A7.1",
        ),
    )
)
