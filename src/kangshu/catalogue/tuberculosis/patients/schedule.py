"""When a TB patient is visited (norms A10): within 72 hours of the notice, then as the doses are watched."""

from __future__ import annotations

from kangshu.declare import Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import answer, assessment, records

FIRST_VISIT_FORM, FOLLOW_UP_FORM = "tuberculosis.first_visit", "tuberculosis.follow_up"
ENDING_FORM, CONFIRMATION_FORM = "tuberculosis.ending", "tuberculosis.confirmation"

EVERY_MONTH = Window(opens=Interval(days=20), due=Interval(months=1))
EVERY_TEN_DAYS = Window(opens=Interval(days=7), due=Interval(days=10))
SOON = Window(opens=Interval(days=1), due=Interval(days=14))

MET = answer("met").equals("1")
FIRST_MET = records(FIRST_VISIT_FORM).where(MET)
BY_DOCTOR = FIRST_MET.last().answer("supervisor").equals("1")
# Whoever stopped treatment is not visited any more, not even in a window that was open.
STILL_TREATED = ~records(ENDING_FORM).exists()
REFERRED = Branch(
    "referred",
    Text("转诊后2周内随访", "after a referral, within 2 weeks"),
    assessment("outcome").equals("refer"),
    SOON,
)


def _after_first_visit(by_doctor: bool) -> Step:
    """Whoever the first visit chose to watch the doses decides how often the doctor comes."""
    monthly = Branch(
        "continuation",
        Text("继续期或医生督导：每月1次", "continuation phase, or watched by a doctor: monthly"),
        answer("phase").equals("2") | answer("supervisor").equals("1"),
        EVERY_MONTH,
    )
    ten_days = Branch(
        "intensive",
        Text("改由家属督导且在强化期：每10天", "watched by the family now, intensive phase: every 10 days"),
        answer("phase").equals("1") & ~answer("supervisor").equals("1"),
        EVERY_TEN_DAYS,
    )
    window = EVERY_MONTH if by_doctor else EVERY_TEN_DAYS
    return Step(
        id="follow_up_doctor" if by_doctor else "follow_up_family",
        title=Text("肺结核随访（医生督导）", "TB follow-up (watched by a doctor)")
        if by_doctor
        else Text("肺结核随访（家属督导或自服药）", "TB follow-up (watched by the family or self)"),
        form=FOLLOW_UP_FORM,
        origin=FIRST_MET.first().performed_on,
        first=window,
        repeat=window,
        branches=(REFERRED, ten_days if by_doctor else monthly),
        when=(BY_DOCTOR if by_doctor else ~BY_DOCTOR) & STILL_TREATED,
        appointment="next_visit_on",
        source="norms A10",
    )


SCHEDULE = Schedule(
    (
        # The case opens on the day of the notice: 72 hours are three days.
        Step(
            id="first_visit",
            title=Text("肺结核第一次入户随访", "TB: first home visit"),
            form=FIRST_VISIT_FORM,
            first=Window(opens=Interval(), due=Interval(hours=72)),
            branches=(
                Branch(
                    "not_met",
                    Text("未见到患者：72小时内再次访视", "not met: again within 72 hours"),
                    answer("met").equals("2"),
                    Window(opens=Interval(), due=Interval(days=1)),
                ),
            ),
            source="norms A10",
        ),
        _after_first_visit(by_doctor=True),
        _after_first_visit(by_doctor=False),
        # New patients are treated for six months; whoever is retreated or slow, for longer.
        Step(
            id="ending",
            title=Text("停止治疗评估", "TB: end of treatment"),
            form=ENDING_FORM,
            origin=FIRST_MET.first().performed_on,
            first=Window(opens=Interval(months=5), due=Interval(months=9)),
            source="norms A10",
        ),
        Step(
            id="confirmation",
            title=Text("转归确认", "TB: confirm the outcome"),
            form=CONFIRMATION_FORM,
            origin=records(ENDING_FORM).last().performed_on,
            first=Window(opens=Interval(days=1), due=Interval(days=14)),
            branches=(
                Branch(
                    "again",
                    Text("尚未做转归评估：2周内再访", "outcome not judged yet: again within 2 weeks"),
                    answer("went").equals("2"),
                    SOON,
                ),
            ),
            source="norms A10",
        ),
    )
)
