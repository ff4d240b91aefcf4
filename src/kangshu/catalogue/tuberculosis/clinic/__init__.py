"""TB at the designated hospital: registered, treated free, contacts checked, traced, the outcome."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON
from kangshu.catalogue.tuberculosis.clinic.forms import (
    CONTACTS,
    OUTCOME,
    REGISTRATION,
    SOURCE,
    SPUTUM,
    TRACING,
)
from kangshu.catalogue.tuberculosis.clinic.indicators import INDICATORS
from kangshu.catalogue.tuberculosis.clinic.schedule import SCHEDULE
from kangshu.catalogue.tuberculosis.clinic.states import STATES
from kangshu.declare import Capability, Opening, Text

capability = Capability(
    id="tuberculosis.clinic",
    version=1,
    title=Text("肺结核定点诊疗登记", "TB clinic"),
    purpose=Text(
        "定点医疗机构登记诊断、痰检和免费治疗，筛查密切接触者，追踪未到位者，记录治疗转归",
        "The designated hospital registers, examines sputum, treats free, checks contacts, traces, and "
        "records the outcome",
    ),
    subject=Text("登记的肺结核患者", "registered TB patients"),
    rows=("D7-01",),
    opens_on=(
        Opening(
            f"record:{REGISTRATION.id}",
            Text("填写登记与诊断", "a registration was written"),
            enrols=True,
        ),
    ),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(REGISTRATION, SPUTUM, CONTACTS, TRACING, OUTCOME),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/tuberculosis/test_clinic.py",),
    source=SOURCE,
)
