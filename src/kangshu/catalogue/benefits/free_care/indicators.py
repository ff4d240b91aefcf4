"""People who used it, visits and the amount exempted."""

from __future__ import annotations

from kangshu.catalogue.benefits.free_care.forms import EXEMPTION, SOURCE
from kangshu.declare import Counts, Indicator, Months, Text
from kangshu.declare.expression import answer, records
from kangshu.declare.terms import IN_PERIOD

INDICATORS = (
    Indicator(
        id="benefits.free_care_people",
        version=1,
        title=Text("“四免三减半”受益人数", "People with waived or halved fees"),
        unit="人",
        numerator=records(EXEMPTION.id).where(IN_PERIOD).exists(),
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内享受减免的人数", "people with an exemption in the period"),
        aliases=("四免三减半受益人数",),
        source=SOURCE,
    ),
    Indicator(
        id="benefits.free_care_visits",
        version=1,
        title=Text("“四免三减半”减免人次", "Visits with waived or halved fees"),
        unit="人次",
        numerator=IN_PERIOD,
        counts=Counts.RECORDS,
        form=EXEMPTION.id,
        decimals=0,
        months=Months.EACH,
        numerator_words=Text("期内减免人次", "visits in the period"),
        aliases=("四免三减半人次", "减免人次"),
        source=SOURCE,
    ),
    Indicator(
        id="benefits.free_care_amount",
        version=1,
        title=Text("“四免三减半”减免金额", "Amount waived"),
        unit="元",
        numerator=IN_PERIOD,
        total=answer("exempted"),
        counts=Counts.RECORDS,
        form=EXEMPTION.id,
        months=Months.EACH,
        numerator_words=Text("期内减免金额", "yuan waived in the period"),
        aliases=("减免金额", "四免三减半减免金额"),
        source=SOURCE,
    ),
)
