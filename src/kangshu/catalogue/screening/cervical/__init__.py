"""Cervical cancer: HPV or cytology, triage, colposcopy, pathology, treatment (norms K1)."""

from __future__ import annotations

from kangshu.catalogue.cascade import cascade
from kangshu.catalogue.screening.cervical.examples import EXAMPLES
from kangshu.catalogue.screening.cervical.indicators import INDICATORS
from kangshu.catalogue.screening.cervical.parameters import PARAMETERS
from kangshu.catalogue.screening.cervical.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import all_of, parameter, performed_on, person

capability = cascade(
    SHAPE,
    purpose=Text(
        "适龄妇女按周期做HPV或细胞学检查，阳性者阴道镜、活检，检出病变者治疗随访",
        "HPV or cytology by rounds; the positive have colposcopy and biopsy, lesions are treated",
    ),
    subject=Text("35～64岁常住妇女", "usual-resident women of 35 to 64"),
    rows=("D9-02",),
    row_note=Text("宫颈癌部分", "the cervical part"),
    eligible=all_of(
        person.sex.equals("2"),
        person.age_on(performed_on) >= parameter("cervical.age_from", performed_on),
        person.age_on(performed_on) <= parameter("cervical.age_to", performed_on),
    ),
    indicators=INDICATORS,
    parameters=PARAMETERS[1:],
    examples=EXAMPLES,
)
