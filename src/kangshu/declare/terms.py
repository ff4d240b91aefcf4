"""Expressions that many indicators share, so that "in the year" means one thing everywhere.

The *year* of a figure ends with the period's last day: for 2026 it is the calendar year, for September
2026 the twelve months to 30 September. A rate of a month then means the same as a rate of a year.
"""

from __future__ import annotations

from kangshu.declare.expression import (
    Exists,
    Expression,
    add_days,
    add_months,
    all_of,
    answer,
    case,
    cases,
    performed_on,
    period,
)
from kangshu.declare.form import Form
from kangshu.kernel.text import Text

DAY_AFTER = add_days(period.last, 1)
YEAR_FIRST = add_months(DAY_AFTER, -12)

IN_PERIOD = performed_on.between(period.first, period.last)
IN_YEAR = performed_on.between(YEAR_FIRST, period.last)

# A case closed as a mistake never was one.
NOT_A_MISTAKE = case.closing_reason.is_missing() | case.closing_reason.differs_from("wrong")

MANAGED_IN_YEAR = all_of(
    case.opened_on <= period.last,
    case.closed_on.is_missing() | (case.closed_on >= YEAR_FIRST),
    NOT_A_MISTAKE,
)
MANAGED_ON_LAST_DAY = all_of(
    case.opened_on <= period.last,
    case.closed_on.is_missing() | (case.closed_on > period.last),
    NOT_A_MISTAKE,
)


def enrolled_in(capability: str) -> Exists:
    """Whether the person has a case there that is open on the period's last day: for figures over several
    programmes."""
    return (
        cases(capability)
        .where(
            all_of(
                performed_on <= period.last,
                answer("closed_on").is_missing() | (answer("closed_on") > period.last),
                answer("closing_reason").is_missing() | answer("closing_reason").differs_from("wrong"),
            )
        )
        .exists()
    )


def enrolled_in_year(capability: str) -> Exists:
    """Whether the person had a case there that was open on some day of the year."""
    return (
        cases(capability)
        .where(
            all_of(
                performed_on <= period.last,
                answer("closed_on").is_missing() | (answer("closed_on") >= YEAR_FIRST),
                answer("closing_reason").is_missing() | answer("closing_reason").differs_from("wrong"),
            )
        )
        .exists()
    )


def complete(form: Form) -> Expression:
    """Every answer that the form always asks for is there."""
    return all_of(*(answer(field.name).is_known() for field in form.fields if field.required is True))


IDIOMS: dict[Expression, Text] = {
    DAY_AFTER: Text("期末次日", "the day after the period"),
    YEAR_FIRST: Text("年度首日", "first day of the year"),
    IN_PERIOD: Text("在期内", "in the period"),
    IN_YEAR: Text("在年度内", "in the year"),
    MANAGED_IN_YEAR: Text("年度内在管", "managed in the year"),
    MANAGED_ON_LAST_DAY: Text("期末在管", "managed on the last day"),
    NOT_A_MISTAKE: Text("非误建档", "not enrolled by mistake"),
}
"""How the manual says them, instead of spelling them out."""
