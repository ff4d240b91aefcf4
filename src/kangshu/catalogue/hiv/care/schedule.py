"""When somebody living with HIV is seen and tested."""

from __future__ import annotations

from kangshu.declare import Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import all_of, answer, assessment, records

ROUTINE = Window(opens=Interval(months=2), due=Interval(months=3))
IN_A_MONTH = Window(opens=Interval(days=14), due=Interval(months=1))
SOON = Window(opens=Interval(days=1), due=Interval(days=14))
TEN_DAYS = Window(opens=Interval(), due=Interval(days=10))
YEARLY = Window(opens=Interval(months=9), due=Interval(months=12))
IN_THREE_MONTHS = Window(opens=Interval(months=2), due=Interval(months=3))

FIRST_FORM, FOLLOW_UP_FORM, TREATMENT_FORM = "hiv.first_visit", "hiv.follow_up", "hiv.treatment"
TESTED_FORM, PARTNER_FORM = "hiv.laboratory", "hiv.partner"
SEEN = answer("result").equals("1")
MET = records(FIRST_FORM).where(SEEN)
STARTED = records(TREATMENT_FORM).where(answer("change").equals("1"))
ON_TREATMENT = records(TREATMENT_FORM).last().answer("change").is_in("1", "2", "4")

SCHEDULE = Schedule(
    (
        Step(
            id="first_visit",
            title=Text("HIV首次随访（告知与流调）", "HIV: first visit"),
            form=FIRST_FORM,
            first=TEN_DAYS,
            branches=(
                Branch(
                    "again",
                    Text("未告知或未找到：10日内再次随访", "not told or not found: again in ten days"),
                    assessment("outcome").is_in("not_told", "lost"),
                    TEN_DAYS,
                ),
            ),
            source="艾滋病病毒感染者随访工作指南",
        ),
        Step(
            id="treatment",
            title=Text("启动抗病毒治疗", "HIV: start treatment"),
            form=TREATMENT_FORM,
            first=Window(opens=Interval(), due=Interval(days=30)),
            source="国家免费艾滋病抗病毒药物治疗手册：发现即治疗",
        ),
        Step(
            id="follow_up",
            title=Text("HIV随访", "HIV: follow-up"),
            form=FOLLOW_UP_FORM,
            first=IN_A_MONTH,
            repeat=ROUTINE,
            branches=(
                Branch(
                    "refer",
                    Text("转诊后2周", "2 weeks after referral"),
                    assessment("outcome").equals("refer"),
                    SOON,
                ),
                Branch(
                    "lost",
                    Text("失访：2周内查找", "not found: 2 weeks"),
                    assessment("outcome").equals("lost"),
                    SOON,
                ),
                Branch(
                    "soon",
                    Text("未治疗或依从性差：1个月", "untreated or doses missed: a month"),
                    assessment("outcome").is_in("untreated", "adherence"),
                    IN_A_MONTH,
                ),
            ),
            counts=SEEN,
            appointment="next_visit_on",
            per_year=4,
            source="艾滋病病毒感染者随访工作指南",
        ),
        Step(
            id="cd4",
            title=Text("CD4检测", "HIV: CD4"),
            form=TESTED_FORM,
            first=Window(opens=Interval(), due=Interval(days=30)),
            repeat=YEARLY,
            counts=answer("test").equals("1"),
            per_year=1,
            source="艾滋病病毒感染者随访工作指南",
        ),
        # Six months after the start the virus should be suppressed; then once a year.
        Step(
            id="viral_load",
            title=Text("病毒载量检测", "HIV: viral load"),
            form=TESTED_FORM,
            origin=STARTED.first().performed_on,
            first=Window(opens=Interval(months=5), due=Interval(months=9)),
            repeat=YEARLY,
            branches=(
                Branch(
                    "again",
                    Text("未抑制：3个月内复查", "not suppressed: again in 3 months"),
                    assessment("outcome").is_in("low_level", "failure"),
                    IN_THREE_MONTHS,
                ),
            ),
            counts=answer("test").equals("2"),
            when=ON_TREATMENT,
            per_year=1,
            source="国家免费艾滋病抗病毒药物治疗手册",
        ),
        Step(
            id="partner",
            title=Text("配偶或固定性伴告知与检测", "HIV: partner notified and tested"),
            form=PARTNER_FORM,
            origin=MET.first().performed_on,
            first=Window(opens=Interval(), due=Interval(months=1)),
            repeat=YEARLY,
            when=MET.last().answer("partner").equals(True),
            counts=all_of(answer("relation").is_in("1", "2"), answer("result").is_in("1", "2")),
            until=records(PARTNER_FORM)
            .where(answer("relation").is_in("1", "2") & answer("result").equals("2"))
            .first()
            .performed_on,
            source="艾滋病防治条例第三十八条",
        ),
    )
)
