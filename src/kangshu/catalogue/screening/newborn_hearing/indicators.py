"""The figures of newborn hearing screening (norms K5, H1): of children born in the period."""

from __future__ import annotations

from kangshu.catalogue.cascade import outcome
from kangshu.catalogue.cascade_figures import figures
from kangshu.catalogue.screening.newborn_hearing.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import performed_on, period, person

INDICATORS = figures(
    SHAPE,
    group=person.birth_date.between(period.first, period.last),
    group_words=Text("期内出生的活产儿数（按登记）", "children born in the period, as registered"),
    screened_within=(performed_on <= period.last) & outcome("passed", "at_risk", "failed"),
    rate_aliases=("新生儿听力筛查率", "听力筛查率", "听筛率"),
    step_aliases={"second": ("听力复筛率",), "diagnosis": ("听力诊断率",), "intervention": ("听力干预率",)},
)
