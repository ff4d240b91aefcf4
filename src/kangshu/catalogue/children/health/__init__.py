"""Health of children from birth to six years: visit, twelve checks, referral, follow-up (norms A4)."""

from __future__ import annotations

from kangshu.catalogue.children.health.decisions import DECISIONS
from kangshu.catalogue.children.health.examples import EXAMPLES
from kangshu.catalogue.children.health.forms import FORMS, NEWBORN_VISIT
from kangshu.catalogue.children.health.indicators import INDICATORS
from kangshu.catalogue.children.health.parameters import PARAMETERS
from kangshu.catalogue.children.health.questions import SOURCE
from kangshu.catalogue.children.health.schedule import SCHEDULE
from kangshu.catalogue.children.health.states import STATES
from kangshu.catalogue.managed import CLOSES_ON
from kangshu.declare import Capability, Fact, FieldType, Opening, Text
from kangshu.declare.expression import answer, performed_on, person

capability = Capability(
    id="children.health",
    version=2,
    title=Text("0～6岁儿童健康管理", "Health of children of 0 to 6 years"),
    purpose=Text(
        "新生儿出院后1周内家庭访视，满月至6岁共12次健康检查；按WHO标准评价生长，筛查贫血、视力、听力、龋齿和"
        "发育预警征象，异常者转诊并追踪",
        "A visit at home within a week after the discharge, twelve checks from the full month to six years: "
        "growth by the WHO standards, anaemia, vision, hearing, teeth and warning signs of development; "
        "what is abnormal is referred and followed",
    ),
    subject=Text("辖区内常住的0～6岁儿童", "usual-resident children of 0 to 6 years"),
    eligible=person.age_on(performed_on) < 7,
    opens_on=(
        Opening("person.born", Text("出生登记", "registered at birth"), enrols=True),
        Opening("person.eligible", Text("未满7岁、尚未建档", "under seven and not enrolled"), enrols=True),
    ),
    closes_on=CLOSES_ON,
    states=STATES,
    facts=(
        Fact(
            "discharged_on",
            Text("出院日期", "discharged on"),
            FieldType.DATE,
            form=NEWBORN_VISIT.id,
            value=answer("discharged_on"),
        ),
    ),
    forms=FORMS,
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    rows=("D3-02",),
    screens=(
        "growth:curve",
        "work:due_list",
        "work:register",
        "work:record",
        "work:print",
        "indicators:indicator",
    ),
    tests=(
        "tests/catalogue/children/test_health.py",
        "tests/codes/test_growth.py",
        "tests/growth/test_curve.py",
    ),
    source=SOURCE,
)
