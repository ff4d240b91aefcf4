"""Screening for hypertension from 35 on: suspected, measured on three days, referred, confirmed (norms
A7.1)."""

from __future__ import annotations

from kangshu.catalogue.chronic.hypertension_screening.decisions import DECISIONS
from kangshu.catalogue.chronic.hypertension_screening.examples import EXAMPLES
from kangshu.catalogue.chronic.hypertension_screening.forms import DIAGNOSIS, SCREENING, SOURCE
from kangshu.catalogue.chronic.hypertension_screening.parameters import PARAMETERS
from kangshu.catalogue.chronic.hypertension_screening.schedule import SCHEDULE
from kangshu.catalogue.chronic.hypertension_screening.states import STATES
from kangshu.declare import Capability, Closing, Counts, Direction, Indicator, Months, Opening, Text
from kangshu.declare.expression import assessment, performed_on, period, person, records
from kangshu.declare.terms import IN_PERIOD

capability = Capability(
    id="chronic.hypertension_screening",
    version=1,
    title=Text("高血压筛查", "Hypertension screening"),
    purpose=Text(
        "35岁及以上居民每年测量一次血压，发现可疑者非同日测量三次，转诊确诊后纳入管理",
        "A pressure a year from 35 on; whoever is raised is measured on three days, referred, and "
        "enrolled when confirmed",
    ),
    subject=Text("辖区内35岁及以上常住居民", "usual residents of 35 and more"),
    rows=("D5-01",),
    row_note=Text("高血压筛查与发现部分", "the part that finds the patients"),
    eligible=person.age_on(performed_on) >= 35,
    opens_on=(
        Opening(
            "record:chronic.hypertension.screening",
            Text("血压升高", "a raised pressure"),
            when=assessment("outcome").is_in("recheck", "refer", "emergency"),
            enrols=True,
        ),
    ),
    closes_on=(Closing("person.died", "death"), Closing("person.left", "moved")),
    states=STATES,
    forms=(SCREENING, DIAGNOSIS),
    schedule=SCHEDULE,
    indicators=(
        Indicator(
            id="hypertension_screening.people_measured",
            version=1,
            title=Text("35岁及以上居民测血压人数", "Residents of 35 and more measured"),
            unit="人",
            numerator=(person.age_on(period.last) >= 35)
            & records("chronic.hypertension.screening").where(IN_PERIOD).exists(),
            decimals=0,
            direction=Direction.UP,
            numerator_words=Text(
                "期内测过血压的35岁及以上居民", "residents of 35 and more measured in the period"
            ),
            aliases=("首诊测血压人数", "35岁首诊测血压人数"),
            source=SOURCE,
        ),
        Indicator(
            id="hypertension_screening.confirmed_share",
            version=1,
            title=Text("高血压转诊确诊比例", "Share confirmed after referral"),
            unit="%",
            numerator=assessment("outcome").equals("confirmed"),
            denominator=IN_PERIOD & assessment("outcome").is_in("confirmed", "excluded", "secondary"),
            counts=Counts.RECORDS,
            form="chronic.hypertension.diagnosis",
            months=Months.EACH,
            numerator_words=Text("其中确诊原发性高血压的例数", "of these, confirmed"),
            denominator_words=Text("期内有转诊结果的例数", "referrals with a result in the period"),
            aliases=(),
            source=SOURCE,
        ),
    ),
    parameters=PARAMETERS,
    decisions=DECISIONS,
    examples=EXAMPLES,
    screens=("work:record", "work:due_list"),
    tests=("tests/catalogue/chronic/test_hypertension_screening.py",),
    source=SOURCE,
)
