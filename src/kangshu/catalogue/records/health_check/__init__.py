"""The yearly health check that several programmes share (norms A16)."""

from __future__ import annotations

from datetime import date

from kangshu.catalogue.records.health_check.examples import EXAMPLES
from kangshu.catalogue.records.health_check.forms import HEALTH_CHECK, SOURCE
from kangshu.declare import Capability, Counts, Indicator, Months, Text
from kangshu.declare.terms import IN_PERIOD

capability = Capability(
    id="records.health_check",
    version=1,
    title=Text("健康体检", "Health check"),
    purpose=Text(
        "为老年人、慢性病患者等重点人群每年进行一次健康体检，结果供各项服务共用",
        "A yearly check of elders and of people with chronic disease, shared by the services that ask for it",
    ),
    subject=Text("常住居民，重点人群每年一次", "usual residents; priority groups once a year"),
    forms=(HEALTH_CHECK,),
    indicators=(
        Indicator(
            id="health_check.checks",
            version=1,
            title=Text("健康体检人次", "Health checks"),
            unit="人次",
            numerator=IN_PERIOD,
            counts=Counts.RECORDS,
            form="records.health_check",
            decimals=0,
            months=Months.EACH,
            numerator_words=Text("期内健康体检人次", "health checks in the period"),
            aliases=("体检人次", "健康体检"),
            valid_from=date(2009, 1, 1),
            source=SOURCE,
        ),
    ),
    examples=EXAMPLES,
    screens=("work:record",),
    tests=("tests/catalogue/test_examples.py",),
    source=SOURCE,
)
