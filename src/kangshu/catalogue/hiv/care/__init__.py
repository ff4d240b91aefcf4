"""People living with HIV: told, treated, followed and tested, in a compartment of their own."""

from __future__ import annotations

from kangshu.catalogue.hiv.care.examples import DECISIONS, EXAMPLES
from kangshu.catalogue.hiv.care.forms import FIRST_VISIT, FOLLOW_UP, PARTNER, SOURCE, TESTED, TREATMENT
from kangshu.catalogue.hiv.care.indicators import INDICATORS
from kangshu.catalogue.hiv.care.parameters import PARAMETERS
from kangshu.catalogue.hiv.care.schedule import SCHEDULE
from kangshu.catalogue.hiv.care.states import STATES
from kangshu.catalogue.managed import CLOSES_ON
from kangshu.declare import Capability, Text

capability = Capability(
    id="hiv.care",
    version=1,
    title=Text("HIV感染者和艾滋病病人随访管理", "HIV care"),
    purpose=Text(
        "确证后告知并首次随访，动员抗病毒治疗，定期随访、检测CD4和病毒载量，配偶（性伴）告知与检测",
        "Told after confirmation, treated, followed, CD4 and viral load tested, partners notified and tested",
    ),
    subject=Text("现住本辖区的确证HIV感染者和艾滋病病人", "confirmed residents living with HIV"),
    rows=("D7-02",),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(FIRST_VISIT, FOLLOW_UP, TREATMENT, TESTED, PARTNER),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    confidentiality="hiv",
    screens=("work:due_list", "work:register", "work:record", "indicators:indicator"),
    tests=("tests/catalogue/hiv/test_care.py", "tests/catalogue/hiv/test_secrecy.py"),
    source=SOURCE,
)
