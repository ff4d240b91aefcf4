"""Colorectal cancer: questionnaire and stool test, colonoscopy of the positive, treatment (norms K3)."""

from __future__ import annotations

from kangshu.catalogue.cascade import cascade
from kangshu.catalogue.screening.colorectal.examples import EXAMPLES
from kangshu.catalogue.screening.colorectal.indicators import INDICATORS
from kangshu.catalogue.screening.colorectal.parameters import PARAMETERS
from kangshu.catalogue.screening.colorectal.steps import SHAPE
from kangshu.declare import Text
from kangshu.declare.expression import parameter, performed_on, person

capability = cascade(
    SHAPE,
    purpose=Text(
        "适龄居民按周期做危险度问卷和粪便免疫化学检测，阳性者做结肠镜，检出病变者治疗并复查",
        "Questionnaire and stool test by rounds; the positive have a colonoscopy, lesions are treated and "
        "looked at again",
    ),
    subject=Text("45～74岁常住居民", "usual residents of 45 to 74"),
    rows=("D9-01",),
    eligible=(person.age_on(performed_on) >= parameter("colorectal.age_from", performed_on))
    & (person.age_on(performed_on) <= parameter("colorectal.age_to", performed_on)),
    indicators=INDICATORS,
    parameters=PARAMETERS,
    examples=EXAMPLES,
)
