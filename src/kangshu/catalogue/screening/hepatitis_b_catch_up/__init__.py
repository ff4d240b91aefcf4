"""Hepatitis B catch-up: a birth cohort enumerated, vaccinated, refused, contraindicated (norms K8)."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.judging import local_parameters
from kangshu.catalogue.managed import CLOSES_ON
from kangshu.catalogue.screening.hepatitis_b_catch_up.examples import EXAMPLES
from kangshu.catalogue.screening.hepatitis_b_catch_up.forms import DOSE, ENUMERATION, ID, SOURCE
from kangshu.catalogue.screening.hepatitis_b_catch_up.indicators import INDICATORS
from kangshu.catalogue.screening.hepatitis_b_catch_up.schedule import SCHEDULE
from kangshu.catalogue.screening.hepatitis_b_catch_up.states import STATES
from kangshu.declare import Capability, Opening, Text
from kangshu.declare.expression import parameter, performed_on, person

capability = Capability(
    id=ID,
    version=1,
    title=Text("乙肝疫苗补种", "Hepatitis B catch-up"),
    purpose=Text(
        "对目标出生队列逐人核查接种史，应种者补齐3剂乙肝疫苗",
        "A birth cohort is enumerated one by one; whoever should be vaccinated gets the missing doses",
    ),
    subject=Text("未全程接种乙肝疫苗的目标人群", "the target cohort without a full course"),
    rows=("D4-02",),
    eligible=person.age_on(performed_on) < parameter("hepatitis_b_catch_up.age_to", performed_on),
    opens_on=(Opening(f"record:{ENUMERATION.id}", Text("摸底登记", "enumerated"), enrols=True),),
    closes_on=CLOSES_ON,
    states=STATES,
    forms=(ENUMERATION,),
    shares=(DOSE,),
    schedule=SCHEDULE,
    indicators=INDICATORS,
    parameters=local_parameters(
        "hepatitis_b_catch_up",
        date(2009, 1, 1),
        "norms K8",
        ("age_to", "乙肝疫苗补种年龄上限（不含）", "Hepatitis B catch-up below the age of", "岁", 18),
    ),
    examples=EXAMPLES,
    screens=("work:due_list", "work:register", "work:record", "work:lost", "indicators:indicator"),
    tests=("tests/catalogue/screening/test_cascades.py",),
    source=SOURCE,
)
