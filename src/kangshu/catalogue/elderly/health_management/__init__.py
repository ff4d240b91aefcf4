"""Elders of 65 and more: a yearly check, self-care and two screens, results told and referred (norms A6)."""

from __future__ import annotations

from kangshu.catalogue.elderly.health_management.decisions import DECISIONS
from kangshu.catalogue.elderly.health_management.examples import EXAMPLES
from kangshu.catalogue.elderly.health_management.forms import ASSESSMENT, RESULTS_TOLD, SOURCE
from kangshu.catalogue.elderly.health_management.indicators import INDICATORS
from kangshu.catalogue.elderly.health_management.parameters import PARAMETERS
from kangshu.catalogue.elderly.health_management.schedule import HEALTH_CHECK_FORM, SCHEDULE
from kangshu.catalogue.managed import CLOSES_ON, enrolled_managed_closed
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import parameter, performed_on, person

IS_ELDER = person.age_on(performed_on) >= parameter("elderly.earliest_age")

capability = Capability(
    id="elderly.health_management",
    version=2,
    title=Text("老年人健康管理", "Elder health management"),
    purpose=Text(
        "每年为65岁及以上常住居民提供一次健康管理：生活方式和健康状况评估、体格检查、辅助检查、健康指导，告知结果并按需转诊",
        "Once a year for usual residents of 65 and more: life style and health are assessed, the body "
        "examined, tests done, advice given, the results told and followed by a referral where needed",
    ),
    subject=Text("辖区内65岁及以上常住居民", "usual residents of 65 and more"),
    rows=("D2-03",),
    row_note=Text("60岁及以上另行统计未做", "figures for 60 and more are not made"),
    eligible=IS_ELDER,
    opens_on=(
        Opening(
            "record:records.health_check",
            Text("65岁及以上居民首次健康体检", "the first health check of somebody of 65 and more"),
            when=IS_ELDER,
            enrols=True,
        ),
        Opening(
            "person.eligible", Text("满65岁、尚未建档", "has turned 65 and is not enrolled"), enrols=True
        ),
    ),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(ASSESSMENT, Text("首次评估", "first assessment")),
    forms=(ASSESSMENT, RESULTS_TOLD),
    shares=(HEALTH_CHECK_FORM,),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/elderly/test_health_management.py",),
    source=SOURCE,
)
