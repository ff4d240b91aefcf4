"""Hypertension: follow-up of residents of 35 years and more with primary hypertension (norms A7)."""

from __future__ import annotations

from kangshu.catalogue.chronic.hypertension.decisions import DECISIONS
from kangshu.catalogue.chronic.hypertension.examples import EXAMPLES
from kangshu.catalogue.chronic.hypertension.forms import FOLLOW_UP, SOURCE
from kangshu.catalogue.chronic.hypertension.indicators import INDICATORS
from kangshu.catalogue.chronic.hypertension.parameters import PARAMETERS
from kangshu.catalogue.chronic.hypertension.schedule import HEALTH_CHECK_FORM, SCHEDULE
from kangshu.catalogue.chronic.hypertension.states import STATES
from kangshu.declare import Capability, Closing, Opening, Text
from kangshu.declare.expression import assessment, parameter, performed_on, person

capability = Capability(
    id="chronic.hypertension",
    version=1,
    title=Text("高血压患者健康管理", "Hypertension management"),
    purpose=Text(
        "对原发性高血压患者每年提供至少4次面对面随访和1次健康体检，按血压、不良反应和并发症分类干预，需要时转诊",
        "At least four face-to-face visits and one health check a year for patients with primary "
        "hypertension; classified by pressure, reactions and complications, and referred when needed",
    ),
    subject=Text(
        "辖区内35岁及以上常住居民中原发性高血压患者",
        "usual residents of 35 and more with primary hypertension",
    ),
    rows=("D5-01",),
    eligible=person.age_on(performed_on) >= parameter("hypertension.earliest_age"),
    opens_on=(
        Opening(
            "diagnosis.recorded",
            Text("就诊记录中有高血压诊断而未建档", "diagnosed in a hospital or clinic but not enrolled"),
            diagnoses=("I10", "I11", "I12", "I13", "I15"),
        ),
        Opening(
            "record:chronic.hypertension.diagnosis",
            Text("筛查转诊后确诊", "confirmed after a referral from screening"),
            when=assessment("outcome").equals("confirmed"),
        ),
        Opening(
            "record:chronic.hypertension.screening",
            Text("筛查时得知已确诊", "found by screening to have a diagnosis already"),
            when=assessment("outcome").equals("known"),
        ),
    ),
    closes_on=(Closing("person.died", "death"), Closing("person.left", "moved")),
    states=STATES,
    forms=(FOLLOW_UP,),
    shares=(HEALTH_CHECK_FORM,),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/chronic/test_hypertension.py",),
    source=SOURCE,
)
