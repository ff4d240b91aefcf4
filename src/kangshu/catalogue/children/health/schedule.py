"""When a child is seen (norms A4.1): the newborn at home, twelve checks by age, and whoever was referred."""

from __future__ import annotations

from kangshu.catalogue.children.health.ages import FROM_MONTH, INFANT, NEWBORN_UNTIL_DAY, PRESCHOOL, TODDLER
from kangshu.catalogue.children.health.forms import (
    CHECKS,
    FOLLOW_UP,
    INFANT_CHECK,
    NEWBORN_VISIT,
    PRESCHOOL_CHECK,
    TODDLER_CHECK,
)
from kangshu.declare import Branch, Form, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import assessment, case, greatest, person, records, when

FOLLOW_WITHIN_DAYS = 14
SOON = Window(opens=Interval(days=1), due=Interval(days=FOLLOW_WITHIN_DAYS))
IN_A_MONTH = Window(opens=Interval(days=15), due=Interval(months=1))

HIGH_RISK = assessment("outcome").is_in("refer", "high_risk")
FOUND_ON = greatest(
    *(records(form.id).where(HIGH_RISK).last().performed_on for form in (NEWBORN_VISIT, *CHECKS))
)
"""The last visit that referred the child, or found a newborn at high risk."""

FULL_MONTH = Window(
    Interval(days=NEWBORN_UNTIL_DAY), Interval(days=42), closes=Interval(months=FROM_MONTH[3])
)


def _month(age: int, closes: int) -> Window:
    """From the age until the next full month; afterwards late, until `closes`."""
    return Window(Interval(months=age), Interval(months=age + 1), closes=Interval(months=closes))


def _around(age: int) -> Window:
    """A month before and after the age; afterwards late, until the next age begins."""
    return Window(Interval(months=age - 1), Interval(months=age + 1), closes=Interval(months=age + 5))


def _year(age: int) -> Window:
    return Window(Interval(months=age), Interval(months=age + 12), closes=Interval(months=age + 12))


def _checks(id: str, title: Text, form: Form, windows: tuple[Window, ...], per_year: int) -> Step:
    return Step(
        id=id,
        title=title,
        form=form.id,
        origin=person.birth_date,
        series=windows,
        per_year=per_year,
        source="norms A4.1",
    )


SCHEDULE = Schedule(
    (
        Step(
            id="newborn",
            title=Text("新生儿家庭访视", "Newborn: home visit"),
            form=NEWBORN_VISIT.id,
            # The discharge is often not known before the visit: then the birth is what is known.
            origin=when(case.fact("discharged_on").is_known())
            .then(case.fact("discharged_on"))
            .otherwise(person.birth_date),
            first=Window(Interval(), Interval(days=7), closes=Interval(days=NEWBORN_UNTIL_DAY)),
            source="norms A4.1",
        ),
        _checks(
            "infant",
            Text("1岁以内儿童健康检查", "Child: check under 1 year"),
            INFANT_CHECK,
            (FULL_MONTH, _month(3, 6), _month(6, 8), _month(8, FROM_MONTH[12])),
            len(INFANT),
        ),
        _checks(
            "toddler",
            Text("1～2岁儿童健康检查", "Child: check at 12 to 30 months"),
            TODDLER_CHECK,
            tuple(_around(age) for age in TODDLER),
            2,
        ),
        _checks(
            "preschool",
            Text("3～6岁儿童健康检查", "Child: check at 3 to 6 years"),
            PRESCHOOL_CHECK,
            (
                Window(Interval(months=35), Interval(months=37), closes=Interval(months=48)),
                *(_year(age) for age in PRESCHOOL[1:]),
            ),
            1,
        ),
        Step(
            id="follow_up",
            title=Text("高危儿转诊追踪", "Child at high risk: follow-up"),
            form=FOLLOW_UP.id,
            origin=FOUND_ON,
            first=SOON,
            branches=(
                Branch(
                    "not_seen",
                    Text("尚未就诊：2周内再随访", "not seen by a doctor: again within 2 weeks"),
                    assessment("outcome").equals("not_seen"),
                    SOON,
                ),
                Branch(
                    "continue",
                    Text("未痊愈：1个月内再随访", "not well yet: again within a month"),
                    assessment("outcome").equals("continue"),
                    IN_A_MONTH,
                ),
            ),
            source="norms A4.4",
        ),
    )
)
