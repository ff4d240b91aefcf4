"""Newborn diseases: heel prick from 72 hours on, laboratory, recall, diagnosis, treatment (norms K5)."""

from __future__ import annotations

from kangshu.catalogue.cascade import cascade
from kangshu.catalogue.screening.newborn_disease.examples import EXAMPLES
from kangshu.catalogue.screening.newborn_disease.indicators import INDICATORS
from kangshu.catalogue.screening.newborn_disease.parameters import PARAMETERS
from kangshu.catalogue.screening.newborn_disease.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import days_between, performed_on, person

capability = cascade(
    SHAPE,
    purpose=Text(
        "新生儿满72小时至7天采足跟血，可疑阳性召回复查，确诊后尽早治疗",
        "Heel prick from 72 hours to 7 days; the suspicious are recalled, the confirmed treated early",
    ),
    subject=Text("辖区内出生或居住的新生儿", "newborns of the district"),
    rows=("D3-05",),
    row_note=Text("新生儿疾病筛查部分", "the disease part"),
    eligible=days_between(person.birth_date, performed_on) <= 90,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    examples=EXAMPLES,
)
