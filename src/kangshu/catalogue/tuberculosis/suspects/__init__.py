"""TB suspects: referred to the designated hospital, asked after within a week (norms A10)."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON
from kangshu.catalogue.tuberculosis.suspects.examples import EXAMPLES
from kangshu.catalogue.tuberculosis.suspects.forms import ARRIVAL, REFERRAL, SOURCE
from kangshu.catalogue.tuberculosis.suspects.indicators import INDICATORS
from kangshu.catalogue.tuberculosis.suspects.schedule import SCHEDULE
from kangshu.catalogue.tuberculosis.suspects.states import STATES
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import assessment

capability = Capability(
    id="tuberculosis.suspects",
    version=1,
    title=Text("肺结核可疑症状者推介转诊", "TB suspects"),
    purpose=Text(
        "发现肺结核可疑症状者，填写推介转诊单转至定点医疗机构，1周内追踪是否就诊并督促",
        "Suspects are referred to the designated hospital; within a week they are asked whether they went, "
        "and urged",
    ),
    subject=Text("有肺结核可疑症状的居民", "residents with suspicious symptoms"),
    opens_on=(
        Opening(
            "record:tuberculosis.referral",
            Text("填写推介转诊单", "a referral was written"),
            when=assessment("outcome").equals("refer"),
            enrols=True,
        ),
    ),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(REFERRAL, ARRIVAL),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/tuberculosis/test_tuberculosis.py",),
    source=SOURCE,
)
