"""0～36个月儿童中医药健康管理服务率 (norms A11): children served by age in month ÷ those to be managed.

A child is to be served in the year in which its month of service ends (6 months old and a month more, and so
on). It counts as served when it had every service of the year, at whatever day before the period's end.
"""

from __future__ import annotations

from kangshu.catalogue.managed import Figures
from kangshu.catalogue.tcm.children.forms import GUIDANCE, SOURCE
from kangshu.catalogue.tcm.children.schedule import AGES
from kangshu.declare import Indicator, Text
from kangshu.declare.expression import (
    Expression,
    add_months,
    all_of,
    any_of,
    assessment,
    case,
    performed_on,
    period,
    person,
    records,
)
from kangshu.declare.terms import IN_PERIOD, MANAGED_IN_YEAR, YEAR_FIRST

FIGURES = Figures(
    prefix="tcm_children",
    kind="tcm.children",
    form=GUIDANCE,
    name=Text("儿童中医药", "Children's TCM"),
    patients=Text("儿童", "children"),
    source=SOURCE,
)


def _falls_due(age: int) -> Expression:
    """The month of service ends in the year, while the child is under management."""
    ends = add_months(person.birth_date, age + 1)
    return all_of(
        ends.between(YEAR_FIRST, period.last),
        ends >= case.opened_on,
        case.closed_on.is_missing() | (case.closed_on >= ends),
    )


def _served(age: int) -> Expression:
    return (
        records(GUIDANCE.id)
        .where(
            all_of(
                performed_on <= period.last,
                assessment("contact").equals(str(age)),
                assessment("outcome").equals("complete"),
            )
        )
        .exists()
    )


TO_BE_SERVED = all_of(MANAGED_IN_YEAR, any_of(*(_falls_due(age) for age in AGES)))
ALL_SERVED = all_of(*(~_falls_due(age) | _served(age) for age in AGES))

INDICATORS: tuple[Indicator, ...] = (
    FIGURES.rate(
        "service_rate",
        Text("0～36个月儿童中医药健康管理服务率", "TCM service rate of children of 0 to 36 months"),
        ALL_SERVED,
        Text("年内按月龄接受中医药健康管理的儿童数", "children served in the year as their age asks"),
        (
            "0-36个月儿童中医药健康管理服务率",
            "儿童中医药健康管理率",
            "0-36个月儿童中医药健康管理率",
            "儿童中医药健康管理服务率",
        ),
        denominator=TO_BE_SERVED,
        denominator_words=Text("年内应管理的0～36个月儿童数", "children to be served in the year"),
    ),
    FIGURES.visits(
        "services",
        Text("儿童中医药健康指导人次", "Children's TCM services"),
        IN_PERIOD,
        Text("期内服务人次", "services in the period"),
        unit="人次",
    ),
)
