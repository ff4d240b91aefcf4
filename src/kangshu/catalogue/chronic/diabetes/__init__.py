"""Type 2 diabetes: follow-up of residents of 35 years and more (norms A8)."""

from __future__ import annotations

from kangshu.catalogue.chronic.diabetes.decisions import DECISIONS
from kangshu.catalogue.chronic.diabetes.examples import EXAMPLES
from kangshu.catalogue.chronic.diabetes.forms import FOLLOW_UP, SOURCE
from kangshu.catalogue.chronic.diabetes.indicators import INDICATORS
from kangshu.catalogue.chronic.diabetes.parameters import PARAMETERS
from kangshu.catalogue.chronic.diabetes.schedule import HEALTH_CHECK_FORM, SCHEDULE
from kangshu.catalogue.chronic.diabetes.states import STATES
from kangshu.catalogue.managed import CLOSES_ON
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import parameter, performed_on, person

capability = Capability(
    id="chronic.diabetes",
    version=1,
    title=Text("2型糖尿病患者健康管理", "Type 2 diabetes management"),
    purpose=Text(
        "对2型糖尿病患者每年提供至少4次免费空腹血糖检测和面对面随访、1次健康体检，"
        "按血糖、不良反应和并发症分类干预，需要时转诊",
        "At least four fasting glucose tests with face-to-face visits and one health check a year for "
        "patients with type 2 diabetes; classified by glucose, reactions and complications, and referred "
        "when needed",
    ),
    subject=Text(
        "辖区内35岁及以上常住居民中2型糖尿病患者", "usual residents of 35 and more with type 2 diabetes"
    ),
    rows=("D5-01",),
    eligible=person.age_on(performed_on) >= parameter("diabetes.earliest_age"),
    opens_on=(
        Opening(
            "diagnosis.recorded",
            Text("就诊记录中有2型糖尿病诊断而未建档", "diagnosed in a hospital or clinic but not enrolled"),
            diagnoses=("E11",),
        ),
    ),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(FOLLOW_UP,),
    shares=(HEALTH_CHECK_FORM,),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/chronic/test_diabetes.py",),
    source=SOURCE,
)
