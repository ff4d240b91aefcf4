"""Severe mental disorder: risk, class and follow-up of the six disorders, behind a compartment (norms A9)."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON
from kangshu.catalogue.mental.severe.decisions import DECISIONS
from kangshu.catalogue.mental.severe.examples import EXAMPLES
from kangshu.catalogue.mental.severe.forms import EMERGENCY, FOLLOW_UP, SOURCE, SUPPLEMENT
from kangshu.catalogue.mental.severe.indicators import INDICATORS
from kangshu.catalogue.mental.severe.parameters import PARAMETERS
from kangshu.catalogue.mental.severe.schedule import HEALTH_CHECK_FORM, SCHEDULE
from kangshu.catalogue.mental.severe.states import STATES
from kangshu.declare import Capability, Opening, Text

capability = Capability(
    id="mental.severe",
    version=1,
    title=Text("严重精神障碍患者管理", "Severe mental disorder management"),
    purpose=Text(
        "对居家的六种严重精神障碍确诊患者评估危险性、分类干预、定期随访，每年至少4次，并在知情同意下每年体检1次",
        "Patients at home with one of six confirmed disorders: risk is graded, the class says what is done "
        "and when; four follow-ups a year, and a health check with consent",
    ),
    subject=Text(
        "辖区内常住、诊断明确、在家居住的严重精神障碍患者",
        "usual residents at home with a definite diagnosis",
    ),
    rows=("D6-01",),
    opens_on=(
        Opening(
            "diagnosis.recorded",
            Text("就诊记录中有严重精神障碍诊断而未建档", "diagnosed but not enrolled"),
            diagnoses=("F20", "F22", "F25", "F31"),
        ),
    ),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(SUPPLEMENT, FOLLOW_UP, EMERGENCY),
    shares=(HEALTH_CHECK_FORM,),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    confidentiality="mental_health",
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/mental/test_severe.py",),
    source=SOURCE,
)
