"""COPD: screening, follow-up and yearly lung function from 35 on (norms A14, trial of 2024)."""

from __future__ import annotations

from kangshu.catalogue.chronic.copd.decisions import DECISIONS
from kangshu.catalogue.chronic.copd.examples import EXAMPLES
from kangshu.catalogue.chronic.copd.forms import FOLLOW_UP, LUNG_FUNCTION, SCREENING, SOURCE
from kangshu.catalogue.chronic.copd.indicators import INDICATORS
from kangshu.catalogue.chronic.copd.parameters import PARAMETERS
from kangshu.catalogue.chronic.copd.schedule import SCHEDULE
from kangshu.catalogue.managed import CLOSES_ON, enrolled_managed_closed
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import parameter, performed_on, person

capability = Capability(
    id="chronic.copd",
    version=1,
    title=Text("慢阻肺患者健康服务", "COPD management"),
    purpose=Text(
        "对高风险人群用问卷筛查，对确诊的慢阻肺患者每年至少随访2次、做1次肺功能检查，出现危急情况及时转诊",
        "People at risk are screened by questionnaire; confirmed patients are seen at least twice a year "
        "with one lung-function test, and referred at once in an emergency",
    ),
    subject=Text(
        "辖区内35岁及以上确诊慢阻肺的常住居民", "usual residents of 35 and more diagnosed with COPD"
    ),
    eligible=person.age_on(performed_on) >= parameter("copd.earliest_age"),
    opens_on=(
        Opening(
            "diagnosis.recorded",
            Text("就诊记录中有慢阻肺诊断而未建档", "diagnosed in a hospital or clinic but not enrolled"),
            diagnoses=("J44",),
        ),
    ),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(FOLLOW_UP, Text("首次随访", "first follow-up")),
    forms=(SCREENING, FOLLOW_UP, LUNG_FUNCTION),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/chronic/test_copd.py",),
    source=SOURCE,
)
