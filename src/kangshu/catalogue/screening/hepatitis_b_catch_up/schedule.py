"""When the next dose is due: the second 28 days after the first, the third 60 days after the second and four
months after the first (norms K8). Doses are the records of the vaccination clinic."""

from __future__ import annotations

from kangshu.catalogue.screening.hepatitis_b_catch_up.forms import DOSE, ENUMERATION, HEPATITIS_B, SOURCE
from kangshu.declare import Branch, Interval, Schedule, Step, Text, Window
from kangshu.declare.expression import (
    Expression,
    add_days,
    add_months,
    answer,
    assessment,
    case,
    greatest,
    lift,
    performed_on,
    records,
)

IS_HEPATITIS_B = answer("vaccine").equals(HEPATITIS_B)
GIVEN = records(DOSE).where(IS_HEPATITIS_B & (performed_on >= case.opened_on))
LISTED = records(ENUMERATION.id).where(performed_on >= case.opened_on)
MISSING = LISTED.last().assessment("missing")
IS_DUE = LISTED.last().assessment("outcome").equals("due")
A_MONTH = Window(Interval(), Interval(months=1))


def _dose(order: int, zh: str, origin: Expression) -> Step:
    return Step(
        id=f"dose_{order}",
        title=Text(f"乙肝疫苗补种{zh}", f"Hepatitis B catch-up: dose {order}"),
        form=DOSE,
        origin=origin,
        first=A_MONTH,
        counts=IS_HEPATITIS_B,
        when=IS_DUE & GIVEN.count().equals(order - 1) & (lift(order) <= MISSING),
        source=SOURCE,
    )


SCHEDULE = Schedule(
    (
        Step(
            id="enumeration",
            title=Text("乙肝疫苗补种摸底", "Hepatitis B catch-up: enumeration"),
            form=ENUMERATION.id,
            first=A_MONTH,
            branches=(
                Branch(
                    "again",
                    Text(
                        "暂缓、外出或拒绝：28天内再次约种", "deferred, away or refused: again within 28 days"
                    ),
                    assessment("outcome").is_in("deferred", "away", "refused"),
                    Window(Interval(days=7), Interval(days=28)),
                ),
            ),
            source=SOURCE,
        ),
        _dose(1, "首剂", LISTED.last().performed_on),
        _dose(2, "第二剂", add_days(GIVEN.last().performed_on, 28)),
        _dose(
            3,
            "第三剂",
            greatest(add_days(GIVEN.last().performed_on, 60), add_months(GIVEN.first().performed_on, 4)),
        ),
    )
)
