"""The figures of newborn disease screening (norms K5, H1): of children born in the period."""

from __future__ import annotations

from kangshu.catalogue.cascade import outcome
from kangshu.catalogue.cascade_figures import figures, share
from kangshu.catalogue.screening.newborn_disease.forms import BLOOD
from kangshu.catalogue.screening.newborn_disease.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import assessment, performed_on, period, person, records

BORN = person.birth_date.between(period.first, period.last)
BORN_WORDS = Text("期内出生的活产儿数（按登记）", "children born in the period, as registered")
TAKEN = records(BLOOD.id).where((performed_on <= period.last) & outcome("taken"))

INDICATORS = (
    *figures(
        SHAPE,
        group=BORN,
        group_words=BORN_WORDS,
        screened_within=(performed_on <= period.last) & outcome("taken"),
        rate_aliases=("新生儿疾病筛查率", "新筛率", "新生儿遗传代谢病筛查率", "新生儿“两病”筛查率"),
        step_aliases={"retest": ("新筛可疑阳性召回率",), "treatment": ("新筛确诊治疗率",)},
    ),
    share(
        SHAPE,
        "in_time_rate",
        Text("新生儿疾病筛查按时采血率", "Heel pricks in time"),
        TAKEN.where(assessment("in_time").equals(True)).exists(),
        Text("其中按时采血的人数", "of these, in time"),
        BORN & TAKEN.exists(),
        Text("期内出生并已采血的人数", "children born in the period with blood taken"),
    ),
)
