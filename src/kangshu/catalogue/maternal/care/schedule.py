"""When a pregnant woman is seen (norms A5.1): at fixed weeks from the last menstruation, then from the
delivery."""

from __future__ import annotations

from kangshu.declare import Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import (
    Events,
    Expression,
    all_of,
    answer,
    assessment,
    case,
    greatest,
    performed_on,
    records,
)

BOOKING_FORM, ANTENATAL_FORM = "maternal.booking", "maternal.antenatal"
DELIVERY_FORM, POSTPARTUM_FORM = "maternal.delivery", "maternal.postpartum"
CHECK_42_FORM, REFERRAL_FORM = "maternal.check_42", "maternal.referral_follow_up"
ENDED_FORM = "maternal.pregnancy_ended"


def _week(number: int) -> Interval:
    return Interval(weeks=number)


def _weeks(first: int, last: int, closes: int | None = None) -> Window:
    """From the first day of one week to the last day of the other."""
    return Window(
        _week(first), Interval(weeks=last, days=6), closes=None if closes is None else _week(closes)
    )


ANTENATAL_WINDOWS = (_weeks(16, 20), _weeks(21, 24), _weeks(28, 36), _weeks(37, 40, closes=43))
SOON = Window(opens=Interval(days=1), due=Interval(days=14))


def _of_this_case(form: str) -> Events:
    """A record of the pregnancy before was of another case."""
    return records(form).where(performed_on >= case.opened_on)


DELIVERED = _of_this_case(DELIVERY_FORM)
PREGNANT = ~DELIVERED.exists() & ~_of_this_case(ENDED_FORM).exists()
SENT = assessment("outcome").is_in("refer", "emergency")


def _sent_on(form: str) -> Expression:
    return records(form).where(all_of(performed_on >= case.opened_on, SENT)).last().performed_on


SCHEDULE = Schedule(
    (
        # A booking that opened the case has done this; who was enrolled before it is booked at once.
        Step(
            id="booking",
            title=Text("建册及第1次产前检查", "Booking and first antenatal check"),
            form=BOOKING_FORM,
            first=Window(opens=Interval(), due=Interval(days=14)),
            when=PREGNANT,
            source="norms A5.1",
        ),
        Step(
            id="antenatal",
            title=Text("第2～5次产前随访", "Antenatal check, second to fifth"),
            form=ANTENATAL_FORM,
            origin=case.fact("lmp"),
            series=ANTENATAL_WINDOWS,
            when=PREGNANT,
            source="norms A5.1",
        ),
        Step(
            id="referral_follow_up",
            title=Text("转诊后2周内随访", "Follow the referral within 2 weeks"),
            form=REFERRAL_FORM,
            origin=greatest(
                *(_sent_on(form) for form in (BOOKING_FORM, ANTENATAL_FORM, POSTPARTUM_FORM, CHECK_42_FORM))
            ),
            first=SOON,
            branches=(
                Branch(
                    "did_not_go",
                    Text("未就诊：2周内再次随访", "did not go: again within 2 weeks"),
                    answer("arrived").equals("2"),
                    SOON,
                ),
            ),
            source="norms A5.1",
        ),
        Step(
            id="postpartum",
            title=Text("产后访视", "Postpartum visit"),
            form=POSTPARTUM_FORM,
            # Who was not in hospital, or is not known to have left it, is visited from the delivery.
            origin=DELIVERED.last().value(greatest(answer("discharged_on"), answer("delivered_on"))),
            first=Window(opens=Interval(), due=Interval(days=7), closes=Interval(days=29)),
            source="norms A5.1",
        ),
        Step(
            id="check_42",
            title=Text("产后42天健康检查", "Check 42 days after delivery"),
            form=CHECK_42_FORM,
            origin=DELIVERED.last().answer("delivered_on"),
            first=Window(opens=Interval(days=42), due=Interval(days=56)),
            branches=(
                Branch(
                    "referred",
                    Text("转诊后2周内复查", "referred: seen again within 2 weeks"),
                    answer("disposal").equals("2") | SENT,
                    SOON,
                ),
            ),
            source="norms A5.1",
        ),
    )
)
