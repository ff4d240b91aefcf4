"""TB patients: first visit within 72 hours, doses watched, the outcome confirmed (norms A10)."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON
from kangshu.catalogue.tuberculosis.patients.decisions import DECISIONS
from kangshu.catalogue.tuberculosis.patients.examples import EXAMPLES
from kangshu.catalogue.tuberculosis.patients.forms import CONFIRMATION, ENDING, FIRST_VISIT, FOLLOW_UP, SOURCE
from kangshu.catalogue.tuberculosis.patients.indicators import INDICATORS
from kangshu.catalogue.tuberculosis.patients.parameters import PARAMETERS
from kangshu.catalogue.tuberculosis.patients.schedule import SCHEDULE
from kangshu.catalogue.tuberculosis.patients.states import STATES
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import assessment

capability = Capability(
    id="tuberculosis.patients",
    version=1,
    title=Text("肺结核患者健康管理", "TB patients"),
    purpose=Text(
        "接到管理通知后72小时内第一次入户，督导服药并按期随访，治疗结束后评估并确认转归",
        "The first home visit within 72 hours of the notice, every dose watched, regular follow-up, the "
        "outcome judged and confirmed at the end",
    ),
    subject=Text("辖区内确诊的常住肺结核患者", "confirmed usual-resident patients"),
    rows=("D7-01",),
    opens_on=(
        Opening(
            "diagnosis.recorded",
            Text("就诊记录中有肺结核诊断而未建档", "diagnosed but not enrolled"),
            diagnoses=("A15", "A16"),
        ),
        Opening(
            "record:tuberculosis.arrival",
            Text("推介转诊后确诊", "confirmed after a referral"),
            when=assessment("outcome").equals("confirmed"),
        ),
    ),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(FIRST_VISIT, FOLLOW_UP, ENDING, CONFIRMATION),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/tuberculosis/test_tuberculosis.py",),
    source=SOURCE,
)
