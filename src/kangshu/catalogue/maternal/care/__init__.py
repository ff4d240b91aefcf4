"""Maternal care: booked before 13 weeks, five checks and more, the delivery, the visit after discharge, the
check after 42 days (norms A5)."""

from __future__ import annotations

from kangshu.catalogue.managed import CLOSES_ON
from kangshu.catalogue.maternal.care.booking import BOOKING, LMP
from kangshu.catalogue.maternal.care.decisions import DECISIONS
from kangshu.catalogue.maternal.care.examples import EXAMPLES
from kangshu.catalogue.maternal.care.forms import FORMS
from kangshu.catalogue.maternal.care.indicators import INDICATORS
from kangshu.catalogue.maternal.care.parameters import PARAMETERS
from kangshu.catalogue.maternal.care.questions import RISK_SOURCE, SOURCE
from kangshu.catalogue.maternal.care.schedule import SCHEDULE
from kangshu.catalogue.maternal.care.states import STATES
from kangshu.declare import Capability, Fact, FieldType, Opening, Text
from kangshu.declare.expression import person

capability = Capability(
    id="maternal.care",
    version=1,
    title=Text("孕产妇健康管理", "Maternal care"),
    purpose=Text(
        "孕13周前建册，孕期至少5次产前检查并动态评估妊娠风险，出院后7天内产后访视，产后42天健康检查",
        "Booked before 13 weeks, five antenatal checks and more with the risk judged at each, a visit within "
        "7 days after discharge, a check 42 days after the delivery",
    ),
    subject=Text("辖区内常住的孕产妇", "usual-resident pregnant and newly delivered women"),
    rows=("D3-01",),
    row_note=Text(
        "各率的分母为在管孕产妇的分娩记录，上报的全部活产数未接入",
        "the rates are on delivery records of women under management, not on all reported live births",
    ),
    eligible=person.sex.equals("2"),
    opens_on=(Opening(f"record:{BOOKING.id}", Text("孕期建册", "booked"), enrols=True),),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=FORMS,
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    facts=(
        Fact(
            "lmp",
            Text("末次月经（或由预产期推算）", "LMP (or reckoned from the EDC)"),
            FieldType.DATE,
            form=BOOKING.id,
            value=LMP,
        ),
    ),
    screens=("work:due_list", "work:register", "work:record", "work:print", "indicators:indicator"),
    tests=("tests/catalogue/maternal/test_care.py",),
    source=f"{SOURCE}; {RISK_SOURCE}",
)
