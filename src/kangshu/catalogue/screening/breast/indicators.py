"""The figures of breast screening (norms K2)."""

from __future__ import annotations

from kangshu.catalogue.cascade_figures import figures, share
from kangshu.catalogue.screening.breast.forms import PATHOLOGY
from kangshu.catalogue.screening.breast.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import (
    add_months,
    assessment,
    parameter,
    performed_on,
    period,
    population,
    records,
)
from kangshu.declare.terms import IN_PERIOD

STILL_COUNTS = (performed_on <= period.last) & (
    add_months(performed_on, parameter("breast.interval", on=period.last)) > period.last
)
STAGED = records(PATHOLOGY.id).where(IN_PERIOD & assessment("staged").equals(True))

INDICATORS = (
    *figures(
        SHAPE,
        population_of=population(35, 64, "2"),
        group_words=Text("35～64岁常住妇女数", "usual-resident women of 35 to 64"),
        screened_within=STILL_COUNTS,
        aliases=("乳腺癌筛查人数", "乳腺癌检查人数"),
        rate_aliases=("乳腺癌筛查率", "乳腺癌筛查覆盖率"),
        step_aliases={"treatment": ("乳腺癌治疗率",)},
    ),
    share(
        SHAPE,
        "early_rate",
        Text("乳腺癌早诊率", "Early diagnosis of breast cancer"),
        records(PATHOLOGY.id).where(IN_PERIOD & assessment("early").equals(True)).exists(),
        Text("其中早期癌人数", "of these, early"),
        STAGED.exists(),
        Text("期内检出并有分期的乳腺癌人数", "people with a staged breast cancer found in the period"),
        ("乳腺癌早诊率",),
    ),
)
