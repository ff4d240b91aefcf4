"""Breast cancer: examination and ultrasound, mammography, biopsy, treatment (norms K2)."""

from __future__ import annotations

from kangshu.catalogue.cascade import cascade
from kangshu.catalogue.screening.breast.examples import EXAMPLES
from kangshu.catalogue.screening.breast.indicators import INDICATORS
from kangshu.catalogue.screening.breast.parameters import PARAMETERS
from kangshu.catalogue.screening.breast.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import all_of, parameter, performed_on, person

capability = cascade(
    SHAPE,
    purpose=Text(
        "适龄妇女每2年一次临床检查和乳腺超声，可疑者X线、活检，检出病变者治疗随访",
        "Examination and ultrasound every two years; mammography and biopsy of the suspicious, treatment",
    ),
    subject=Text("35～64岁常住妇女", "usual-resident women of 35 to 64"),
    rows=("D9-02",),
    row_note=Text("乳腺癌部分", "the breast part"),
    eligible=all_of(
        person.sex.equals("2"),
        person.age_on(performed_on) >= parameter("breast.age_from", performed_on),
        person.age_on(performed_on) <= parameter("breast.age_to", performed_on),
    ),
    indicators=INDICATORS,
    parameters=PARAMETERS[1:],
    examples=EXAMPLES,
)
