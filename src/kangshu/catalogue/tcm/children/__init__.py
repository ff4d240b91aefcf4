"""TCM for children of 0 to 36 months: six services by age (norms A11.2)."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON, enrolled_managed_closed
from kangshu.catalogue.tcm.children.decisions import DECISIONS
from kangshu.catalogue.tcm.children.examples import EXAMPLES
from kangshu.catalogue.tcm.children.forms import GUIDANCE, SOURCE
from kangshu.catalogue.tcm.children.indicators import INDICATORS
from kangshu.catalogue.tcm.children.schedule import SCHEDULE
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import months_between, performed_on, person

capability = Capability(
    id="tcm.children",
    version=1,
    title=Text("0～36个月儿童中医药健康管理", "TCM for children of 0 to 36 months"),
    purpose=Text(
        "在6、12、18、24、30、36月龄，结合儿童体检和预防接种，对家长进行饮食调养、起居活动指导并传授中医保健方法",
        "At 6, 12, 18, 24, 30 and 36 months, together with the check and the vaccination, the parents are "
        "advised on diet and daily life and taught techniques of TCM",
    ),
    subject=Text("辖区内常住的0～36个月儿童", "usual-resident children of 0 to 36 months"),
    eligible=months_between(person.birth_date, performed_on) < 37,
    opens_on=(Opening("person.born", Text("出生登记", "registered at birth"), enrols=True),),
    closes_on=CLOSES_ON,
    states=enrolled_managed_closed(GUIDANCE, Text("首次指导", "first service")),
    forms=(GUIDANCE,),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/tcm/test_children.py",),
    source=SOURCE,
)
