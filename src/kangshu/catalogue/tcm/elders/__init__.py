"""TCM for elders: the constitution in 33 items, once a year, with advice (norms A11.1)."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON, enrolled_managed_closed
from kangshu.catalogue.tcm.elders.decisions import DECISIONS
from kangshu.catalogue.tcm.elders.examples import EXAMPLES
from kangshu.catalogue.tcm.elders.forms import CONSTITUTION, SOURCE
from kangshu.catalogue.tcm.elders.indicators import INDICATORS
from kangshu.catalogue.tcm.elders.parameters import PARAMETERS
from kangshu.catalogue.tcm.elders.schedule import SCHEDULE
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import performed_on, person

IS_ELDER = person.age_on(performed_on) >= 65

capability = Capability(
    id="tcm.elders",
    version=1,
    title=Text("老年人中医药健康管理", "TCM for elders"),
    purpose=Text(
        "每年为65岁及以上常住居民进行一次中医体质辨识和中医药保健指导",
        "Once a year the constitution of usual residents of 65 and more is found, and advice given",
    ),
    subject=Text("辖区内65岁及以上常住居民", "usual residents of 65 and more"),
    eligible=IS_ELDER,
    opens_on=(
        Opening(
            "record:records.health_check",
            Text("65岁及以上居民首次健康体检", "the first health check of somebody of 65 and more"),
            when=IS_ELDER,
            enrols=True,
        ),
    ),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(CONSTITUTION, Text("首次体质辨识", "constitution first found")),
    forms=(CONSTITUTION,),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/tcm/test_elders.py",),
    source=SOURCE,
)
